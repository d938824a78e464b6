//go:build sandbox

package sampleapp

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

var labels = tagging.Labels{
	Project: "acme-audio", Environment: "app", Owner: "platform@acme.example", CostCenter: "1000",
	DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
}

// prefix is where the application keeps recordings.
const prefix = "uploads/"

// program makes what the application uses, and as much again that it has no business with.
func program(ctx *pulumi.Context) error {
	buckets := map[string]*storage.Bucket{}
	for _, name := range []string{"audio", "foreign"} {
		bucket, err := storage.NewBucket(ctx, name, &storage.BucketArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled,
		})
		if err != nil {
			return err
		}
		buckets[name] = bucket
		ctx.Export(name+"Bucket", bucket.BucketName)
		ctx.Export(name+"KeyArn", bucket.KeyArn)
	}
	key, err := encryption.NewKey(ctx, "secrets", &encryption.KeyArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Uses: []encryption.Use{encryption.UseSecrets},
	})
	if err != nil {
		return err
	}
	secrets := map[string]*secretsmanager.Secret{}
	for _, name := range []string{"jwt", "database", "foreign"} {
		secret, err := secretsmanager.NewSecret(ctx, name, &secretsmanager.SecretArgs{
			Name: pulumi.String("sample-app-" + name), KmsKeyId: key.KeyArn, RecoveryWindowInDays: pulumi.Int(0),
		})
		if err != nil {
			return err
		}
		secrets[name] = secret
		ctx.Export(name+"SecretArn", secret.Arn)
	}
	role, err := identity.NewTaskRole(ctx, "audio-api", &identity.TaskRoleArgs{
		Labels: labels,
		Grants: []identity.Grant{buckets["audio"].ReadWrite(prefix), key.Decrypt(encryption.UseSecrets)},
		Statements: []identity.Statement{
			{Sid: "ReadJwtSecret", Actions: []string{"secretsmanager:GetSecretValue"}, ResourceArns: pulumi.StringArray{secrets["jwt"].Arn}},
			{Sid: "ReadDatabaseSecret", Actions: []string{"secretsmanager:GetSecretValue"}, ResourceArns: pulumi.StringArray{secrets["database"].Arn}},
		},
	})
	if err != nil {
		return err
	}
	ctx.Export("taskRoleName", role.RoleName)
	ctx.Export("taskRoleArn", role.RoleArn)
	return runService(ctx, role)
}

// runService runs a task with the role.
func runService(ctx *pulumi.Context, role *identity.TaskRole) error {
	vpc, err := network.NewVpc(ctx, "main", &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Egress: network.EgressEndpointsOnly,
	})
	if err != nil {
		return err
	}
	cluster, err := ecs.NewCluster(ctx, "cluster", &ecs.ClusterArgs{Name: pulumi.String("sample-app")})
	if err != nil {
		return err
	}
	task, err := ecs.NewTaskDefinition(ctx, "task", &ecs.TaskDefinitionArgs{
		Family: pulumi.String("sample-app"), NetworkMode: pulumi.String("awsvpc"), RequiresCompatibilities: pulumi.StringArray{pulumi.String("FARGATE")},
		Cpu: pulumi.String("256"), Memory: pulumi.String("512"), TaskRoleArn: role.RoleArn,
		ContainerDefinitions: pulumi.String(`[{"name": "app", "image": "public.ecr.aws/docker/library/busybox:1", "essential": true}]`),
	})
	if err != nil {
		return err
	}
	service, err := ecs.NewService(ctx, "service", &ecs.ServiceArgs{
		Name: pulumi.String("audio-api"), Cluster: cluster.Arn, TaskDefinition: task.Arn, DesiredCount: pulumi.Int(1),
		LaunchType: pulumi.String("FARGATE"),
		NetworkConfiguration: &ecs.ServiceNetworkConfigurationArgs{
			Subnets: vpc.Network().WorkloadSubnetIds,
		},
	}, pulumi.DependsOn([]pulumi.Resource{role}))
	if err != nil {
		return err
	}
	ctx.Export("clusterName", cluster.Name)
	ctx.Export("serviceName", service.Name)
	return nil
}
