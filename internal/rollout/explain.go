package rollout

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// explain adds what is known of the reason: the task, its container, the health check, the log, the service's events.
func (e *evidence) explain(ctx context.Context, o Outcome, service types.Service, sentences []string, wanted string) (all, hints []string) {
	definition := e.definition(ctx, wanted)
	task, stopped := e.chosen(service)
	if task.TaskArn == nil {
		event := eventText(service)
		return append(sentences, event), hintsFor(event)
	}
	c, guilty := culprit(task, definition)
	name := aws.ToString(c.Name)
	if !guilty {
		name = mainContainer(service, definition)
	}
	var found []string
	if stopped {
		found = append(found, e.taskText(task, definition))
	} else if o == OutcomeTimeout || o == OutcomeFailed {
		found = append(found, waitText(task))
	}
	if asksLoadBalancer(task, stopped) {
		found = append(found, e.healthText(service, task))
	}
	if log := e.logOf(ctx, task, definition, name, stopped); log != "" {
		found = append(found, log)
	}
	if !stopped {
		found = append(found, eventText(service))
	}
	return append(sentences, found...), hintsFor(strings.Join(found, "\n"))
}

// chosen is the task that explains the failure: one that stopped, or else one that is not well.
func (e *evidence) chosen(service types.Service) (task types.Task, stopped bool) {
	if failed := e.failed(); len(failed) > 0 {
		return failed[0], true
	}
	for _, arn := range slices.Sorted(maps.Keys(e.tasks)) {
		t := e.tasks[arn]
		if t.StoppedAt == nil && (aws.ToString(t.LastStatus) != "RUNNING" || t.HealthStatus == types.HealthStatusUnhealthy || len(service.LoadBalancers) > 0) {
			return t, false
		}
	}
	return types.Task{}, false
}

// unhealthyEvent is how ECS tells of a target that is not healthy.
var unhealthyEvent = regexp.MustCompile(`is unhealthy in .* due to \(reason (.*?)\)\.?$`)

// healthText is what the load balancer's health check of a task answered: as it was seen meanwhile, or else as ECS says.
func (e *evidence) healthText(service types.Service, task types.Task) string {
	if address, a, ok := e.targetOf(task); ok {
		return fmt.Sprintf("The load balancer's health check of %s answered: %s", address, shown(a.String()))
	}
	for _, event := range service.Events {
		text := aws.ToString(event.Message)
		if m := unhealthyEvent.FindStringSubmatch(text); m != nil && strings.Contains(text, lastPart(aws.ToString(task.TaskArn))) {
			return "The load balancer's health check of the task answered: " + shown(m[1])
		}
	}
	return ""
}

// asksLoadBalancer tells whether the load balancer's answer has to do with it: a task that failed by itself needs none.
func asksLoadBalancer(task types.Task, stopped bool) bool {
	return !stopped || task.StopCode == types.TaskStopCodeServiceSchedulerInitiated
}

func (e *evidence) logOf(ctx context.Context, task types.Task, definition *types.TaskDefinition, container string, stopped bool) string {
	// A container that never started has no log.
	if stopped && task.StopCode == types.TaskStopCodeTaskFailedToStart && task.StartedAt == nil && exitCode(task) == "" ||
		!stopped && aws.ToString(task.LastStatus) != "RUNNING" {
		return ""
	}
	return e.logText(ctx, task, definition, container)
}

// taskText says which task stopped, and why.
func (e *evidence) taskText(task types.Task, definition *types.TaskDefinition) string {
	text := "Task " + lastPart(aws.ToString(task.TaskArn))
	if n := alike(e.failed(), task); n > 1 {
		text += fmt.Sprintf(" (the last of %d like it)", n)
	}
	text += " stopped"
	if byHand(task) {
		text += " because somebody stopped it"
	}
	return text + ": " + stopReason(task, definition)
}

// stopText is why a task stopped, for a line of progress.
func (e *evidence) stopText(task types.Task) string { return stopReason(task, nil) }

