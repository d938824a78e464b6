package lambda

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var lambdaEnvNoSecrets = rule.Rule{
	ID:         "lambda-env-no-secrets",
	Title:      "No secrets in the environment",
	Why:        "Everybody who may read the function's configuration reads the secret in it, every published version keeps it, and it cannot be rotated without a deployment.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_45"}},
	Source:     "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
	Fix: rule.Fix{
		Plain: "the ARN of the secret in the variable, and secretsmanager:GetSecretValue in the role; for AWS itself the role",
	},
	Types:  []string{function},
	Params: []rule.Param{{Name: "allowed", Default: []string{}, Description: "Variables that hold no secret although their names sound like it."}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for name, value := range r.Get("environment.variables").Entries() {
			if slices.Contains(f.Texts("allowed"), name) {
				continue
			}
			// The value stays out of the message: it is a secret.
			switch kind := secretwords.Kind(value.Text()); {
			case kind != "":
				f.Fail(value, "is %s in clear: expected the ARN of the secret that holds it", kind)
			case secretwords.Named(name, value.Text()):
				f.Fail(value, "sounds like a secret, and is in clear: expected the ARN of the secret that holds it")
			}
		}
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {STAGE: prod, DB_PASSWORD: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"}}}
`}, {Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate}
`}, {Name: "allowed in the configuration", Params: map[string]any{"allowed": []any{"CSRF_TOKEN"}}, YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {CSRF_TOKEN: header}}}
`}},
	Bad: []rule.Example{{Name: "by its name", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {DB_PASSWORD: correct-horse}}}
`}, {Name: "by its form", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {DATABASE_URL: "postgres://app:correct-horse@db.internal/acme"}}}
`}, {Name: "an access key", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {KEY: AKIAIOSFODNN7EXAMPLE}}}
`}},
}
