package sandbox

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFindGo(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*toolBench)
		want   string
	}{
		"new enough":     {func(*toolBench) {}, ""},
		"exactly":        {func(b *toolBench) { b.goVersion = "go1.26.6" }, ""},
		"a newer minor":  {func(b *toolBench) { b.goVersion = "go1.100.0" }, ""},
		"a vendor's own": {func(b *toolBench) { b.goVersion = "go1.27.1 X:nodwarf5" }, ""},
		"none":           {func(b *toolBench) { delete(b.programs, "go") }, "no go command in PATH\n  -> install Go 1.26.6 or newer: https://go.dev/dl"},
		"broken": {
			func(b *toolBench) { b.programs["go"] = fails(2, "go: cannot find GOROOT directory: /usr/lib/go") },
			"/usr/bin/go does not work: fake: exit status 2: go: cannot find GOROOT directory",
		},
		"one that says something else": {func(b *toolBench) { b.programs["go"] = says("board game") }, "/usr/bin/go does not work"},
		"too old": {
			func(b *toolBench) { b.goVersion = "go1.26.5" },
			"/usr/bin/go is go1.26.5, and go.mod asks for 1.26.6 or newer\n  -> install Go 1.26.6 or newer: https://go.dev/dl\n  -> or let go fetch it: unset GOTOOLCHAIN",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newToolBench(t)
			test.change(b)
			_, err := findGo(t.Context(), b.system(), b.options.Checkout)
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			assert.Equal(t, KindMissing, KindOf(err))
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestGoSemver(t *testing.T) {
	for version, want := range map[string]string{
		"go1.26.8": "v1.26.8", "1.26": "v1.26", "go1.27rc1": "v1.27", "go1.27.1 X:nodwarf5": "v1.27.1", "": "v", "devel": "v",
	} {
		assert.Equal(t, want, goSemver(version), version)
	}
}

// TestGoEnvironment: a build is the same whatever the user builds with.
func TestGoEnvironment(t *testing.T) {
	m := newMachine(t)
	m.vars["GOFLAGS"], m.vars["GOWORK"], m.vars["GOOS"], m.vars["GOARCH"], m.vars["GOEXPERIMENT"] = "-race", "/w/go.work", "plan9", "mips", "x"
	m.vars["GOPROXY"] = "https://proxy.example"
	env := map[string]string{}
	for _, entry := range goEnvironment(m.system()) {
		name, value, _ := strings.Cut(entry, "=")
		assert.NotContains(t, env, name, "set twice")
		env[name] = value
	}
	assert.Equal(t, "-trimpath -buildvcs=false -mod=readonly", env["GOFLAGS"])
	assert.Equal(t, "off", env["GOWORK"])
	assert.NotContains(t, env, "GOOS")
	assert.NotContains(t, env, "GOARCH")
	assert.NotContains(t, env, "GOEXPERIMENT")
	assert.Equal(t, "https://proxy.example", env["GOPROXY"], "where modules come from is the user's to say")
	assert.Equal(t, "400", env["GOGC"])
	m.vars["GOGC"] = "50"
	assert.Contains(t, goEnvironment(m.system()), "GOGC=50")
}
