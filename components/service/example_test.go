package service_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// uploads is a service that keeps uploads in a bucket, behind a load balancer whose only target group is its own.
func uploads(
	ctx *pulumi.Context, in *network.Network, balancer *loadbalancing.LoadBalancer, bucket *storage.Bucket,
) (*service.WebService, error) {
	cluster, err := service.NewCluster(ctx, "main", &service.ClusterArgs{Labels: labels})
	if err != nil {
		return nil, err
	}
	return service.NewWebService(ctx, "api", &service.WebServiceArgs{
		Labels:       labels,
		Placement:    service.Placement{Cluster: cluster, Network: in},
		LoadBalancer: balancer,
		Task: service.TaskDefinition{
			Container: service.Container{Image: pulumi.String(someImage), User: "65532:65532"},
		},
		Grants: []identity.Grant{bucket.ReadWrite("uploads/")},
	})
}

// development is a service that grows with its requests, and is gone at night.
func development(
	ctx *pulumi.Context, at service.Placement, balancer *loadbalancing.LoadBalancer,
) (*service.WebService, error) {
	return service.NewWebService(ctx, "dev", &service.WebServiceArgs{
		Labels:       labels,
		Lifecycle:    lifecycle.Disposable,
		Placement:    at,
		LoadBalancer: balancer,
		Task: service.TaskDefinition{
			Container: service.Container{Image: pulumi.String("acme/api:main"), User: "65532:65532"},
		},
		Scaling: &service.Scaling{
			MinTasks: 1, MaxTasks: 4, RequestsPerTarget: 500,
			OfficeHours: &service.OfficeHours{TimeZone: "Europe/Berlin"},
		},
	})
}

// migration is a task that a pipeline runs before it deploys, and the policy of the pipeline's role.
func migration(ctx *pulumi.Context, at service.Placement, passwordArn pulumi.StringInput) error {
	migrate, err := service.NewTask(ctx, "migrate", &service.TaskArgs{
		Labels:    labels,
		Placement: at,
		Task: service.TaskDefinition{
			Container: service.Container{
				Image:   pulumi.String(someImage),
				User:    "65532:65532",
				Command: []string{"/app", "migrate"},
				Secrets: []service.Secret{{Name: "DB_PASSWORD", ValueFrom: pulumi.Sprintf("%s:password::", passwordArn)}},
			},
		},
	})
	if err != nil {
		return err
	}
	ctx.Export("migrate", migrate.RunTaskJson)
	ctx.Export("migratePolicy", migrate.RunPolicyJson)
	return nil
}

// A service behind a load balancer, a task for migrations, and one that runs at three in the morning. In a program of
// your own, pulumi.Run takes the place of componenttest.Update, which runs this one without a cloud.
func ExampleNewWebService() {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		in, err := existing(ctx)
		if err != nil {
			return err
		}
		balancer, err := newBalancer(ctx, in, lifecycle.Permanent)
		if err != nil {
			return err
		}
		bucket, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{
			Labels: labels, LogBucketName: pulumi.String("acme-logs"),
		})
		if err != nil {
			return err
		}
		web, err := uploads(ctx, in, balancer, bucket)
		if err != nil {
			return err
		}
		at := service.Placement{
			ClusterArn: pulumi.String(someCluster), Network: in, SecurityGroup: web.SecurityGroup,
		}
		if _, err := development(ctx, at, balancer); err != nil {
			return err
		}
		return migration(ctx, at, pulumi.String(someSecret))
	})
	fmt.Println(err)

	// Output:
	// <nil>
}
