package lambda

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var lambdaPermissionSource = rule.Rule{
	ID:       "lambda-permission-source",
	Title:    "Service permissions carry a source",
	Why:      "The service invokes the function for whichever account asks it to. The ARN of a bucket does not tell the account: who makes a bucket of that name after its deletion invokes the function.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"Lambda.1"},
		Checkov: []string{"CKV_AWS_364"},
		Trivy:   []string{"AWS-0067"},
		Pulumi:  []string{"aws-lambda-permission-configure-source-arn"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
	Fix: rule.Fix{
		Plain: "lambda.PermissionArgs{SourceArn: ..., SourceAccount: pulumi.String(accountId)}; for S3 both",
	},
	Types: []string{permission},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		principal := r.Get("principal").Text()
		if !strings.HasSuffix(strings.TrimSuffix(principal, ".cn"), ".amazonaws.com") {
			f.NotApplicable("no service invokes the function by it")
			return
		}
		account := r.Get("sourceAccount")
		switch {
		case account.Text() != "":
		case principal == "s3.amazonaws.com":
			f.WantSet(account, "the account that owns the bucket")
		default:
			source := r.Get("sourceArn")
			f.WantSet(source, "the ARN of what invokes it, or the account in sourceAccount")
			if strings.ContainsAny(source.Text(), "*?") && len(statement(r, iampolicy.Principals{Service: []string{principal}}).ConfusedDeputy()) > 0 {
				f.Fail(source, "%s: means every account: expected an ARN with its account, or the account in sourceAccount", source)
			}
		}
	},
	Good: []rule.Example{{Name: "by ARN", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: events.amazonaws.com, sourceArn: "arn:aws:events:eu-west-1:111122223333:rule/nightly"}
`}, {Name: "by account", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: config.amazonaws.com, sourceAccount: "111122223333"}
`}, {Name: "S3", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: s3.amazonaws.com, sourceArn: "arn:aws:s3:::audio", sourceAccount: "111122223333"}
`}, {Name: "with one for an account", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: sns.amazonaws.com, sourceArn: "arn:aws:sns:eu-west-1:111122223333:alarms"}
other:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: "444455556666"}
`}},
	Bad: []rule.Example{{Name: "a source in any account", YAML: `
events:
  type: aws:lambda/permission:Permission
  properties: {function: rotate, action: "lambda:InvokeFunction", principal: events.amazonaws.com, sourceArn: "arn:aws:events:eu-west-1:*:rule/*"}
`}, {Name: "any source", YAML: `
events:
  type: aws:lambda/permission:Permission
  properties: {function: rotate, action: "lambda:InvokeFunction", principal: events.amazonaws.com, sourceArn: "*"}
`}, {Name: "none", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: sns.amazonaws.com}
`}, {Name: "S3 without the account", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: s3.amazonaws.com, sourceArn: "arn:aws:s3:::audio"}
`}, {Name: "in China", YAML: `
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: rotate, principal: events.amazonaws.com.cn}
`}},
}
