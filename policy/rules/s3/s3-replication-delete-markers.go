package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3ReplicationDeleteMarkers = rule.Rule{
	ID:       "s3-replication-delete-markers",
	Title:    "Delete marker replication and RTC metrics are explicit",
	Why:      "Whether a delete reaches the copy is a decision: S3 takes it silently when nobody writes it down. Without metrics nobody sees that a replication has been broken for months.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics.html",
	Fix: rule.Fix{
		Bulwark: "write both into the s3.BucketReplicationConfig to the storage.NewReplicaBucket",
		Plain:   `DeleteMarkerReplication with Status, and Metrics with Status: pulumi.String("Enabled"), in the rule of s3.NewBucketReplicationConfig`,
	},
	Types: []string{bucketReplication},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(r.Get("rules"), func(replication rule.Value) {
			f.WantOneOf(replication.Get("deleteMarkerReplication.status"), "Enabled", "Disabled")
			if f.Prod() {
				f.WantOneOf(replication.Get("destination.metrics.status"), "Enabled")
			}
		})
	},
	Good: []rule.Example{{Name: "replicated", YAML: `
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica", metrics: {status: Enabled, eventThreshold: {minutes: 15}}}, deleteMarkerReplication: {status: Enabled}}]
`}, {Name: "kept out", YAML: `
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica", metrics: {status: Enabled, eventThreshold: {minutes: 15}}}, deleteMarkerReplication: {status: Disabled}}]
`}, {Name: "without metrics in development", Profile: rule.Dev, YAML: `
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica"}, deleteMarkerReplication: {status: Enabled}}]
`}},
	Bad: []rule.Example{{Name: "not decided", YAML: `
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica", metrics: {status: Enabled, eventThreshold: {minutes: 15}}}}]
`}, {Name: "without metrics", YAML: `
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica"}, deleteMarkerReplication: {status: Enabled}}]
`}, {Name: "metrics off", YAML: `
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica", metrics: {status: Disabled, eventThreshold: {minutes: 15}}}, deleteMarkerReplication: {status: Enabled}}]
`}},
}
