package audit_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

func TestReadEventsReadsTheLogGroupAndNothingElse(t *testing.T) {
	var text string
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		made, err := audit.NewTrail(ctx, "trail", &audit.TrailArgs{Labels: labels, LogBucketName: pulumi.String("acme-logs")})
		if err != nil {
			return err
		}
		require.NoError(t, made.ReadEvents().Err())
		made.ReadEvents().PolicyJSON().ApplyT(func(policy string) string { text = policy; return policy })
		return nil
	})
	d, problems := iampolicy.ParseAs(iampolicy.RolePolicy, text)
	require.Empty(t, problems)
	assert.Empty(t, iamref.Check(d))

	const group = "arn:aws:logs:eu-west-1:123456789012:log-group:/cloudtrail/acme-audio-test"
	reader := iampolicy.Caller{Kind: iampolicy.CallerRole, ARN: "arn:aws:iam::123456789012:role/reader"}
	for _, c := range []struct {
		action, resource string
		want             iampolicy.Decision
	}{
		{"logs:StartQuery", group + ":*", iampolicy.Allowed},
		{"logs:GetLogEvents", group + ":log-stream:one", iampolicy.Allowed},
		{"logs:DeleteLogGroup", group + ":*", iampolicy.ImplicitDeny},
		{"logs:PutRetentionPolicy", group + ":*", iampolicy.ImplicitDeny},
		{"logs:StartQuery", group + "-2:*", iampolicy.ImplicitDeny},
		{"s3:GetObject", "arn:aws:s3:::acme-logs/AWSLogs/x", iampolicy.ImplicitDeny},
	} {
		got := iampolicy.Evaluate(
			iampolicy.Request{Caller: reader, Action: c.action, Resource: c.resource},
			iampolicy.Policies{Identity: []iampolicy.Document{d}},
		)
		assert.Equal(t, c.want, got.Decision, "%s on %s", c.action, c.resource)
	}
	assert.Contains(t, text, `"kms:ViaService":"logs.eu-west-1.amazonaws.com"`)
}
