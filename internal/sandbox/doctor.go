package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// CheckState is how a check came out.
type CheckState string

// The states of a check.
const (
	CheckOK     CheckState = "ok"
	CheckTodo   CheckState = "todo"   // will be made by the next up
	CheckWarn   CheckState = "warn"   // not needed by up, but by somebody
	CheckFailed CheckState = "failed" // up would stop here
)

// Check is one prerequisite.
type Check struct {
	Name    string     `json:"name"`
	State   CheckState `json:"state"`
	Text    string     `json:"text"`
	Fix     []string   `json:"fix,omitempty"`
	problem *Problem
}

// Doctor runs all checks; none stops the others. The same list stands before every up.
func (s *Session) Doctor(ctx context.Context, kind ProviderKind) []Check {
	t, targetErr := s.target(ctx)
	tools, goErr := newTools(ctx, s.toolchainOptions(kind, t))
	checks := []Check{s.checkGo(tools, goErr), s.checkProgram("git", "to fetch and to keep the project"), s.checkProgram("make", "for the Makefile; cmd/bulwark works without")}
	if !t.embedded {
		checks = append(checks, s.checkEndpointURL(ctx, t, targetErr))
	}
	if goErr == nil {
		checks = append(checks, checkDiskSpace(ctx, tools), checkEngine(ctx, tools), checkProvider(tools))
	}
	if t.embedded {
		checks = append(checks, s.checkPython(ctx, tools), s.checkPort(ctx))
	}
	return checks
}

// preflight returns everything that stands in the way of an up, at once.
func (s *Session) preflight(ctx context.Context, kind ProviderKind) error {
	var problems Problems
	for _, c := range s.Doctor(ctx, kind) {
		if c.State == CheckFailed {
			problems = append(problems, c.problem)
		}
	}
	return problems.asError()
}

func okCheck(name, format string, args ...any) Check {
	return Check{Name: name, State: CheckOK, Text: fmt.Sprintf(format, args...)}
}

func todoCheck(name, format string, args ...any) Check {
	return Check{Name: name, State: CheckTodo, Text: fmt.Sprintf(format, args...)}
}

func failedCheck(name string, err error) Check {
	var p *Problem
	if !errors.As(err, &p) {
		p = &Problem{Kind: KindMissing, What: err.Error(), Err: err}
	}
	var many Problems
	if errors.As(err, &many) {
		all := &Problem{Kind: p.Kind, Err: err}
		var what []string
		for _, one := range many {
			what = append(what, one.What)
			all.Fix = append(all.Fix, one.Fix...)
		}
		all.What = strings.Join(what, "; ")
		p = all
	}
	return Check{Name: name, State: CheckFailed, Text: p.What, Fix: p.Fix, problem: p}
}

func (s *Session) checkGo(t *tools, err error) Check {
	if err != nil {
		return failedCheck("go", err)
	}
	return okCheck("go", "%s, %s", t.gov.Version, t.gov.Program)
}

func (s *Session) checkProgram(name, why string) Check {
	path, err := s.System.LookPath(name)
	if err != nil {
		return Check{Name: name, State: CheckWarn, Text: "not in PATH", Fix: []string{"install " + name + ", " + why}}
	}
	return okCheck(name, "%s", path)
}

func (s *Session) checkEndpointURL(ctx context.Context, t target, err error) Check {
	if err == nil {
		err = s.checkAnswers(ctx, t)
	}
	if err != nil {
		return failedCheck("endpoint", err)
	}
	return okCheck("endpoint", "%s, from AWS_ENDPOINT_URL; no emulator is started", t.endpoint)
}

func checkDiskSpace(ctx context.Context, t *tools) Check {
	if err := t.checkDisk(ctx); err != nil {
		return failedCheck("disk", err)
	}
	var need uint64
	for _, n := range t.diskNeeds(ctx) {
		need += n.bytes
	}
	if need == 0 {
		return okCheck("disk", "nothing has to be built")
	}
	return okCheck("disk", "%s needed for what has to be built, and free", size(need))
}

func checkEngine(ctx context.Context, t *tools) Check {
	if path, version, ok := t.findEngine(ctx); ok {
		return okCheck("engine", "pulumi %s, %s", version, path)
	}
	return todoCheck("engine", "no pulumi %s or newer in PATH: it will be built from source, in %s", engineMinimum, engineBuild)
}

func checkProvider(t *tools) Check {
	if path, kind, ok := t.findProvider(); ok {
		return okCheck("provider", "%s AWS provider v%s, %s", kind, providerVersion, path)
	}
	switch t.ToolchainOptions.Provider {
	case ProviderOfficial:
		return todoCheck("provider", "the official AWS provider will be downloaded")
	case ProviderSource:
		return todoCheck("provider", "the AWS provider will be built from source, in %s", providerBuild)
	default:
		return todoCheck("provider", "the AWS provider will be downloaded or, where that is not possible, built from source in %s", providerBuild)
	}
}

func (s *Session) checkPython(ctx context.Context, t *tools) Check {
	if t != nil {
		if path, ok := t.findVenv(); ok {
			return okCheck("python", "moto %s, %s", t.motoVersion(), path)
		}
	}
	base, err := findPython(ctx, s.System)
	if err != nil {
		return failedCheck("python", err)
	}
	return todoCheck("python", "%s is %s; moto will be installed for it", base.Path, base.Version)
}

// checkPort only checks a port that the user has fixed: without one, a free port is found.
func (s *Session) checkPort(ctx context.Context) Check {
	fixed, err := s.fixedPort()
	if err != nil {
		return failedCheck("port", err)
	}
	if e := s.emulators.live(ctx, s.Checkout.EmulatorRecord()); e != nil {
		u, err := url.Parse(e.Endpoint)
		if err == nil {
			return okCheck("port", "%s, the emulator runs there", u.Port())
		}
	}
	if fixed == 0 {
		return okCheck("port", "%d, or a free one", s.Checkout.preferredPort())
	}
	if !s.System.PortFree(fixed) {
		return failedCheck("port", portProblem(fixed))
	}
	return okCheck("port", "%d is free", fixed)
}
