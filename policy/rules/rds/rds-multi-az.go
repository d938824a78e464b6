package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsMultiAz = rule.Rule{
	ID:       "rds-multi-az",
	Title:    "Multi-AZ",
	Why:      "When the availability zone fails, or its disk does, a single instance is gone until somebody restores a backup: hours of downtime, and minutes of data.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.5"},
		CIS:     []string{"v5:2.2.4"},
		Checkov: []string{"CKV_AWS_157"},
		CDKNag:  []string{"AwsSolutions-RDS3", "NIST:RDSMultiAZSupport"},
		Pulumi:  []string{"awsguard:rdsInstanceMultiAZEnabled", "aws-rds-cluster-disallow-single-availability-zone"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{MultiAz: pulumi.Bool(true)}",
	},
	Types: []string{instance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch {
		case !f.Prod():
			f.NotApplicable("a development database may be gone for a while")
		case isReplica(r):
			f.NotApplicable("a replica is itself a second copy")
		default:
			f.WantTrue(r.Get("multiAz"))
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, multiAz: true}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, multiAz: false}
`}},
}
