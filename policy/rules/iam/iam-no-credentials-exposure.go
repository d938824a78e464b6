package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoCredentialsExposure = rule.Rule{
	ID:         "iam-no-credentials-exposure",
	Title:      "No credentials exposure",
	Why:        "A credential is a way to become somebody else: with the password of a database or another role, an intruder goes on where this identity ends.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_287"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
	Fix: rule.Fix{
		Bulwark: "compose identity.NewTaskRole of the grants that the components hand out: each names its actions and resources",
		Plain:   "iam.RolePolicyArgs{Policy: ...} whose statements have the ARNs in Resource: bucket.Arn, secret.Arn, ...",
	},
	Types:    identityPolicies,
	Resource: actionsRule(credentialActions, "the ARNs of the roles, secrets and users that are meant"),
	Good: []rule.Example{{YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:jwt-AbCdEf"}
`}, {Name: "pulling images", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["ecr:GetAuthorizationToken", "sts:GetCallerIdentity"], Resource: "*"}
`}, {Name: "by tag", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*", Condition: {StringEquals: {"secretsmanager:ResourceTag/app": acme}}}
`}},
	Bad: []rule.Example{{Name: "every role", YAML: `
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: ["sts:AssumeRole"], Resource: "*"}
`}, {Name: "every secret", YAML: `
api:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "secretsmanager:Get*", Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*"}
`}, {Name: "keys of every user", YAML: `
admins:
  type: aws:iam/groupPolicy:GroupPolicy
  properties:
    group: admins
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "iam:CreateAccessKey", Resource: "arn:aws:iam::*:user/*"}
`}, {Name: "every database", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: inline
        policy:
          fn::toJSON:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "rds-db:connect", Resource: "arn:aws:rds-db:*:*:dbuser:*/*"}
`}},
}
