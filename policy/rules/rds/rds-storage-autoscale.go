package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsStorageAutoscale = rule.Rule{
	ID:       "rds-storage-autoscale",
	Title:    "Storage autoscaling bounded",
	Why:      "A disk that is full stops the database for writing until somebody enlarges it; without a limit the same growth goes on unseen. gp3 and io2 have their throughput apart from their size.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
	Fix: rule.Fix{
		Plain: `rds.InstanceArgs{AllocatedStorage: pulumi.Int(50), MaxAllocatedStorage: pulumi.Int(200), StorageType: pulumi.String("gp3")}`,
	},
	Types: []string{instance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantOneOf(r.Get("storageType"), "gp3", "io2")
		size, limit := r.Get("allocatedStorage"), r.Get("maxAllocatedStorage")
		if limit.Int() <= size.Int() {
			f.Fail(limit, "%s: expected more than allocatedStorage, %s", limit, size)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, allocatedStorage: 50, maxAllocatedStorage: 200, storageType: gp3}
`}, {Name: "restored with the size that it had", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {snapshotIdentifier: before, maxAllocatedStorage: 200, storageType: io2}
`}},
	Bad: []rule.Example{{Name: "no limit", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, allocatedStorage: 50, storageType: gp3}
`}, {Name: "no room", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, allocatedStorage: 50, maxAllocatedStorage: 50, storageType: gp3}
`}, {Name: "the old disks", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, allocatedStorage: 50, maxAllocatedStorage: 200, storageType: gp2}
`}, {Name: "the old disks by default", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, allocatedStorage: 50, maxAllocatedStorage: 200}
`}},
}
