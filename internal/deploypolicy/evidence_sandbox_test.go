//go:build sandbox

package deploypolicy_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

var update = flag.Bool("update", false, "write the calls that the deployments make to calls.json")

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// TestEvidence takes both stacks through everything that a deployment does, and holds the calls that AWS sees against the
// ones that the policy is made of: neither may have more.
func TestEvidence(t *testing.T) {
	env := sandboxtest.New(t)
	seen := evidence{}
	for _, name := range []string{"dev", "prod"} {
		live(t, env, name, seen)
	}
	if *update {
		seen.write(t)
		return
	}
	recorded := evidence{}
	for _, call := range deploypolicy.Calls() {
		for _, phase := range call.Phases {
			recorded.add(call.Service, call.Operation, phase)
		}
	}
	const renew = "BULWARK_PROVIDER=source go test -tags sandbox -timeout 30m ./internal/deploypolicy -update"
	for key, phases := range seen {
		for phase := range phases {
			assert.True(t, recorded[key][phase], "%s is called during %s, and the policy does not know: %s", key, phase, renew)
		}
	}
	for key, phases := range recorded {
		for phase := range phases {
			assert.True(t, seen[key][phase], "%s is not called during %s any more: %s", key, phase, renew)
		}
	}
}

// live takes a stack through its life: preview, up, an up without changes, a refresh, updates there and back, destroy.
func live(t *testing.T, env *sandboxtest.Env, name string, seen evidence) {
	t.Helper()
	var edit edition
	stack := env.Deploy(t, func(ctx *pulumi.Context) error { return edit.deploy(ctx) },
		sandboxtest.Options{Stack: name, Project: "bulwark", Region: "eu-west-1", Config: settings(t, name)})
	during := func(phase deploypolicy.Phase, do func()) {
		require.NoError(t, env.Admin.ClearCalls(t.Context()))
		do()
		for _, call := range env.Calls(t, "", "") {
			seen.add(call.Service, call.Operation, phase)
		}
	}
	up := func() { stack.Up(t) }
	during(deploypolicy.Preview, func() { stack.Preview(t) })
	during(deploypolicy.Up, up)
	during(deploypolicy.Unchanged, func() { stack.UpUnchanged(t) })
	during(deploypolicy.Refresh, func() { stack.RefreshUnchanged(t) })
	for _, edit = range editions() {
		during(deploypolicy.Update, up)
	}
	during(deploypolicy.Destroy, func() { stack.Destroy(t) })
}

// settings are those of a stack's file.
func settings(t *testing.T, stack string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "Pulumi."+stack+".yaml"))
	require.NoError(t, err)
	var file struct{ Config map[string]any }
	require.NoError(t, yaml.Unmarshal(raw, &file))
	found := map[string]string{}
	for key, value := range file.Config {
		if list, ok := value.([]any); ok {
			raw, err := json.Marshal(list)
			require.NoError(t, err)
			found[key] = string(raw)
			continue
		}
		found[key] = fmt.Sprint(value)
	}
	return found
}

// evidence is in which phases each call was seen.
type evidence map[string]map[deploypolicy.Phase]bool

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
	require.NoError(t, os.WriteFile("calls.json", deploypolicy.FormatCalls(e.calls()), 0o644))
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
