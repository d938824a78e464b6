package stack

import "github.com/bulwark-iac/bulwark/policy/rule"

var statefulProtect = rule.Rule{
	ID:       "stateful-protect",
	Title:    "Stateful resources carry protect and retainOnDelete in prod",
	Why:      "A refactoring that renames a database deletes it. A protected resource stops the run instead.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html",
	Fix: rule.Fix{
		Bulwark: "leave Lifecycle as it is: permanent resources are protected and retained",
		Plain:   "pulumi.Protect(true), pulumi.RetainOnDelete(true)",
	},
	Types: []string{
		"aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket", "aws:kms/key:Key",
		"aws:backup/vault:Vault", "aws:secretsmanager/secret:Secret",
	},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod: development stacks may be thrown away")
			return
		}
		// The engine tells policies of protect; of retainOnDelete it does not.
		if !r.Options.Protect {
			f.Fail(r, "not protected: expected the option protect")
		}
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: acme-audio}
  options: {protect: true}
`}},
	Bad: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {bucket: acme-audio}
`}},
}
