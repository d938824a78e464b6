package sandbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseProviderKind(t *testing.T) {
	for _, kind := range ProviderKinds {
		got, err := ParseProviderKind(string(kind))
		require.NoError(t, err)
		assert.Equal(t, kind, got)
	}
	_, err := ParseProviderKind("")
	assert.Equal(t, KindUsage, KindOf(err))
	for _, kind := range ProviderKinds {
		assert.ErrorContains(t, err, "-> "+string(kind)+":")
	}
}

// TestToolKeys: a changed input makes a tool anew, and nothing else does.
func TestToolKeys(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*testing.T, *toolBench)
		want   string // of engine, provider, python: what is made anew
	}{
		"nothing": {func(*testing.T, *toolBench) {}, ""},
		"engine's requirements": {func(t *testing.T, b *toolBench) {
			b.write(t, "sandbox/engine/go.mod", "module engine\n\nrequire x v2\n")
		}, "engine "},
		"engine's checksums": {func(t *testing.T, b *toolBench) { b.write(t, "sandbox/engine/go.sum", "other\n") }, "engine "},
		"provider's requirements": {func(t *testing.T, b *toolBench) {
			b.write(t, "sandbox/awsprovider/go.mod", "module awsprovider\n\ngo 1.26\n")
		}, "provider "},
		"a source of the provider": {func(t *testing.T, b *toolBench) {
			b.write(t, "sandbox/awsprovider/internal/names/names.json", "{}")
		}, "provider "},
		"a test of the provider": {func(t *testing.T, b *toolBench) {
			b.write(t, "sandbox/awsprovider/names_test.go", "package names")
			b.write(t, "sandbox/awsprovider/testdata/x.json", "{}")
		}, ""},
		"vendored and hidden files": {func(t *testing.T, b *toolBench) {
			b.write(t, "sandbox/awsprovider/vendor/modules.txt", "x")
			b.write(t, "sandbox/awsprovider/.cache/x", "x")
		}, ""},
		"emulator's packages": {func(t *testing.T, b *toolBench) {
			b.write(t, "sandbox/emulator/requirements.txt", "moto[server]==5.2.6\n")
		}, "python "},
		"emulator's sources": {func(t *testing.T, b *toolBench) { b.write(t, "sandbox/emulator/bulwark_emulator/app.py", "x") }, ""},
		"the project":        {func(t *testing.T, b *toolBench) { b.write(t, "Pulumi.yaml", "name: other\n") }, ""},
		"the Go version":     {func(_ *testing.T, b *toolBench) { b.goVersion = "go1.27.0" }, "engine provider "},
		"the architecture":   {func(_ *testing.T, b *toolBench) { b.goArch = "arm64" }, "engine provider "},
		"what the user builds with": {func(_ *testing.T, b *toolBench) {
			b.vars["GOFLAGS"], b.vars["GOGC"], b.vars["LANG"] = "-race", "50", "de"
		}, ""},
		"another Python": {func(_ *testing.T, b *toolBench) { delete(b.programs, "python3.12") }, ""},
		"another cache":  {func(t *testing.T, b *toolBench) { b.vars["BULWARK_CACHE"] = t.TempDir() }, "engine provider python "},
	} {
		t.Run(name, func(t *testing.T) {
			b := newToolBench(t)
			before, err := EnsureToolchain(t.Context(), b.options)
			require.NoError(t, err)
			test.change(t, b)
			missing := ""
			tools := b.tools(t)
			if path, _, ok := tools.findEngine(t.Context()); !ok || path != before.Engine {
				missing += "engine "
			}
			if path, _, ok := tools.findProvider(); !ok || path != before.Provider {
				missing += "provider "
			}
			if path, ok := tools.findVenv(); !ok || path != before.Python {
				missing += "python "
			}
			assert.Equal(t, test.want, missing)
		})
	}
}

