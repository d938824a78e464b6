package service

import (
	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a task of that name.
func (a *TaskArgs) check(name string) validate.Problems {
	return checkTask(name, a.Labels, a.Lifecycle, &a.Placement, &a.Task, a.Grants)
}

// check reports all that is wrong with the arguments of a scheduled task of that name.
func (a *ScheduledTaskArgs) check(name string) validate.Problems {
	ps := checkTask(name, a.Labels, a.Lifecycle, &a.Placement, &a.Task, a.Grants)
	ps.Add(validate.Schedule("expression", a.Expression)...)
	ps.Add(validate.TimeZone("timeZone", a.TimeZone)...)
	ps.Add(validate.OptionalRange("flexibleWindowMinutes", a.FlexibleWindowMinutes, 1, 1440, "minutes")...)
	ps.Add(validate.Enum("schedule", a.Schedule)...)
	ps.Add(validate.Range("retryAttempts", a.retryAttempts(), 0, 185, "attempts")...)
	ps.Add(validate.Range("retryMinutes", a.retryMinutes(), 1, 1440, "minutes")...)
	if text, ok := component.Literal(a.DeadLetterQueueArn); ok {
		ps.Add(validate.QueueARN("deadLetterQueueArn", text)...)
	}
	return ps
}

// checkTask checks what one-off and scheduled tasks have in common.
func checkTask(
	name string, labels tagging.Labels, lc lifecycle.Lifecycle, at *Placement, task *TaskDefinition,
	grants []identity.Grant,
) validate.Problems {
	ps := validate.ResourceName("name", name, 40, "the names of its resources")
	ps.Add(labels.Check("labels")...)
	ps.Add(lc.Check("lifecycle")...)
	ps.Add(at.check("placement")...)
	ps.Add(task.check("task", lc, 0)...)
	return append(ps, checkGrants(grants, task)...)
}
