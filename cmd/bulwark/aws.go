package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// awsOptions are the flags of every command that talks to AWS.
type awsOptions struct {
	region, profile string
}

// loadAWS finds credentials and region as AWS's own tools do: environment, profile, web identity, container, instance.
// AWS_ENDPOINT_URL points all of it somewhere else.
func loadAWS(ctx context.Context, o awsOptions) (aws.Config, error) {
	var load []func(*config.LoadOptions) error
	if o.region != "" {
		load = append(load, config.WithRegion(o.region))
	}
	if o.profile != "" {
		load = append(load, config.WithSharedConfigProfile(o.profile))
	}
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return cfg, &sandbox.Problem{
			Kind: sandbox.KindUsage, What: "the configuration of AWS cannot be read: " + err.Error(), Err: err,
			Fix: []string{"aws configure list shows what is found"},
		}
	}
	if cfg.Region == "" {
		return cfg, &sandbox.Problem{
			Kind: sandbox.KindUsage, What: "no AWS region is set",
			Fix: []string{"--region eu-west-1", "or export AWS_REGION=eu-west-1"},
		}
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return cfg, explainAWS("find credentials", err)
	}
	return cfg, nil
}

// explainAWS says in one message what AWS or the way to it refused. What was being done completes "cannot ...".
func explainAWS(doing string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	p := &sandbox.Problem{Kind: sandbox.KindOther, Err: err}
	var operation *smithy.OperationError
	var api smithy.APIError
	switch {
	case errors.As(err, &api):
		p.What = fmt.Sprintf("cannot %s: %s: %s", doing, api.ErrorCode(), oneLine(api.ErrorMessage()))
		switch {
		case denies(api.ErrorCode()) && errors.As(err, &operation):
			p.What = fmt.Sprintf("cannot %s: the permission %s is missing", doing, permission(operation))
			p.Detail = oneLine(api.ErrorMessage())
			p.Fix = []string{"sign in with a role that may look at IAM: the policy SecurityAudit of AWS has what the reading commands need"}
		case expired(api.ErrorCode()):
			p.Fix = []string{"the credentials have expired or are wrong: sign in again (aws sso login)"}
		}
	case errors.As(err, &operation):
		p.What = fmt.Sprintf("cannot %s: %s is not reached: %s", doing, operation.ServiceID, oneLine(rootCause(operation.Err).Error()))
		p.Fix = []string{"check the network"}
		if endpoint := os.Getenv("AWS_ENDPOINT_URL"); endpoint != "" {
			p.Fix = []string{"AWS_ENDPOINT_URL is " + endpoint + ": is it running?"}
		}
		if strings.Contains(strings.ToLower(err.Error()), "credential") {
			p.What, p.Fix = noCredentials(doing)
		}
	default:
		p.What = fmt.Sprintf("cannot %s: %s", doing, oneLine(rootCause(err).Error()))
		if strings.Contains(strings.ToLower(err.Error()), "credential") {
			p.What, p.Fix = noCredentials(doing)
		}
	}
	return p
}

func noCredentials(doing string) (string, []string) {
	return fmt.Sprintf("cannot %s: no credentials of AWS are found", doing),
		[]string{"sign in (aws sso login), or name a profile: --profile"}
}

// denies tells whether a code means that a permission is missing. Services have different words for it.
func denies(code string) bool {
	return code == "AccessDenied" || code == "AccessDeniedException" || code == "UnauthorizedOperation"
}

// expired tells whether a code is about credentials that do not work.
func expired(code string) bool {
	switch code {
	case "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch":
		return true
	}
	return false
}

// permission is the action that an operation asks for.
func permission(o *smithy.OperationError) string {
	return strings.ToLower(strings.ReplaceAll(o.ServiceID, " ", "")) + ":" + o.OperationName
}

// rootCause is the innermost error: what is around it names the SDK's machinery.
func rootCause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// oneLine is a message without its line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
