package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var secretsRotation = rule.Rule{
	ID:       "secrets-rotation",
	Title:    "Every secret has a rotation",
	Why:      "A secret that never changes works for everybody who has ever seen it: former colleagues, old laptops, last year's logs.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"SecretsManager.1"},
		Checkov: []string{"CKV2_AWS_57"},
		CDKNag:  []string{"AwsSolutions-SMG4", "NIST:SecretsManagerRotationEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1",
	Fix: rule.Fix{
		Plain: "secretsmanager.NewSecretRotation with SecretId: secret.ID(), RotationLambdaArn and RotationRules",
	},
	Types: []string{secret, secretRotation},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(secret), func(r *rule.Resource) {
			for _, rotation := range f.WantReferrer(r, "secretId", secretRotation) {
				rules := rotation.Get("rotationRules")
				if rules.Get("automaticallyAfterDays").Int() < 1 && rules.Get("scheduleExpression").Text() == "" {
					f.Fail(rules, "do not say how often: expected automaticallyAfterDays or scheduleExpression")
				}
			}
		})
	},
	Good: []rule.Example{{YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: "${jwt.id}", rotationLambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:rotate", rotationRules: {automaticallyAfterDays: 30}}
`}, {Name: "by ARN", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: "${jwt.arn}", rotationRules: {scheduleExpression: "rate(30 days)"}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
`}, {Name: "of another secret", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
db:
  type: aws:secretsmanager/secret:Secret
  properties: {name: db}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: "${db.id}", rotationRules: {automaticallyAfterDays: 30}}
`}, {Name: "without rules", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: "${jwt.id}", rotationLambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:rotate"}
`}},
}
