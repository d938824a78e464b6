package iam

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamNoServiceWildcards = rule.Rule{
	ID:       "iam-no-service-wildcards",
	Title:    "No service-wide wildcard actions",
	Why:      "svc:* is what the service can do today and what it will be able to do tomorrow: changing policies, deleting, switching off the logs.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"IAM.21"},
		Checkov: []string{"CKV_AWS_63"},
		Trivy:   []string{"AWS-0345"},
		CDKNag:  []string{"AwsSolutions-IAM5", "NIST:IAMPolicyNoStatementsWithFullAccess"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types: identityPolicies,
	Resource: identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
		policies.Report(f, at, d.ServiceWildcards(), "the actions that are needed")
		policies.Report(f, at, d.AllowNotAction(), "Action, with the actions that are needed")
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
          - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::audio/uploads/*"}
`}, {Name: "part of a service", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["ec2:Describe*", "cloudwatch:Get*"], Resource: "*"}
`}, {Name: "denied", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Action: "iam:*", Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "a service", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:*", Resource: "*"}
`}, {Name: "of a role, on one bucket", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:*"], Resource: "arn:aws:s3:::audio"}
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
              - {Effect: Allow, Action: "dynamodb:*", Resource: "*"}
`}, {Name: "all but a service", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, NotAction: "iam:*", Resource: "*"}
`}},
}
