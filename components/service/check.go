package service

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// maxTasks is how many tasks a service can have.
// Source: https://docs.aws.amazon.com/general/latest/gr/ecs-service.html
const maxTasks = 5000

// check reports all that is wrong with the arguments of a service of that name.
func (a *WebServiceArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(checkServiceName(name, a.ServiceName)...)
	ps.Add(a.Placement.check("placement")...)
	ps.Add(a.Task.check("task", a.Lifecycle, a.port())...)
	ps.Add(checkGrants(a.Grants, &a.Task)...)
	ps.Add(a.checkBalancer()...)
	ps.Add(validate.Enum("imageOwner", a.ImageOwner)...)
	ps.Add(a.checkTasks()...)
	ps.Add(a.checkDeployment("deployment")...)
	ps.Add(a.checkTimes()...)
	ps.Add(validate.Enum("availabilityZoneRebalancing", a.AvailabilityZoneRebalancing)...)
	return append(ps, a.checkExec()...)
}

// checkServiceName checks the name at AWS: that of the component, unless another is given.
func checkServiceName(name, given string) validate.Problems {
	if given != "" {
		return validate.ECSName("serviceName", given, "service")
	}
	if ps := validate.ECSName("name", name, "service"); len(ps) > 0 {
		return ps
	}
	return validate.ResourceName("name", name, 200, "the names of its resources")
}

// checkGrants reports grants that are refused, and grants without a role that the component makes.
func checkGrants(grants []identity.Grant, task *TaskDefinition) validate.Problems {
	ps := policydoc.CheckGrants("grants", grants)
	if len(grants) > 0 && task.TaskRoleArn != nil {
		ps.Add(validate.Conflict("grants", validate.Show(len(grants))+" grants", "a task role that the component makes",
			"give them to the role that task.taskRoleArn names, or remove taskRoleArn").By("grant-role"))
	}
	return ps
}

// checkBalancer checks what is in front of the service.
func (a *WebServiceArgs) checkBalancer() validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required("targetGroupArn", "the target group whose requests the service answers",
			"give targetGroupArn (in Go: LoadBalancer)"),
		validate.Alternative{Path: "loadBalancer", Given: a.LoadBalancer != nil},
		validate.Alternative{Path: "targetGroupArn", Given: a.TargetGroupArn != nil},
	)
	if text, ok := component.Literal(a.TargetGroupArn); ok {
		ps.Add(validate.TargetGroupARN("targetGroupArn", text)...)
	}
	if a.LoadBalancer == nil && a.TargetGroup != "" {
		ps.Add(validate.Conflict("targetGroup", a.TargetGroup, "the load balancer that has it",
			"give LoadBalancer, or remove targetGroup").By("target-unknown"))
	}
	if a.LoadBalancer == nil {
		if a.TargetGroupArn != nil || a.Port != 0 {
			ps.Add(validate.Range("port", a.Port, 1, 65535, "")...)
		}
		return ps
	}
	return append(ps, a.checkTargetGroup()...)
}

// checkTargetGroup checks the choice of a target group, and the port against it.
func (a *WebServiceArgs) checkTargetGroup() validate.Problems {
	group, ok := a.targetGroup()
	if !ok {
		groups := a.LoadBalancer.TargetGroups()
		names := make([]string, len(groups))
		for i, g := range groups {
			names[i] = g.Name
		}
		return validate.Problems{
			validate.Unknown("targetGroup", a.TargetGroup, "target group", "the load balancer's targetGroups", names).
				By("target-unknown"),
		}
	}
	if a.Port == 0 || a.Port == group.Port {
		return nil
	}
	return validate.Problems{validate.Conflict("port", a.Port,
		fmt.Sprintf("%d, the port of the target group %s", group.Port, shown(group.Name)),
		"remove port, or change the target group").By("port-target-group")}
}

// checkTasks reports two owners of the number of tasks, and numbers that AWS refuses.
func (a *WebServiceArgs) checkTasks() validate.Problems {
	var ps validate.Problems
	if a.Tasks != nil {
		ps.Add(validate.Range("tasks", *a.Tasks, 0, maxTasks, "tasks")...)
	}
	if a.Scaling == nil {
		return ps
	}
	if a.Tasks != nil {
		ps.Add(validate.Conflict("tasks", *a.Tasks, "one owner of the number of tasks: scaling decides on it",
			"remove tasks, and set scaling.minTasks").By("tasks-owner"))
	}
	return append(ps, a.Scaling.check("scaling", a.LoadBalancer != nil)...)
}

