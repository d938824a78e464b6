package service

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports what is wrong with a container.
func (c *Container) check(path validate.Path, lc lifecycle.Lifecycle) validate.Problems {
	var ps validate.Problems
	if c.Name != "" {
		ps.Add(validate.ECSName(path.Field("name"), c.Name, "container")...)
	}
	ps.Add(c.checkImage(path.Field("image"), lc)...)
	ps.Add(validate.Arguments(path.Field("command"), c.Command)...)
	ps.Add(validate.Arguments(path.Field("entryPoint"), c.EntryPoint)...)
	ps.Add(validate.ContainerUser(path.Field("user"), c.User, c.RunAsRoot)...)
	ps.Add(validate.Enum(path.Field("readonlyRootFilesystem"), c.ReadonlyRootFilesystem)...)
	ps.Add(validate.Enum(path.Field("initProcess"), c.InitProcess)...)
	ps.Add(c.checkScratchVolumes(path.Field("scratchVolumes"))...)
	ps.Add(validate.Enums(path.Field("capabilities"), c.Capabilities)...)
	ps.Add(c.checkVariables(path)...)
	if c.HealthCheck != nil {
		ps.Add(c.HealthCheck.check(path.Field("healthCheck"))...)
	}
	ps.Add(validate.OptionalRange(path.Field("startTimeoutSeconds"), c.StartTimeoutSeconds, 2, 120, "seconds")...)
	ps.Add(validate.OptionalRange(path.Field("stopTimeoutSeconds"), c.StopTimeoutSeconds, 2, 120, "seconds")...)
	return append(ps, c.checkUlimits(path.Field("ulimits"))...)
}

func (c *Container) checkImage(path validate.Path, lc lifecycle.Lifecycle) validate.Problems {
	if c.Image == nil {
		return validate.Problems{validate.Required(path, "the image of the container", "give it by its digest")}
	}
	if text, ok := component.Literal(c.Image); ok {
		return validate.ImageReference(path, text, lc.IsPermanent() && !c.AllowImageTag)
	}
	return nil
}

func (c *Container) checkScratchVolumes(path validate.Path) validate.Problems {
	var ps validate.Problems
	var names, paths []string
	for i, volume := range c.ScratchVolumes {
		at := path.Index(i)
		ps.Add(validate.ECSName(at.Field("name"), volume.Name, "volume")...)
		ps.Add(validate.ContainerPath(at.Field("path"), volume.Path)...)
		if slices.Contains(names, volume.Name) {
			ps.Add(validate.Duplicate(at.Field("name"), volume.Name))
		}
		if slices.Contains(paths, volume.Path) {
			ps.Add(validate.Duplicate(at.Field("path"), volume.Path))
		}
		names, paths = append(names, volume.Name), append(paths, volume.Path)
	}
	return ps
}

// checkVariables checks environment variables, plain ones and secrets together.
func (c *Container) checkVariables(path validate.Path) validate.Problems {
	var ps validate.Problems
	plain, _ := c.Environment.(pulumi.StringMap)
	for _, name := range slices.Sorted(maps.Keys(plain)) {
		at := path.Field("environment").Key(name)
		ps.Add(validate.EnvironmentName(at, name)...)
		if value, ok := component.Literal(plain[name]); ok {
			ps.Add(validate.EnvironmentValue(at, name, value, slices.Contains(c.PlainVariables, name))...)
		}
	}
	var names []string
	for i, secret := range c.Secrets {
		at := path.Field("secrets").Index(i)
		ps.Add(validate.EnvironmentName(at.Field("name"), secret.Name)...)
		if _, ok := plain[secret.Name]; ok {
			ps.Add(validate.Conflict(at.Field("name"), secret.Name,
				"a name that is not in environment too, where it would hide the secret",
				"remove it from environment").By("environment-shadow"))
		}
		if secret.Name != "" && slices.Contains(names, secret.Name) {
			ps.Add(validate.Duplicate(at.Field("name"), secret.Name))
		}
		names = append(names, secret.Name)
		ps.Add(checkValueFrom(at.Field("valueFrom"), secret.ValueFrom)...)
	}
	return append(ps, c.checkPlainVariables(path.Field("plainVariables"), plain)...)
}