// TestHashTreeTellsFilesApart: moving text from one file to another, or renaming a file, is a change.
func TestHashTreeTellsFilesApart(t *testing.T) {
	seen := map[string]string{}
	for name, files := range map[string]map[string]string{
		"one file": {"a": "xy"}, "another name": {"b": "xy"}, "two files": {"a": "x", "b": "y"}, "text moved": {"a": "xy", "b": ""},
		"a folder": {"d/a": "xy"}, "none": {},
	} {
		root := t.TempDir()
		for path, text := range files {
			require.NoError(t, writeFile(filepath.Join(root, path), []byte(text)))
		}
		sum, err := hashTree(root)
		require.NoError(t, err)
		assert.Empty(t, seen[sum], "%s is the same as %s", name, seen[sum])
		seen[sum] = name
	}
	assert.NotEqual(t, hashKey("ab", "c"), hashKey("a", "bc"))
}

func TestEnsureToolchainMakesWhatIsMissing(t *testing.T) {
	b := newToolBench(t)
	tools, err := EnsureToolchain(t.Context(), b.options)
	require.NoError(t, err)
	assert.FileExists(t, tools.Engine)
	assert.FileExists(t, tools.Provider)
	assert.FileExists(t, tools.Python)
	assert.Equal(t, "v3.259.0", tools.EngineVersion)
	assert.Equal(t, "6.83.2", tools.ProviderVersion)
	assert.Equal(t, "5.2.5", tools.Moto)
	for _, step := range []string{"engine", "provider", "python"} {
		state, ok := b.events.ended(step)
		assert.True(t, ok && state == StepDone, step)
	}
	found, err := FindToolchain(t.Context(), b.options)
	require.NoError(t, err)
	assert.Equal(t, tools, found)

	builds := len(b.ran)
	again, err := EnsureToolchain(t.Context(), b.options)
	require.NoError(t, err)
	assert.Equal(t, tools, again)
	assert.Equal(t, 1, len(b.ran)-builds, "a second time only Go is asked for its version: %q", b.ran[builds:])
	for _, step := range []string{"engine", "provider", "python"} {
		state, _ := b.events.ended(step)
		assert.Equal(t, StepSkipped, state, step)
	}
}

func TestEnsureToolchainWithoutAnEmulator(t *testing.T) {
	b := newToolBench(t)
	delete(b.programs, "python3.12")
	b.options.NoEmulator = true
	tools, err := EnsureToolchain(t.Context(), b.options)
	require.NoError(t, err, "nobody needs Python for an endpoint of the user's")
	assert.Empty(t, tools.Python)
	_, err = FindToolchain(t.Context(), b.options)
	assert.NoError(t, err)
}

func TestFindToolchainMakesNothing(t *testing.T) {
	b := newToolBench(t)
	_, err := FindToolchain(t.Context(), b.options)
	assert.Equal(t, KindMissing, KindOf(err))
	for _, want := range []string{"engine is not built yet", "AWS provider (source) is not there yet", "Python environment is not installed yet", "run `make toolchain`"} {
		assert.ErrorContains(t, err, want)
	}
	assert.Zero(t, b.count("go build")+b.count("go run")+b.count("python"))
}

func TestEnsureToolchainTellsAllFailures(t *testing.T) {
	b := newToolBench(t)
	b.programs["go"] = b.goToolFailing("build", "package x: checksum mismatch\nSECURITY ERROR")
	b.programs["python"] = fails(1, "ERROR: no matching distribution found for moto")
	_, err := EnsureToolchain(t.Context(), b.options)
	assert.Equal(t, KindBuild, KindOf(err))
	assert.ErrorContains(t, err, "building the Pulumi engine from sandbox/engine failed")
	assert.ErrorContains(t, err, "    SECURITY ERROR", "the end of what the tool said")
	assert.ErrorContains(t, err, "the whole output is in "+filepath.Join(b.vars["BULWARK_CACHE"], "logs", "engine.log"))
	assert.ErrorContains(t, err, "installing sandbox/emulator/requirements.txt failed")
	assert.ErrorContains(t, err, "no matching distribution found")
	assert.ErrorContains(t, err, "let the machine reach a package index")
	assert.Zero(t, b.count("go run"), "without an engine no provider")

	// What is fixed goes on from there.
	b.programs["go"], b.programs["python"] = b.goTool, says("installed")
	_, err = EnsureToolchain(t.Context(), b.options)
	assert.NoError(t, err)
}

