package lambda

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
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
	// The deprecated ones of https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html by the end of November 2026.
	Params: []rule.Param{{
		Name: "deprecated", Description: "Runtimes that AWS has deprecated.",
		Default: []string{
			"dotnet5.0", "dotnet6", "dotnet7", "dotnet8", "dotnet9", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "go1.x", "java8",
			"nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x",
			"provided", "provided.al2", "python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10", "ruby2.5", "ruby2.7", "ruby3.2",
		},
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("packageType").Is("Image") {
			f.NotApplicable("a container image brings its own runtime")
			return
		}
		if runtime := r.Get("runtime"); slices.Contains(f.Texts("deprecated"), runtime.Text()) {
			f.Fail(runtime, "%s: expected a runtime that AWS supports", runtime)
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
