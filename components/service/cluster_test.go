package service_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestClusterConforms(t *testing.T) {
	refused := func(name string, change func(*clusterArgs), problems ...string) componenttest.Bad {
		return componenttest.Bad{Name: name, Program: cluster(change), Problems: problems}
	}
	componenttest.Conform(t, componenttest.Case{
		Token: service.ClusterType, Args: clusterArgs{}, Component: service.Cluster{}, Golden: "cluster",
		Minimal: cluster(func(*clusterArgs) {}),
		Variants: map[string]pulumi.RunFunc{
			"everything": cluster(func(a *clusterArgs) {
				a.ClusterName, a.ContainerInsights = "acme", service.ContainerInsightsEnabled
				a.CapacityProviders = []service.CapacityProvider{service.FargateSpot}
				a.StorageKeyArn = pulumi.String(someKey)
				a.Exec = &service.ClusterExec{RetentionDays: 90}
			}),
			"given-key": func(ctx *pulumi.Context) error {
				key, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{
					Labels: labels, Uses: []encryption.Use{encryption.UseFargateStorage, encryption.UseDirect, encryption.UseLogs},
					ClusterNames: []string{"acme-audio-test-main"},
				})
				if err != nil {
					return err
				}
				return cluster(func(a *clusterArgs) { a.StorageKey, a.Exec = key, &service.ClusterExec{Key: key} })(ctx)
			},
		},
		Disposable: cluster(func(a *clusterArgs) {
			a.Lifecycle, a.Exec = lifecycle.Disposable, &service.ClusterExec{}
		}),
		Unknown: cluster(func(a *clusterArgs) {
			a.StorageKeyArn = componenttest.UnknownString()
			a.Exec = &service.ClusterExec{KeyArn: componenttest.UnknownString()}
		}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := service.NewCluster(ctx, "main", nil)
			return err
		},
		Bad: []componenttest.Bad{
			refused("labels and choices", func(a *clusterArgs) {
				a.Labels.Owner, a.Lifecycle, a.ContainerInsights = "", "forever", "all"
				a.CapacityProviders = []service.CapacityProvider{"EC2", service.Fargate, service.Fargate}
				a.ClusterName = "the cluster"
				a.Exec = &service.ClusterExec{RetentionDays: 31}
			}, "labels.owner: label-required", "lifecycle: not-supported", "clusterName: ecs-name",
				"containerInsights: not-supported", "capacityProviders[0]: not-supported", "capacityProviders[2]: duplicate",
				"exec.retentionDays: log-retention"),
			refused("an alias", func(a *clusterArgs) { a.StorageKeyArn = pulumi.String(someAlias) }, "storageKeyArn: key-arn"),
			refused("a multi-Region key", func(a *clusterArgs) { a.StorageKeyArn = pulumi.String(multiRegionKey) },
				"storageKeyArn: key-multi-region"),
			{Name: "keys of other uses", Program: func(ctx *pulumi.Context) error {
				key, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{
					Labels: labels, Uses: []encryption.Use{encryption.UseFargateStorage, encryption.UseLogs},
					ClusterNames: []string{"other"},
				})
				if err != nil {
					return err
				}
				return cluster(func(a *clusterArgs) {
					a.StorageKey, a.StorageKeyArn, a.Exec = key, pulumi.String(someKey), &service.ClusterExec{Key: key}
				})(ctx)
			}, Problems: []string{"storageKeyArn: alternatives", "storageKey: key-use", "exec.key: key-use"}},
		},
	})
}
