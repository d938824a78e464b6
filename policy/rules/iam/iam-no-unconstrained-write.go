package iam

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamNoUnconstrainedWrite = rule.Rule{
	ID:         "iam-no-unconstrained-write",
	Title:      "No unconstrained write",
	Why:        "Whatever may write everywhere can overwrite, stop or delete what belongs to others, by mistake as well as on purpose.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_290"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
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
				if actions := restrictable(grant, writes, allowed); len(actions) > 0 {
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
          - {Effect: Allow, Action: ["s3:PutObject"], Resource: "arn:aws:s3:::audio/uploads/*"}
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
`}, {Name: "reading", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:GetObject", "dynamodb:Query"], Resource: "*"}
`}, {Name: "by tag", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "ssm:StartSession", Resource: "*", Condition: {StringEquals: {"ssm:resourceTag/app": acme}}}
`}},
	Bad: []rule.Example{{Name: "on all buckets", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:PutObject", "s3:GetObject"], Resource: "*"}
`}, {Name: "a pattern", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "dynamodb:*", Resource: "*"}
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
              - {Effect: Allow, Action: "sns:Publish", Resource: "arn:aws:sns:*:*:*"}
`}},
}
