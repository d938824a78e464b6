package rollout

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// spoken is what was last said of a deployment, so that only what is new is said.
type spoken struct {
	id       string
	counts   [2]int
	failures int
	back     bool
	at       time.Time
}

// silence is how long nothing is said while nothing changes.
const silence = 2 * time.Minute

// report says what has changed.
func (f *follower) report(service types.Service, d deployment) {
	if f.said.id != d.id {
		f.said = spoken{id: d.id, counts: [2]int{-1, -1}, at: time.Now()}
		f.say("following deployment %s of revision %s", deploymentName(d.id), revisionName(d.taskDefinition))
		if len(d.alarmsIgnored) > 0 {
			f.warn("this deployment is not guarded by %s: ECS does not look at alarms that were in alarm when it began", listed(d.alarmsIgnored))
		}
	}
	if d.rollingBack() && !f.said.back {
		f.said.back = true
		f.warn("%s", f.rollsBackText(d))
	}
	if d.over() || d.rollingBack() {
		return
	}
	requested := d.requested
	if requested == 0 {
		requested = int(service.DesiredCount)
	}
	counts := [2]int{d.running, requested}
	changed := counts != f.said.counts || d.failures > f.said.failures
	if !changed && time.Since(f.said.at) < silence {
		return
	}
	f.said.counts, f.said.failures, f.said.at = counts, d.failures, time.Now()
	text := fmt.Sprintf("%d of %s of revision %s run", d.running, count(requested, "task"), revisionName(d.taskDefinition))
	if d.failures > 0 {
		text += fmt.Sprintf(", %s so far", count(d.failures, "failure"))
		if d.threshold > 0 {
			text += fmt.Sprintf(" (the circuit breaker takes %d)", d.threshold)
		}
	}
	if !changed {
		text += fmt.Sprintf(", unchanged after %s", time.Since(f.started).Round(time.Second))
	}
	f.say("%s", text)
}

func (f *follower) rollsBackText(d deployment) string {
	text := "ECS goes back from revision " + revisionName(d.taskDefinition)
	if cause := f.cause(d); cause != "" {
		text += ": " + cause
	}
	return text + "; waiting until the earlier revision runs"
}

func (f *follower) say(format string, args ...any) {
	f.r.Progress(Progress{Message: fmt.Sprintf(format, args...)})
}

// warn says what needs attention, each thing once.
func (f *follower) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if f.warned[text] {
		return
	}
	f.warned[text] = true
	f.r.Progress(Progress{Message: text, Warning: true})
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
