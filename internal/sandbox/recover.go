package sandbox

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"
)

// recoverStack puts a stack in order after an engine that was killed: its lock is removed, and operations that it never
// finished are looked up or forgotten. It returns whether there were any. The caller holds the checkout's lock, so no
// other command of this checkout is at work.
func (s *Session) recoverStack(ctx context.Context, e engine, at stackAt) (pending []pendingOperation, err error) {
	name := at.project.stackName
	if locks := at.backend.locks(at.project.Name, name); len(locks) > 0 {
		if err := s.awaitEngines(ctx, name, locks); err != nil {
			return nil, err
		}
		if err := s.endLeftOvers(); err != nil {
			return nil, err
		}
		// It may have ended in good order meanwhile.
		if len(at.backend.locks(at.project.Name, name)) > 0 {
			s.Report.Notef("an earlier run of the engine was cut off: its lock on stack %s is removed", name)
			if err := e.Cancel(ctx); err != nil {
				return nil, engineProblem("removing the lock on stack "+name, nil, err)
			}
		}
	}
	state, err := at.backend.state(at.project.Name, name)
	if err != nil || len(state.Pending) == 0 {
		return nil, err
	}
	s.Report.Notef("the engine was cut off with %s under way: reading back what exists", count(len(state.Pending), "operation"))
	return state.Pending, s.Report.step("recovery", "reading back what exists", func(detail func(string)) (outcome, error) {
		_, err := e.Refresh(ctx, true, detail)
		return done("the state matches what exists"), err
	})
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "s") {
		noun += "e"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// awaitEngines waits for engines that still run: one whose command was killed ends by itself soon.
func (s *Session) awaitEngines(ctx context.Context, stack string, locks []engineLock) error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	deadline := s.System.Now().Add(cancelGrace)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	told := false
	for _, lock := range locks {
		for lock.Hostname == host && strings.Contains(s.System.CommandLine(lock.PID), "pulumi") {
			if !told {
				s.Report.Notef("an engine of an earlier run is still at work on stack %s (process %d): waiting for it", stack, lock.PID)
				told = true
			}
			if s.System.Now().After(deadline) {
				return &Problem{
					Kind: KindBusy,
					What: fmt.Sprintf("an engine of an earlier run is still at work on stack %s (process %d)", stack, lock.PID),
					Fix:  []string{fmt.Sprintf("wait for it, or end it: kill %d", lock.PID)},
				}
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-tick.C:
			}
		}
	}
	return nil
}

// existing matches what AWS answers when a name is taken, in the spellings of its services.
var existing = regexp.MustCompile(`(?i)already ?(exists|owned)|AlreadyExists|AlreadyOwned|ResourceConflict|EntityExists`)

// leftOver reports whether a deployment failed on something that a killed engine had made and never written down.
func leftOver(pending []pendingOperation, out Outcome) bool {
	for _, p := range pending {
		if p.Type != "creating" {
			continue
		}
		for _, f := range out.Failures {
			if f.URN == p.URN && existing.MatchString(f.Message) {
				return true
			}
		}
	}
	return false
}
