package service

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

// ClusterArgs are the arguments of NewCluster.
type ClusterArgs struct {
	// Labels become the tags of everything that has tags.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: keys and logs are protected and retained.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// ClusterName is the name at AWS: the policy of the key for ephemeral storage names it. Another name replaces the
	// cluster. Default: <project>-<environment>-<name>.
	ClusterName string `pulumi:"clusterName,optional"`
	// ContainerInsights is ContainerInsightsEnhanced unless set.
	ContainerInsights ContainerInsights `pulumi:"containerInsights,optional"`
	// CapacityProviders are where the tasks of the cluster may run. Default: Fargate and FargateSpot. What they use by
	// default is the first one.
	CapacityProviders []CapacityProvider `pulumi:"capacityProviders,optional"`
	// StorageKey encrypts the ephemeral storage of tasks; it has to serve encryption.UseFargateStorage for this cluster.
	// Default: a key that the cluster creates. A change takes effect for tasks that are started after it.
	StorageKey *encryption.Key `sibling:"storageKeyArn"`
	// StorageKeyArn is the ARN of an existing single-Region key, instead of StorageKey.
	StorageKeyArn pulumi.StringInput `pulumi:"storageKeyArn,optional"`
	// Exec lets people open a shell in the containers of services that allow it, encrypted and recorded. Off by default.
	Exec *ClusterExec `pulumi:"exec,optional"`
}

// ClusterExec says how shells in containers are encrypted and recorded. Commands and their output go to a log group.
type ClusterExec struct {
	// Key encrypts the sessions and their log; it has to serve encryption.UseDirect and encryption.UseLogs. Default: a key
	// that the cluster creates.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
	// RetentionDays is how long the log keeps sessions, one of the numbers that CloudWatch Logs knows. Default: 400.
	RetentionDays int `pulumi:"retentionDays,optional"`
}

func (a *ClusterArgs) clusterName(name string) string {
	return cmp.Or(a.ClusterName, naming.Base(a.Labels.Project, a.Labels.Environment, name))
}

func (a *ClusterArgs) capacityProviders() []CapacityProvider {
	return component.OrDefault(a.CapacityProviders, Fargate, FargateSpot)
}

func (e *ClusterExec) key() keychoice.Choice { return keychoice.Choice{Key: e.Key, Arn: e.KeyArn} }

// Placement says where tasks run: in which cluster, in which subnets, behind which security groups.
type Placement struct {
	// Cluster is the cluster.
	Cluster *Cluster `sibling:"clusterArn"`
	// ClusterArn is the ARN of an existing cluster, instead of Cluster.
	ClusterArn pulumi.StringInput `pulumi:"clusterArn,optional"`
	// Network is where the tasks live: in its workload subnets, with a security group of their own unless SecurityGroup or
	// SecurityGroupIds are given. The group reaches AWS on the way that the network has.
	Network *network.Network `sibling:"subnetIds"`
	// SubnetIds are the subnets, instead of Network; at most 16. SecurityGroupIds are required then.
	SubnetIds pulumi.StringArrayInput `pulumi:"subnetIds,optional"`
	// SecurityGroup is the security group of the tasks. Whoever made it connects it, to AWS and the load balancer too.
	SecurityGroup *network.SecurityGroup `sibling:"securityGroupIds"`
	// SecurityGroupIds are existing security groups, instead of SecurityGroup; at most 5.
	SecurityGroupIds pulumi.StringArrayInput `pulumi:"securityGroupIds,optional"`
	// AssignPublicIps gives the tasks public addresses, which tasks in public subnets need to reach anything. With
	// Network, the network decides.
	AssignPublicIps bool `pulumi:"assignPublicIps,optional"`
	// CapacityProviders are how the tasks are spread over capacity providers. Default: all of them on Fargate.
	CapacityProviders []CapacityShare `pulumi:"capacityProviders,optional"`
}

// CapacityShare is the share that a capacity provider has of the tasks.
type CapacityShare struct {
	// CapacityProvider is where the tasks run.
	CapacityProvider CapacityProvider `pulumi:"capacityProvider"`
	// Base is how many tasks at least run there, 0 to 100000; one of the shares can have it.
	Base int `pulumi:"base,optional"`
	// Weight is its part of the tasks beyond the base, 0 to 1000, in proportion to the other weights.
	Weight int `pulumi:"weight,optional"`
}

func (p *Placement) shares() []CapacityShare {
	return component.OrDefault(p.CapacityProviders, CapacityShare{CapacityProvider: Fargate, Weight: 1})
}

