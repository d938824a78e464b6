package sandbox

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUpDeploysAndSaysWhereToLook(t *testing.T) {
	b := newBench(t)
	result := b.mustUp(t, "dev")

	assert.Equal(t, 2, result.Created)
	assert.Equal(t, 2, result.Total)
	assert.Len(t, result.Changes, 2, "the stack itself is not shown")
	assert.Equal(t, b.emulators.running.Endpoint, result.Endpoint)
	assert.True(t, result.Embedded)
	assert.Equal(t, "eu-west-1", result.Region)
	assert.Equal(t, b.state(ProviderSource).dir, result.Paths.State)

	env := b.engine.opened[0].Env
	assert.Equal(t, result.Endpoint, env["AWS_ENDPOINT_URL"])
	assert.Equal(t, "25", env["BULWARK_PACE"])
	assert.Equal(t, "eu-west-1", env["AWS_REGION"])

	b.mustUp(t, "prod")
	assert.Equal(t, 1, b.emulators.started, "the second up finds the emulator")
	assert.Equal(t, "eu-central-1", b.engine.opened[1].Env["AWS_REGION"])
}

func TestUpRefusesAnUnknownStack(t *testing.T) {
	b := newBench(t)
	for name, want := range map[string]string{
		"dve":     "did you mean dev? There are: dev, prod",
		"staging": "use one of dev, prod, or write Pulumi.staging.yaml",
	} {
		_, err := b.Up(t.Context(), UpOptions{Stack: name})
		assert.Equal(t, KindUsage, KindOf(err))
		assert.ErrorContains(t, err, "there is no Pulumi."+name+".yaml")
		assert.ErrorContains(t, err, want)
	}
	assert.Zero(t, b.emulators.started)
}

func TestUpStartsAfreshWhenTheEmulatorIsAnotherOne(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	first := b.state(ProviderSource).stackFile("bulwark", "dev")
	require.FileExists(t, first)

	b.emulators.running = nil // killed
	b.engine.up = func(StackOptions) (Outcome, error) {
		assert.NoFileExists(t, first, "the state of the old world must be gone before the engine runs")
		return Outcome{}, nil
	}
	b.mustUp(t, "dev")
	assert.Equal(t, 2, b.emulators.started)
	assert.Contains(t, b.events.notices(), "its world is empty: the sandbox's state of dev starts afresh")
}

func TestUpStartsAfreshWhenTheProviderChanges(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev", Provider: ProviderOfficial})
	require.NoError(t, err)
	assert.Equal(t, 1, b.emulators.resets)
	assert.Contains(t, b.events.notices(), "deployed with the source provider")
	assert.FileExists(t, b.state(ProviderOfficial).stackFile("bulwark", "dev"))
	assert.NoFileExists(t, b.state(ProviderSource).stackFile("bulwark", "dev"))
}

func TestUpKeepsToTheProviderOfTheWorld(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	b.kind = ProviderOfficial // what auto would choose now
	b.mustUp(t, "dev")
	assert.Zero(t, b.emulators.resets)
	assert.NoDirExists(t, b.state(ProviderOfficial).dir)
}

func TestUpRecoversFromAKilledEngine(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	require.NoError(t, writeState(b.state(ProviderSource), "dev", false, []string{"urn:9"}))
	writeLock(t, b.state(ProviderSource), "dev", 4242)
	b.engine.did = nil

	b.mustUp(t, "dev")
	assert.Equal(t, []string{"cancel dev", "refresh dev clear=true", "up dev"}, b.engine.did)
	assert.Contains(t, b.events.notices(), "its lock on stack dev is removed")
	assert.Contains(t, b.events.notices(), "1 operation under way")
}

func TestUpWaitsForAnEngineThatIsStillAtWork(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	writeLock(t, b.state(ProviderSource), "dev", 4242)
	b.machine.processes[4242] = "/tools/pulumi up"
	asked := 0
	b.System.CommandLine = func(pid int) string {
		if asked++; asked > 3 {
			return "" // it has ended
		}
		return b.machine.processes[pid]
	}
	b.mustUp(t, "dev")
	assert.Contains(t, b.events.notices(), "still at work on stack dev (process 4242)")

	writeLock(t, b.state(ProviderSource), "dev", 4242)
	b.System.CommandLine = func(pid int) string {
		b.machine.now = b.machine.now.Add(time.Minute) // it never ends
		return b.machine.processes[pid]
	}
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.Equal(t, KindBusy, KindOf(err))
	assert.ErrorContains(t, err, "kill 4242")
}

