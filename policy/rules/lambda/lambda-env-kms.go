package lambda

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var lambdaEnvKMS = rule.Rule{
	ID:         "lambda-env-kms",
	Title:      "Environment encrypted with a CMK",
	Why:        "With the key aws/lambda everybody who may read the function's configuration reads its variables; an own key asks for a second permission, and can be taken away.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_173"}},
	Source:     "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
	Fix: rule.Fix{
		Bulwark: "pass the key of encryption.NewKey where a component takes one",
		Plain:   "lambda.FunctionArgs{KmsKeyArn: key.Arn}",
	},
	Types: []string{function},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		set := false
		for _, value := range r.Get("environment.variables").Entries() {
			set = set || !value.Known() || value.Exists()
		}
		if !set {
			f.NotApplicable("it has no environment variables")
			return
		}
		keys.WantOwn(f, r.Get("kmsKeyArn"))
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {STAGE: prod}}, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
`}, {Name: "with one that has no variables", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {STAGE: prod}}, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
other:
  type: aws:lambda/function:Function
  properties: {environment: {}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {STAGE: prod}}}
`}, {Name: "AWS's own", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {environment: {variables: {STAGE: prod}}, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/aws/lambda"}
`}},
}
