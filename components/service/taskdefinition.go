package service

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// taskBuilder makes the task definition of a component, with its log group and roles.
type taskBuilder struct {
	*component.Base
	labels    tagging.Labels
	lifecycle lifecycle.Lifecycle
	task      *TaskDefinition
	grants    []identity.Grant
	// port is where the application listens; zero for none.
	port int
	out  taskParts
}

// taskParts are what belongs to a task definition.
type taskParts struct {
	definition    *ecs.TaskDefinition
	logs          *loggroup.Group
	taskRole      *identity.TaskRole
	executionRole *identity.ExecutionRole
	// taskRoleArn and executionRoleArn are those of the roles made or given.
	taskRoleArn, executionRoleArn pulumi.StringOutput
	// policies have to exist for as long as tasks run: Fargate could neither start nor stop one without them.
	policies []pulumi.Resource
}

func (b *taskBuilder) family() string {
	return cmp.Or(b.task.Family, naming.Base(b.labels.Project, b.labels.Environment, b.Name))
}

func (b *taskBuilder) build() error {
	for _, step := range []func() error{b.logGroup, b.taskRole, b.executionRole, b.definition} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// logGroup makes the log group of all containers.
func (b *taskBuilder) logGroup() (err error) {
	logs := b.task.logs()
	key := logs.key()
	if key.Arn != nil {
		key.Arn = keychoice.CheckedArn(b.Base, "task.logs.keyArn", key.Arn, "the task")
	}
	b.out.logs, err = loggroup.New(b.Base, b.Name+"-logs", loggroup.Args{
		Labels: b.labels, Lifecycle: b.lifecycle, GroupName: "/ecs/" + b.family(),
		RetentionDays: logs.RetentionDays, Key: key,
	})
	return err
}

// definition registers the task definition. Old revisions stay: the running one has to be there for a rollback.
func (b *taskBuilder) definition() (err error) {
	t := b.task
	args := &ecs.TaskDefinitionArgs{
		Family:                  pulumi.String(b.family()),
		RequiresCompatibilities: pulumi.StringArray{pulumi.String(Fargate)},
		NetworkMode:             pulumi.String("awsvpc"),
		Cpu:                     pulumi.String(strconv.Itoa(t.cpu())),
		Memory:                  pulumi.String(strconv.Itoa(t.memoryMiB())),
		RuntimePlatform: ecs.TaskDefinitionRuntimePlatformArgs{
			OperatingSystemFamily: pulumi.String("LINUX"), CpuArchitecture: pulumi.String(cmp.Or(t.CpuArchitecture, Arm64)),
		},
		TaskRoleArn: b.out.taskRoleArn, ExecutionRoleArn: b.out.executionRoleArn,
		ContainerDefinitions: b.containers(),
		Volumes:              b.volumes(),
		SkipDestroy:          pulumi.Bool(true),
		Tags:                 b.labels.Tags(b.Name),
	}
	if t.EphemeralStorageGiB != 0 {
		args.EphemeralStorage = ecs.TaskDefinitionEphemeralStorageArgs{SizeInGib: pulumi.Int(t.EphemeralStorageGiB)}
	}
	b.out.definition, err = ecs.NewTaskDefinition(b.Ctx, b.Name, args, b.Parent)
	return err
}

// volumes are the scratch volumes of all containers: empty folders on the ephemeral storage.
func (b *taskBuilder) volumes() ecs.TaskDefinitionVolumeArray {
	var names []string
	for _, c := range b.all() {
		for _, v := range c.ScratchVolumes {
			if !slices.Contains(names, v.Name) {
				names = append(names, v.Name)
			}
		}
	}
	slices.Sort(names)
	volumes := make(ecs.TaskDefinitionVolumeArray, len(names))
	for i, name := range names {
		volumes[i] = ecs.TaskDefinitionVolumeArgs{Name: pulumi.String(name)}
	}
	return volumes
}

// all are the containers of the task, the application first.
func (b *taskBuilder) all() []*Container {
	containers := []*Container{&b.task.Container}
	for i := range b.task.Sidecars {
		containers = append(containers, &b.task.Sidecars[i].Container)
	}
	return containers
}

// bufferSize is the size of the log buffer as the log driver takes it.
func (l *Logs) bufferSize() string { return fmt.Sprintf("%dm", cmp.Or(l.BufferMiB, 25)) }
