package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsManagedPassword = rule.Rule{
	ID:       "rds-managed-password",
	Title:    "Master password managed by Secrets Manager",
	Why:      "A password that is written into the program stands in the repository, in the state and in every log of the deployment, and the application keeps using it because nobody dares to change it.",
	Severity: rule.High,
	Source:   "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{ManageMasterUserPassword: pulumi.Bool(true)} and no Password",
	},
	Types:      []string{instance, cluster},
	AsksSecret: true,
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("manageMasterUserPassword").Bool() {
			return
		}
		password := r.Get("password")
		if r.Is(cluster) {
			password = r.Get("masterPassword")
		}
		switch {
		case password.Secret():
		case password.Empty():
			f.NotApplicable("it has the password of what it was made from")
		default:
			// The value stays out of the message: it is a password.
			f.Fail(password, "a password in clear: expected manageMasterUserPassword, or at least a secret")
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, username: acme_owner, manageMasterUserPassword: true}
`}, {Name: "a secret of the program", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, masterUsername: acme_owner, masterPassword: {"fn::secret": "correct horse battery"}}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, username: acme_owner, password: correct horse battery}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, masterUsername: acme_owner, manageMasterUserPassword: false, masterPassword: correct horse battery}
`}},
}
