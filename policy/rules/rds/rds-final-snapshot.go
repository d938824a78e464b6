package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsFinalSnapshot = rule.Rule{
	ID:       "rds-final-snapshot",
	Title:    "Final snapshot kept",
	Why:      "Deleting the database deletes its automated backups with it: without a final snapshot, and backups that outlive it, one mistake has no way back.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
	Fix: rule.Fix{
		Plain: `rds.InstanceArgs{FinalSnapshotIdentifier: pulumi.String("acme-final"), DeleteAutomatedBackups: pulumi.Bool(false)}`,
	},
	Types: []string{instance, cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch {
		case !f.Prod():
			f.NotApplicable("a development database may go without a trace")
			return
		case isReplica(r):
			f.NotApplicable("the data of a replica is in its source")
			return
		}
		skip := r.Get("skipFinalSnapshot")
		f.WantNotTrue(skip)
		if !skip.Bool() {
			f.WantSet(r.Get("finalSnapshotIdentifier"), "a name for the final snapshot, without which the deletion fails")
		}
		if deleted := r.Get("deleteAutomatedBackups"); deleted.BoolOr(true) {
			f.Fail(deleted, "%s: expected false, because the final snapshot has the last state only", deleted)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, finalSnapshotIdentifier: acme-final, deleteAutomatedBackups: false}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, skipFinalSnapshot: false, finalSnapshotIdentifier: acme-final, deleteAutomatedBackups: false}
`}},
	Bad: []rule.Example{{Name: "skipped", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, skipFinalSnapshot: true, deleteAutomatedBackups: false}
`}, {Name: "without a name", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, deleteAutomatedBackups: false}
`}, {Name: "backups go by default", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, finalSnapshotIdentifier: acme-final}
`}, {Name: "backups go", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, finalSnapshotIdentifier: acme-final, deleteAutomatedBackups: true}
`}},
}