// checkDeployment checks how new tasks replace old ones.
func (a *WebServiceArgs) checkDeployment(path validate.Path) validate.Problems {
	d := a.deployment()
	low := validate.Range(path.Field("minimumHealthyPercent"), d.minimumHealthyPercent(), 0, 100, "percent")
	high := validate.Range(path.Field("maximumPercent"), d.maximumPercent(), 100, 200, "percent")
	var ps validate.Problems
	ps.Add(low...)
	ps.Add(high...)
	if low == nil && high == nil && d.minimumHealthyPercent() == 100 && d.maximumPercent() == 100 {
		ps.Add(validate.Conflict(path.Field("maximumPercent"), 100,
			"more than minimumHealthyPercent: no task may stop and none start",
			"use 200, or lower minimumHealthyPercent").By("deployment-room"))
	}
	// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
	if a.AvailabilityZoneRebalancing.On() && d.maximumPercent() == 100 {
		ps.Add(validate.Conflict(path.Field("maximumPercent"), 100,
			"more than 100 with availabilityZoneRebalancing, which starts tasks before it stops others",
			"use 200, or disable availabilityZoneRebalancing").By("rebalancing-maximum"))
	}
	ps.Add(validate.Range(path.Field("healthCheckGracePeriodSeconds"), d.gracePeriodSeconds(), 0, 7200, "seconds")...)
	ps.Add(validate.Enum(path.Field("rolloutCheck"), d.RolloutCheck)...)
	ps.Add(validate.OptionalRange(path.Field("rolloutTimeoutMinutes"), d.RolloutTimeoutMinutes, 1, 240, "minutes")...)
	return append(ps, checkAlarmNames(path.Field("alarmNames"), d.AlarmNames)...)
}

func checkAlarmNames(path validate.Path, in pulumi.StringArrayInput) validate.Problems {
	if in == nil {
		return nil
	}
	var ps validate.Problems
	texts, whole := component.Literals(in)
	seen := map[string]bool{}
	for i := range len(texts) {
		text, ok := texts[i]
		if !ok {
			continue
		}
		switch _, isARN := validate.ParseARN(text); {
		case isARN:
			ps.Add(validate.Invalid(path.Index(i), text, "the name of an alarm", "give the name, not the ARN").By("alarm-name"))
		case text == "" || len(text) > 255:
			ps.Add(validate.Invalid(path.Index(i), text, "the name of an alarm, of 1 to 255 characters",
				"give the name of an alarm").By("alarm-name"))
		case seen[text]:
			ps.Add(validate.Duplicate(path.Index(i), text))
		}
		seen[text] = true
	}
	if whole && (len(texts) == 0 || len(texts) > 100) {
		ps.Add(validate.Range(path, len(texts), 1, 100, "alarms")...)
	}
	return ps
}

// checkTimes reports times of the load balancer, the containers and the deployment that do not fit together.
func (a *WebServiceArgs) checkTimes() validate.Problems {
	var ps validate.Problems
	d, stop := a.deployment(), a.Task.Container.stopTimeoutSeconds()
	grace := d.gracePeriodSeconds()
	if check := a.Task.Container.HealthCheck; check != nil && d.HealthCheckGracePeriodSeconds != nil {
		if start := *check.orDefault().StartPeriodSeconds; grace < start {
			ps.Add(validate.Conflict("deployment.healthCheckGracePeriodSeconds", grace,
				fmt.Sprintf("at least the %d seconds for which the container's own health check waits", start),
				"lengthen it, or shorten task.container.healthCheck.startPeriodSeconds").By("grace-period"))
		}
	}
	group, ok := a.targetGroup()
	if !ok {
		return ps
	}
	if healthy := group.HealthCheck.IntervalSeconds * group.HealthCheck.HealthyThreshold; grace < healthy {
		ps.Add(validate.Conflict("deployment.healthCheckGracePeriodSeconds", grace,
			fmt.Sprintf("at least the %d seconds after which the load balancer calls a target healthy", healthy),
			"lengthen it, or let the target group check more often").By("grace-period"))
	}
	if one := grace + group.DeregistrationDelaySeconds + stop; one > d.timeoutMinutes()*60 {
		ps.Add(validate.Conflict("deployment.rolloutTimeoutMinutes", d.timeoutMinutes(),
			fmt.Sprintf("more than the %d seconds that replacing a single task can take: grace period, deregistration delay "+
				"and stop timeout", one), "lengthen it").By("rollout-timeout"))
	}
	return ps
}

// checkExec reports shells that could not be opened.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
func (a *WebServiceArgs) checkExec() validate.Problems {
	if !a.Exec {
		return nil
	}
	var ps validate.Problems
	if cluster := a.Placement.Cluster; cluster != nil && cluster.exec == nil {
		ps.Add(validate.Conflict("exec", a.Exec, "a cluster with exec, which encrypts and records the sessions",
			"give the cluster Exec").By("exec-cluster"))
	}
	if a.Task.Container.ReadonlyRootFilesystem.On() {
		ps.Add(validate.Conflict("exec", a.Exec, "a root file system that the agent can write into",
			"disable task.container.readonlyRootFilesystem for as long as shells are needed").By("exec-readonly"))
	}
	return ps
}
