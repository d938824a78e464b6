package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsClusterBacktrack = rule.Rule{
	ID:       "rds-cluster-backtrack",
	Title:    "Aurora MySQL backtracking",
	Why:      "A wrong UPDATE can be taken back in minutes by backtracking; without it the way back is a new cluster from a backup, and everybody waits for it.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"RDS.14"},
		Checkov: []string{"CKV_AWS_326"},
		CDKNag:  []string{"AwsSolutions-RDS14"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-14",
	Fix: rule.Fix{
		Plain: "rds.ClusterArgs{BacktrackWindow: pulumi.Int(86400)}",
	},
	OptIn: "the change records are paid by the hour, and binary log replication excludes it; point-in-time recovery covers the same mistakes",
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if family(r.Get("engine").Text()) != auroraMySQL || serverlessV1(r) {
			f.NotApplicable("only Aurora MySQL can be backtracked")
			return
		}
		f.WantAtLeast(r.Get("backtrackWindow"), 1, "seconds")
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, backtrackWindow: 86400}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, backtrackWindow: 0}
`}},
}
