package componenttest

var _ = service(map[string]awsType{
	"aws:kms/key:Key": {stateful: true, computed: func(r registered) map[string]any {
		id := "00000000-0000-0000-0000-" + r.name
		return map[string]any{"id": id, "keyId": id, "arn": arn("kms", "key/"+id)}
	}},
	"aws:kms/alias:Alias": {untaggable: true, computed: func(r registered) map[string]any {
		alias := r.text("name", "alias/"+r.name)
		return map[string]any{"id": alias, "name": alias, "arn": arn("kms", alias)}
	}},
}, nil)
