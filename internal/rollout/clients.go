package rollout

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
)

// ECSClient is what is asked of ECS.
type ECSClient interface {
	DescribeServices(context.Context, *ecs.DescribeServicesInput, ...func(*ecs.Options)) (*ecs.DescribeServicesOutput, error)
	ListServiceDeployments(context.Context, *ecs.ListServiceDeploymentsInput, ...func(*ecs.Options)) (*ecs.ListServiceDeploymentsOutput, error)
	DescribeServiceDeployments(context.Context, *ecs.DescribeServiceDeploymentsInput, ...func(*ecs.Options)) (*ecs.DescribeServiceDeploymentsOutput, error)
	DescribeServiceRevisions(context.Context, *ecs.DescribeServiceRevisionsInput, ...func(*ecs.Options)) (*ecs.DescribeServiceRevisionsOutput, error)
	ListTasks(context.Context, *ecs.ListTasksInput, ...func(*ecs.Options)) (*ecs.ListTasksOutput, error)
	DescribeTasks(context.Context, *ecs.DescribeTasksInput, ...func(*ecs.Options)) (*ecs.DescribeTasksOutput, error)
	DescribeTaskDefinition(context.Context, *ecs.DescribeTaskDefinitionInput, ...func(*ecs.Options)) (*ecs.DescribeTaskDefinitionOutput, error)
	ListTaskDefinitions(context.Context, *ecs.ListTaskDefinitionsInput, ...func(*ecs.Options)) (*ecs.ListTaskDefinitionsOutput, error)
	DeregisterTaskDefinition(context.Context, *ecs.DeregisterTaskDefinitionInput, ...func(*ecs.Options)) (*ecs.DeregisterTaskDefinitionOutput, error)
	UpdateService(context.Context, *ecs.UpdateServiceInput, ...func(*ecs.Options)) (*ecs.UpdateServiceOutput, error)
	ListClusters(context.Context, *ecs.ListClustersInput, ...func(*ecs.Options)) (*ecs.ListClustersOutput, error)
	ListServices(context.Context, *ecs.ListServicesInput, ...func(*ecs.Options)) (*ecs.ListServicesOutput, error)
}

// LogsClient is what is asked of CloudWatch Logs.
type LogsClient interface {
	GetLogEvents(context.Context, *cloudwatchlogs.GetLogEventsInput, ...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.GetLogEventsOutput, error)
}

// ELBClient is what is asked of Elastic Load Balancing.
type ELBClient interface {
	DescribeTargetHealth(context.Context, *elasticloadbalancingv2.DescribeTargetHealthInput, ...func(*elasticloadbalancingv2.Options)) (*elasticloadbalancingv2.DescribeTargetHealthOutput, error)
}

// Clients are the AWS services that a deployment is followed with. Without Logs or ELB the report of a failure has no
// log lines or no answers of the load balancer's health check; nothing else changes.
type Clients struct {
	ECS  ECSClient
	Logs LogsClient
	ELB  ELBClient
}

// Options choose account and region where the environment does not.
type Options struct {
	// Region of the service. Empty: as the environment or the profile says.
	Region string
	// Profile of the shared configuration files. Empty: as the environment says.
	Profile string
	// Endpoint replaces those of AWS. Empty: as AWS_ENDPOINT_URL says, or AWS's own.
	Endpoint string
	// Credentials replace those of the default chain; nil for the chain.
	Credentials aws.CredentialsProvider
}

// NewClients makes clients with the credentials that the SDK's default chain finds: environment, profile, web identity,
// container, instance. It makes no call to AWS itself.
func NewClients(ctx context.Context, o Options) (Clients, error) {
	var load []func(*config.LoadOptions) error
	if o.Region != "" {
		load = append(load, config.WithRegion(o.Region))
	}
	if o.Profile != "" {
		load = append(load, config.WithSharedConfigProfile(o.Profile))
	}
	if o.Endpoint != "" {
		load = append(load, config.WithBaseEndpoint(o.Endpoint))
	}
	if o.Credentials != nil {
		load = append(load, config.WithCredentialsProvider(o.Credentials))
	}
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return Clients{}, fmt.Errorf("follow deployments: load the AWS configuration: %w", err)
	}
	return ClientsFor(cfg), nil
}

// ClientsFor makes clients of a configuration that somebody else loaded.
func ClientsFor(cfg aws.Config) Clients {
	return Clients{
		ECS:  ecs.NewFromConfig(cfg),
		Logs: cloudwatchlogs.NewFromConfig(cfg),
		ELB:  elasticloadbalancingv2.NewFromConfig(cfg),
	}
}
