package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsDecryptCustomerPolicies = rule.Rule{
	ID:         "kms-decrypt-customer-policies",
	Title:      "Managed policies do not allow decrypt on all keys",
	Why:        "Who may decrypt with every key reads whatever it gets hold of: each bucket, snapshot and secret of the account, whoever owns it.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"KMS.1"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1",
	Fix: rule.Fix{
		Bulwark: "the grants of storage.NewBucket name the key",
		Plain:   "iam.PolicyArgs{Policy: ...} with Resource: key.Arn, or a condition on kms:ResourceAliases",
	},
	Types: []string{managedPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		noDecryptionOfAll(f, r.Get("policy"))
	},
	Good: []rule.Example{{YAML: `
p:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
`}, {Name: "by alias", YAML: `
p:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "kms:Decrypt", Resource: "*", Condition: {"ForAnyValue:StringEquals": {"kms:ResourceAliases": alias/acme}}}
`}, {Name: "other actions", YAML: `
p:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["kms:DescribeKey", "kms:List*"], Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "every key", YAML: `
p:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "kms:Decrypt", Resource: "*"}
`}, {Name: "every key by ARN", YAML: `
p:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["kms:ReEncrypt*"], Resource: "arn:aws:kms:*:111122223333:key/*"}
`}, {Name: "everything", YAML: `
p:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "kms:*", Resource: "*"}
`}},
}
