package secrets

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var kmsPolicyDefined = rule.Rule{
	ID:         "kms-policy-defined",
	Title:      "Key policy is explicit",
	Why:        "The policy that KMS writes by itself leaves the key to IAM: every identity with kms:* on * may use it, and delete it.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV2_AWS_64"}},
	Source:     "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey writes a policy that names uses and services",
		Plain:   "kms.KeyArgs{Policy: ...}, or kms.NewKeyPolicy",
	},
	Types: []string{key, replicaKey, externalKey, replicaExternalKey, keyPolicy},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(key, replicaKey, externalKey, replicaExternalKey), func(r *rule.Resource) {
			places := []rule.Value{}
			for _, apart := range s.Referrers(r, "keyId", keyPolicy) {
				places = append(places, apart.Get("policy"))
			}
			if len(places) == 0 {
				places = append(places, r.Get("policy"))
			}
			for _, at := range places {
				if d, ok := policies.Read(at); !ok || isDefault(d) {
					f.Fail(at, "is the policy that KMS writes by itself: expected one that says who may use the key, and who administers it")
				}
			}
		})
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: ["kms:Describe*", "kms:PutKeyPolicy"], Resource: "*"}
`}, {Name: "apart", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
policy:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: "${key.id}"
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: ["kms:Describe*", "kms:PutKeyPolicy"], Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
`}, {Name: "KMS's own, as it is read back", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "kms:*", Resource: "*"}
`}, {Name: "KMS's own, apart", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
policy:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: "${key.id}"
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "kms:*", Resource: "*"}
`}, {Name: "of another key", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
policy:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "kms:Describe*", Resource: "*"}
`}},
}