func TestEnsureToolchainKeepsWhatIsDone(t *testing.T) {
	b := newToolBench(t)
	b.programs["go"] = b.goToolFailing("run", "link: signal: killed")
	_, err := EnsureToolchain(t.Context(), b.options)
	assert.ErrorContains(t, err, "building the AWS provider from sandbox/awsprovider failed")
	b.programs["go"] = b.goTool
	_, err = EnsureToolchain(t.Context(), b.options)
	require.NoError(t, err)
	assert.Equal(t, 1, b.count("go build"), "the engine is not built twice")
	assert.Equal(t, 2, b.count("go run"))
	assert.Equal(t, 1, b.count("python -m pip"))
}

func TestEnsureToolchainOnAFullDisk(t *testing.T) {
	b := newToolBench(t)
	b.programs["go"] = b.goToolFailing("build", "write /cache/x.a: no space left on device")
	_, err := EnsureToolchain(t.Context(), b.options)
	assert.Equal(t, KindMissing, KindOf(err))
	assert.ErrorContains(t, err, "free disk space: builds write to "+b.vars["BULWARK_CACHE"]+", "+filepath.Join(b.vars["HOME"], "gocache"))
}

func TestEnsureToolchainInterrupted(t *testing.T) {
	b := newToolBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	b.programs["go"] = func(args []string, c Command) error {
		if args[0] == "build" {
			require.NoError(t, writeFile(flagValue(args, "-o"), []byte("half of it")))
			cancel()
			return ctx.Err()
		}
		return b.goTool(args, c)
	}
	_, err := EnsureToolchain(ctx, b.options)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = FindToolchain(t.Context(), b.options)
	assert.ErrorContains(t, err, "engine is not built yet", "half an engine is none")
	left, err := filepath.Glob(filepath.Join(b.vars["BULWARK_CACHE"], "engine", "*", "bin", "*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestBuildsWithoutTheirResult(t *testing.T) {
	b := newToolBench(t)
	b.programs["go"] = func(args []string, c Command) error {
		if args[0] == "run" {
			return nil
		}
		return b.goTool(args, c)
	}
	_, err := EnsureToolchain(t.Context(), b.options)
	assert.Equal(t, KindBuild, KindOf(err))
	assert.ErrorContains(t, err, "building the AWS provider made no ")
}

func TestToolsOfAnIncompleteCheckout(t *testing.T) {
	for path, want := range map[string]string{
		"sandbox/engine/go.sum":             "git checkout -- sandbox/engine",
		"sandbox/emulator/requirements.txt": "git checkout -- sandbox/emulator",
		"sandbox/awsprovider":               "git checkout -- sandbox/awsprovider",
	} {
		t.Run(path, func(t *testing.T) {
			b := newToolBench(t)
			require.NoError(t, os.RemoveAll(filepath.Join(b.options.Checkout.Root, path)))
			_, err := EnsureToolchain(t.Context(), b.options)
			assert.Equal(t, KindBuild, KindOf(err))
			assert.ErrorContains(t, err, want)
		})
	}
}

func TestMotoVersion(t *testing.T) {
	for text, want := range map[string]string{
		"moto[server]==5.2.5 \\\n    --hash=sha256:00\n": "5.2.5",
		"boto3==1.0\nmoto==6.0.0\n":                      "6.0.0",
		"moto==6.0.0; python_version > '3'\n":            "6.0.0",
		"moto==\n":                                       "",
		"moto-ext==1.0\n":                                "",
		"":                                               "",
	} {
		b := newToolBench(t)
		b.write(t, "sandbox/emulator/requirements.txt", text)
		assert.Equal(t, want, b.tools(t).motoVersion(), text)
	}
}

func TestLineWriter(t *testing.T) {
	var lines []string
	w := &lineWriter{line: func(line string) { lines = append(lines, line) }}
	for _, part := range []string{"first\nsec", "ond\r\n\n  \nthi", "rd"} {
		n, err := fmt.Fprint(w, part)
		require.NoError(t, err)
		assert.Equal(t, len(part), n)
	}
	assert.Equal(t, []string{"first", "second"}, lines, "complete lines only, and no empty ones")
}

// goToolFailing is goTool, but for one command that says something and fails.
func (m *fakeMachine) goToolFailing(command, said string) fakeProgram {
	return func(args []string, c Command) error {
		if args[0] != command {
			return m.goTool(args, c)
		}
		return fails(1, said)(args, c)
	}
}
