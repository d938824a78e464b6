package lambda

import (
	"slices"
	"time"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/supported"
)

var lambdaRuntime = rule.Rule{
	ID:       "lambda-runtime",
	Title:    "Runtime is supported",
	Why:      "A deprecated runtime gets no security fixes; some time later AWS refuses to update the function, on the day when it has to be.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"Lambda.2"},
		Checkov: []string{"CKV_AWS_363"},
		CDKNag:  []string{"AwsSolutions-L1"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2",
	Fix: rule.Fix{
		Plain: `lambda.FunctionArgs{Runtime: pulumi.String("provided.al2023")}, or the latest runtime of the language`,
	},
	Types: []string{function},
	Params: []rule.Param{{
		Name: "deprecated", Default: []string{},
		Description: "Runtimes to refuse besides those that AWS has deprecated by the day of the run.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("packageType").Is("Image") {
			f.NotApplicable("a container image brings its own runtime")
			return
		}
		runtime := r.Get("runtime")
		until, known := supported.Until(supported.Lambda, runtime.Text())
		switch {
		case known && f.Today().After(until):
			f.Fail(runtime, "%s: AWS has deprecated it on %s: expected a runtime that AWS supports", runtime, until.Format(time.DateOnly))
		case slices.Contains(f.Texts("deprecated"), runtime.Text()):
			f.Fail(runtime, "%s: refused by configuration: expected a later runtime", runtime)
		}
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {runtime: provided.al2023}
`}, {Name: "with an image", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {runtime: python3.13}
image:
  type: aws:lambda/function:Function
  properties: {packageType: Image, imageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1"}
`}},
	Bad: []rule.Example{{Name: "Go 1", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {runtime: go1.x}
`}, {Name: "Python", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {packageType: Zip, runtime: python3.8}
`}, {Name: "as configured", Params: map[string]any{"deprecated": []any{"nodejs22.x"}}, YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {runtime: nodejs22.x}
`}},
}
