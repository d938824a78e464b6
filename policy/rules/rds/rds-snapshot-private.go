package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsSnapshotPrivate = rule.Rule{
	ID:         "rds-snapshot-private",
	Title:      "Snapshots are not shared publicly",
	Why:        "A snapshot that is shared with all can be restored by every AWS account: whoever finds it has the whole database, with its users and passwords.",
	Severity:   rule.Critical,
	References: rule.References{FSBP: []string{"RDS.1"}, Checkov: []string{"CKV_AWS_302"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-1",
	Fix: rule.Fix{
		Bulwark: "name the accounts that may restore a snapshot where the program makes one",
		Plain:   `rds.SnapshotArgs{SharedAccounts: pulumi.StringArray{pulumi.String("444455556666")}}, or no SharedAccounts`,
	},
	Types: []string{snapshot, clusterSnapshot, snapshotCopy, clusterSnapshotCopy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(r.Get("sharedAccounts"), func(account rule.Value) {
			if account.Is("all") {
				f.Fail(account, "%s: expected the ids of accounts", account)
			}
		})
	},
	Good: []rule.Example{{Name: "shared with nobody", YAML: `
before:
  type: aws:rds/snapshot:Snapshot
  properties: {dbInstanceIdentifier: acme, dbSnapshotIdentifier: before}
`}, {Name: "shared with an account", YAML: `
before:
  type: aws:rds/clusterSnapshot:ClusterSnapshot
  properties: {dbClusterIdentifier: acme, dbClusterSnapshotIdentifier: before, sharedAccounts: ["444455556666"]}
`}},
	Bad: []rule.Example{{YAML: `
before:
  type: aws:rds/snapshot:Snapshot
  properties: {dbInstanceIdentifier: acme, dbSnapshotIdentifier: before, sharedAccounts: [all]}
`}, {Name: "of a cluster", YAML: `
before:
  type: aws:rds/clusterSnapshot:ClusterSnapshot
  properties: {dbClusterIdentifier: acme, dbClusterSnapshotIdentifier: before, sharedAccounts: ["444455556666", all]}
`}, {Name: "copies", YAML: `
copy:
  type: aws:rds/snapshotCopy:SnapshotCopy
  properties: {sourceDbSnapshotIdentifier: before, targetDbSnapshotIdentifier: copy, sharedAccounts: [all]}
clusters:
  type: aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy
  properties: {sourceDbClusterSnapshotIdentifier: before, sharedAccounts: [all]}
`}},
}