func TestUpStartsAfreshWhenAKilledEngineMadeSomethingUnnoted(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	require.NoError(t, writeState(b.state(ProviderSource), "dev", false, []string{"urn:9"}))
	runs := 0
	b.engine.up = func(o StackOptions) (Outcome, error) {
		if runs++; runs == 1 {
			return Outcome{Failures: []Failure{{URN: "urn:9", Message: "creating S3 Bucket: BucketAlreadyOwnedByYou"}}}, errors.New("failed")
		}
		return Outcome{}, writeState(backend{backendDir(o.Env)}, o.Name, false, nil)
	}
	b.mustUp(t, "dev")
	assert.Equal(t, 2, runs)
	assert.Equal(t, 1, b.emulators.resets)
	assert.Contains(t, b.events.notices(), "starts afresh")

	// A name that is taken by somebody else is an error as any other.
	runs = 0
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.Error(t, err)
	assert.Equal(t, 1, b.emulators.resets)
}

func TestASecondUpIsTurnedAway(t *testing.T) {
	b := newBench(t)
	var second error
	b.engine.hold = func() {
		b.engine.hold = nil
		_, second = b.Up(context.Background(), UpOptions{Stack: "prod"})
	}
	b.mustUp(t, "dev")
	assert.Equal(t, KindBusy, KindOf(second))
	assert.ErrorContains(t, second, "another `bulwark up` is at work in this checkout")
	assert.NotContains(t, second.Error(), "\n\n")
	b.mustUp(t, "prod") // the lock is free again
}

func TestUpWithAnEndpointOfTheUsers(t *testing.T) {
	b := newBench(t)
	b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:4566"
	result := b.mustUp(t, "dev")
	assert.Zero(t, b.emulators.started)
	assert.False(t, result.Embedded)
	assert.Contains(t, result.Paths.State, "localhost-4566-")
	env := b.engine.opened[0].Env
	assert.Equal(t, "http://localhost:4566", env["AWS_ENDPOINT_URL"])
	assert.NotContains(t, env, "BULWARK_PACE")
	assert.NotContains(t, env, "HTTP_PROXY")
	stack, err := os.ReadFile(filepath.Join(b.engine.opened[0].WorkDir, "Pulumi.dev.yaml"))
	require.NoError(t, err)
	assert.Contains(t, string(stack), `aws:s3UsePathStyle: "true"`)

	// Whatever happens, its state is kept: a failing deployment, a killed engine, another endpoint.
	state := filepath.Join(result.Paths.State, ".pulumi", "stacks", "bulwark", "dev.json")
	b.engine.up = func(StackOptions) (Outcome, error) {
		return Outcome{Failures: []Failure{{URN: "urn:9", Message: "BucketAlreadyOwnedByYou"}}}, errors.New("failed")
	}
	require.NoError(t, writeState(backend{result.Paths.State}, "dev", false, []string{"urn:9"}))
	_, err = b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.Error(t, err)
	assert.FileExists(t, state)

	b.engine.up = nil
	b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:5000"
	other := b.mustUp(t, "dev")
	assert.NotEqual(t, result.Paths.State, other.Paths.State)
	delete(b.machine.vars, "AWS_ENDPOINT_URL")
	b.mustUp(t, "dev")
	assert.FileExists(t, state)

	b.machine.vars["AWS_ENDPOINT_URL"] = "localhost:4566"
	_, err = b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.Equal(t, KindUsage, KindOf(err))
	assert.ErrorContains(t, err, "http://host:port")
}

