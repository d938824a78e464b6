package service

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/network"
)

// TaskType is the type token of Task.
const TaskType = "bulwark:service:Task"

// Task is something that runs once and ends, when somebody starts it: a migration, an import. See NewTask.
type Task struct {
	pulumi.ResourceState

	// TaskDefinitionArn is the revision that is run.
	TaskDefinitionArn pulumi.StringOutput `pulumi:"taskDefinitionArn"`
	// RunTaskJson starts the task: aws ecs run-task --cli-input-json "$(pulumi stack output migrate)".
	RunTaskJson pulumi.StringOutput `pulumi:"runTaskJson"`
	// RunPolicyJson is the policy of an identity that starts the task and waits for its end.
	RunPolicyJson pulumi.StringOutput `pulumi:"runPolicyJson"`
	// ClusterName is the name of its cluster.
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	// TaskRoleArn is the role of the application.
	TaskRoleArn pulumi.StringOutput `pulumi:"taskRoleArn"`
	// ExecutionRoleArn is the role with which Fargate starts it.
	ExecutionRoleArn pulumi.StringOutput `pulumi:"executionRoleArn"`
	// LogGroupName is where the containers write to.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
	// SecurityGroupIds are the security groups of the task.
	SecurityGroupIds pulumi.StringArrayOutput `pulumi:"securityGroupIds"`

	// TaskDefinition is the revision that is run.
	TaskDefinition *ecs.TaskDefinition `pulumi:"taskDefinition" provider:"type=aws@6.83.2:ecs/taskDefinition:TaskDefinition"`
	// LogGroup is the log group of the containers.
	LogGroup *cloudwatch.LogGroup `pulumi:"logGroup" provider:"type=aws@6.83.2:cloudwatch/logGroup:LogGroup"`
	// TaskRole and ExecutionRole are the roles that the component made; nil where one is given.
	TaskRole      *identity.TaskRole
	ExecutionRole *identity.ExecutionRole
	// SecurityGroup is what network.Allow connects with databases and others; nil where ids are given.
	SecurityGroup *network.SecurityGroup

	name       string
	location   account.Output
	clusterArn pulumi.StringOutput
}

// NewTask creates what is needed to run a task, and runs nothing. It reports all problems with the arguments at once,
// before it creates anything.
func NewTask(ctx *pulumi.Context, name string, args *TaskArgs, opts ...pulumi.ResourceOption) (*Task, error) {
	b := &oneOffBuilder{Base: component.NewBase(ctx, TaskType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
