package oidctrust

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// refused is a record of CloudTrail in the form of AWS's own example.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
const refused = `{
  "eventVersion": "1.08",
  "userIdentity": {
    "type": "WebIdentityUser",
    "principalId": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:acme@11/infra@22:environment:prod",
    "userName": "repo:acme@11/infra@22:environment:prod",
    "identityProvider": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  },
  "eventTime": "2026-11-29T09:00:00Z", "eventSource": "sts.amazonaws.com", "eventName": "AssumeRoleWithWebIdentity", "awsRegion": "eu-west-1",
  "errorCode": "AccessDenied", "errorMessage": "An unknown error occurred",
  "requestParameters": {"roleArn": "arn:aws:iam::123456789012:role/deploy", "roleSessionName": "GitHubActions"},
  "responseElements": null, "eventID": "e-1"
}`

func TestParseEvents(t *testing.T) {
	inLookup, err := json.Marshal(map[string]any{"Events": []any{map[string]any{"EventName": "AssumeRoleWithWebIdentity", "CloudTrailEvent": refused}}})
	require.NoError(t, err)
	for name, text := range map[string]string{
		"one event":     refused,
		"a log file":    `{"Records": [{"eventName": "AssumeRole"}, ` + refused + `]}`,
		"lookup-events": string(inLookup),
		"a list":        `[` + refused + `]`,
		"several":       `{"eventName": "GetCallerIdentity"}` + "\n" + refused,
	} {
		t.Run(name, func(t *testing.T) {
			attempts, err := ParseEvents([]byte(text))
			require.NoError(t, err)
			require.Len(t, attempts, 1)
			a := attempts[0]
			assert.True(t, a.Refused())
			assert.Equal(t, "arn:aws:iam::123456789012:role/deploy", a.RoleARN)
			assert.Equal(t, "token.actions.githubusercontent.com", a.Issuer)
			assert.Equal(t, "sts.amazonaws.com", a.Audience)
			assert.Equal(t, "repo:acme@11/infra@22:environment:prod", a.Subject)
			assert.Equal(t, "e-1", a.ID)
		})
	}
	for text, says := range map[string]string{
		"":                             "no event of AssumeRoleWithWebIdentity",
		`{"Records": []}`:              "no event of AssumeRoleWithWebIdentity",
		`{"eventName": "AssumeRole"}`:  "no event of AssumeRoleWithWebIdentity",
		"not json":                     "it is not JSON",
		`"text"`:                       "it is not an event of CloudTrail",
		`{"eventTime": "yesterday"}`:   "it is not an event of CloudTrail",
		`{"Records": [{"eventID": 1}]`: "it is not JSON",
	} {
		_, err := ParseEvents([]byte(text))
		assert.ErrorContains(t, err, says, text)
	}
}

func TestNewestFirst(t *testing.T) {
	older := `{"eventName":"AssumeRoleWithWebIdentity","eventID":"older","eventTime":"2026-11-28T09:00:00Z"}`
	attempts, err := ParseEvents([]byte(older + refused))
	require.NoError(t, err)
	assert.Equal(t, []string{"e-1", "older"}, []string{attempts[0].ID, attempts[1].ID})
}

func FuzzParseEvents(f *testing.F) {
	f.Add([]byte(refused))
	f.Add([]byte(`{"Events":[{"CloudTrailEvent":"{}"}]}`))
	f.Add([]byte(`[[[]]]`))
	f.Fuzz(func(_ *testing.T, text []byte) {
		attempts, err := ParseEvents(text)
		if err != nil {
			return
		}
		for _, a := range attempts {
			Diagnose(a, nil)
			ParseSubject(a.Subject)
		}
	})
}
