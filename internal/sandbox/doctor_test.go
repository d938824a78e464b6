package sandbox

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// outcomes are the checks by name: state and text.
func outcomes(checks []Check) map[string]string {
	all := map[string]string{}
	for _, c := range checks {
		all[c.Name] = string(c.State) + ": " + c.Text
	}
	return all
}

func TestDoctorOnAnEmptyMachine(t *testing.T) {
	b := newBench(t)
	delete(b.machine.programs, "make")
	got := outcomes(b.Doctor(t.Context(), ProviderAuto))
	for name, want := range map[string]string{
		"go":       "ok: go1.26.8, /usr/bin/go",
		"git":      "ok: /usr/bin/git",
		"make":     "warn: not in PATH",
		"disk":     "ok: 8.6 GB needed for what has to be built, and free",
		"engine":   "todo: no pulumi v3.259.0 or newer in PATH: it will be built from source, in " + engineBuild.String(),
		"provider": "todo: the AWS provider will be downloaded or, where that is not possible, built from source in " + providerBuild.String(),
		"python":   "todo: /usr/bin/python3.12 is 3.12.1; moto will be installed for it",
	} {
		assert.Equal(t, want, got[name])
	}
	assert.Regexp(t, `^ok: 2\d{4}, or a free one$`, got["port"])
	assert.NotContains(t, got, "endpoint")
	assert.Equal(t, "todo: the official AWS provider will be downloaded", outcomes(b.Doctor(t.Context(), ProviderOfficial))["provider"])
	assert.Equal(t, "todo: the AWS provider will be built from source, in "+providerBuild.String(), outcomes(b.Doctor(t.Context(), ProviderSource))["provider"])
	assert.Zero(t, b.machine.count("go build")+b.machine.count("python3.12 -m"), "it makes nothing")
}

func TestDoctorWhenEverythingIsThere(t *testing.T) {
	b := newBench(t)
	b.machine.withVenv()
	tools, err := EnsureToolchain(t.Context(), b.toolchainOptions(ProviderSource, target{embedded: true}))
	require.NoError(t, err)
	b.mustUp(t, "dev")
	got := outcomes(b.Doctor(t.Context(), ProviderSource))
	assert.Equal(t, "ok: nothing has to be built", got["disk"])
	assert.Equal(t, "ok: pulumi v3.259.0, "+tools.Engine, got["engine"])
	assert.Equal(t, "ok: source AWS provider v6.83.2, "+tools.Provider, got["provider"])
	assert.Equal(t, "ok: moto 5.2.5, "+tools.Python, got["python"])
	assert.Regexp(t, `^ok: \d+, the emulator runs there$`, got["port"])
}

// TestPreflightTellsEverythingAtOnce: up stops before it begins, with all that is missing.
func TestPreflightTellsEverythingAtOnce(t *testing.T) {
	b := newBench(t)
	b.machine.free = map[string]uint64{"/": 0, b.machine.vars["BULWARK_CACHE"]: 0}
	delete(b.machine.programs, "python3.12")
	b.machine.vars["BULWARK_PORT"] = "x"
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.Equal(t, KindMissing, KindOf(err))
	for _, want := range []string{"not enough disk space in " + b.machine.vars["BULWARK_CACHE"], "no Python in PATH", `BULWARK_PORT is "x"`} {
		assert.Equal(t, 1, strings.Count(err.Error(), want), "%q in\n%s", want, err)
	}
	assert.Equal(t, 2, strings.Count(err.Error(), "or use another disk"), "a remedy for each disk, and each once:\n%s", err)
	assert.Zero(t, b.emulators.started)

	failed := 0
	for _, c := range b.Doctor(t.Context(), ProviderAuto) {
		if c.State == CheckFailed {
			failed++
			assert.NotEmpty(t, c.Fix, c.Name)
			assert.NotContains(t, c.Text, "->", "remedies stand by themselves")
		}
	}
	assert.Equal(t, 3, failed)
}

func TestDoctorWithoutGo(t *testing.T) {
	b := newBench(t)
	delete(b.machine.programs, "go")
	got := outcomes(b.Doctor(t.Context(), ProviderAuto))
	assert.Equal(t, "failed: no go command in PATH", got["go"])
	assert.Contains(t, got["python"], "todo: ", "what needs no Go is checked all the same")
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.ErrorContains(t, err, "install Go 1.26.6 or newer: https://go.dev/dl")
}

func TestDoctorOfAnEndpointOfTheUsers(t *testing.T) {
	b := newBench(t)
	delete(b.machine.programs, "python3.12")
	b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:4566"
	got := outcomes(b.Doctor(t.Context(), ProviderAuto))
	assert.Equal(t, "ok: http://localhost:4566, from AWS_ENDPOINT_URL; no emulator is started", got["endpoint"])
	assert.NotContains(t, got, "python", "nobody needs it")
	assert.NotContains(t, got, "port")

	b.emulators.silent = map[string]bool{"http://localhost:4566": true}
	assert.Contains(t, outcomes(b.Doctor(t.Context(), ProviderAuto))["endpoint"], "failed: nothing answers at http://localhost:4566")
	b.machine.vars["AWS_ENDPOINT_URL"] = "4566"
	assert.Contains(t, outcomes(b.Doctor(t.Context(), ProviderAuto))["endpoint"], `failed: AWS_ENDPOINT_URL is "4566"`)
}