// makesSecurityGroup says whether the component makes the security group.
func (p *Placement) makesSecurityGroup() bool {
	return p.Network != nil && p.SecurityGroup == nil && p.SecurityGroupIds == nil
}

// WebServiceArgs are the arguments of NewWebService.
type WebServiceArgs struct {
	// Labels become the tags of everything that has tags, the tasks included.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the service is protected, its logs are retained.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// ServiceName is the name of the service in its cluster. Another one replaces the service. Default: the name of the
	// component.
	ServiceName string `pulumi:"serviceName,optional"`
	// Placement says where the tasks run.
	Placement Placement `pulumi:"placement"`
	// Task says what runs: the size, the containers, the roles.
	Task TaskDefinition `pulumi:"task"`
	// Grants are what the application may do, as other components hand them out. They make the task role; with
	// Task.TaskRoleArn they have to be with that role.
	Grants []identity.Grant `sibling:"task.taskRoleArn"`

	// LoadBalancer forwards requests to the service.
	LoadBalancer *loadbalancing.LoadBalancer `sibling:"targetGroupArn"`
	// TargetGroup is the name of the target group of LoadBalancer. It can be left out where there is only one.
	TargetGroup string `pulumi:"targetGroup,optional"`
	// TargetGroupArn is the ARN of an existing target group with IP addresses as targets, instead of LoadBalancer.
	TargetGroupArn pulumi.StringInput `pulumi:"targetGroupArn,optional"`
	// Port is where the application listens, 1 to 65535. Default: the port of the target group. Required with
	// TargetGroupArn.
	Port int `pulumi:"port,optional"`

	// ImageOwner is ImageOwnerPulumi unless set.
	ImageOwner ImageOwner `pulumi:"imageOwner,optional"`
	// Tasks is how many tasks run, 0 to 5000, where Scaling does not decide. Default: 2, or 1 when disposable.
	Tasks *int `pulumi:"tasks,optional"`
	// Scaling adds and removes tasks by load or by the clock. It owns the number of tasks then, and Tasks is left out.
	Scaling *Scaling `pulumi:"scaling,optional"`

	// Deployment says how new tasks replace old ones. Default: all of Deployment's defaults.
	Deployment *Deployment `pulumi:"deployment,optional"`
	// AvailabilityZoneRebalancing moves tasks when one zone has too many: Enabled unless set.
	AvailabilityZoneRebalancing toggle.Toggle `pulumi:"availabilityZoneRebalancing,optional"`
	// Exec lets people open a shell in the containers. The cluster has to have Exec, and the root file systems to be
	// writable, because the agent that it starts in each container writes. Off by default.
	Exec bool `pulumi:"exec,optional"`
}

// Deployment says how new tasks replace old ones. A deployment that fails is rolled back.
type Deployment struct {
	// MinimumHealthyPercent is how many of the tasks run at least while it lasts, in percent, 0 to 100. Default: 100.
	MinimumHealthyPercent *int `pulumi:"minimumHealthyPercent,optional"`
	// MaximumPercent is how many of the tasks run at most while it lasts, in percent, 100 to 200. Default: 200.
	MaximumPercent int `pulumi:"maximumPercent,optional"`
	// HealthCheckGracePeriodSeconds is how long a new task may fail health checks, those of the load balancer and its own,
	// 0 to 7200: at least as long as the application takes to start. Default: 60.
	HealthCheckGracePeriodSeconds *int `pulumi:"healthCheckGracePeriodSeconds,optional"`
	// AlarmNames are CloudWatch alarms that roll a deployment back when one of them goes off; at most 100. An alarm that
	// is in ALARM when the deployment begins is not looked at. They have to exist before the service.
	AlarmNames pulumi.StringArrayInput `pulumi:"alarmNames,optional"`
	// RolloutCheck follows every deployment to its end, and makes up fail when ECS rolled it back: Enabled unless set.
	// Disabled lets up succeed as soon as the deployment has begun.
	RolloutCheck toggle.Toggle `pulumi:"rolloutCheck,optional"`
	// RolloutTimeoutMinutes is how long up waits for the end of a deployment, 1 to 240. Default: 20.
	RolloutTimeoutMinutes int `pulumi:"rolloutTimeoutMinutes,optional"`
}

func (a *WebServiceArgs) serviceName(name string) string { return cmp.Or(a.ServiceName, name) }

