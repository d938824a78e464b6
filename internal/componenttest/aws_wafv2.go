package componenttest

var _ = service(map[string]awsType{
	"aws:wafv2/webAcl:WebAcl":                                         {computed: func(r registered) map[string]any { return wafEntity("webacl", r) }},
	"aws:wafv2/ipSet:IpSet":                                           {computed: func(r registered) map[string]any { return wafEntity("ipset", r) }},
	"aws:wafv2/webAclAssociation:WebAclAssociation":                   {untaggable: true},
	"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {untaggable: true},
}, nil)

func wafEntity(kind string, r registered) map[string]any {
	id, name := "11111111-0000-0000-0000-"+r.name, r.generated("name")
	return map[string]any{"id": id, "name": name, "arn": arn("wafv2", "regional/"+kind+"/"+name+"/"+id)}
}
