package service

import (
	"strings"

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

// Run lets an identity start the task, with its own roles and no others, wait for its end and read its log: for the
// role of a pipeline that migrates a database before it deploys.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
func (t *Task) Run() identity.Grant {
	from := policydoc.Source{Type: TaskType, Name: t.name, Location: t.location}
	known := pulumi.All(t.runStatements(), t.clusterArn, t.LogGroup.Arn)
	return policydoc.NewGrant(from, "Run()", known.ApplyT(func(values []any) []iampolicy.Statement {
		statements, clusterArn, group := values[0].([]iampolicy.Statement), values[1].(string), values[2].(string)
		return append(statements,
			iampolicy.Statement{
				Sid: "RunWait", Effect: iampolicy.Allow, Actions: []string{"ecs:DescribeTasks"},
				Resources: []string{strings.Replace(clusterArn, ":cluster/", ":task/", 1) + "/*"},
			},
			iampolicy.Statement{
				Sid: "RunLog", Effect: iampolicy.Allow, Actions: []string{"logs:GetLogEvents"}, Resources: []string{group + ":*"},
			})
	}).(policydoc.Statements))
}

// runStatements let an identity start the task: any revision, so that the one of the next deployment is among them.
func (t *Task) runStatements() policydoc.Statements {
	known := pulumi.All(t.TaskDefinition.ArnWithoutRevision, t.clusterArn, t.TaskRoleArn, t.ExecutionRoleArn)
	return known.ApplyT(func(values []any) []iampolicy.Statement {
		family, clusterArn := values[0].(string), values[1].(string)
		ofCluster := []iampolicy.Condition{{Operator: "ArnEquals", Key: "ecs:cluster", Values: []string{clusterArn}}}
		return []iampolicy.Statement{
			{
				Sid: "Run", Effect: iampolicy.Allow, Actions: []string{"ecs:RunTask"},
				Resources: []string{family + ":*"}, Conditions: ofCluster,
			},
			{
				Sid: "RunTags", Effect: iampolicy.Allow, Actions: []string{"ecs:TagResource"},
				Resources: []string{strings.Replace(clusterArn, ":cluster/", ":task/", 1) + "/*"},
				Conditions: []iampolicy.Condition{
					{Operator: "StringEquals", Key: "ecs:CreateAction", Values: []string{"RunTask"}},
				},
			},
			{
				Sid: "RunRoles", Effect: iampolicy.Allow, Actions: []string{"iam:PassRole"},
				Resources: []string{values[2].(string), values[3].(string)},
				Conditions: []iampolicy.Condition{
					{Operator: "StringEquals", Key: "iam:PassedToService", Values: []string{"ecs-tasks.amazonaws.com"}},
				},
			},
		}
	}).(policydoc.Statements)
}
