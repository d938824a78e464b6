//go:build sandbox

package platform

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

var record = flag.Bool("evidence", false, "write the calls that the deployments make to internal/deploypolicy/calls.json")

// evidence is in which phases each call was seen.
type evidence map[string]map[deploypolicy.Phase]bool

// check holds the calls that AWS has seen against those that the policy is made of: neither may have more.
func (e evidence) check(t *testing.T) {
	t.Helper()
	if *record {
		e.write(t)
		return
	}
	recorded := evidence{}
	for _, call := range deploypolicy.Calls() {
		for _, phase := range call.Phases {
			recorded.add(call.Service, call.Operation, phase)
		}
	}
	const renew = "make evidence"
	for key, phases := range e {
		for phase := range phases {
			assert.True(t, recorded[key][phase], "%s is called during %s, and the policy does not know: %s", key, phase, renew)
		}
	}
	for key, phases := range recorded {
		for phase := range phases {
			assert.True(t, e[key][phase], "%s is not called during %s any more: %s", key, phase, renew)
		}
	}
}

// live takes a stack through its life: preview, up, readback, an up without changes, a refresh, updates there and back,
// destroy.
func (e evidence) live(t *testing.T, env *sandboxtest.Env, name string, readback func(*sandboxtest.Stack, sandboxtest.Result)) {
	t.Helper()
	var edit edition
	stack := env.Deploy(t, func(ctx *pulumi.Context) error { return edit.deploy(ctx) },
		sandboxtest.Options{Stack: name, Project: namespace, Region: "eu-west-1", Config: stackSettings(t, name)})
	during := func(phase deploypolicy.Phase, do func()) {
		require.NoError(t, env.Admin.ClearCalls(t.Context()))
		do()
		for _, call := range env.Calls(t, "", "") {
			e.add(call.Service, call.Operation, phase)
		}
	}
	var up sandboxtest.Result
	during(deploypolicy.Preview, func() { stack.Preview(t) })
	during(deploypolicy.Up, func() { up = stack.Up(t) })
	readback(stack, up)
	during(deploypolicy.Unchanged, func() { stack.UpUnchanged(t) })
	during(deploypolicy.Refresh, func() { stack.RefreshUnchanged(t) })
	for _, edit = range editions() {
		during(deploypolicy.Update, func() { stack.Up(t) })
	}
	during(deploypolicy.Destroy, func() { stack.Destroy(t) })
}

func (e evidence) add(service, operation string, phase deploypolicy.Phase) {
	key := service + ":" + operation
	if e[key] == nil {
		e[key] = map[deploypolicy.Phase]bool{}
	}
	e[key][phase] = true
}

// write writes one line for each call, so that a difference reads well.
func (e evidence) write(t *testing.T) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join("..", "internal", "deploypolicy", "calls.json"), deploypolicy.FormatCalls(e.calls()), 0o644))
}

func (e evidence) calls() []deploypolicy.Call {
	var calls []deploypolicy.Call
	for _, key := range slices.Sorted(maps.Keys(e)) {
		service, operation, _ := strings.Cut(key, ":")
		call := deploypolicy.Call{Service: service, Operation: operation}
		for _, phase := range deploypolicy.Phases() {
			if e[key][phase] {
				call.Phases = append(call.Phases, phase)
			}
		}
		calls = append(calls, call)
	}
	return calls
}
