package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3ReplicationSourceVersioned = rule.Rule{
	ID:       "s3-replication-source-versioned",
	Title:    "Both ends of a replication are versioned",
	Why:      "S3 replicates versions: without them on both sides the replication is refused, or stops when somebody suspends them.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html#replication-requirements",
	Fix: rule.Fix{
		Bulwark: "storage.NewBucket and storage.NewReplicaBucket enable versioning",
		Plain:   `s3.NewBucketVersioningV2 with Status: pulumi.String("Enabled") for both buckets, before the replication (pulumi.DependsOn)`,
	},
	Types: []string{bucketReplication, bucketVersioning, bucketV2, bucketV1},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketReplication), func(replication *rule.Resource) {
			ends := append(s.Referred(replication, "bucket", bucketV2, bucketV1), s.Referred(replication, "rules[*].destination.bucket", bucketV2, bucketV1)...)
			if len(ends) == 0 {
				f.NotApplicable("its buckets are not in the stack")
				return
			}
			for _, bucket := range ends {
				if at, enabled := versioning(s, bucket); !enabled {
					f.Fail(at, "%s is one end of the replication %s, and keeps no versions: expected versioning to be enabled", bucket, replication)
				}
			}
		})
	},
	Good: []rule.Example{{Name: "both", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
audioVersions:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replicaVersions:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${replica.id}", versioningConfiguration: {status: Enabled}}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
`}, {Name: "a destination elsewhere", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
audioVersions:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica"}}]
`}, {Name: "inside the buckets", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {versionings: [{enabled: true}]}
replica:
  type: aws:s3/bucket:Bucket
  properties: {versioning: {enabled: true}}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
`}},
	Bad: []rule.Example{{Name: "the source has none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replicaVersions:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${replica.id}", versioningConfiguration: {status: Enabled}}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
`}, {Name: "suspended at the destination", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
audioVersions:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replicaVersions:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${replica.id}", versioningConfiguration: {status: Suspended}}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
`}},
}
