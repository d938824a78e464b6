package sandbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/semver"
)

const (
	// engineVersion is what sandbox/engine/go.mod pins.
	engineVersion = "v3.259.0"
	// engineMinimum is the oldest engine on PATH that is taken: it accepts a policy pack as an executable and has the
	// event stream that the Automation API reads.
	engineMinimum = "v3.259.0"

	enginePackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
	engineLDFlags = "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=" + engineVersion
)

// ensureEngine returns a pulumi command that is new enough: the one on PATH, else the one built from source.
func (t *tools) ensureEngine(ctx context.Context) (path, version string, err error) {
	err = t.Report.step("engine", "looking for pulumi "+engineMinimum+" or newer", func(detail func(string)) (outcome, error) {
		var ok bool
		if path, version, ok = t.findEngine(ctx); ok {
			return skipped("pulumi %s", version), nil
		}
		path, version = t.enginePath(), engineVersion
		return done("pulumi %s, built from source", version), t.buildEngine(ctx, detail)
	})
	return path, version, err
}

// findEngine looks on PATH and into the cache.
func (t *tools) findEngine(ctx context.Context) (path, version string, ok bool) {
	if path, err := t.System.LookPath("pulumi"); err == nil {
		out, err := t.System.output(ctx, Command{
			Name: path, Args: []string{"version"},
			Env: append(t.System.Environ(), "PULUMI_SKIP_UPDATE_CHECK=true"),
		})
		version := strings.TrimSpace(out)
		if err == nil && semver.IsValid(version) && semver.Major(version) == "v3" && semver.Compare(version, engineMinimum) >= 0 {
			return path, version, true
		}
	}
	if built := t.enginePath(); built != "" && isFile(built) {
		return built, engineVersion, true
	}
	return "", "", false
}

// enginePath is where the built engine belongs; empty when sandbox/engine is incomplete.
func (t *tools) enginePath() string {
	dir := filepath.Join(t.Checkout.Root, "sandbox", "engine")
	sum, err := hashFiles(filepath.Join(dir, "go.mod"), filepath.Join(dir, "go.sum"))
	if err != nil {
		return ""
	}
	key := hashKey(sum, t.gov.Version, t.gov.OS, t.gov.Arch, goFlags, engineLDFlags)
	return filepath.Join(t.cache.Root, "engine", key, "bin", "pulumi")
}

func (t *tools) buildEngine(ctx context.Context, detail func(string)) error {
	target := t.enginePath()
	if target == "" {
		return &Problem{
			Kind: KindBuild,
			What: "sandbox/engine has no go.mod and go.sum: the checkout is not complete",
			Fix:  []string{"git checkout -- sandbox/engine"},
		}
	}
	lock, err := waitLock(ctx, t.cache.lock("engine"), "building the engine", detail)
	if err != nil {
		return err
	}
	defer lock.Release()
	if isFile(target) { // whoever had the lock has built it
		return nil
	}
	bin := filepath.Dir(target)
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	// Built beside its place and renamed: a build that is cut off never looks finished.
	part := filepath.Join(bin, fmt.Sprintf(".pulumi-%d", os.Getpid()))
	defer os.Remove(part)
	detail(fmt.Sprintf("building pulumi %s from source (%s)", engineVersion, engineBuild))
	packages := 0
	said, err := t.logged(ctx, "engine", Command{
		Name: t.gov.Program,
		Args: []string{"build", "-v", "-ldflags", engineLDFlags, "-o", part, enginePackage},
		Dir:  filepath.Join(t.Checkout.Root, "sandbox", "engine"),
		Env:  goEnvironment(t.System),
	}, func(line string) {
		// -v prints a line a package.
		packages++
		detail(fmt.Sprintf("building pulumi %s from source: %d packages, %s", engineVersion, packages, line))
	})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return t.buildProblem("building the Pulumi engine from sandbox/engine", "engine", said, err)
	}
	return os.Rename(part, target)
}
