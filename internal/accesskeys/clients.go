package accesskeys

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// IAMClient is what is asked of IAM.
type IAMClient interface {
	ListUsers(context.Context, *iam.ListUsersInput, ...func(*iam.Options)) (*iam.ListUsersOutput, error)
	ListAccessKeys(context.Context, *iam.ListAccessKeysInput, ...func(*iam.Options)) (*iam.ListAccessKeysOutput, error)
	GetAccessKeyLastUsed(context.Context, *iam.GetAccessKeyLastUsedInput, ...func(*iam.Options)) (*iam.GetAccessKeyLastUsedOutput, error)
	GetAccountSummary(context.Context, *iam.GetAccountSummaryInput, ...func(*iam.Options)) (*iam.GetAccountSummaryOutput, error)
	UpdateAccessKey(context.Context, *iam.UpdateAccessKeyInput, ...func(*iam.Options)) (*iam.UpdateAccessKeyOutput, error)
	DeleteAccessKey(context.Context, *iam.DeleteAccessKeyInput, ...func(*iam.Options)) (*iam.DeleteAccessKeyOutput, error)
}

// ECSClient is what is asked of ECS, in one region.
type ECSClient interface {
	ListClusters(context.Context, *ecs.ListClustersInput, ...func(*ecs.Options)) (*ecs.ListClustersOutput, error)
	ListServices(context.Context, *ecs.ListServicesInput, ...func(*ecs.Options)) (*ecs.ListServicesOutput, error)
	DescribeServices(context.Context, *ecs.DescribeServicesInput, ...func(*ecs.Options)) (*ecs.DescribeServicesOutput, error)
	ListTasks(context.Context, *ecs.ListTasksInput, ...func(*ecs.Options)) (*ecs.ListTasksOutput, error)
	DescribeTasks(context.Context, *ecs.DescribeTasksInput, ...func(*ecs.Options)) (*ecs.DescribeTasksOutput, error)
	DescribeTaskDefinition(context.Context, *ecs.DescribeTaskDefinitionInput, ...func(*ecs.Options)) (*ecs.DescribeTaskDefinitionOutput, error)
}

// Clients are the AWS services that are asked.
type Clients struct {
	IAM IAMClient
	// ECS are the clients of the regions in which containers are looked at.
	ECS map[string]ECSClient
	// OwnKeyID is the id of the access key that the clients themselves use; it is never deactivated.
	OwnKeyID string
}

// NewClients makes the clients of a configuration, for its own region and further ones. It asks for the credentials, and
// makes no call otherwise.
func NewClients(ctx context.Context, cfg aws.Config, regions ...string) (Clients, error) {
	own, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return Clients{}, err
	}
	if len(regions) == 0 {
		regions = []string{cfg.Region}
	}
	c := Clients{IAM: iam.NewFromConfig(cfg), ECS: map[string]ECSClient{}, OwnKeyID: own.AccessKeyID}
	for _, region := range regions {
		c.ECS[region] = ecs.NewFromConfig(cfg, func(o *ecs.Options) { o.Region = region })
	}
	return c, nil
}
