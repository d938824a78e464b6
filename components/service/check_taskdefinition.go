package service

import (
	"fmt"
	"maps"
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// maxContainers is how many containers a task can have.
// Source: https://docs.aws.amazon.com/general/latest/gr/ecs-service.html
const maxContainers = 10

// check reports what is wrong with a task definition whose application listens on a port, or on none (zero).
func (t *TaskDefinition) check(path validate.Path, lc lifecycle.Lifecycle, port int) validate.Problems {
	var ps validate.Problems
	if t.Family != "" {
		ps.Add(validate.ECSName(path.Field("family"), t.Family, "family of task definitions")...)
	}
	ps.Add(t.checkSize(path)...)
	ps.Add(validate.Enum(path.Field("cpuArchitecture"), t.CpuArchitecture)...)
	ps.Add(validate.OptionalRange(path.Field("ephemeralStorageGiB"), t.EphemeralStorageGiB, 21, 200, "GiB")...)
	ps.Add(t.Container.check(path.Field("container"), lc)...)
	for i := range t.Sidecars {
		ps.Add(t.Sidecars[i].check(path.Field("sidecars").Index(i), lc, t.memoryMiB())...)
	}
	if len(t.Sidecars) >= maxContainers {
		ps.Add(validate.Range(
			path.Field("sidecars"), len(t.Sidecars), 0, maxContainers-1, "containers beside the application")...)
	}
	ps.Add(t.checkNames(path)...)
	ps.Add(t.checkPorts(path, port)...)
	ps.Add(t.checkLogs(path.Field("logs"))...)
	ps.Add(validate.OptionalRange(path.Field("keptRevisions"), t.KeptRevisions, 1, 100, "revisions")...)
	return append(ps, t.checkArns(path)...)
}

func (t *TaskDefinition) checkSize(path validate.Path) validate.Problems {
	if ps := validate.Enum(path.Field("cpu"), t.Cpu); len(ps) > 0 {
		return ps
	}
	return validate.FargateSize(path.Field("memoryMiB"), t.cpu(), t.memoryMiB())
}

// checkNames reports containers of the same name: their logs, dependencies and images would be mixed up.
func (t *TaskDefinition) checkNames(path validate.Path) validate.Problems {
	var ps validate.Problems
	names := []string{t.Container.name()}
	for i := range t.Sidecars {
		name := t.Sidecars[i].Container.Name
		if name != "" && slices.Contains(names, name) {
			ps.Add(validate.Duplicate(path.Field("sidecars").Index(i).Field("container.name"), name))
		}
		names = append(names, name)
	}
	return ps
}

// checkPorts reports ports that two containers of the task would listen on.
func (t *TaskDefinition) checkPorts(path validate.Path, port int) validate.Problems {
	var ps validate.Problems
	taken := map[int]string{}
	if port != 0 {
		taken[port] = t.Container.name()
	}
	for i := range t.Sidecars {
		for j, p := range t.Sidecars[i].Ports {
			at := path.Field("sidecars").Index(i).Field("ports").Index(j)
			if problems := validate.Range(at, p, 1, 65535, ""); len(problems) > 0 {
				ps.Add(problems...)
				continue
			}
			if other, ok := taken[p]; ok {
				ps.Add(validate.Conflict(at, p,
					fmt.Sprintf("a port of its own: %s listens there, in the same network", shown(other)),
					"let one of the two listen elsewhere").By("port-taken"))
				continue
			}
			taken[p] = t.Sidecars[i].Container.Name
		}
	}
	return ps
}

// shown is the name of a container for a message.
func shown(name string) string { return validate.Show(name) }

func (t *TaskDefinition) checkLogs(path validate.Path) validate.Problems {
	logs := t.logs()
	ps := loggroup.Check(path, logs.RetentionDays, logs.key())
	ps.Add(validate.Enum(path.Field("mode"), logs.Mode)...)
	ps.Add(validate.OptionalRange(path.Field("bufferMiB"), logs.BufferMiB, 1, 1024, "MiB")...)
	if logs.Mode == LogBlocking && logs.BufferMiB != 0 {
		ps.Add(validate.Conflict(path.Field("bufferMiB"), logs.BufferMiB, "no buffer with the mode blocking",
			"remove one of the two").By("log-buffer"))
	}
	return ps
}

// checkArns checks the roles and keys that the program wrote down.
func (t *TaskDefinition) checkArns(path validate.Path) validate.Problems {
	var ps validate.Problems
	if text, ok := component.Literal(t.TaskRoleArn); ok {
		ps.Add(validate.TaskRoleARN(path.Field("taskRoleArn"), text)...)
	}
	if text, ok := component.Literal(t.ExecutionRoleArn); ok {
		ps.Add(validate.TaskRoleARN(path.Field("executionRoleArn"), text)...)
	}
	if t.TaskRoleArn != nil && t.ExecutionRoleArn != nil && t.PermissionsBoundaryArn != nil {
		ps.Add(validate.Conflict(path.Field("permissionsBoundaryArn"), "set", "a role that the component makes",
			"remove it: both roles are given").By("boundary-roles"))
	}
	if t.ExecutionRoleArn != nil && t.SecretKeyArns != nil {
		ps.Add(validate.Conflict(path.Field("secretKeyArns"), "set", "an execution role that the component makes",
			"remove it, and let the given role use the keys").By("key-roles"))
	}
	if t.SecretKeyArns != nil && t.secrets() == 0 {
		ps.Add(validate.Conflict(path.Field("secretKeyArns"), "set", "secrets that the keys encrypt",
			"remove it, or name secrets").By("key-secrets"))
	}
	for i, id := range t.RegistryAccountIds {
		ps.Add(validate.AccountID(path.Field("registryAccountIds").Index(i), id)...)
	}
	if t.SecretKeyArns != nil {
		texts, _ := component.Literals(t.SecretKeyArns)
		for _, i := range slices.Sorted(maps.Keys(texts)) {
			ps.Add(validate.KeyARN(path.Field("secretKeyArns").Index(i), texts[i])...)
		}
	}
	return ps
}
