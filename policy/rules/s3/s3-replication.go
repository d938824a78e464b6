package s3

import (
	"fmt"
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3Replication = rule.Rule{
	ID:       "s3-replication",
	Title:    "Cross-region replication enabled",
	Why:      "One region can be away for a day, and one account can be emptied by one stolen role: a copy in another region is what is left then.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"S3.7*"},
		Checkov: []string{"CKV_AWS_144"},
		CDKNag:  []string{"NIST:S3BucketReplicationEnabled"},
		Pulumi:  []string{"aws-s3-bucket-configure-replication-configuration", "aws-s3-bucket-enable-replication-configuration"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-7",
	Fix: rule.Fix{
		Bulwark: "storage.NewReplicaBucket makes the destination; the replication itself is an s3.BucketReplicationConfig",
		Plain:   "s3.NewBucketReplicationConfig with an Enabled rule to a bucket that a provider of another region made",
	},
	OptIn: "a second region doubles the price of storage, and pays for every gigabyte between the two; versions and backups cover most mistakes",
	Types: []string{bucketV2, bucketV1, bucketReplication, bucketPolicy, bucketLogging, loadBalancer, loadBalancerAlias},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketV2, bucketV1), func(bucket *rule.Resource) {
			for _, replication := range s.Referrers(bucket, "bucket", bucketReplication) {
				if elsewhere(s, bucket, replication, replication.Get("rules")) {
					return
				}
			}
			if bucket.Is(bucketV1) && elsewhere(s, bucket, bucket, bucket.Get("replicationConfiguration.rules")) {
				return
			}
			switch {
			case len(s.Referrers(bucket, "rules[*].destination.bucket", bucketReplication)) > 0:
				f.NotApplicable("it is a copy itself")
			case isLogArchive(s, bucket):
				f.NotApplicable("it is an archive of logs")
			default:
				f.Fail(bucket, "it has no copy in another region: expected an enabled replication rule")
			}
		})
	},
	Good: []rule.Example{{Name: "another region", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
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
`}, {Name: "a bucket elsewhere", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica"}}]
`}, {Name: "inside the bucket", YAML: `
audio:
  type: aws:s3/bucket:Bucket
  properties:
    replicationConfiguration:
      role: arn:aws:iam::111122223333:role/replication
      rules: [{status: Enabled, destination: {bucket: "arn:aws:s3:::acme-replica"}}]
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "disabled", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
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
`}, {Name: "in the same region", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
replica:
  type: aws:s3/bucketV2:BucketV2
replication:
  type: aws:s3/bucketReplicationConfig:BucketReplicationConfig
  properties:
    bucket: ${audio.id}
    role: arn:aws:iam::111122223333:role/replication
    rules: [{status: Enabled, destination: {bucket: "${replica.arn}"}}]
`}},
}

// elsewhere tells whether an enabled rule of a replication leads out of the bucket's region. Buckets outside of the stack
// are taken for such.
func elsewhere(s *rule.Stack, bucket, replication *rule.Resource, rules rule.Value) bool {
	path := "rules"
	if replication == bucket {
		path = "replicationConfiguration.rules"
	}
	for i, r := range rules.List() {
		destination := r.Get("destination.bucket")
		if !r.Get("status").Is("Enabled") || !destination.Given() || destination.Known() && destination.Text() == "" {
			continue
		}
		destinations := s.Referred(replication, fmt.Sprintf("%s[%d].destination.bucket", path, i), bucketV2, bucketV1)
		if !slices.ContainsFunc(destinations, func(d *rule.Resource) bool { return d.Region().Text() == bucket.Region().Text() }) {
			return true
		}
	}
	return false
}
