package lambda

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var lambdaNotPublic = rule.Rule{
	ID:         "lambda-not-public",
	Title:      "Function permission is not public",
	Why:        "Everybody on the internet can invoke the function, at the account's expense and with the function's role.",
	Severity:   rule.Critical,
	References: rule.References{FSBP: []string{"Lambda.1"}, Checkov: []string{"CKV_AWS_301"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
	Fix: rule.Fix{
		Bulwark: "no component opens a function to everybody",
		Plain:   `lambda.PermissionArgs{Principal: pulumi.String("events.amazonaws.com"), SourceArn: rule.Arn, ...}`,
	},
	Types: []string{permission},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantNoneOf(r.Get("functionUrlAuthType"), "NONE")
		if principal := r.Get("principal"); principal.Is("*") && statement(r, iampolicy.Principals{Any: true}).AllowsPublic() {
			f.Fail(principal, "%s: expected an account, a service, or a condition that fixes one: principalOrgId, sourceAccount, or sourceArn with its account", principal)
		}
	},
	Good: []rule.Example{{Name: "a service", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: events.amazonaws.com, sourceArn: "arn:aws:events:eu-west-1:111122223333:rule/nightly"}
`}, {Name: "the organization", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: "*", principalOrgId: o-abcdefgh12}
`}, {Name: "a URL for identities of an account", YAML: `
url:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunctionUrl", function: rotate, principal: "444455556666", functionUrlAuthType: AWS_IAM}
`}},
	Bad: []rule.Example{{Name: "a source that means everybody", YAML: `
all:
  type: aws:lambda/permission:Permission
  properties: {function: rotate, action: "lambda:InvokeFunction", principal: "*", sourceArn: "*"}
`}, {Name: "a source in any account", YAML: `
all:
  type: aws:lambda/permission:Permission
  properties: {function: rotate, action: "lambda:InvokeFunction", principal: "*", sourceArn: "arn:aws:sns:eu-west-1:*:alarms"}
`}, {Name: "everybody", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: "*"}
`}, {Name: "everybody by URL", YAML: `
url:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunctionUrl", function: rotate, principal: "*", functionUrlAuthType: NONE}
`}},
}
