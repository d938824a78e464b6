package sandbox

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
)

// said is a diagnostic of the engine's.
func said(severity, urn, message string) events.EngineEvent {
	return events.EngineEvent{EngineEvent: apitype.EngineEvent{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: severity, URN: urn, Message: message}}}
}

const stackURN = "urn:pulumi:dev::bulwark::pulumi:pulumi:Stack::bulwark-dev"

// TestWhatAUserSeesOfAFailure goes from what the engine says to what is printed.
func TestWhatAUserSeesOfAFailure(t *testing.T) {
	for name, test := range map[string]struct {
		said []events.EngineEvent
		want string
	}{
		"a resource, told three times": {
			[]events.EngineEvent{
				said("error", bucketURN, "<{%reset%}>  sdk-v2/provider2.go:570: sdk.helper_schema: reading S3 Bucket (acme): NoSuchBucket: provider=aws@6.83.2<{%reset%}>\n"),
				said("error", bucketURN, "1 error occurred:\n\t* creating "+bucketURN+": 1 error occurred:\n\t* reading S3 Bucket (acme): NoSuchBucket\n\n"),
				said("error", stackURN, "update failed"),
			},
			"aws:s3:BucketV2 audio: reading S3 Bucket (acme): NoSuchBucket",
		},
		"the program": {
			[]events.EngineEvent{
				said("error", stackURN, "an unhandled error occurred: program failed: \n1 error occurred:\n\t* Pulumi.dev.yaml: 2 problems\n  - bulwark:owner: missing\n  - bulwark:days: 0\n\n"),
				said("error", stackURN, "update failed"),
			},
			"Pulumi.dev.yaml: 2 problems\n    - bulwark:owner: missing\n    - bulwark:days: 0",
		},
		"nothing but generalities": {
			[]events.EngineEvent{said("error", stackURN, "update failed")}, "update failed",
		},
		"two resources": {
			[]events.EngineEvent{
				said("error", keyURN, "error: MalformedPolicyDocument"), said("error", bucketURN, "rpc error: code = Unknown desc = AccessDenied"),
				said("error", keyURN, "error: MalformedPolicyDocument"),
			},
			"aws:kms:Key audio-key: MalformedPolicyDocument\naws:s3:BucketV2 audio: AccessDenied",
		},
		"what is only passing":     {[]events.EngineEvent{{EngineEvent: apitype.EngineEvent{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "error", Message: "x", Ephemeral: true}}}}, ""},
		"what is no error":         {[]events.EngineEvent{said("info", keyURN, "hello"), said("debug", keyURN, "hello"), said("error", keyURN, " ")}, ""},
		"a word that means little": {[]events.EngineEvent{said("error", keyURN, "update failed: because"), said("error", stackURN, "resource operation failed")}, "aws:kms:Key audio-key: update failed: because"},
	} {
		t.Run(name, func(t *testing.T) {
			c := collect(false, test.said...)
			assert.Equal(t, test.want, describe(specific(c.failures)))
		})
	}
}

func TestWarnings(t *testing.T) {
	c := collect(false,
		said("warning", keyURN, "using pulumi-resource-aws from $PATH at /cache/aws"),
		said("warning", keyURN, "warning: `acl` is deprecated"), said("warning", bucketURN, "warning: `acl` is deprecated"))
	assert.Equal(t, []string{"`acl` is deprecated"}, c.warnings, "once, and nothing that is the sandbox's own doing")
}

func TestDescribeStaysOnOneScreen(t *testing.T) {
	var many []Failure
	for i := range 30 {
		many = append(many, Failure{Message: fmt.Sprintf("failure %d", i)})
	}
	text := describe(many)
	assert.True(t, strings.HasSuffix(text, "failure 9\nand 20 more"), text)

	long := describe([]Failure{{Message: strings.Repeat("line\n", 100)}})
	assert.Equal(t, maxLines+1, strings.Count(long, "\n")+1)
	assert.True(t, strings.HasSuffix(long, "..."))
}

// TestEngineProblem: without a diagnostic, what the engine wrote has to do.
func TestEngineProblem(t *testing.T) {
	api := errors.New("failed to run update: exit status 1\ncode: 1\nstdout: Updating (dev):\nstderr: error: getting stack configuration: no passphrase\n") //nolint:revive // It is what the engine says.
	err := engineProblem("deploying stack dev", nil, api)
	assert.Equal(t, KindDeploy, KindOf(err))
	assert.EqualError(t, err, "deploying stack dev failed\n    getting stack configuration: no passphrase")

	assert.EqualError(t, engineProblem("opening stack dev", nil, errors.New("failed: exit status 2\ncode: 2\nstdout: odd\nstderr: ")),
		"opening stack dev failed\n    failed: exit status 2\n    code: 2\n    stdout: odd\n    stderr:")
	assert.EqualError(t, engineProblem("deploying stack dev", []Failure{{Message: "it broke"}}, api), "deploying stack dev failed\n    it broke")
}
