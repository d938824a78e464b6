package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var secretsRotationLambdaPermission = rule.Rule{
	ID:         "secrets-rotation-lambda-permission",
	Title:      "Rotation function may be invoked by Secrets Manager only",
	Why:        "Without the permission the rotation fails, and nobody notices until somebody needs the new secret; without a source, Secrets Manager invokes the function for any account.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"SecretsManager.2"}, Checkov: []string{"CKV_AWS_364"}},
	Source:     "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html",
	Fix: rule.Fix{
		Plain: `lambda.PermissionArgs{Principal: pulumi.String("secretsmanager.amazonaws.com"), SourceAccount: pulumi.String(accountId), ...} (SourceArn: secret.Arn for one secret)`,
	},
	Types: []string{secretRotation, permission, function},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(secretRotation), func(rotation *rule.Resource) {
			functions := s.Referred(rotation, "rotationLambdaArn", function)
			if len(functions) == 0 {
				f.NotApplicable("its function is not in the stack")
				return
			}
			for _, rotate := range functions {
				for _, p := range f.WantReferrer(rotate, "function", permission) {
					f.WantOneOf(p.Get("principal"), "secretsmanager.amazonaws.com")
					if p.Get("sourceAccount").Text() == "" {
						f.WantSet(p.Get("sourceArn"), "the secret's ARN, or the account in sourceAccount")
					}
				}
			}
		})
	},
	Good: []rule.Example{{Name: "for the account", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate, role: "arn:aws:iam::111122223333:role/rotate"}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationLambdaArn: "${rotate.arn}", rotationRules: {automaticallyAfterDays: 30}}
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: "${rotate.name}", principal: secretsmanager.amazonaws.com, sourceAccount: "111122223333"}
`}, {Name: "for the secret", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate, role: "arn:aws:iam::111122223333:role/rotate"}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationLambdaArn: "${rotate.arn}", rotationRules: {automaticallyAfterDays: 30}}
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: "${rotate.name}", principal: secretsmanager.amazonaws.com, sourceArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:jwt-AbCdEf"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate, role: "arn:aws:iam::111122223333:role/rotate"}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationLambdaArn: "${rotate.arn}", rotationRules: {automaticallyAfterDays: 30}}
`}, {Name: "for everybody's secrets", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate, role: "arn:aws:iam::111122223333:role/rotate"}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationLambdaArn: "${rotate.arn}", rotationRules: {automaticallyAfterDays: 30}}
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: "${rotate.name}", principal: secretsmanager.amazonaws.com}
`}, {Name: "for somebody else", YAML: `
rotate:
  type: aws:lambda/function:Function
  properties: {name: rotate, role: "arn:aws:iam::111122223333:role/rotate"}
rotation:
  type: aws:secretsmanager/secretRotation:SecretRotation
  properties: {secretId: jwt, rotationLambdaArn: "${rotate.arn}", rotationRules: {automaticallyAfterDays: 30}}
invoke:
  type: aws:lambda/permission:Permission
  properties: {action: "lambda:InvokeFunction", function: "${rotate.name}", principal: events.amazonaws.com, sourceAccount: "111122223333"}
`}},
}
