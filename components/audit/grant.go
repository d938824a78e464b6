package audit

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Grant is what an identity may do with a trail. PolicyJSON is the policy for a role.
type Grant = policydoc.Grant

// ReadEvents lets an identity read and search the events of the last RetentionDays, in the trail's log group, and
// decrypt them through CloudWatch Logs. The files in the log bucket are not included.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
func (t *Trail) ReadEvents() Grant {
	from := policydoc.Source{Type: TrailType, Name: t.name, Location: t.location}
	known := pulumi.All(t.location, t.LogGroupArn, t.KeyArn)
	return policydoc.NewGrant(from, "ReadEvents()", known.ApplyT(func(values []any) []iampolicy.Statement {
		in, group, key := values[0].(account.Info), values[1].(string), values[2].(string)
		return []iampolicy.Statement{
			{
				Sid: "TrailEvents", Effect: iampolicy.Allow, Resources: []string{group + ":*"},
				Actions: []string{
					"logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery",
				},
			},
			policydoc.KeyUse("TrailKey", key, in.Service("logs"), []string{"kms:Decrypt"}, nil),
		}
	}).(policydoc.Statements))
}
