package service

import (
	"cmp"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// maxDefinition is how long a task definition can be, in bytes. It bounds how many variables and secrets there can be.
// Source: https://docs.aws.amazon.com/general/latest/gr/ecs-service.html
const maxDefinition = 64 * 1024

// containers renders the containers of the task as ECS reads them.
func (b *taskBuilder) containers() pulumi.StringOutput {
	definitions := pulumi.Array{b.application()}
	for i := range b.task.Sidecars {
		definitions = append(definitions, b.sidecar(i))
	}
	return pulumi.JSONMarshal(definitions).ApplyT(func(text string) (string, error) {
		if len(text) <= maxDefinition {
			return text, nil
		}
		return "", b.Err(validate.Problems{validate.Invalid("task",
			validate.Show(len(text))+" bytes of container definitions",
			"at most "+validate.Show(maxDefinition)+", as ECS accepts",
			"put many variables or secrets into one secret or parameter that the application reads").By("task-size")})
	}).(pulumi.StringOutput)
}

// application is the container of the application.
func (b *taskBuilder) application() pulumi.Map {
	c := &b.task.Container
	out := b.container("task.container", c)
	out["essential"] = pulumi.Bool(true)
	if b.port != 0 {
		out["portMappings"] = ports(b.port)
	}
	var before pulumi.Array
	for _, s := range b.task.Sidecars {
		switch cmp.Or(s.Start, SidecarBefore) {
		case SidecarBefore:
			before = append(before, dependency(s.Container.Name, "START"))
		case SidecarHealthyBefore:
			before = append(before, dependency(s.Container.Name, "HEALTHY"))
		case SidecarAfter:
		}
	}
	if before != nil {
		out["dependsOn"] = before
	}
	return out
}

// sidecar is the container of a sidecar: the application goes on without it, and it is started again.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html
func (b *taskBuilder) sidecar(i int) pulumi.Map {
	s := &b.task.Sidecars[i]
	out := b.container(validate.Path("task.sidecars").Index(i).Field("container"), &s.Container)
	out["essential"] = pulumi.Bool(false)
	out["restartPolicy"] = pulumi.Map{"enabled": pulumi.Bool(true), "restartAttemptPeriod": pulumi.Int(60)}
	if s.MemoryMiB != 0 {
		out["memory"] = pulumi.Int(s.MemoryMiB)
	}
	if len(s.Ports) > 0 {
		out["portMappings"] = ports(s.Ports...)
	}
	if s.Start == SidecarAfter {
		out["dependsOn"] = pulumi.Array{dependency(b.task.Container.name(), "START")}
	}
	return out
}

// container is what applications and sidecars have in common.
func (b *taskBuilder) container(path validate.Path, c *Container) pulumi.Map {
	out := pulumi.Map{
		"name":                   pulumi.String(c.name()),
		"image":                  b.image(path.Field("image"), c),
		"readonlyRootFilesystem": pulumi.Bool(c.ReadonlyRootFilesystem.On()),
		"linuxParameters": pulumi.Map{
			"initProcessEnabled": pulumi.Bool(c.InitProcess.On()), "capabilities": c.capabilities(),
		},
		"stopTimeout":      pulumi.Int(c.stopTimeoutSeconds()),
		"logConfiguration": b.logConfiguration(),
	}
	if !c.RunAsRoot {
		out["user"] = pulumi.String(c.User)
	}
	if c.StartTimeoutSeconds != 0 {
		out["startTimeout"] = pulumi.Int(c.StartTimeoutSeconds)
	}
	if len(c.Command) > 0 {
		out["command"] = pulumi.ToStringArray(c.Command)
	}
	if len(c.EntryPoint) > 0 {
		out["entryPoint"] = pulumi.ToStringArray(c.EntryPoint)
	}
	if c.Environment != nil {
		out["environment"] = b.environment(path, c)
	}
	if len(c.Secrets) > 0 {
		out["secrets"] = b.secrets(path.Field("secrets"), c)
	}
	if len(c.ScratchVolumes) > 0 {
		out["mountPoints"] = c.mountPoints()
	}
	if c.HealthCheck != nil {
		out["healthCheck"] = c.HealthCheck.render()
	}
	if len(c.Ulimits) > 0 {
		out["ulimits"] = c.ulimits()
	}
	return out
}

// image is the image, once it is known to be one that may run.
func (b *taskBuilder) image(path validate.Path, c *Container) pulumi.StringOutput {
	return b.Checked(c.Image, func(text string, _ account.Info) validate.Problems {
		return validate.ImageReference(path, text, b.lifecycle.IsPermanent() && !c.AllowImageTag)
	})
}

// environment are the plain variables in the order of their names, once they are known to hold no secret.
func (b *taskBuilder) environment(path validate.Path, c *Container) pulumi.Output {
	values := c.Environment.ToStringMapOutput()
	return values.ApplyT(func(variables map[string]string) ([]map[string]string, error) {
		var ps validate.Problems
		var list []map[string]string
		for _, name := range slices.Sorted(maps.Keys(variables)) {
			at, value := path.Field("environment").Key(name), variables[name]
			ps.Add(validate.EnvironmentName(at, name)...)
			ps.Add(validate.EnvironmentValue(at, name, value, slices.Contains(c.PlainVariables, name))...)
			if len(ps) == 0 && c.secretInput(values, name) {
				ps.Add(secretVariable(at))
			}
			list = append(list, map[string]string{"name": name, "value": value})
		}
		return list, b.Err(ps)
	})
}

// secretInput says whether the program marks the value of a variable as a secret, in config for example. The values are
// known by now, so that nothing is waited for.
func (c *Container) secretInput(all pulumi.StringMapOutput, name string) bool {
	if slices.Contains(c.PlainVariables, name) {
		return false
	}
	one, ok := c.Environment.(pulumi.StringMap)
	if !ok {
		return pulumi.IsSecret(all)
	}
	output, ok := one[name].(pulumi.Output)
	return ok && pulumi.IsSecret(output)
}

// secretVariable is the problem of a secret of the program that would stand in the task definition in clear.
func secretVariable(at validate.Path) validate.Problem {
	return validate.Problem{
		Rule: "environment-secret", Path: at, Value: "a value that the program marks as a secret",
		Expected: "no secret in clear: whoever may describe a task definition reads it, in every old revision too",
		Fix: "store it in Secrets Manager, and name its ARN under secrets; if it is no secret, name the variable under " +
			"plainVariables",
	}
}

// secrets are the variables whose values Fargate reads when a task starts.
func (b *taskBuilder) secrets(path validate.Path, c *Container) pulumi.Array {
	list := make(pulumi.Array, len(c.Secrets))
	for i, secret := range c.Secrets {
		at := path.Index(i).Field("valueFrom")
		list[i] = pulumi.Map{
			"name": pulumi.String(secret.Name),
			"valueFrom": b.Checked(secret.ValueFrom, func(text string, _ account.Info) validate.Problems {
				return validate.SecretReference(at, text)
			}),
		}
	}
	return list
}

// logConfiguration sends the output to the log group. Mode and buffer are named, because AWS's defaults have changed.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
func (b *taskBuilder) logConfiguration() pulumi.Map {
	logs := b.task.logs()
	options := pulumi.Map{
		"awslogs-group":         b.out.logs.Name,
		"awslogs-region":        b.Location().String(func(in account.Info) string { return in.Region }),
		"awslogs-stream-prefix": pulumi.String(b.Name),
		"mode":                  pulumi.String(cmp.Or(logs.Mode, LogNonBlocking)),
	}
	if logs.Mode != LogBlocking {
		options["max-buffer-size"] = pulumi.String(logs.bufferSize())
	}
	return pulumi.Map{"logDriver": pulumi.String("awslogs"), "options": options}
}

func (c *Container) capabilities() pulumi.Map {
	out := pulumi.Map{"drop": pulumi.ToStringArray([]string{"ALL"})}
	if len(c.Capabilities) > 0 {
		added := make(pulumi.StringArray, len(c.Capabilities))
		for i, capability := range c.Capabilities {
			added[i] = pulumi.String(capability)
		}
		out["add"] = added
	}
	return out
}

func (c *Container) mountPoints() pulumi.Array {
	points := make(pulumi.Array, len(c.ScratchVolumes))
	for i, v := range c.ScratchVolumes {
		points[i] = pulumi.Map{
			"sourceVolume": pulumi.String(v.Name), "containerPath": pulumi.String(v.Path), "readOnly": pulumi.Bool(false),
		}
	}
	return points
}

func (c *Container) ulimits() pulumi.Array {
	limits := make(pulumi.Array, len(c.Ulimits))
	for i, limit := range c.Ulimits {
		limits[i] = pulumi.Map{
			"name":      pulumi.String(limit.Name),
			"softLimit": pulumi.Int(limit.SoftLimit), "hardLimit": pulumi.Int(limit.HardLimit),
		}
	}
	return limits
}

func (h *HealthCheck) render() pulumi.Map {
	whole := h.orDefault()
	return pulumi.Map{
		"command":  pulumi.ToStringArray(whole.Command),
		"interval": pulumi.Int(whole.IntervalSeconds), "timeout": pulumi.Int(whole.TimeoutSeconds),
		"retries": pulumi.Int(whole.Retries), "startPeriod": pulumi.Int(*whole.StartPeriodSeconds),
	}
}

// ports are where a container listens. With a network of its own, a task has the same ports inside and outside.
func ports(list ...int) pulumi.Array {
	out := make(pulumi.Array, len(list))
	for i, port := range list {
		out[i] = pulumi.Map{
			"containerPort": pulumi.Int(port), "hostPort": pulumi.Int(port), "protocol": pulumi.String("tcp"),
		}
	}
	return out
}

func dependency(container, condition string) pulumi.Map {
	return pulumi.Map{"containerName": pulumi.String(container), "condition": pulumi.String(condition)}
}
