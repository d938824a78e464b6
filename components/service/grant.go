package service

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Shells lets the agent that opens shells in a container do its work: it is for the task role of services with Exec,
// which NewWebService gives it to by itself.
// Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html,
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
func (c *Cluster) Shells() identity.Grant {
	from := policydoc.Source{Type: ClusterType, Name: c.name, Location: c.location}
	if c.exec == nil {
		return policydoc.Refuse(from, "Shells()", inputerror.Of(validate.Problems{validate.Required("grant.exec",
			"a cluster with exec", "give the cluster Exec").By("exec-cluster")}, ClusterType, c.name))
	}
	known := pulumi.All(c.exec.keyArn, c.exec.logGroupArn)
	return policydoc.NewGrant(from, "Shells()", known.ApplyT(func(values []any) []iampolicy.Statement {
		keyArn, group := values[0].(string), values[1].(string)
		return []iampolicy.Statement{
			{
				Sid: "ExecChannels", Effect: iampolicy.Allow, Resources: []string{"*"},
				Actions: []string{
					"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
					"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
				},
			},
			{
				Sid: "ExecLogGroups", Effect: iampolicy.Allow, Resources: []string{"*"},
				Actions: []string{"logs:DescribeLogGroups"},
			},
			{
				Sid: "ExecLog", Effect: iampolicy.Allow, Resources: []string{group + ":*"},
				Actions: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			},
			policydoc.KeyUse("ExecKey", keyArn, "", []string{"kms:Decrypt"}, nil),
		}
	}).(policydoc.Statements))
}
