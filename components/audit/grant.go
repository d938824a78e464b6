package audit

import (
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Grant is what an identity may do with a trail. PolicyJSON is the policy for a role.
type Grant = policydoc.Grant

// ReadEvents lets an identity read and search the events of the last RetentionDays, in the trail's log group. CloudWatch
// Logs decrypts them itself: the key needs no grant. The files in the log bucket are not included.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
func (t *Trail) ReadEvents() Grant {
	from := policydoc.Source{Type: TrailType, Name: t.name, Location: t.location}
	return policydoc.NewGrant(from, "ReadEvents()", t.LogGroupArn.ApplyT(func(arn string) []iampolicy.Statement {
		return []iampolicy.Statement{{
			Sid: "TrailEvents", Effect: iampolicy.Allow, Resources: []string{arn + ":*"},
			Actions: []string{
				"logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery",
			},
		}}
	}).(policydoc.Statements))
}
