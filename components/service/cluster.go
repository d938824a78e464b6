package service

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// ClusterType is the type token of Cluster.
const ClusterType = "bulwark:service:Cluster"

// Cluster is where tasks run, on Fargate. See NewCluster.
type Cluster struct {
	pulumi.ResourceState

	// ClusterArn is the ARN of the cluster.
	ClusterArn pulumi.StringOutput `pulumi:"clusterArn"`
	// ClusterName is its name, the dimension ClusterName of its metrics in CloudWatch.
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	// StorageKeyArn is the key of the ephemeral storage.
	StorageKeyArn pulumi.StringOutput `pulumi:"storageKeyArn"`
	// ExecKeyArn is the key of shells in containers; empty without Exec.
	ExecKeyArn pulumi.StringOutput `pulumi:"execKeyArn"`
	// ExecLogGroupName is the log group that records them; empty without Exec.
	ExecLogGroupName pulumi.StringOutput `pulumi:"execLogGroupName"`

	// Cluster is the cluster itself.
	Cluster *ecs.Cluster `pulumi:"cluster" provider:"type=aws@6.83.2:ecs/cluster:Cluster"`
	// CapacityProviders are where its tasks may run.
	CapacityProviders *ecs.ClusterCapacityProviders `pulumi:"capacityProviders" provider:"type=aws@6.83.2:ecs/clusterCapacityProviders:ClusterCapacityProviders"`
	// StorageKey is the key of the ephemeral storage, where the component made it or was given it; otherwise nil.
	StorageKey *encryption.Key
	// ExecKey is the key of shells in containers, where the component made it or was given it; otherwise nil.
	ExecKey *encryption.Key

	name      string
	providers []CapacityProvider
	location  account.Output
	// exec is nil where nobody can open a shell.
	exec *execTarget
}

// execTarget is where shells in containers are encrypted and recorded.
type execTarget struct{ keyArn, logGroupArn pulumi.StringOutput }

// NewCluster creates a cluster for Fargate. It reports all problems with the arguments at once, before it creates
// anything.
func NewCluster(
	ctx *pulumi.Context, name string, args *ClusterArgs, opts ...pulumi.ResourceOption,
) (*Cluster, error) {
	b := &clusterBuilder{Base: component.NewBase(ctx, ClusterType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
