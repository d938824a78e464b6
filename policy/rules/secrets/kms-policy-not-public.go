package secrets

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var kmsPolicyNotPublic = rule.Rule{
	ID:         "kms-policy-not-public",
	Title:      "Key policy is not public",
	Why:        "Everybody in any AWS account may use the key then, as long as they get at the data: the encryption protects from nobody.",
	Severity:   rule.Critical,
	References: rule.References{FSBP: []string{"KMS.5"}, Checkov: []string{"CKV_AWS_33"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey lets in the account and the services of its uses only",
		Plain:   "kms.KeyArgs{Policy: ...} with named principals, or a condition on kms:CallerAccount or aws:PrincipalOrgID",
	},
	Types: []string{key, replicaKey, externalKey, replicaExternalKey, keyPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if d, ok := policies.Read(r.Get("policy")); ok {
			policies.Report(f, r.Get("policy"), d.Public(), "principals that are named, or a condition such as kms:CallerAccount or aws:PrincipalOrgID")
		} else {
			f.NotApplicable("KMS writes its policy, for the account alone")
		}
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "kms:*", Resource: "*"}
`}, {Name: "everybody of the account, through a service", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*", Condition: {StringEquals: {"kms:CallerAccount": "111122223333", "kms:ViaService": s3.eu-west-1.amazonaws.com}}}
`}, {Name: "apart", YAML: `
key:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: key
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "kms:Decrypt", Resource: "*", Condition: {StringEquals: {"aws:PrincipalOrgID": o-abcdefgh12}}}
`}, {Name: "a service", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: logs.eu-west-1.amazonaws.com}, Action: "kms:Decrypt", Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "kms:Decrypt", Resource: "*"}
`}, {Name: "every account, apart", YAML: `
key:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: key
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "kms:*", Resource: "*"}
`}, {Name: "everybody, with a copy in another region", YAML: `
there:
  type: aws:kms/replicaKey:ReplicaKey
  properties:
    primaryKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "kms:Decrypt", Resource: "*"}
`}, {Name: "everybody who comes through a service", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "kms:Decrypt", Resource: "*", Condition: {StringEquals: {"kms:ViaService": s3.eu-west-1.amazonaws.com}}}
`}},
}