func checkValueFrom(path validate.Path, in pulumi.StringInput) validate.Problems {
	if in == nil {
		return validate.Problems{
			validate.Required(path, "where the value comes from", "give the ARN of a secret or parameter"),
		}
	}
	if text, ok := component.Literal(in); ok {
		return validate.SecretReference(path, text)
	}
	return nil
}

// checkPlainVariables reports names that no variable has, where all names are known.
func (c *Container) checkPlainVariables(path validate.Path, plain pulumi.StringMap) validate.Problems {
	ps := validate.Distinct(path, c.PlainVariables)
	if c.Environment != nil && plain == nil {
		return ps
	}
	for i, name := range c.PlainVariables {
		if _, ok := plain[name]; !ok {
			names := slices.Sorted(maps.Keys(plain))
			ps.Add(validate.Unknown(path.Index(i), name, "variable in environment", "environment", names).By("plain-variable"))
		}
	}
	return ps
}

// check reports what AWS refuses in a health check.
func (h *HealthCheck) check(path validate.Path) validate.Problems {
	whole := h.orDefault()
	ps := validate.HealthCommand(path.Field("command"), h.Command)
	ps.Add(validate.Arguments(path.Field("command"), h.Command)...)
	interval := validate.Range(path.Field("intervalSeconds"), whole.IntervalSeconds, 5, 300, "seconds")
	timeout := validate.Range(path.Field("timeoutSeconds"), whole.TimeoutSeconds, 2, 60, "seconds")
	ps.Add(interval...)
	ps.Add(timeout...)
	if interval == nil && timeout == nil && whole.TimeoutSeconds > whole.IntervalSeconds {
		ps.Add(validate.Conflict(path.Field("timeoutSeconds"), whole.TimeoutSeconds,
			fmt.Sprintf("at most the interval of %d seconds", whole.IntervalSeconds),
			"shorten the timeout, or check less often").By("health-timeout"))
	}
	ps.Add(validate.Range(path.Field("retries"), whole.Retries, 1, 10, "checks")...)
	return append(ps, validate.Range(path.Field("startPeriodSeconds"), *whole.StartPeriodSeconds, 0, 300, "seconds")...)
}

// maxOpenFiles is the highest limit of open files on Fargate.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
const maxOpenFiles = 1048576

func (c *Container) checkUlimits(path validate.Path) validate.Problems {
	var ps validate.Problems
	var names []UlimitName
	for i, limit := range c.Ulimits {
		at := path.Index(i)
		switch {
		case !slices.Contains(limit.Name.Values(), limit.Name):
			ps.Add(validate.NotSupported(at.Field("name"), limit.Name, limit.Name.Values()))
		case slices.Contains(names, limit.Name):
			ps.Add(validate.Duplicate(at.Field("name"), limit.Name))
		}
		names = append(names, limit.Name)
		if limit.SoftLimit > limit.HardLimit {
			ps.Add(validate.Conflict(at.Field("softLimit"), limit.SoftLimit,
				fmt.Sprintf("at most the hard limit of %d", limit.HardLimit),
				"lower it, or raise the hard limit").By("ulimit-order"))
		}
		if limit.Name == UlimitNofile {
			ps.Add(validate.Range(at.Field("hardLimit"), limit.HardLimit, 1, maxOpenFiles, "open files")...)
		}
	}
	return ps
}

// check reports what is wrong with a sidecar of a task with that much memory.
func (s *Sidecar) check(path validate.Path, lc lifecycle.Lifecycle, memoryMiB int) validate.Problems {
	var ps validate.Problems
	if s.Container.Name == "" {
		ps.Add(validate.Required(path.Field("container.name"), "a name that tells the sidecar from the other containers",
			"name it as in otel-collector"))
	}
	ps.Add(s.Container.check(path.Field("container"), lc)...)
	ps.Add(validate.Enum(path.Field("start"), s.Start)...)
	if s.Start == SidecarHealthyBefore && s.Container.HealthCheck == nil {
		ps.Add(validate.Required(path.Field("container.healthCheck"),
			"a health check: the application waits until it succeeds",
			"give one, or start the sidecar before, without waiting for its health").By("sidecar-health"))
	}
	if s.MemoryMiB != 0 && memoryMiB != 0 {
		ps.Add(validate.Range(path.Field("memoryMiB"), s.MemoryMiB, 6, memoryMiB-1, "MiB, less than the task has")...)
	}
	return ps
}