func TestUpPorts(t *testing.T) {
	t.Run("the usual one", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "dev")
		assert.Equal(t, []int{b.Checkout.preferredPort()}, b.emulators.ports)
	})
	t.Run("a free one when the usual is taken", func(t *testing.T) {
		b := newBench(t)
		b.machine.taken[b.Checkout.preferredPort()] = true
		b.mustUp(t, "dev")
		assert.Equal(t, []int{0}, b.emulators.ports)
	})
	t.Run("a free one when somebody is quicker", func(t *testing.T) {
		b := newBench(t)
		b.emulators.taken[b.Checkout.preferredPort()] = true
		b.mustUp(t, "dev")
		assert.Equal(t, []int{b.Checkout.preferredPort(), 0}, b.emulators.ports)
	})
	t.Run("the fixed one or none", func(t *testing.T) {
		b := newBench(t)
		b.machine.vars["BULWARK_PORT"] = "4566"
		b.machine.taken[4566] = true
		_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
		assert.Equal(t, KindMissing, KindOf(err))
		assert.ErrorContains(t, err, "port 4566 of 127.0.0.1 is taken")
		assert.Empty(t, b.emulators.ports)
		delete(b.machine.taken, 4566)
		b.mustUp(t, "dev")
		assert.Equal(t, []int{4566}, b.emulators.ports)
	})
	t.Run("one that is no port", func(t *testing.T) {
		b := newBench(t)
		b.machine.vars["BULWARK_PORT"] = "http"
		_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
		assert.ErrorContains(t, err, `BULWARK_PORT is "http"`)
	})
}

func TestUpNamesWhatIsNotEmulated(t *testing.T) {
	b := newBench(t)
	groups := Unemulated{Service: "xray", Operation: "GetGroups", Count: 2}
	b.engine.hold = func() { b.emulators.lacking = []Unemulated{groups} }
	assert.Equal(t, []Unemulated{groups}, b.mustUp(t, "dev").Unemulated)

	b.engine.hold = nil
	assert.Empty(t, b.mustUp(t, "dev").Unemulated, "what an earlier run asked for is not of interest")

	b.engine.up = func(StackOptions) (Outcome, error) {
		b.emulators.lacking = []Unemulated{{Service: "xray", Operation: "GetGroups", Count: 3}}
		return Outcome{}, &Problem{Kind: KindDeploy, What: "deploying stack dev failed"}
	}
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.ErrorContains(t, err, b.Checkout.EngineLog())
	assert.Contains(t, b.events.notices(), "not emulated: xray:GetGroups (asked 1 time)")
}

func TestUpNamesWhatAWSRefuses(t *testing.T) {
	b := newBench(t)
	call := Refused{
		Service: "wafv2", Operation: "CreateWebACL", Code: "ValidationException",
		Violations: []Violation{{Member: "Scope", Kind: "required", Constraint: "Member must not be null"}, {Member: "Name", Constraint: "too long"}},
	}
	b.engine.hold = func() { b.emulators.broken = append(b.emulators.broken, call) }
	b.mustUp(t, "dev")
	want := "AWS's model of the operation refuses wafv2:CreateWebACL (ValidationException): Scope: Member must not be null; Name: too long"
	assert.Contains(t, b.events.notices(), want)

	b.engine.hold, b.events.events = nil, nil
	b.mustUp(t, "dev")
	assert.NotContains(t, b.events.notices(), "AWS's model", "what an earlier run asked for is not of interest")
}

func TestDown(t *testing.T) {
	t.Run("the last stack takes the emulator with it", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "dev")
		result, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
		require.NoError(t, err)
		assert.Equal(t, 2, result.Deleted)
		assert.True(t, result.Stopped)
		assert.Equal(t, 1, b.emulators.stopped)
		assert.NoDirExists(t, filepath.Join(b.Checkout.Dir(), "state"))
		assert.NoFileExists(t, b.Checkout.EmulatorRecord())
	})
	t.Run("others keep it", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "dev")
		b.mustUp(t, "prod")
		result, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
		require.NoError(t, err)
		assert.Equal(t, []string{"prod"}, result.Remaining)
		assert.False(t, result.Stopped)
		assert.Zero(t, b.emulators.stopped)
	})
	t.Run("nothing runs", func(t *testing.T) {
		b := newBench(t)
		result, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
		require.NoError(t, err)
		assert.Zero(t, result.Deleted)
		assert.Empty(t, b.engine.did)
	})
	t.Run("the emulator was killed", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "prod")
		b.emulators.running = nil
		result, err := b.Down(t.Context(), DownOptions{Stack: "prod"})
		require.NoError(t, err)
		assert.Equal(t, []string{"prod"}, result.Discarded)
		assert.Contains(t, b.events.notices(), "ended with it")
	})
	t.Run("unknown stack", func(t *testing.T) {
		b := newBench(t)
		_, err := b.Down(t.Context(), DownOptions{Stack: "prd"})
		assert.ErrorContains(t, err, "did you mean prod?")
	})
	t.Run("an engine was killed", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "dev")
		writeLock(t, b.state(ProviderSource), "dev", 4242)
		b.engine.did = nil
		_, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
		require.NoError(t, err)
		assert.Equal(t, []string{"cancel dev", "destroy dev"}, b.engine.did)
	})
}

