package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoPermissionsManagement = rule.Rule{
	ID:         "iam-no-permissions-management",
	Title:      "No unconstrained permissions management",
	Why:        "Who may change the policy of any bucket, key or role has, one call later, whatever that bucket, key or role has.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_289"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types:    identityPolicies,
	Resource: grantRule(permissionActions, "the ARNs of what it may change the permissions of"),
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "lambda:AddPermission", Resource: "arn:aws:lambda:eu-west-1:111122223333:function:rotate"}
`}, {Name: "grants for services only", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "kms:CreateGrant", Resource: "*", Condition: {Bool: {"kms:GrantIsForAWSResource": "true"}}}
`}, {Name: "only below a boundary", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:PutRolePolicy", Resource: "*", Condition: {StringEquals: {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/boundary"}}}
`}},
	Bad: []rule.Example{{Name: "policies of all buckets", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["s3:PutBucketPolicy"], Resource: "arn:aws:s3:::*"}
`}, {Name: "every role", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:Attach*", Resource: "arn:aws:iam::111122223333:role/*"}
`}, {Name: "every key", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: ["kms:PutKeyPolicy"], Resource: "*"}
`}},
}
