package iam

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamNoAdminPolicy = rule.Rule{
	ID:       "iam-no-admin-policy",
	Title:    "No *:* policies",
	Why:      "Whoever gets hold of such an identity, by a leaked key or a bug in the service, owns the account: its data, its backups and its audit trail.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"IAM.1"},
		CIS:     []string{"v3:1.16", "v5:1.15"},
		Checkov: []string{"CKV_AWS_62", "CKV_AWS_1"},
		CDKNag:  []string{"NIST:IAMPolicyNoStatementsWithAdminAccess"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types: identityPolicies,
	Resource: identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
		policies.Report(f, at, d.FullAdmin(), "the actions and resources that are needed")
	}),
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:GetObject"], Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "inline", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "everything on one bucket", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "*", Resource: ["arn:aws:s3:::audio", "arn:aws:s3:::audio/*"]}
`}},
	Bad: []rule.Example{{Name: "managed", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "*", Resource: "*"}
`}, {Name: "of a role", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:GetObject", "*:*"], Resource: ["arn:aws:s3:::audio/uploads/*", "*"]}
`}, {Name: "inline", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "*", Resource: "*"}
`}, {Name: "of a group", YAML: `
admins:
  type: aws:iam/groupPolicy:GroupPolicy
  properties:
    group: admins
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "*", Resource: "*", Condition: {Bool: {"aws:MultiFactorAuthPresent": "true"}}}
`}},
}