func TestDownProtectsPermanentStacks(t *testing.T) {
	t.Run("by what the stack file says", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "prod")
		b.engine.did = nil
		_, err := b.Down(t.Context(), DownOptions{Stack: "prod"})
		assert.Equal(t, KindRefused, KindOf(err))
		assert.ErrorContains(t, err, "stack prod is permanent")
		assert.ErrorContains(t, err, "bulwark down --stack prod --discard")
		assert.ErrorContains(t, err, "make down STACK=prod DISCARD=1")
		assert.ErrorContains(t, err, "set bulwark:lifecycle: disposable in Pulumi.prod.yaml")
		assert.Empty(t, b.engine.did)
		assert.Zero(t, b.emulators.stopped)
	})
	t.Run("by what was deployed", func(t *testing.T) {
		b := newBench(t)
		b.engine.protect = true
		b.mustUp(t, "dev")
		b.engine.did = nil
		_, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
		assert.Equal(t, KindRefused, KindOf(err))
		assert.ErrorContains(t, err, "2 of its resources are still protected")
		assert.Empty(t, b.engine.did)
	})
	t.Run("discard throws the embedded world away", func(t *testing.T) {
		b := newBench(t)
		b.mustUp(t, "dev")
		b.mustUp(t, "prod")
		result, err := b.Down(t.Context(), DownOptions{Stack: "prod", Discard: true})
		require.NoError(t, err)
		assert.Equal(t, []string{"dev", "prod"}, result.Discarded)
		assert.True(t, result.Stopped)
		assert.NotContains(t, b.engine.did, "destroy prod")
	})
	t.Run("and never somebody else's", func(t *testing.T) {
		b := newBench(t)
		b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:4566"
		b.mustUp(t, "prod")
		_, err := b.Down(t.Context(), DownOptions{Stack: "prod"})
		assert.Equal(t, KindRefused, KindOf(err))
		assert.NotContains(t, err.Error(), "discard")
		_, err = b.Down(t.Context(), DownOptions{Stack: "prod", Discard: true})
		assert.Equal(t, KindRefused, KindOf(err))
		assert.ErrorContains(t, err, "not the sandbox's to throw away")
	})
	t.Run("a disposable stack at the user's endpoint is destroyed", func(t *testing.T) {
		b := newBench(t)
		b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:4566"
		b.mustUp(t, "dev")
		result, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
		require.NoError(t, err)
		assert.Equal(t, 2, result.Deleted)
		assert.False(t, result.Stopped)
	})
}

func TestStatus(t *testing.T) {
	b := newBench(t)
	st, err := b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.False(t, st.Running)
	assert.Empty(t, st.Endpoint)
	assert.Empty(t, st.Stacks)
	assert.Equal(t, "eu-west-1", st.Region)
	assert.Equal(t, b.machine.vars["BULWARK_CACHE"], st.Paths.Cache)

	b.mustUp(t, "dev")
	b.mustUp(t, "prod")
	require.NoError(t, writeState(b.state(ProviderSource), "prod", true, []string{"urn:9"}))
	st, err = b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.True(t, st.Running)
	assert.Equal(t, b.emulators.running.Endpoint, st.Endpoint)
	assert.Equal(t, "world-1", st.Instance)
	assert.Equal(t, 1001, st.PID)
	assert.Equal(t, AccountID, st.Account)
	assert.Equal(t, []StackStatus{{Name: "dev", Resources: 2}, {Name: "prod", Resources: 2, Interrupted: true}}, st.Stacks)

	b.emulators.running = nil
	st, err = b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.False(t, st.Running)
	assert.Empty(t, st.Stacks, "what was deployed is gone with the emulator")
}
