package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/semver"
)

// goInfo is the Go toolchain that builds the tools.
type goInfo struct {
	Program     string
	Version     string `json:"GOVERSION"`
	OS          string `json:"GOOS"`
	Arch        string `json:"GOARCH"`
	BuildCache  string `json:"GOCACHE"`
	ModuleCache string `json:"GOMODCACHE"`
}

// goFlags are the flags of every build: reproducible from the modules alone, whatever GOFLAGS the user has.
const goFlags = "-trimpath -buildvcs=false -mod=readonly"

// findGo asks go for its version and folders. Inside sandbox/engine, so that a toolchain line in go.mod counts.
func findGo(ctx context.Context, s System, c Checkout) (goInfo, error) {
	program, err := s.LookPath("go")
	if err != nil {
		return goInfo{}, &Problem{
			Kind: KindMissing, Err: err,
			What: "no go command in PATH",
			Fix:  []string{"install Go " + requiredGo(c) + " or newer: https://go.dev/dl"},
		}
	}
	out, err := s.output(ctx, Command{
		Name: program,
		Args: []string{"env", "-json", "GOVERSION", "GOOS", "GOARCH", "GOCACHE", "GOMODCACHE"},
		Dir:  filepath.Join(c.Root, "sandbox", "engine"),
		Env:  goEnvironment(s),
	})
	info := goInfo{Program: program}
	if err == nil {
		err = json.Unmarshal([]byte(out), &info)
	}
	if err != nil {
		return goInfo{}, &Problem{
			Kind: KindMissing, Err: err,
			What: fmt.Sprintf("%s does not work: %v", program, err),
			Fix:  []string{"install Go " + requiredGo(c) + " or newer: https://go.dev/dl"},
		}
	}
	if want := requiredGo(c); want != "" && semver.Compare(goSemver(info.Version), goSemver(want)) < 0 {
		return goInfo{}, &Problem{
			Kind: KindMissing,
			What: fmt.Sprintf("%s is %s, and go.mod asks for %s or newer", program, info.Version, want),
			Fix:  []string{"install Go " + want + " or newer: https://go.dev/dl", "or let go fetch it: unset GOTOOLCHAIN"},
		}
	}
	return info, nil
}

// requiredGo is the go line of the checkout's go.mod, or "" when it cannot be read.
func requiredGo(c Checkout) string {
	raw, err := os.ReadFile(filepath.Join(c.Root, "go.mod"))
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if version, ok := strings.CutPrefix(line, "go "); ok {
			return strings.TrimSpace(version)
		}
	}
	return ""
}

// goSemver turns "go1.26.8" or "1.26" into what package semver compares; release candidates count as the release.
func goSemver(version string) string {
	version, _, _ = strings.Cut(strings.TrimPrefix(version, "go"), " ")
	for i, r := range version {
		if r != '.' && (r < '0' || r > '9') {
			version = version[:i]
			break
		}
	}
	return "v" + version
}

// goEnvironment is the user's environment with the settings that would change a build taken out.
func goEnvironment(s System) []string {
	var env []string
	for _, entry := range s.Environ() {
		switch name, _, _ := strings.Cut(entry, "="); name {
		case "GOFLAGS", "GOWORK", "GOOS", "GOARCH", "GOEXPERIMENT":
		default:
			env = append(env, entry)
		}
	}
	env = append(env, "GOFLAGS="+goFlags, "GOWORK=off")
	if s.env("GOGC") == "" {
		// Compiling a quarter faster for memory that is free at the time.
		env = append(env, "GOGC=400")
	}
	return env
}
