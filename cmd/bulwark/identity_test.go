package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	cloudtrailtypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func TestDeployPolicyFlags(t *testing.T) {
	assert.Equal(t, deployPolicyOptions{
		stack: "prod", account: "123456789012", project: "acme", partition: "aws", regions: []string{"eu-west-1"}, roles: []string{"x-*"},
		boundary: "arn", protected: []string{"admin"}, destroy: true, readOnly: true, json: true,
	}, optionsOf(t, newDeployPolicyCommand, "-s", "prod", "--account", "123456789012", "--project", "acme", "--region", "eu-west-1", "--role", "x-*",
		"--boundary", "arn", "--protect", "admin", "--allow-destroy", "--read-only", "--json"))
}

func TestDeployPolicy(t *testing.T) {
	b := newBench(false)
	require.Equal(t, 0, b.run(t, "identity", "deploy-policy", "--account", "123456789012", "--project", "acme-audio", "--region", "eu-west-1", "--stack", "prod"))
	for _, want := range []string{
		"network: ", " of 6144 characters\n", "  Allow Ec2Owned ", "  Deny  OwnRoles ", "need an action on everything",
		"AWS knows no resource for it: ", "--json prints the documents",
	} {
		assert.Contains(t, b.out.String(), want)
	}
	b = newBench(false)
	require.Equal(t, 0, b.run(t, "identity", "deploy-policy", "--account", "123456789012", "--project", "acme-audio", "--read-only", "--json"))
	var got struct {
		Policies []struct {
			Name     string
			Document iampolicy.Document
		}
		Figures struct{ Calls, Everywhere int }
	}
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
	require.NotEmpty(t, got.Policies)
	assert.NotEmpty(t, got.Policies[0].Document.Statements)
	assert.Greater(t, got.Figures.Calls, got.Figures.Everywhere)
}

// TestDeployPolicyReadsTheStackFile: project and region need not be typed where they are written down.
func TestDeployPolicyReadsTheStackFile(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	b := newBench(false)
	require.Equal(t, 0, b.run(t, "identity", "deploy-policy", "--account", "123456789012", "--stack", "prod"))
	assert.Contains(t, b.out.String(), "arn:aws:kms:eu-west-1:123456789012:key/*")
	t.Chdir(t.TempDir())
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"no file":        {nil, []string{"there is no Pulumi.dev.yaml here", "--project acme-audio"}},
		"no account":     {[]string{"--project", "acme"}, []string{"account: ", "the twelve digits of an account"}},
		"a wrong region": {[]string{"--project", "acme", "--account", "123456789012", "--region", "ireland"}, []string{"regions[0]", "eu-west-1"}},
	} {
		b := newBench(false)
		assert.Equal(t, 2, b.run(t, append([]string{"identity", "deploy-policy"}, c.args...)...), name)
		for _, want := range c.says {
			assert.Contains(t, b.errs.String(), want, name)
		}
	}
}

const refusedEvent = `{
  "userIdentity": {
    "type": "WebIdentityUser",
    "principalId": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:acme@11/infra@22:environment:prod",
    "userName": "repo:acme@11/infra@22:environment:prod",
    "identityProvider": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  },
  "eventTime": "2026-11-29T09:00:00Z", "eventName": "AssumeRoleWithWebIdentity", "awsRegion": "eu-west-1", "errorCode": "AccessDenied",
  "requestParameters": {"roleArn": "arn:aws:iam::123456789012:role/deploy", "roleSessionName": "GitHubActions"}, "eventID": "e-1"
}`

