package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// backend reads the engine's file backend: .pulumi/stacks/<project>/<stack>.json and
// .pulumi/locks/organization/<project>/<stack>/. Reading is instant, asking the engine starts a process. It is never
// written: that is the engine's.
type backend struct{ dir string }

// stackState is what the sandbox reads of a stack's state.
type stackState struct {
	Stack string
	// Resources counts what is deployed, without the stack itself and its providers.
	Resources int
	// Protected are the URNs that the engine refuses to delete.
	Protected []string
	// Pending are the operations that were under way when the engine ended.
	Pending []pendingOperation
}

// pendingOperation is an operation that the engine began and never finished.
type pendingOperation struct {
	Type string `json:"type"`
	URN  string
}

// engineLock is a lock that the engine took on a stack.
type engineLock struct {
	PID      int       `json:"pid"`
	Hostname string    `json:"hostname"`
	Time     time.Time `json:"timestamp"`
}

func (b backend) stackFile(project, stack string) string {
	return filepath.Join(b.dir, ".pulumi", "stacks", project, stack+".json")
}

// exists reports whether the stack has been created.
func (b backend) exists(project, stack string) bool { return isFile(b.stackFile(project, stack)) }

// stacks lists the stacks of a project that have been created.
func (b backend) stacks(project string) []string {
	files, err := filepath.Glob(b.stackFile(project, "*"))
	if err != nil {
		return nil
	}
	var names []string
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".json"))
	}
	slices.Sort(names)
	return names
}

// state reads one stack; a stack that has not been created is empty.
func (b backend) state(project, stack string) (stackState, error) {
	s := stackState{Stack: stack}
	raw, err := os.ReadFile(b.stackFile(project, stack))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	var file struct {
		Checkpoint struct {
			Latest *struct {
				Resources []struct {
					URN     string `json:"urn"`
					Type    string `json:"type"`
					Protect bool   `json:"protect"`
				} `json:"resources"`
				Pending []struct {
					Type     string `json:"type"`
					Resource struct {
						URN string `json:"urn"`
					} `json:"resource"`
				} `json:"pending_operations"`
			} `json:"latest"`
		} `json:"checkpoint"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		p := &Problem{
			What: fmt.Sprintf("the state of stack %s cannot be read: %s: %v", stack, b.stackFile(project, stack), err), Err: err,
			Fix: []string{"the engine keeps the one before beside it: " + b.stackFile(project, stack) + ".bak"},
		}
		if filepath.Base(b.dir) == embeddedTarget {
			p.Fix = append(p.Fix, fmt.Sprintf("or throw the embedded sandbox's world away: make down STACK=%s DISCARD=1", stack))
		}
		return s, p
	}
	if file.Checkpoint.Latest == nil {
		return s, nil
	}
	for _, r := range file.Checkpoint.Latest.Resources {
		if !infrastructure(r.Type) {
			s.Resources++
		}
		if r.Protect {
			s.Protected = append(s.Protected, r.URN)
		}
	}
	for _, p := range file.Checkpoint.Latest.Pending {
		s.Pending = append(s.Pending, pendingOperation{Type: p.Type, URN: p.Resource.URN})
	}
	return s, nil
}

// infrastructure tells what the engine registers for itself from what a program asks for.
func infrastructure(typ string) bool {
	return typ == "pulumi:pulumi:Stack" || strings.HasPrefix(typ, "pulumi:providers:")
}

// locks lists the engine's locks on a stack.
func (b backend) locks(project, stack string) []engineLock {
	files, err := filepath.Glob(filepath.Join(b.dir, ".pulumi", "locks", "organization", project, stack, "*.json"))
	if err != nil {
		return nil
	}
	var locks []engineLock
	for _, file := range files {
		var l engineLock
		if raw, err := os.ReadFile(file); err == nil && json.Unmarshal(raw, &l) == nil {
			locks = append(locks, l)
		}
	}
	return locks
}

// deployedStacks lists the stacks of a project that hold resources, in one state folder.
func (b backend) deployedStacks(project string) []string {
	var names []string
	for _, name := range b.stacks(project) {
		if s, err := b.state(project, name); err != nil || s.Resources > 0 || len(s.Pending) > 0 {
			names = append(names, name)
		}
	}
	return names
}
