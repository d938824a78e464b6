package lambda

import "github.com/bulwark-iac/bulwark/policy/rule"

var lambdaDlq = rule.Rule{
	ID:         "lambda-dlq",
	Title:      "Dead-letter target set",
	Why:        "An event that fails three times is thrown away, and nobody learns what it was.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_116"}, CDKNag: []string{"NIST:LambdaDLQ"}},
	Source:     "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
	Fix: rule.Fix{
		Plain: "lambda.FunctionArgs{DeadLetterConfig: &lambda.FunctionDeadLetterConfigArgs{TargetArn: queue.Arn}}, and sqs:SendMessage in the role",
	},
	OptIn:    "only events that are handed over asynchronously have dead letters, and destinations of functionEventInvokeConfig do the same",
	Types:    []string{function},
	Resource: rule.WantSet("deadLetterConfig.targetArn", "a queue or topic for events that fail"),
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {deadLetterConfig: {targetArn: "arn:aws:sqs:eu-west-1:111122223333:failed"}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate}
`}, {Name: "no target", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {deadLetterConfig: {targetArn: ""}}
`}},
}
