package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3ReplicationEncryptedReplica = rule.Rule{
	ID:       "s3-replication-encrypted-replica",
	Title:    "Replicas are re-encrypted with a KMS key of the destination region",
	Why:      "S3 leaves objects that KMS encrypts out of a replication unless it is told to take them, and says nothing: the copy is empty on the day it is needed.",
	Severity: rule.High,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html",
	Fix: rule.Fix{
		Bulwark: "storage.NewReplicaBucket has a key of its region: its KeyArn is the replicaKmsKeyId",
		Plain:   "SourceSelectionCriteria with SseKmsEncryptedObjects Enabled, and EncryptionConfiguration with ReplicaKmsKeyId: replicaKey.Arn, in the rule of s3.NewBucketReplicationConfig",
	},
	Types: []string{bucketReplication, bucketV2, bucketV1, bucketEncryption},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketReplication), func(replication *rule.Resource) {
			for _, bucket := range s.Referred(replication, "bucket", bucketV2, bucketV1) {
				encrypted := func(r rule.Value) bool { return byDefault(r).Get("sseAlgorithm").Is("aws:kms", "aws:kms:dsse") }
				if !slices.ContainsFunc(encryptionRules(s, bucket), encrypted) {
					f.NotApplicable("its source is encrypted with SSE-S3, and so is the copy")
					return
				}
			}
			f.Each(replication.Get("rules"), func(r rule.Value) {
				if !r.Get("status").Is("Enabled") {
					return
				}
				f.WantOneOf(r.Get("sourceSelectionCriteria.sseKmsEncryptedObjects.status"), "Enabled")
				f.WantSet(r.Get("destination.encryptionConfiguration.replicaKmsKeyId"), "a key of the destination's region")
			})
		})
	},
	Good: []rule.Example{{Name: "encrypted again", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties: {bucket: "${audio.id}", rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000000"}}]}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}", encryptionConfiguration: {replicaKmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}, sourceSelectionCriteria: {sseKmsEncryptedObjects: {status: Enabled}}}]
`}, {Name: "a source elsewhere", YAML: `
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}", encryptionConfiguration: {replicaKmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}, sourceSelectionCriteria: {sseKmsEncryptedObjects: {status: Enabled}}}]
`}, {Name: "a rule that is off", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties: {bucket: "${audio.id}", rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000000"}}]}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Disabled, destination: {bucket: "${replica.arn}"}}]
`}, {Name: "beside one of an archive with SSE-S3", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties: {bucket: "${audio.id}", rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
other:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}", encryptionConfiguration: {replicaKmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}, sourceSelectionCriteria: {sseKmsEncryptedObjects: {status: Enabled}}}]
`}},
	Bad: []rule.Example{{Name: "neither", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties: {bucket: "${audio.id}", rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000000"}}]}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
`}, {Name: "no key", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties: {bucket: "${audio.id}", rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000000"}}]}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}, sourceSelectionCriteria: {sseKmsEncryptedObjects: {status: Enabled}}}]
`}, {Name: "not selected", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
sse:
  type: aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2
  properties: {bucket: "${audio.id}", rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000000"}}]}
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}", encryptionConfiguration: {replicaKmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}}]
`}, {Name: "a source elsewhere", YAML: `
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
replica:
  type: aws:s3/bucketV2:BucketV2
  options: {provider: "${frankfurt}"}
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: acme-audio
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}, sourceSelectionCriteria: {sseKmsEncryptedObjects: {status: Disabled}}}]
`}},
}
