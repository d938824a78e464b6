package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsIAMAuth = rule.Rule{
	ID:       "rds-iam-auth",
	Title:    "IAM database authentication",
	Why:      "Without it every login is a password that somebody has to store, share and rotate; with it a role gets a token that is good for fifteen minutes.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.10"},
		Checkov: []string{"CKV_AWS_161"},
		Trivy:   []string{"AWS-0176"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-10",
	Fix: rule.Fix{
		Bulwark: "set IamDatabaseAuthenticationEnabled where the program makes the instance; it takes nothing from the other ways to log in",
		Plain:   "rds.InstanceArgs{IamDatabaseAuthenticationEnabled: pulumi.Bool(true)}",
	},
	Types: []string{instance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !knowsIAM(r) {
			f.NotApplicable("the engine has no IAM authentication")
			return
		}
		f.WantTrue(r.Get("iamDatabaseAuthenticationEnabled"))
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if knowsIAM(r) {
			c.Set("iamDatabaseAuthenticationEnabled", true)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, iamDatabaseAuthenticationEnabled: true}
`}, {Name: "next to an engine that has none", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: mariadb, iamDatabaseAuthenticationEnabled: true}
other:
  type: aws:rds/instance:Instance
  properties: {engine: oracle-ee}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: mysql, iamDatabaseAuthenticationEnabled: false}
`}},
}

// knowsIAM tells whether the engine of an instance has IAM authentication. A replica or restored instance that names no
// engine counts as one that has.
func knowsIAM(r *rule.Resource) bool {
	switch engine := r.Get("engine"); family(engine.Text()) {
	case postgres, mysql, mariadb, "":
		return true
	}
	return false
}
