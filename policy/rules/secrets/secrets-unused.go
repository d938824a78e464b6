package secrets

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var secretsUnused = rule.Rule{
	ID:         "secrets-unused",
	Title:      "No unused secrets",
	Why:        "A secret that nothing uses is paid for, is nobody's to rotate, and still opens what it once opened.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"SecretsManager.3"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-3",
	Fix: rule.Fix{
		Plain: "refer to secret.Arn where the secret is used: in a policy, in a container's secrets; delete what nothing refers to",
	},
	Types: []string{secret, secretVersion, secretRotation, secretPolicy},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(secret), func(r *rule.Resource) {
			own := map[string]bool{r.URN: true}
			satellites := s.Referrers(r, "secretId", secretVersion)
			satellites = append(satellites, s.Referrers(r, "secretId", secretRotation)...)
			satellites = append(satellites, s.Referrers(r, "secretArn", secretPolicy)...)
			for _, satellite := range satellites {
				own[satellite.URN] = true
			}
			used := slices.ContainsFunc(s.All(), func(other *rule.Resource) bool {
				return !own[other.URN] && slices.ContainsFunc(other.Dependencies, func(urn string) bool { return own[urn] })
			})
			if !used {
				f.Fail(r, "nothing in the stack depends on it: expected somebody who reads it")
			}
		})
	},
	Good: []rule.Example{{YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
api:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "${jwt.arn}"}
`}, {Name: "by its version", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
first:
  type: aws:secretsmanager/secretVersion:SecretVersion
  properties: {secretId: "${jwt.id}", secretString: {"fn::secret": generated}}
api:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON: [{name: api, image: "api:1.4", secrets: [{name: JWT, valueFrom: "${first.arn}"}]}]
`}},
	Bad: []rule.Example{{Name: "nobody", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
`}, {Name: "only what belongs to it", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
first:
  type: aws:secretsmanager/secretVersion:SecretVersion
  properties: {secretId: "${jwt.id}", secretString: {"fn::secret": generated}}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: "${jwt.id}", rotationRules: {automaticallyAfterDays: 30}}
`}},
}
