package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	// providerVersion is the pulumi-aws version of root go.mod: the plugin that the program asks for.
	providerVersion = "6.83.2"
	providerBinary  = "pulumi-resource-aws"
	// downloadMemory is how long a failed download is remembered: a machine without a way out does not wait for the
	// clock at every run.
	downloadMemory = time.Hour
)

// ensureProvider returns the AWS provider of the kind that was asked for.
func (t *tools) ensureProvider(ctx context.Context, engine string) (path string, kind ProviderKind, err error) {
	err = t.Report.step("provider", "looking for the AWS provider", func(detail func(string)) (outcome, error) {
		var ok bool
		if path, kind, ok = t.findProvider(); ok {
			return skipped("AWS provider v%s (%s)", providerVersion, kind), nil
		}
		if t.ToolchainOptions.Provider != ProviderSource {
			if path, err = t.downloadProvider(ctx, engine, detail); err == nil {
				kind = ProviderOfficial
				return done("AWS provider v%s (official), downloaded", providerVersion), nil
			}
			if ctx.Err() != nil || t.ToolchainOptions.Provider == ProviderOfficial {
				return outcome{}, err
			}
			t.Report.Notef("%v; taking the AWS provider built from source", err)
		}
		path, kind = t.providerPath(), ProviderSource
		return done("AWS provider v%s (source), built", providerVersion), t.buildProvider(ctx, detail)
	})
	return path, kind, err
}

// findProvider looks for what is there: the official plugin first, unless the other is asked for.
func (t *tools) findProvider() (string, ProviderKind, bool) {
	if t.ToolchainOptions.Provider != ProviderSource {
		if path, ok := t.findOfficial(); ok {
			return path, ProviderOfficial, true
		}
	}
	if t.ToolchainOptions.Provider != ProviderOfficial {
		if path := t.providerPath(); path != "" && isFile(path) {
			return path, ProviderSource, true
		}
	}
	return "", "", false
}

// findOfficial looks into the plugin folders: the user's own, and the sandbox's.
func (t *tools) findOfficial() (string, bool) {
	var homes []string
	if home := t.System.env("PULUMI_HOME"); home != "" {
		homes = append(homes, home)
	} else if home := t.System.env("HOME"); home != "" {
		homes = append(homes, filepath.Join(home, ".pulumi"))
	}
	for _, home := range append(homes, t.cache.pulumiHome()) {
		dir := filepath.Join(home, "plugins", "resource-aws-v"+providerVersion)
		// The engine leaves a .partial file beside the folder while it unpacks.
		if path := filepath.Join(dir, providerBinary); isFile(path) && !isFile(dir+".partial") {
			return path, true
		}
	}
	return "", false
}

// failedDownload is the memory of a download that did not work.
type failedDownload struct {
	When time.Time `json:"when"`
	Why  string    `json:"why"`
}

func (t *tools) downloadRecord() string {
	return filepath.Join(t.cache.Root, "provider", "download.json")
}

