package componenttest

var _ = service(map[string]awsType{
	"aws:iam/role:Role": {computed: func(r registered) map[string]any {
		role := r.generated("name")
		return map[string]any{"id": role, "name": role, "arn": "arn:aws:iam::" + AccountID + ":role/" + role}
	}},
	"aws:iam/rolePolicy:RolePolicy":                       {untaggable: true},
	"aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {untaggable: true},
}, nil)
