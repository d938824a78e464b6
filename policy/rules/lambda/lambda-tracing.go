package lambda

import "github.com/bulwark-iac/bulwark/policy/rule"

var lambdaTracing = rule.Rule{
	ID:       "lambda-tracing",
	Title:    "Active tracing",
	Why:      "Without a trace a slow or failing call is a riddle: nobody sees whether it was the function, the database or what called it.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"Lambda.7*"},
		Checkov: []string{"CKV_AWS_50"},
		Trivy:   []string{"AWS-0066"},
		Pulumi:  []string{"aws-lambda-function-enable-tracing-config", "aws-lambda-function-configure-tracing-config"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-7",
	Fix: rule.Fix{
		Plain: `lambda.FunctionArgs{TracingConfig: &lambda.FunctionTracingConfigArgs{Mode: pulumi.String("Active")}}, and xray:PutTraceSegments in the role`,
	},
	OptIn: "traces are paid by the number, and need a grant in the function's role",
	Types: []string{function},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantOneOf(r.Get("tracingConfig.mode"), "Active")
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {tracingConfig: {mode: Active}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate}
`}, {Name: "passed through", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {tracingConfig: {mode: PassThrough}}
`}},
}
