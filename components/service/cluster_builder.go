package service

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// clusterBuilder makes one cluster.
type clusterBuilder struct {
	component.Base
	args *ClusterArgs
	out  *Cluster
}

func (b *clusterBuilder) build(opts []pulumi.ResourceOption) (*Cluster, error) {
	b.out = &Cluster{name: b.Name, providers: b.args.capacityProviders()}
	return component.Build(&b.Base, b.out, opts, b.storageKey, b.exec, b.cluster, b.capacityProviders)
}

// storageKey is the key of the ephemeral storage. Its policy names the cluster, which is why the name is fixed.
func (b *clusterBuilder) storageKey() (err error) {
	b.out.location = b.Location()
	key := b.args.storageKey()
	if key.Arn != nil {
		key.Arn = b.Checked(key.Arn, func(text string, in account.Info) validate.Problems {
			if ps := checkStorageKeyArn(text); len(ps) > 0 {
				return ps
			}
			return validate.SameRegion("storageKeyArn", text, in.Region, "the cluster")
		})
	}
	b.out.StorageKey, b.out.StorageKeyArn, err = key.OrMake(&b.Base, b.Name+"-storage", encryption.KeyArgs{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, Uses: []encryption.Use{encryption.UseFargateStorage},
		ClusterNames: []string{b.args.clusterName(b.Name)},
	})
	return err
}

// exec makes the log group that records shells in containers, and the key that encrypts both.
func (b *clusterBuilder) exec() (err error) {
	b.out.ExecKeyArn, b.out.ExecLogGroupName = component.None(), component.None()
	if b.args.Exec == nil {
		return nil
	}
	name, group := b.Name+"-exec", "/ecs-exec/"+b.args.clusterName(b.Name)
	key := b.args.Exec.key()
	if key.Arn != nil {
		key.Arn = keychoice.CheckedArn(&b.Base, "exec.keyArn", key.Arn, "the cluster")
	}
	b.out.ExecKey, b.out.ExecKeyArn, err = key.OrMake(&b.Base, name, encryption.KeyArgs{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle,
		Uses: []encryption.Use{encryption.UseDirect, encryption.UseLogs}, LogGroups: []string{group},
	})
	if err != nil {
		return err
	}
	made, err := loggroup.New(&b.Base, name, loggroup.Args{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, GroupName: group, RetentionDays: b.args.Exec.RetentionDays,
		Key: keychoice.Choice{Arn: b.out.ExecKeyArn},
	})
	if err != nil {
		return err
	}
	b.out.ExecLogGroupName = made.Name
	b.out.exec = &execTarget{keyArn: b.out.ExecKeyArn, logGroupArn: made.Arn}
	return nil
}

// cluster makes the cluster itself.
func (b *clusterBuilder) cluster() (err error) {
	insights := cmp.Or(b.args.ContainerInsights, ContainerInsightsEnhanced)
	configuration := ecs.ClusterConfigurationArgs{
		ManagedStorageConfiguration: ecs.ClusterConfigurationManagedStorageConfigurationArgs{
			FargateEphemeralStorageKmsKeyId: b.out.StorageKeyArn,
		},
	}
	if b.args.Exec != nil {
		configuration.ExecuteCommandConfiguration = ecs.ClusterConfigurationExecuteCommandConfigurationArgs{
			KmsKeyId: b.out.ExecKeyArn,
			Logging:  pulumi.String("OVERRIDE"),
			LogConfiguration: ecs.ClusterConfigurationExecuteCommandConfigurationLogConfigurationArgs{
				CloudWatchLogGroupName: b.out.ExecLogGroupName, CloudWatchEncryptionEnabled: pulumi.Bool(true),
			},
		}
	}
	b.out.Cluster, err = ecs.NewCluster(b.Ctx, b.Name, &ecs.ClusterArgs{
		Name:          pulumi.String(b.args.clusterName(b.Name)),
		Configuration: configuration,
		Settings: ecs.ClusterSettingArray{ecs.ClusterSettingArgs{
			Name: pulumi.String("containerInsights"), Value: pulumi.String(insights),
		}},
		Tags: b.args.Labels.Tags(b.Name),
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.ClusterArn, b.out.ClusterName = b.out.Cluster.Arn, b.out.Cluster.Name
	return nil
}

// capacityProviders says where tasks may run, and that those who do not say run on the first one.
func (b *clusterBuilder) capacityProviders() (err error) {
	providers := make(pulumi.StringArray, len(b.out.providers))
	for i, provider := range b.out.providers {
		providers[i] = pulumi.String(provider)
	}
	b.out.CapacityProviders, err = ecs.NewClusterCapacityProviders(b.Ctx, b.Name, &ecs.ClusterCapacityProvidersArgs{
		ClusterName: b.out.ClusterName, CapacityProviders: providers,
		DefaultCapacityProviderStrategies: ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArray{
			ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArgs{
				CapacityProvider: pulumi.String(b.out.providers[0]), Weight: pulumi.Int(1),
			},
		},
	}, b.Parent)
	return err
}
