package rds

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var rdsCustomAdmin = rule.Rule{
	ID:         "rds-custom-admin",
	Title:      "Custom administrator name",
	Why:        "Half of a login is known when the administrator has the name that every tutorial uses: password guessing needs no more than the other half.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"RDS.25", "RDS.24"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-25",
	Fix: rule.Fix{
		Bulwark: "set Username where the program makes the database; the application never logs in with it",
		Plain:   `rds.InstanceArgs{Username: pulumi.String("acme_owner")}, rds.ClusterArgs{MasterUsername: ...}`,
	},
	Types: []string{instance, cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		name := r.Get("username")
		if r.Is(cluster) {
			name = r.Get("masterUsername")
		}
		switch strings.ToLower(name.Text()) {
		case "":
			f.NotApplicable("it has the administrator of what it was made from")
		case "admin", "administrator", "master", "postgres", "root", "sa":
			f.Fail(name, "%s: expected a name of your own", name)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, username: acme_owner}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, masterUsername: acme_owner}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, username: postgres}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, masterUsername: Admin}
`}},
}