const classicTrust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",
  "Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
  "Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com",
    "token.actions.githubusercontent.com:sub":"repo:acme/infra:environment:prod"}}}]}`

// fakeDoctor has one refusal and one role.
type fakeDoctor struct {
	events []string
	trust  string
	looked *cloudtrail.LookupEventsInput
}

func (f *fakeDoctor) LookupEvents(_ context.Context, in *cloudtrail.LookupEventsInput, _ ...func(*cloudtrail.Options)) (*cloudtrail.LookupEventsOutput, error) {
	f.looked = in
	out := &cloudtrail.LookupEventsOutput{}
	for _, event := range f.events {
		out.Events = append(out.Events, cloudtrailtypes.Event{CloudTrailEvent: aws.String(event)})
	}
	return out, nil
}

func (f *fakeDoctor) GetRole(_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options)) (*iam.GetRoleOutput, error) {
	if *in.RoleName != "deploy" {
		return nil, &iamtypes.NoSuchEntityException{Message: aws.String("The role cannot be found.")}
	}
	return &iam.GetRoleOutput{Role: &iamtypes.Role{AssumeRolePolicyDocument: aws.String(url.PathEscape(f.trust))}}, nil
}

func doctorBench(f *fakeDoctor) *bench {
	b := newBench(false)
	b.doctorClients = func(context.Context, awsOptions) (doctorClients, error) { return doctorClients{f, f, "eu-west-1"}, nil }
	return b
}

func TestIdentityDoctor(t *testing.T) {
	f := &fakeDoctor{events: []string{`{"eventName":"AssumeRole"}`, refusedEvent}, trust: classicTrust}
	b := doctorBench(f)
	require.Equal(t, 0, b.run(t, "identity", "doctor", "--since", "1h"))
	for _, want := range []string{
		"role     arn:aws:iam::123456789012:role/deploy\nsubject  repo:acme@11/infra@22:environment:prod\n", "The trust policy names the classic form.",
		"  -> add exactly repo:acme@11/infra@22:environment:prod to the trust policy\n", "the trust policy after it:\n{\n", `"repo:acme/infra:environment:prod",`,
	} {
		assert.Contains(t, b.out.String(), want)
	}
	assert.WithinDuration(t, time.Now().Add(-time.Hour), *f.looked.StartTime, time.Minute)
	assert.Equal(t, "AssumeRoleWithWebIdentity", *f.looked.LookupAttributes[0].AttributeValue)

	b = doctorBench(f)
	require.Equal(t, 0, b.run(t, "identity", "doctor", "--json", "--role", "deploy"))
	var got struct {
		Cause   string
		Attempt struct{ Subject string }
		Trust   iampolicy.Document
	}
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
	assert.Equal(t, "sub", got.Cause)
	assert.Equal(t, "repo:acme@11/infra@22:environment:prod", got.Attempt.Subject)
	assert.Len(t, got.Trust.Statements, 1)
}

func TestIdentityDoctorFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	event, trust, empty := write("event.json", refusedEvent), write("trust.json", classicTrust), write("empty.json", "{}")
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"both from files":        {[]string{event, "--trust", trust}, 0, "add exactly"},
		"the trust from IAM":     {[]string{event}, 0, "add exactly"},
		"no event in it":         {[]string{empty, "--trust", trust}, 2, "no event of AssumeRoleWithWebIdentity in it"},
		"no such file":           {[]string{filepath.Join(dir, "none.json")}, 2, "no such file"},
		"another role":           {[]string{event, "--trust", trust, "--role", "other"}, 2, "none of 1 event is about the role other"},
		"a trust that is none":   {[]string{event, "--trust", write("bad.json", `{"Statement":[{"Effect":"Maybe"}]}`)}, 2, "Statement[0]"},
		"two files":              {[]string{event, trust}, 2, "expected one file, got 2"},
		"a role that is no more": {[]string{write("gone.json", `{"eventName":"AssumeRoleWithWebIdentity","errorCode":"AccessDenied","requestParameters":{"roleArn":"arn:aws:iam::123456789012:role/gone"}}`)}, 0, "The account has no role"},
	} {
		t.Run(name, func(t *testing.T) {
			b := doctorBench(&fakeDoctor{trust: classicTrust})
			assert.Equal(t, c.code, b.run(t, append([]string{"identity", "doctor"}, c.args...)...))
			assert.Contains(t, b.out.String()+b.errs.String(), c.says)
		})
	}
}

// TestIdentityDoctorWithoutAnEvent: what may be the reason that there is none.
func TestIdentityDoctorWithoutAnEvent(t *testing.T) {
	b := doctorBench(&fakeDoctor{})
	assert.Equal(t, 1, b.run(t, "identity", "doctor"))
	assert.Contains(t, b.errs.String(), "CloudTrail has no refused AssumeRoleWithWebIdentity in eu-west-1 since ")
	assert.Contains(t, b.errs.String(), "us-east-1 for the global endpoint")
	assert.Contains(t, b.errs.String(), "id-token: write")
}
