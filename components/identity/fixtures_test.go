package identity_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

var labels = fixture.Labels

const (
	someKey        = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	someBoundary   = "arn:aws:iam::123456789012:policy/boundary"
	someQueue      = "arn:aws:sqs:eu-west-1:123456789012:orders"
	someSecret     = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf"
	someParameter  = "arn:aws:ssm:eu-west-1:123456789012:parameter/acme/mode"
	someLogGroup   = "arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme"
	someRepository = "arn:aws:ecr:eu-west-1:123456789012:repository/acme/api"
	audioBucket    = "arn:aws:s3:::acme-audio-test-audio-123456789012-eu-west-1"
)

func strs(texts ...string) pulumi.StringArray { return pulumi.ToStringArray(texts) }

// audio is a bucket whose grants the tests use.
func audio(ctx *pulumi.Context, opts ...pulumi.ResourceOption) (*storage.Bucket, error) {
	return storage.NewBucket(ctx, "audio", &storage.BucketArgs{
		Labels: labels, AccessLogs: toggle.Disabled, KeyArn: pulumi.String(someKey),
	}, opts...)
}

// taskRole makes a task role with the grants of a bucket.
func taskRole(grants func(*storage.Bucket) []identity.Grant, change ...func(*identity.TaskRoleArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := identity.TaskRoleArgs{Labels: labels}
		if grants != nil {
			bucket, err := audio(ctx)
			if err != nil {
				return err
			}
			args.Grants = grants(bucket)
		}
		for _, c := range change {
			c(&args)
		}
		_, err := identity.NewTaskRole(ctx, "api", &args)
		return err
	}
}

func with(change func(*identity.TaskRoleArgs)) pulumi.RunFunc { return taskRole(nil, change) }

// policyOf is the policy of the only role that a program makes.
func policyOf(t *testing.T, program pulumi.RunFunc) (string, iampolicy.Document) {
	t.Helper()
	recorder := componenttest.Run(t, program)
	policies := recorder.Find("aws:iam/rolePolicy:RolePolicy")
	require.Len(t, policies, 1)
	text := policies[0].Input("policy").(string)
	d, problems := iampolicy.ParseAs(iampolicy.RolePolicy, text)
	require.Empty(t, problems)
	return text, d
}
