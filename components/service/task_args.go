package service

import (
	"cmp"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// TaskDefinition says what runs: the size, the containers, the roles, the logs.
type TaskDefinition struct {
	// Family is the name of the task definition at AWS, unique in the account and region. Default:
	// <project>-<environment>-<name>.
	Family string `pulumi:"family,optional"`
	// Cpu is what all containers share. Default: Cpu256.
	Cpu Cpu `pulumi:"cpu,optional"`
	// MemoryMiB is what all containers share, an amount that Fargate offers with Cpu. Default: the least of them.
	MemoryMiB int `pulumi:"memoryMiB,optional"`
	// CpuArchitecture is what the images are built for. Default: Arm64.
	CpuArchitecture CpuArchitecture `pulumi:"cpuArchitecture,optional"`
	// EphemeralStorageGiB is the disk that images and scratch volumes share, 21 to 200. Default: the 20 GiB that every
	// task has.
	EphemeralStorageGiB int `pulumi:"ephemeralStorageGiB,optional"`
	// Container is the application. The task ends when it ends.
	Container Container `pulumi:"container"`
	// Sidecars are containers beside the application, at most 9. The application goes on when one of them ends; it is
	// started again.
	Sidecars []Sidecar `pulumi:"sidecars,optional"`
	// Logs says where the output of the containers goes. Default: a log group with its own key, for 400 days.
	Logs *Logs `pulumi:"logs,optional"`
	// TaskRoleArn is an existing role for the application, instead of one that the component makes.
	TaskRoleArn pulumi.StringInput `pulumi:"taskRoleArn,optional"`
	// ExecutionRoleArn is an existing role for Fargate, which pulls images, reads secrets and writes logs with it, instead
	// of one that the component makes.
	ExecutionRoleArn pulumi.StringInput `pulumi:"executionRoleArn,optional"`
	// SecretKeyArns are the KMS keys that encrypt the secrets and parameters of the containers, where they are not those
	// of AWS.
	SecretKeyArns pulumi.StringArrayInput `pulumi:"secretKeyArns,optional"`
	// RegistryAccountIds are the other accounts from whose ECR repositories the images come: the repositories' policies
	// have to let this account in. Default: none.
	RegistryAccountIds []string `pulumi:"registryAccountIds,optional"`
	// PermissionsBoundaryArn is the managed policy that bounds both roles.
	PermissionsBoundaryArn pulumi.StringInput `pulumi:"permissionsBoundaryArn,optional"`
	// KeptRevisions is how many revisions that are not in use stay registered, so that there is something to go back to,
	// 1 to 100. Default: 10.
	KeptRevisions int `pulumi:"keptRevisions,optional"`
}

// Container is the application of a task, or a sidecar.
type Container struct {
	// Name is the name of the container. Default: app; sidecars need one.
	Name string `pulumi:"name,optional"`
	// Image is the image, by its digest: repository@sha256:... A permanent task accepts no tag unless AllowImageTag is set.
	Image pulumi.StringInput `pulumi:"image"`
	// AllowImageTag accepts an image by its tag, which can come to name another image between two tasks.
	AllowImageTag bool `pulumi:"allowImageTag,optional"`
	// Command replaces the command of the image. No secret may be in it.
	Command []string `pulumi:"command,optional"`
	// EntryPoint replaces the entry point of the image.
	EntryPoint []string `pulumi:"entryPoint,optional"`
	// User is who the container runs as, not root: user, user:group, or the numbers of both. Required, unless RunAsRoot.
	User string `pulumi:"user,optional"`
	// RunAsRoot gives up a user without rights.
	RunAsRoot bool `pulumi:"runAsRoot,optional"`
	// ReadonlyRootFilesystem lets the container write into ScratchVolumes only: Enabled unless set.
	ReadonlyRootFilesystem toggle.Toggle `pulumi:"readonlyRootFilesystem,optional"`
	// ScratchVolumes are folders that the container can write into, empty when a task starts and gone with it. The image
	// has to give them to its user: see docs/service.md.
	ScratchVolumes []ScratchVolume `pulumi:"scratchVolumes,optional"`
	// Capabilities are added to none: all of Linux's capabilities are dropped.
	Capabilities []Capability `pulumi:"capabilities,optional"`
	// InitProcess starts a process that passes signals on and buries orphans: Enabled unless set.
	InitProcess toggle.Toggle `pulumi:"initProcess,optional"`
	// Environment are variables with values that everybody may read. Secrets are refused here.
	Environment pulumi.StringMapInput `pulumi:"environment,optional"`
	// PlainVariables are the names of variables in Environment that hold no secret although they look like it.
	PlainVariables []string `pulumi:"plainVariables,optional"`
	// Secrets are variables whose values are read from Secrets Manager or Parameter Store when a task starts.
	Secrets []Secret `pulumi:"secrets,optional"`
	// HealthCheck says whether the container works. Default: as long as it runs. The health check of the image is ignored.
	HealthCheck *HealthCheck `pulumi:"healthCheck,optional"`
	// StartTimeoutSeconds is how long others wait for the container to start, 2 to 120. Default: no limit.
	StartTimeoutSeconds int `pulumi:"startTimeoutSeconds,optional"`
	// StopTimeoutSeconds is how long the container may take to end after SIGTERM, 2 to 120. Default: 30.
	StopTimeoutSeconds int `pulumi:"stopTimeoutSeconds,optional"`
	// Ulimits are limits of the operating system. Default: 65535 open files.
	Ulimits []Ulimit `pulumi:"ulimits,optional"`
}

// Sidecar is a container beside the application.
type Sidecar struct {
	// Container is the container, whose Name is required. A scratch volume of the same name as another container's is
	// shared with it.
	Container Container `pulumi:"container"`
	// Start says when the sidecar starts. Default: SidecarBefore.
	Start SidecarStart `pulumi:"start,optional"`
	// Ports are where the sidecar listens. All containers of a task share one network: no two have the same port.
	Ports []int `pulumi:"ports,optional"`
	// MemoryMiB is the most memory that the sidecar may use before it is ended. Default: that of the task.
	MemoryMiB int `pulumi:"memoryMiB,optional"`
}

// ScratchVolume is a folder that a container can write into.
type ScratchVolume struct {
	// Name tells the volumes of a task apart.
	Name string `pulumi:"name"`
	// Path is where the container sees it, such as /tmp.
	Path string `pulumi:"path"`
}

// Secret is an environment variable whose value is a secret.
type Secret struct {
	// Name is the name of the variable.
	Name string `pulumi:"name"`
	// ValueFrom is the ARN of a secret of Secrets Manager, of one of its keys (<arn>:key::), or of a parameter of Parameter
	// Store.
	ValueFrom pulumi.StringInput `pulumi:"valueFrom"`
}

// HealthCheck is a command that is run in the container, and says by its exit code whether it works.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
type HealthCheck struct {
	// Command begins with CMD, which runs a program of the image, or CMD-SHELL, which needs a shell in it.
	Command []string `pulumi:"command"`
	// IntervalSeconds is the time between two checks, 5 to 300. Default: 30.
	IntervalSeconds int `pulumi:"intervalSeconds,optional"`
	// TimeoutSeconds is how long the command may take, 2 to 60, at most the interval. Default: 5.
	TimeoutSeconds int `pulumi:"timeoutSeconds,optional"`
	// Retries is how many failures in a row make the container unhealthy, 1 to 10. Default: 3.
	Retries int `pulumi:"retries,optional"`
	// StartPeriodSeconds is for how long after the start failures do not count, 0 to 300. Default: 30.
	StartPeriodSeconds *int `pulumi:"startPeriodSeconds,optional"`
}

// Ulimit is a limit of the operating system for one container.
type Ulimit struct {
	// Name says which limit.
	Name UlimitName `pulumi:"name"`
	// SoftLimit is what processes begin with.
	SoftLimit int `pulumi:"softLimit"`
	// HardLimit is what they can raise it to.
	HardLimit int `pulumi:"hardLimit"`
}

// Logs says where the output of the containers goes.
type Logs struct {
	// Key encrypts the log group; it has to serve encryption.UseLogs. Default: a key that the component creates.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
	// RetentionDays is how long the log group keeps lines, one of the numbers that CloudWatch Logs knows. Default: 400.
	RetentionDays int `pulumi:"retentionDays,optional"`
	// Mode is LogNonBlocking unless set.
	Mode LogMode `pulumi:"mode,optional"`
	// BufferMiB is how much of the output waits in memory with LogNonBlocking, 1 to 1024. Default: 25.
	BufferMiB int `pulumi:"bufferMiB,optional"`
}

func (t *TaskDefinition) cpu() int {
	units, err := strconv.Atoi(string(cmp.Or(t.Cpu, Cpu256)))
	if err != nil {
		return 0
	}
	return units
}

func (t *TaskDefinition) memoryMiB() int { return cmp.Or(t.MemoryMiB, validate.FargateMemory(t.cpu())) }

func (t *TaskDefinition) keptRevisions() int { return cmp.Or(t.KeptRevisions, 10) }

// secrets is how many secrets all containers have.
func (t *TaskDefinition) secrets() int {
	count := len(t.Container.Secrets)
	for _, s := range t.Sidecars {
		count += len(s.Container.Secrets)
	}
	return count
}

func (t *TaskDefinition) logs() Logs {
	if t.Logs == nil {
		return Logs{}
	}
	return *t.Logs
}

func (l *Logs) key() keychoice.Choice { return keychoice.Choice{Key: l.Key, Arn: l.KeyArn} }

func (c *Container) name() string { return cmp.Or(c.Name, "app") }

// stopTimeoutSeconds is how long the application may take to end.
func (c *Container) stopTimeoutSeconds() int { return cmp.Or(c.StopTimeoutSeconds, 30) }

// orDefault fills in the defaults.
func (h *HealthCheck) orDefault() HealthCheck {
	start := orElse(h.StartPeriodSeconds, 30)
	return HealthCheck{
		Command: h.Command, IntervalSeconds: cmp.Or(h.IntervalSeconds, 30), TimeoutSeconds: cmp.Or(h.TimeoutSeconds, 5),
		Retries: cmp.Or(h.Retries, 3), StartPeriodSeconds: &start,
	}
}
