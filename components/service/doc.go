// Package service runs applications on Fargate: a cluster, web services behind a load balancer, tasks that run once,
// and tasks that start by the clock.
//
//	cluster, err := service.NewCluster(ctx, "main", &service.ClusterArgs{Labels: labels})
//	...
//	web, err := service.NewWebService(ctx, "api", &service.WebServiceArgs{
//		Labels:       labels,
//		Placement:    service.Placement{Cluster: cluster, Network: in},
//		LoadBalancer: balancer,
//		Task: service.TaskDefinition{
//			Container: service.Container{Image: image, User: "65532:65532"},
//		},
//		Grants: []identity.Grant{bucket.ReadWrite("uploads/")},
//	})
//	...
//	_, err = network.Allow(ctx, web.SecurityGroup, database, 5432)
//
// # What it builds
//
// NewCluster makes a cluster with its capacity providers, and the key of the ephemeral storage. NewWebService makes a
// task definition with its log group, its two roles and its security group, the service, and what scales it. NewTask
// makes all of that but the service, and says how to run it; NewScheduledTask adds a schedule with its role and a queue
// for starts that failed.
//
// # What it decides
//
// Containers run as a user that is not root, with a read-only root file system, without any of Linux's capabilities, on
// ARM64. Each of these can be given up by a field that says so: RunAsRoot, ReadonlyRootFilesystem, Capabilities,
// CpuArchitecture. Images are named by their digest, unless the component is disposable or AllowImageTag is set.
// Sidecars do not take the application down, and are started again. Output goes to a log group with a key, for 400
// days, and does not make the application wait.
//
// The task role is made of the grants, the execution role of what the containers name: these repositories, these
// secrets, this log group. Environment variables that hold a secret are refused, by their names and by their values,
// and so are credentials of AWS: a task has a role.
//
// A deployment that fails is rolled back, and makes up fail, with the reason. Tasks of a permanent service are two.
// Tags reach the tasks. Nobody can open a shell, unless cluster and service say so.
//
// # Owners
//
// One owner decides on the number of tasks: Tasks, or Scaling, which AWS then acts on and up leaves alone. One owner
// decides on the image: the program, or a pipeline (ImageOwnerCI).
//
// # Errors
//
// What AWS would refuse, and what would silently do nothing, is reported before anything is created, all of it at once.
// What Fargate does not have at all has no field here: privileged containers, links, GPUs, devices, host names and
// extra hosts, placement constraints.
//
// # Following deployments
//
// A resource hook follows each deployment (internal/rollout), in the process of the program, with the credentials that
// the AWS SDK finds there and the profile of aws:profile. It needs a Pulumi that knows resource hooks, and runs in
// updates only. Deployment.RolloutCheck turns it off.
//
// # What it does not do
//
// No services without a load balancer, no EC2 or external instances, no Service Connect, no blue/green and canary
// deployments, no EFS and EBS volumes.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a cluster or a service. A new release
// may register a new revision of a task definition, and so deploy.
package service
