package service

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/appautoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/network"
)

// WebServiceType is the type token of WebService.
const WebServiceType = "bulwark:service:WebService"

// WebService is an application that runs on Fargate behind a load balancer. See NewWebService.
type WebService struct {
	pulumi.ResourceState

	// ServiceName is the name of the service, the dimension ServiceName of its metrics in CloudWatch.
	ServiceName pulumi.StringOutput `pulumi:"serviceName"`
	// ServiceArn is the ARN of the service.
	ServiceArn pulumi.StringOutput `pulumi:"serviceArn"`
	// ClusterName is the name of its cluster, the dimension ClusterName of its metrics.
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	// TaskDefinitionArn is the revision of the task definition that the program describes.
	TaskDefinitionArn pulumi.StringOutput `pulumi:"taskDefinitionArn"`
	// TaskRoleArn is the role of the application.
	TaskRoleArn pulumi.StringOutput `pulumi:"taskRoleArn"`
	// ExecutionRoleArn is the role with which Fargate starts it.
	ExecutionRoleArn pulumi.StringOutput `pulumi:"executionRoleArn"`
	// LogGroupName is where the containers write to.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
	// SecurityGroupIds are the security groups of the tasks.
	SecurityGroupIds pulumi.StringArrayOutput `pulumi:"securityGroupIds"`

	// Service is the service itself.
	Service *ecs.Service `pulumi:"service" provider:"type=aws@6.83.2:ecs/service:Service"`
	// TaskDefinition is the revision that the program describes.
	TaskDefinition *ecs.TaskDefinition `pulumi:"taskDefinition" provider:"type=aws@6.83.2:ecs/taskDefinition:TaskDefinition"`
	// LogGroup is the log group of the containers.
	LogGroup *cloudwatch.LogGroup `pulumi:"logGroup" provider:"type=aws@6.83.2:cloudwatch/logGroup:LogGroup"`
	// TaskRole and ExecutionRole are the roles that the component made; nil where one is given.
	TaskRole      *identity.TaskRole
	ExecutionRole *identity.ExecutionRole
	// SecurityGroup is what network.Allow connects with databases and others; nil where ids are given.
	SecurityGroup *network.SecurityGroup
	// ScalingTarget is what scales; nil without WebServiceArgs.Scaling.
	ScalingTarget *appautoscaling.Target
}

// NewWebService creates a service. It reports all problems with the arguments at once, before it creates anything.
func NewWebService(
	ctx *pulumi.Context, name string, args *WebServiceArgs, opts ...pulumi.ResourceOption,
) (*WebService, error) {
	b := &webServiceBuilder{Base: component.NewBase(ctx, WebServiceType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