func (a *WebServiceArgs) deployment() Deployment {
	if a.Deployment == nil {
		return Deployment{}
	}
	return *a.Deployment
}

func (d Deployment) minimumHealthyPercent() int { return orElse(d.MinimumHealthyPercent, 100) }

func (d Deployment) maximumPercent() int { return cmp.Or(d.MaximumPercent, 200) }

func (d Deployment) gracePeriodSeconds() int { return orElse(d.HealthCheckGracePeriodSeconds, 60) }

func (d Deployment) timeoutMinutes() int { return cmp.Or(d.RolloutTimeoutMinutes, 20) }

// orElse is a number that may be zero, or its default.
func orElse(number *int, byDefault int) int {
	if number == nil {
		return byDefault
	}
	return *number
}

// tasks is with how many tasks the service starts.
func (a *WebServiceArgs) tasks() int {
	switch {
	case a.Scaling != nil:
		return a.Scaling.MinTasks
	case a.Tasks != nil:
		return *a.Tasks
	case a.Lifecycle.IsPermanent():
		return 2
	}
	return 1
}

// port is where the application listens; zero where it is not known.
func (a *WebServiceArgs) port() int {
	if group, ok := a.targetGroup(); ok && a.Port == 0 {
		return group.Port
	}
	return a.Port
}

// targetGroup is the target group of the load balancer that the service is behind.
func (a *WebServiceArgs) targetGroup() (loadbalancing.TargetGroup, bool) {
	if a.LoadBalancer == nil {
		return loadbalancing.TargetGroup{}, false
	}
	groups := a.LoadBalancer.TargetGroups()
	if a.TargetGroup == "" && len(groups) == 1 {
		return groups[0], true
	}
	for _, group := range groups {
		if group.Name == a.TargetGroup {
			return group, true
		}
	}
	return loadbalancing.TargetGroup{}, false
}

// TaskArgs are the arguments of NewTask.
type TaskArgs struct {
	// Labels become the tags of everything that has tags, the tasks included.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the logs are retained.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// Placement says where the task runs.
	Placement Placement `pulumi:"placement"`
	// Task says what runs: the size, the containers, the roles.
	Task TaskDefinition `pulumi:"task"`
	// Grants are what the application may do, as other components hand them out. They make the task role; with
	// Task.TaskRoleArn they have to be with that role.
	Grants []identity.Grant `sibling:"task.taskRoleArn"`
}

// ScheduledTaskArgs are the arguments of NewScheduledTask.
type ScheduledTaskArgs struct {
	// Labels become the tags of everything that has tags, the tasks included.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the logs and the dead letter queue are retained.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// Placement says where the task runs.
	Placement Placement `pulumi:"placement"`
	// Task says what runs: the size, the containers, the roles.
	Task TaskDefinition `pulumi:"task"`
	// Grants are what the application may do, as other components hand them out. They make the task role; with
	// Task.TaskRoleArn they have to be with that role.
	Grants []identity.Grant `sibling:"task.taskRoleArn"`

	// Expression is when it runs: cron(0 3 * * ? *), rate(1 day) or at(2027-01-31T03:00:00).
	Expression string `pulumi:"expression"`
	// TimeZone is the one that Expression is in, such as Europe/Berlin. Default: UTC.
	TimeZone string `pulumi:"timeZone,optional"`
	// FlexibleWindowMinutes lets the task start within that time after the hour, 1 to 1440. Default: at once.
	FlexibleWindowMinutes int `pulumi:"flexibleWindowMinutes,optional"`
	// Schedule starts the task: Enabled unless set.
	Schedule toggle.Toggle `pulumi:"schedule,optional"`
	// RetryAttempts is how often a start that fails is tried again, 0 to 185. Default: 3. A task that has started and
	// fails is not started again.
	RetryAttempts *int `pulumi:"retryAttempts,optional"`
	// RetryMinutes is for how long a start is tried again, 1 to 1440. Default: 60.
	RetryMinutes int `pulumi:"retryMinutes,optional"`
	// DeadLetterQueueArn is an existing standard queue that gets the starts that failed in the end, instead of one that
	// the component makes.
	DeadLetterQueueArn pulumi.StringInput `pulumi:"deadLetterQueueArn,optional"`
}

func (a *ScheduledTaskArgs) retryAttempts() int { return orElse(a.RetryAttempts, 3) }

func (a *ScheduledTaskArgs) retryMinutes() int { return cmp.Or(a.RetryMinutes, 60) }
