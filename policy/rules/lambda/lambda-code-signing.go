package lambda

import "github.com/bulwark-iac/bulwark/policy/rule"

var lambdaCodeSigning = rule.Rule{
	ID:         "lambda-code-signing",
	Title:      "Code signing configured",
	Why:        "Who may write to the bucket or call UpdateFunctionCode decides what runs with the function's role; a signature ties it to the pipeline.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_272"}},
	Source:     "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
	Fix: rule.Fix{
		Plain: "lambda.FunctionArgs{CodeSigningConfigArn: config.Arn}, with a profile of AWS Signer and a pipeline that signs",
	},
	OptIn: "it needs a signing profile, and a pipeline that signs what it builds",
	Types: []string{function},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("packageType").Is("Image") {
			f.NotApplicable("images are signed in their repository")
			return
		}
		f.WantSet(r.Get("codeSigningConfigArn"), "a code signing configuration")
	},
	Good: []rule.Example{{YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {codeSigningConfigArn: "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0"}
`}, {Name: "with an image", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {codeSigningConfigArn: "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0"}
image:
  type: aws:lambda/function:Function
  properties: {packageType: Image}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {packageType: Zip, runtime: provided.al2023}
`}},
}
