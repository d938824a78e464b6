package componenttest

var _ = service(map[string]awsType{
	"aws:lb/loadBalancer:LoadBalancer": {computed: func(r registered) map[string]any {
		suffix := "app/" + r.name + "-0123456/50dc6c495c0c9188"
		return map[string]any{
			"arn": arn("elasticloadbalancing", "loadbalancer/"+suffix), "arnSuffix": suffix, "zoneId": "Z32O12XQLNTSW2",
			"dnsName": r.name + "-0123456-1234567890." + Region + ".elb.amazonaws.com",
		}
	}},
	"aws:lb/targetGroup:TargetGroup": {computed: func(r registered) map[string]any {
		suffix := "targetgroup/" + r.name + "-0123456/73e2d6bc24d8a067"
		return map[string]any{"arn": arn("elasticloadbalancing", suffix), "arnSuffix": suffix}
	}},
	"aws:lb/listener:Listener": {computed: func(r registered) map[string]any {
		return map[string]any{"arn": arn("elasticloadbalancing", "listener/app/"+r.name+"/50dc6c495c0c9188/f2f7dc8efc522ab2")}
	}},
	"aws:lb/listenerCertificate:ListenerCertificate": {untaggable: true},
}, nil)
