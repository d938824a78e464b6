package secrets

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var secretsPolicyNotPublic = rule.Rule{
	ID:       "secrets-policy-not-public",
	Title:    "Secret policy blocks public and foreign access",
	Why:      "A policy for everybody hands the secret to every AWS account; blockPublicPolicy is what keeps the next edit from doing so.",
	Severity: rule.High,
	Source:   "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
	Fix: rule.Fix{
		Plain: "secretsmanager.SecretPolicyArgs{BlockPublicPolicy: pulumi.Bool(true), Policy: ...} with principals that are named",
	},
	Types: []string{secretPolicy, secret},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Is(secretPolicy) {
			f.WantTrue(r.Get("blockPublicPolicy"))
		} else if r.Get("policy").Empty() {
			f.NotApplicable("it has no policy of its own")
			return
		}
		if d, ok := policies.Read(r.Get("policy")); ok {
			policies.Report(f, r.Get("policy"), d.Public(), "principals that are named, or a condition such as aws:PrincipalOrgID")
		}
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:secretsmanager/secretPolicy:SecretPolicy
  properties:
    secretArn: jwt
    blockPublicPolicy: true
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: "secretsmanager:GetSecretValue", Resource: "*"}
`}, {Name: "a denial for everybody", YAML: `
it:
  type: aws:secretsmanager/secretPolicy:SecretPolicy
  properties:
    secretArn: jwt
    blockPublicPolicy: true
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Deny, Principal: "*", Action: "secretsmanager:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}, {Name: "the organization, in the secret itself", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*", Condition: {StringEquals: {"aws:PrincipalOrgID": o-abcdefgh12}}}
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
it:
  type: aws:secretsmanager/secretPolicy:SecretPolicy
  properties:
    secretArn: jwt
    blockPublicPolicy: true
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*"}
`}, {Name: "everybody, in the secret itself", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "secretsmanager:*", Resource: "*"}
`}, {Name: "not blocked", YAML: `
it:
  type: aws:secretsmanager/secretPolicy:SecretPolicy
  properties:
    secretArn: jwt
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: "secretsmanager:GetSecretValue", Resource: "*"}
`}},
}
