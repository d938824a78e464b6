package lambda

import "github.com/bulwark-iac/bulwark/policy/rule"

var lambdaConcurrency = rule.Rule{
	ID:         "lambda-concurrency",
	Title:      "Reserved concurrency set",
	Why:        "A function without a limit takes all of the account's concurrency when it runs wild, and every other function waits.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_115"}, CDKNag: []string{"NIST:LambdaConcurrency"}},
	Source:     "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
	Fix: rule.Fix{
		Plain: "lambda.FunctionArgs{ReservedConcurrentExecutions: pulumi.Int(10)}",
	},
	OptIn: "what is reserved for one function is taken from all others, and a new account has 10 to give",
	Types: []string{function},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if limit := r.Get("reservedConcurrentExecutions"); limit.IntOr(-1) < 0 {
			f.Fail(limit, "%s: expected how many may run at the same time", limit)
		}
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {reservedConcurrentExecutions: 10}
`}, {Name: "stopped", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {reservedConcurrentExecutions: 0}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate}
`}, {Name: "no limit", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {reservedConcurrentExecutions: -1}
`}},
}
