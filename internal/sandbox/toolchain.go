package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// ProviderKind says where the AWS provider comes from.
type ProviderKind string

// The kinds of provider. ProviderAuto takes the official plugin when it is installed or can be downloaded, else the one
// built from source; once one is there, it stays.
const (
	ProviderAuto     ProviderKind = "auto"
	ProviderOfficial ProviderKind = "official"
	ProviderSource   ProviderKind = "source"
)

// ProviderKinds are the accepted values, for help texts.
var ProviderKinds = []ProviderKind{ProviderAuto, ProviderOfficial, ProviderSource}

// ParseProviderKind turns a flag's text into a kind; the error names the accepted ones.
func ParseProviderKind(text string) (ProviderKind, error) {
	for _, kind := range ProviderKinds {
		if text == string(kind) {
			return kind, nil
		}
	}
	return "", &Problem{
		Kind: KindUsage,
		What: fmt.Sprintf("unknown provider %q", text),
		Fix: []string{
			"auto: the official plugin when it is installed or can be downloaded, else the one from source",
			"official: the official plugin only",
			"source: built from checksummed Go modules",
		},
	}
}

// Toolchain is everything that a deployment in the sandbox runs on. All paths are absolute.
type Toolchain struct {
	Engine          string       `json:"engine"`
	EngineVersion   string       `json:"engineVersion"`
	Provider        string       `json:"provider"`
	ProviderVersion string       `json:"providerVersion"`
	ProviderKind    ProviderKind `json:"providerKind"`
	// Python is the interpreter of the emulator's own virtual environment.
	Python string `json:"python"`
	// Moto is the version of moto in it.
	Moto string `json:"moto"`
}

// ToolchainOptions say where to look and whom to tell.
type ToolchainOptions struct {
	Checkout Checkout
	// Provider defaults to ProviderAuto.
	Provider ProviderKind
	// NoEmulator leaves the Python environment out: AWS is somewhere else.
	NoEmulator bool
	// System defaults to the machine.
	System System
	// Report receives progress; nil drops it.
	Report Reporter
}

func (o ToolchainOptions) withDefaults() ToolchainOptions {
	if o.Provider == "" {
		o.Provider = ProviderAuto
	}
	if o.System.Run == nil {
		o.System = RealSystem()
	}
	return o
}

// tools is one call of EnsureToolchain or FindToolchain.
type tools struct {
	ToolchainOptions
	cache Cache
	gov   goInfo
}

// EnsureToolchain finds the engine, the provider and the emulator's Python environment, and makes what is missing.
// It is safe to call from several processes at once: the second waits for the first. A build that fails or is
// interrupted leaves whatever worked before untouched.
func EnsureToolchain(ctx context.Context, o ToolchainOptions) (Toolchain, error) {
	t, err := newTools(ctx, o)
	if err != nil {
		return Toolchain{}, err
	}
	if err := t.checkDisk(ctx); err != nil {
		return Toolchain{}, err
	}
	var tc Toolchain
	// Installing Python packages waits for the network and the disk, building Go programs for the processor: side by
	// side. Engine and provider would only take each other's memory (3 GB and more each), so one after the other.
	// Neither stops the other when it fails: what is done is done, and both failures are told at once.
	var pythonErr, goErr error
	var wait sync.WaitGroup
	wait.Go(func() {
		if !o.NoEmulator {
			tc.Python, pythonErr = t.ensurePython(ctx)
		}
	})
	wait.Go(func() {
		if tc.Engine, tc.EngineVersion, goErr = t.ensureEngine(ctx); goErr == nil {
			tc.Provider, tc.ProviderKind, goErr = t.ensureProvider(ctx, tc.Engine)
		}
	})
	wait.Wait()
	if ctx.Err() != nil {
		return Toolchain{}, ctx.Err()
	}
	if err := errors.Join(goErr, pythonErr); err != nil {
		return Toolchain{}, err
	}
	tc.ProviderVersion = providerVersion
	tc.Moto = t.motoVersion()
	return tc, nil
}