// downloadProvider has the engine install the official plugin into the sandbox's own PULUMI_HOME.
func (t *tools) downloadProvider(ctx context.Context, engine string, detail func(string)) (string, error) {
	if t.ToolchainOptions.Provider == ProviderAuto {
		if before, ok := t.recentFailure(); ok {
			return "", fmt.Errorf("the official AWS provider could not be downloaded at %s (%s)",
				before.When.Local().Format("15:04"), before.Why)
		}
	}
	lock, err := waitLock(ctx, t.cache.lock("download"), "downloading the AWS provider", detail)
	if err != nil {
		return "", err
	}
	defer lock.Release()
	if path, ok := t.findOfficial(); ok {
		return path, nil
	}
	detail("asking whether the official AWS provider can be downloaded")
	url := fmt.Sprintf("https://get.pulumi.com/releases/plugins/pulumi-resource-aws-v%s-%s-%s.tar.gz",
		providerVersion, t.gov.OS, t.gov.Arch)
	err = t.System.Reachable(ctx, url)
	if err == nil {
		detail("downloading the official AWS provider (about 200 MB)")
		var said string
		said, err = t.logged(ctx, "download", Command{
			Name: engine,
			Args: []string{"plugin", "install", "resource", "aws", "v" + providerVersion, "--non-interactive"},
			Env:  append(t.System.Environ(), "PULUMI_HOME="+t.cache.pulumiHome(), "PULUMI_SKIP_UPDATE_CHECK=true"),
		}, nil)
		if err != nil && lastLines(said, 1) != "" {
			err = fmt.Errorf("%w: %s", err, lastLines(said, 1))
		}
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err == nil {
		path, ok := t.findOfficial()
		if ok {
			return path, nil
		}
		err = fmt.Errorf("the engine installed it somewhere else than %s", t.cache.pulumiHome())
	}
	t.rememberFailure(err)
	return "", &Problem{
		Kind: KindBuild, Err: err,
		What: fmt.Sprintf("the official AWS provider v%s cannot be downloaded: %v", providerVersion, err),
		Fix:  t.downloadFix(),
	}
}

// downloadFix is only of use to somebody who insists on the official plugin.
func (t *tools) downloadFix() []string {
	if t.ToolchainOptions.Provider != ProviderOfficial {
		return nil
	}
	return []string{"let the machine reach get.pulumi.com (HTTPS_PROXY is honoured)", "or build it: PROVIDER=source"}
}

func (t *tools) recentFailure() (failedDownload, bool) {
	var f failedDownload
	raw, err := os.ReadFile(t.downloadRecord())
	if err != nil || json.Unmarshal(raw, &f) != nil {
		return f, false
	}
	return f, t.System.Now().Sub(f.When) < downloadMemory
}

// rememberFailure ignores its own failures: forgetting costs a wait, not a result.
func (t *tools) rememberFailure(why error) {
	raw, err := json.Marshal(failedDownload{When: t.System.Now(), Why: why.Error()})
	if err == nil && os.MkdirAll(filepath.Dir(t.downloadRecord()), 0o755) == nil {
		_ = os.WriteFile(t.downloadRecord(), raw, 0o644)
	}
}

func (t *tools) providerModule() string {
	return filepath.Join(t.Checkout.Root, "sandbox", "awsprovider")
}

// providerPath is where the built provider belongs; empty when its module cannot be read.
func (t *tools) providerPath() string {
	sum, err := hashTree(t.providerModule())
	if err != nil {
		return ""
	}
	key := hashKey(sum, t.gov.Version, t.gov.OS, t.gov.Arch, goFlags)
	return filepath.Join(t.cache.Root, "provider", key, providerBinary)
}

func (t *tools) buildProvider(ctx context.Context, detail func(string)) error {
	target := t.providerPath()
	if target == "" {
		return &Problem{
			Kind: KindBuild,
			What: "sandbox/awsprovider cannot be read: the checkout is not complete",
			Fix:  []string{"git checkout -- sandbox/awsprovider"},
		}
	}
	lock, err := waitLock(ctx, t.cache.lock("provider"), "building the AWS provider", detail)
	if err != nil {
		return err
	}
	defer lock.Release()
	if isFile(target) { // whoever had the lock has built it
		return nil
	}
	dir := filepath.Dir(target)
	part, work := dir+"-part", dir+"-work"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	detail(fmt.Sprintf("building the AWS provider from source (%s)", providerBuild))
	said, err := t.logged(ctx, "provider", Command{
		Name: t.gov.Program,
		Args: []string{"run", "./cmd/build", "-o", part, "-work", work},
		Dir:  t.providerModule(),
		Env:  goEnvironment(t.System),
	}, func(line string) { detail("building the AWS provider from source: " + line) })
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return t.buildProblem("building the AWS provider from sandbox/awsprovider", "provider", said, err)
	}
	if !isFile(filepath.Join(part, providerBinary)) {
		return &Problem{
			Kind: KindBuild,
			What: fmt.Sprintf("building the AWS provider made no %s", filepath.Join(part, providerBinary)),
			Fix:  []string{"the whole output is in " + t.cache.log("provider")},
		}
	}
	// What stands there has no provider in it: it was cut off.
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Rename(part, dir); err != nil {
		return err
	}
	// Half a gigabyte of copied sources that nobody needs any more; kept only for a build that has to go on.
	_ = os.RemoveAll(work)
	return nil
}
