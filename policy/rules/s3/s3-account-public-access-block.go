package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3AccountPublicAccessBlock = rule.Rule{
	ID:       "s3-account-public-access-block",
	Title:    "Account-level public access block",
	Why:      "The block of the account holds for buckets that nobody remembers, and for those of tomorrow: one bucket without its own block is then still closed.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP: []string{"S3.1"},
		CIS:  []string{"v3:2.1.4", "v5:2.1.4"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1",
	Fix: rule.Fix{
		Bulwark: "make one s3.AccountPublicAccessBlock an account, in the stack of its baseline",
		Plain:   "s3.NewAccountPublicAccessBlock with all four flags pulumi.Bool(true)",
	},
	OptIn: "there is one block an account: it belongs to the stack with the account's baseline",
	Types: []string{accountBlock},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		blocks := s.Of(accountBlock)
		if len(blocks) == 0 {
			f.Fail(s, "the stack has no account-level public access block: expected one")
		}
		f.EachResource(blocks, func(block *rule.Resource) {
			for _, flag := range flags {
				f.WantTrue(block.Get(flag))
			}
		})
	},
	Good: []rule.Example{{YAML: `
account:
  type: aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock
  properties: {blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
`}, {Name: "one flag off", YAML: `
account:
  type: aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock
  properties: {blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: false}
`}, {Name: "one flag left out", YAML: `
account:
  type: aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock
  properties: {blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true}
`}},
}