// FindToolchain is EnsureToolchain without making anything: what is missing is an error that names the command that
// makes it. Tests use it, so that a test run never turns into a build.
func FindToolchain(ctx context.Context, o ToolchainOptions) (Toolchain, error) {
	t, err := newTools(ctx, o)
	if err != nil {
		return Toolchain{}, err
	}
	var tc Toolchain
	var missing Problems
	note := func(what string) {
		missing = append(missing, &Problem{
			Kind: KindMissing, What: what, Fix: []string{"run `make toolchain`"},
		})
	}
	var ok bool
	if tc.Engine, tc.EngineVersion, ok = t.findEngine(ctx); !ok {
		note("the Pulumi engine is not built yet")
	}
	if tc.Provider, tc.ProviderKind, ok = t.findProvider(); !ok {
		note("the AWS provider (" + string(t.ToolchainOptions.Provider) + ") is not there yet")
	}
	if tc.Python, ok = t.findVenv(); !ok && !o.NoEmulator {
		note("the emulator's Python environment is not installed yet")
	}
	tc.ProviderVersion = providerVersion
	tc.Moto = t.motoVersion()
	return tc, missing.asError()
}

func newTools(ctx context.Context, o ToolchainOptions) (*tools, error) {
	o = o.withDefaults()
	cache, err := FindCache(o.System)
	if err != nil {
		return nil, err
	}
	gov, err := findGo(ctx, o.System, o.Checkout)
	if err != nil {
		return nil, err
	}
	return &tools{ToolchainOptions: o, cache: cache, gov: gov}, nil
}

// logged runs a command with its output in a log file of the cache, and returns the end of that output when it fails.
// Each line goes to detail too, if that is not nil.
func (t *tools) logged(ctx context.Context, tool string, c Command, detail func(string)) (said string, err error) {
	path := t.cache.log(tool)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	log, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer log.Close()
	var out io.Writer = log
	if detail != nil {
		out = io.MultiWriter(log, &lineWriter{line: detail})
	}
	c.Stdout, c.Stderr = out, out
	if err := t.System.Run(ctx, c); err != nil {
		raw, _ := os.ReadFile(path)
		return string(raw), err
	}
	return "", nil
}

// buildProblem is what a tool's failure to build looks like; a full disk gets its own remedy.
func (t *tools) buildProblem(what, tool, said string, err error) *Problem {
	p := &Problem{
		Kind: KindBuild, Err: err,
		What:   fmt.Sprintf("%s failed (%v)", what, err),
		Detail: lastLines(said, 8),
		Fix:    []string{"the whole output is in " + t.cache.log(tool)},
	}
	if strings.Contains(said, "no space left on device") {
		p.Kind = KindMissing
		p.Fix = append(p.Fix, fmt.Sprintf("free disk space: builds write to %s, %s and %s", t.cache.Root, t.gov.BuildCache, os.TempDir()))
	}
	return p
}

// lineWriter calls line for each complete line.
type lineWriter struct {
	line func(string)
	rest string
}

func (w *lineWriter) Write(p []byte) (int, error) {
	w.rest += string(p)
	for {
		line, rest, ok := strings.Cut(w.rest, "\n")
		if !ok {
			return len(p), nil
		}
		w.rest = rest
		if line = strings.TrimSpace(line); line != "" {
			w.line(line)
		}
	}
}

// hashKey is the folder name of a tool that was made of these inputs.
func hashKey(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// hashFiles hashes the text of files, in the order given.
func hashFiles(paths ...string) (string, error) {
	h := sha256.New()
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%d:", len(raw))
		h.Write(raw)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hashTree hashes the names and the text of all files of a module that go into its build: no tests, no vendored copies
// of what go.sum already pins, nothing hidden.
func hashTree(root string) (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (name == "vendor" || name == "testdata" || strings.HasPrefix(name, ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "_test.go") || !d.Type().IsRegular() {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s:%d:", filepath.ToSlash(rel), len(raw))
		h.Write(raw)
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), err
}
