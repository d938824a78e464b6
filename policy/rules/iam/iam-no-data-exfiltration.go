package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoDataExfiltration = rule.Rule{
	ID:         "iam-no-data-exfiltration",
	Title:      "No data exfiltration on all resources",
	Why:        "With read access to everything, one compromised task copies every bucket, table and parameter of the account to somewhere else, and no permission stands in the way.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_288"}, Trivy: []string{"AWS-0346"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types:    identityPolicies,
	Resource: actionsRule(dataActions, "the ARNs of the buckets, parameters, secrets or tables that are meant"),
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::audio", "arn:aws:s3:::audio/*"]}
`}, {Name: "by path", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "ssm:GetParametersByPath", Resource: "arn:aws:ssm:eu-west-1:111122223333:parameter/acme/*"}
`}},
	Bad: []rule.Example{{Name: "every bucket", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:Get*"], Resource: "*"}
`}, {Name: "every object", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*"}
`}, {Name: "every parameter", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "ssm:GetParameter*", Resource: "arn:aws:ssm:*:*:parameter/*"}
`}, {Name: "all but one bucket", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "s3:GetObject", NotResource: "arn:aws:s3:::audio/*"}
`}},
}
