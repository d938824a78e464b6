package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsDecryptInlinePolicies = rule.Rule{
	ID:         "kms-decrypt-inline-policies",
	Title:      "Inline policies do not allow decrypt on all keys",
	Why:        "Who may decrypt with every key reads whatever it gets hold of: each bucket, snapshot and secret of the account, whoever owns it.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"KMS.2"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-2",
	Fix: rule.Fix{
		Bulwark: "the grants of storage.NewBucket name the key",
		Plain:   "iam.RolePolicyArgs{Policy: ...} with Resource: key.Arn, or a condition on kms:ResourceAliases",
	},
	Types: []string{rolePolicy, userPolicy, groupPolicy, role},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Is(role) {
			noDecryptionOfAll(f, r.Get("policy"))
			return
		}
		if r.Get("inlinePolicies").Empty() {
			f.NotApplicable("it has no inline policy")
			return
		}
		f.Each(r.Get("inlinePolicies"), func(inline rule.Value) { noDecryptionOfAll(f, inline.Get("policy")) })
	},
	Good: []rule.Example{{YAML: `
p:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
`}, {Name: "in the role", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: own
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
`}},
	Bad: []rule.Example{{Name: "of a role", YAML: `
p:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "kms:Decrypt", Resource: "*"}
`}, {Name: "of a user", YAML: `
p:
  type: aws:iam/userPolicy:UserPolicy
  properties:
    user: jane
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["kms:*"], Resource: "arn:aws:kms:*:*:key/*"}
`}, {Name: "of a group", YAML: `
p:
  type: aws:iam/groupPolicy:GroupPolicy
  properties:
    group: admins
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "kms:ReEncryptFrom", Resource: "*"}
`}, {Name: "in the role", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: own
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "kms:Decrypt", Resource: "*"}
`}},
}
