package oidctrust_test

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/oidctrust"
)

// A repository was renamed, and its subjects have its ids since.
func ExampleDiagnose() {
	trust, _ := iampolicy.Parse(`{"Version": "2012-10-17", "Statement": [{
		"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
		"Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
		"Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:acme@11/infra@22:environment:prod"}}
	}]}`)
	attempts, _ := oidctrust.ParseEvents([]byte(`{
		"eventName": "AssumeRoleWithWebIdentity", "errorCode": "AccessDenied",
		"userIdentity": {
			"userName": "repo:acme@11/platform@22:environment:prod",
			"identityProvider": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
		},
		"requestParameters": {"roleArn": "arn:aws:iam::123456789012:role/deploy"}
	}`))
	d := oidctrust.Diagnose(attempts[0], &trust)
	fmt.Println(d.Cause, d.Fixes)
	fmt.Println(d.Trust.Statements[0].Conditions[0].Values)
	// Output:
	// sub [add exactly repo:acme@11/platform@22:environment:prod to the trust policy]
	// [repo:acme@11/infra@22:environment:prod repo:acme@11/platform@22:environment:prod]
}
