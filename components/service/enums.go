package service

// ContainerInsights is how much CloudWatch measures in a cluster.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-container-insights.html
type ContainerInsights string

const (
	// ContainerInsightsEnhanced measures every task and container, restarts and failing health checks included: the
	// default. Metrics are paid for.
	ContainerInsightsEnhanced ContainerInsights = "enhanced"
	// ContainerInsightsEnabled measures clusters and services.
	ContainerInsightsEnabled ContainerInsights = "enabled"
	// ContainerInsightsDisabled gives up all metrics but the CPU and memory of each service.
	ContainerInsightsDisabled ContainerInsights = "disabled"
)

// Values lists the choices.
func (ContainerInsights) Values() []ContainerInsights {
	return []ContainerInsights{ContainerInsightsEnhanced, ContainerInsightsEnabled, ContainerInsightsDisabled}
}

// CapacityProvider is where tasks run.
type CapacityProvider string

const (
	// Fargate runs tasks until somebody stops them: the default.
	Fargate CapacityProvider = "FARGATE"
	// FargateSpot is cheaper, and AWS may take it back with two minutes' notice.
	FargateSpot CapacityProvider = "FARGATE_SPOT"
)

// Values lists the capacity providers.
func (CapacityProvider) Values() []CapacityProvider { return []CapacityProvider{Fargate, FargateSpot} }

// Cpu is the CPU of a task in units, of which 1024 are one virtual CPU.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
type Cpu string

// What Fargate offers.
const (
	Cpu256   Cpu = "256"
	Cpu512   Cpu = "512"
	Cpu1024  Cpu = "1024"
	Cpu2048  Cpu = "2048"
	Cpu4096  Cpu = "4096"
	Cpu8192  Cpu = "8192"
	Cpu16384 Cpu = "16384"
	Cpu32768 Cpu = "32768"
)

// Values lists what Fargate offers.
func (Cpu) Values() []Cpu {
	return []Cpu{Cpu256, Cpu512, Cpu1024, Cpu2048, Cpu4096, Cpu8192, Cpu16384, Cpu32768}
}

// CpuArchitecture is what the images of a task are built for.
type CpuArchitecture string

const (
	// Arm64 is AWS's own processors, at a lower price: the default.
	Arm64 CpuArchitecture = "ARM64"
	// X8664 is the processors of Intel and AMD.
	X8664 CpuArchitecture = "X86_64"
)

// Values lists the architectures.
func (CpuArchitecture) Values() []CpuArchitecture { return []CpuArchitecture{Arm64, X8664} }

// Capability is a Linux capability that a container on Fargate can have.
type Capability string

// SysPtrace lets processes trace others: for debuggers and profilers.
const SysPtrace Capability = "SYS_PTRACE"

// Values lists the only one that Fargate can add.
func (Capability) Values() []Capability { return []Capability{SysPtrace} }

// LogMode says what happens when log lines come faster than CloudWatch Logs takes them.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
type LogMode string

const (
	// LogNonBlocking buffers them, and drops what the buffer has no room for: the application goes on. The default.
	LogNonBlocking LogMode = "non-blocking"
	// LogBlocking makes the application wait until CloudWatch Logs has taken them: no line is lost, and when the logs
	// cannot be delivered the application stands still.
	LogBlocking LogMode = "blocking"
)

// Values lists the modes.
func (LogMode) Values() []LogMode { return []LogMode{LogNonBlocking, LogBlocking} }

// ImageOwner says who decides which image a service runs. There is exactly one owner.
type ImageOwner string

const (
	// ImageOwnerPulumi runs the image of the arguments: every up makes it so. The default.
	ImageOwnerPulumi ImageOwner = "pulumi"
	// ImageOwnerCI leaves the service with the task definition that a pipeline has registered and deployed. The image of
	// the arguments is what the service starts with. See docs/service.md for what the pipeline has to do.
	ImageOwnerCI ImageOwner = "ci"
)

// Values lists the owners.
func (ImageOwner) Values() []ImageOwner { return []ImageOwner{ImageOwnerPulumi, ImageOwnerCI} }

// SidecarStart says when a sidecar starts. Containers stop in the opposite order.
type SidecarStart string

const (
	// SidecarBefore starts the sidecar before the application, and stops it after: for collectors and proxies, which then
	// get the last that the application sends. The default.
	SidecarBefore SidecarStart = "before"
	// SidecarHealthyBefore makes the application wait until the health check of the sidecar succeeds. A sidecar that does
	// not become healthy keeps the application from starting.
	SidecarHealthyBefore SidecarStart = "healthyBefore"
	// SidecarAfter starts the sidecar after the application, and stops it before.
	SidecarAfter SidecarStart = "after"
)

// Values lists the choices.
func (SidecarStart) Values() []SidecarStart {
	return []SidecarStart{SidecarBefore, SidecarHealthyBefore, SidecarAfter}
}

// UlimitName is a limit of the operating system.
type UlimitName string

// The limits that ECS knows.
const (
	UlimitCore       UlimitName = "core"
	UlimitCpu        UlimitName = "cpu"
	UlimitData       UlimitName = "data"
	UlimitFsize      UlimitName = "fsize"
	UlimitLocks      UlimitName = "locks"
	UlimitMemlock    UlimitName = "memlock"
	UlimitMsgqueue   UlimitName = "msgqueue"
	UlimitNice       UlimitName = "nice"
	UlimitNofile     UlimitName = "nofile"
	UlimitNproc      UlimitName = "nproc"
	UlimitRss        UlimitName = "rss"
	UlimitRtprio     UlimitName = "rtprio"
	UlimitRttime     UlimitName = "rttime"
	UlimitSigpending UlimitName = "sigpending"
	UlimitStack      UlimitName = "stack"
)

// Values lists the limits.
func (UlimitName) Values() []UlimitName {
	return []UlimitName{
		UlimitCore, UlimitCpu, UlimitData, UlimitFsize, UlimitLocks, UlimitMemlock, UlimitMsgqueue, UlimitNice, UlimitNofile,
		UlimitNproc, UlimitRss, UlimitRtprio, UlimitRttime, UlimitSigpending, UlimitStack,
	}
}