func stopReason(task types.Task, definition *types.TaskDefinition) string {
	var parts []string
	if reason := aws.ToString(task.StoppedReason); reason != "" {
		text := shown(strings.TrimSuffix(reason, "."))
		if task.StopCode != "" {
			text = string(task.StopCode) + ", " + text
		}
		parts = append(parts, text)
	} else {
		parts = append(parts, string(task.StopCode))
	}
	if c, ok := culprit(task, definition); ok {
		if text := containerText(c, definition, aws.ToString(task.StoppedReason)); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}

// containerText says how a container ended.
func containerText(c types.Container, definition *types.TaskDefinition, known string) string {
	name, reason := aws.ToString(c.Name), aws.ToString(c.Reason)
	text := "container " + name
	oom := strings.Contains(reason, "OutOfMemory")
	switch {
	case c.HealthStatus == types.HealthStatusUnhealthy:
		text += " failed its health check"
	case c.ExitCode != nil:
		text += fmt.Sprintf(" exited with code %d", *c.ExitCode)
		if meaning := exitMeaning(*c.ExitCode, oom); meaning != "" {
			text += " (" + meaning + ")"
		}
	case reason == "" || repeats(known, reason):
		return ""
	}
	if oom {
		if limit := memoryText(definition, name); limit != "" {
			text += ", " + limit
		}
	}
	if reason != "" && !repeats(known, reason) {
		text += ": " + shown(reason)
	}
	return text
}

// repeats tells whether a reason says what is known already.
func repeats(known, reason string) bool {
	return strings.Contains(strings.ToLower(known), strings.ToLower(reason))
}

// exitMeaning explains the codes that a kernel or a shell gives.
func exitMeaning(code int32, oom bool) string {
	switch {
	case oom:
		return "out of memory"
	case code == 0:
		return "it ended by itself, but a service's process must go on"
	case code == 126:
		return "its command cannot be executed"
	case code == 127:
		return "its command was not found"
	case code == 137:
		return "killed: out of memory, or it did not stop in time"
	case code == 139:
		return "segmentation fault"
	case code == 143:
		return "told to stop"
	default:
		return ""
	}
}

// memoryText is the limit that a container runs into: its own, or the task's.
func memoryText(definition *types.TaskDefinition, name string) string {
	if c, ok := containerOf(definition, name); ok && c.Memory != nil {
		return fmt.Sprintf("its limit is %d MiB", *c.Memory)
	}
	if definition != nil && aws.ToString(definition.Memory) != "" {
		return "the task's limit is " + *definition.Memory + " MiB"
	}
	return ""
}

// waitText says what a task is doing that has not stopped.
func waitText(task types.Task) string {
	text := fmt.Sprintf("Task %s is %s", lastPart(aws.ToString(task.TaskArn)), strings.ToLower(aws.ToString(task.LastStatus)))
	if task.CreatedAt != nil {
		text += " since it began at " + clock(task.CreatedAt)
	}
	for _, c := range task.Containers {
		if c.HealthStatus == types.HealthStatusUnhealthy {
			text += "; container " + aws.ToString(c.Name) + " fails its health check"
		}
	}
	return text
}

// eventText is the last event of the service that says more than that all is well.
func eventText(service types.Service) string {
	for _, event := range service.Events {
		text := aws.ToString(event.Message)
		switch {
		case strings.Contains(text, "unable to"), strings.Contains(text, "throttled"), strings.Contains(text, "is unhealthy"), strings.Contains(text, "failed"):
			return "ECS said at " + clock(event.CreatedAt) + ": " + quoted(strings.TrimSuffix(text, "."))
		}
	}
	return ""
}

// unreadText names what could not be read, so that nobody takes it for absent.
func (e *evidence) unreadText() string {
	var denied, failed []string
	for _, action := range slices.Sorted(maps.Keys(e.unread)) {
		why := e.unread[action]
		switch {
		case action == "logs:GetLogEvents":
			// The log's own sentence says so already.
		case why == "":
			denied = append(denied, action)
		default:
			failed = append(failed, action+" ("+strings.TrimSuffix(why, ".")+")")
		}
	}
	var parts []string
	if len(denied) > 0 {
		parts = append(parts, "the policy of the role that deploys lacks "+strings.Join(denied, ", "))
	}
	if len(failed) > 0 {
		parts = append(parts, "no answer from "+strings.Join(failed, ", "))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Not everything could be read: " + strings.Join(parts, "; ")
}
