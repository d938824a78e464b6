package iam

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamNoWildcardResource = rule.Rule{
	ID:       "iam-no-wildcard-resource",
	Title:    "No Resource * for restrictable actions",
	Why:      `On "*" an action reaches every bucket, queue and key of the account, those of other teams and those that do not exist yet.`,
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_355"},
		Trivy:   []string{"AWS-0057"},
		CDKNag:  []string{"AwsSolutions-IAM5"},
	},
	Source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types:  identityPolicies,
	Params: []rule.Param{allowedOnAll},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		allowed := f.Texts("allowed")
		identityRule(func(f *rule.Findings, at rule.Value, d iampolicy.Document) {
			for _, grant := range policies.Unbounded(d) {
				if actions := restrictable(grant, everyAction, allowed); len(actions) > 0 {
					f.Fail(at, "%s: %s: allows %s: expected the ARNs of what it is about", grant.Path, grant.Resource, policies.Brief(actions))
				}
			}
		})(r, f)
	},
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
`}, {Name: "actions that know no resource", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["ecr:GetAuthorizationToken", "xray:PutTraceSegments", "cloudwatch:PutMetricData", "ec2:Describe*"], Resource: "*"}
`}, {Name: "by tag", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "ssm:StartSession", Resource: "*", Condition: {StringEquals: {"ssm:resourceTag/app": acme}}}
`}, {Name: "allowed in the configuration", Params: map[string]any{"allowed": []any{"s3:List*"}}, YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:ListBucket", Resource: "*"}
`}, {Name: "taken back", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "*"}
          - {Effect: Deny, Action: "s3:Get*", Resource: "*"}
`}, {Name: "an action that knows no resource", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "freetier:GetFreeTierUsage", Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "everything of S3 can be read", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:GetObject", "s3:ListAllMyBuckets"], Resource: "*"}
`}, {Name: "a pattern", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "sqs:*", Resource: "arn:aws:sqs:*:*:*"}
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
              - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}
`}, {Name: "all but a resource", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:PutObject", NotResource: "arn:aws:s3:::audio/*"}
`}, {Name: "all actions but some", YAML: `
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
