package sandbox

import (
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Checkout is one working copy of the project, with everything that belongs to it alone in its folder .bulwark.
type Checkout struct {
	// Root is the absolute path of the folder with Pulumi.yaml.
	Root string
}

// FindCheckout returns the checkout that holds dir: the nearest folder upwards with Pulumi.yaml and sandbox/engine.
func FindCheckout(dir string) (Checkout, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return Checkout{}, err
	}
	for at := start; ; at = filepath.Dir(at) {
		if isFile(filepath.Join(at, "Pulumi.yaml")) && isFile(filepath.Join(at, "sandbox", "engine", "go.mod")) {
			return Checkout{Root: at}, nil
		}
		if at == filepath.Dir(at) {
			return Checkout{}, &Problem{
				Kind: KindUsage,
				What: fmt.Sprintf("%s is not inside a checkout of Bulwark: no folder upwards has Pulumi.yaml and sandbox/engine/go.mod", start),
				Fix:  []string{"run the command inside the checkout"},
			}
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Dir is where everything of the checkout's sandbox lives; ignored by git.
func (c Checkout) Dir() string { return filepath.Join(c.Root, ".bulwark") }

// EmulatorRecord is the file that says which emulator runs for the checkout.
func (c Checkout) EmulatorRecord() string { return filepath.Join(c.Dir(), "emulator.json") }

// EmulatorLog is what the emulator writes.
func (c Checkout) EmulatorLog() string { return filepath.Join(c.Dir(), "emulator.log") }

// EngineLog is what the engine wrote in its last run.
func (c Checkout) EngineLog() string { return filepath.Join(c.Dir(), "engine.log") }

// engineRecord is the file that says which engines are at work, or were when their command was killed.
func (c Checkout) engineRecord() string { return filepath.Join(c.Dir(), "engine.json") }

// lockFile is held while a command changes the checkout's sandbox.
func (c Checkout) lockFile() string { return filepath.Join(c.Dir(), "lock") }

// StateDir is the root of the file backend for one kind of provider and one target.
func (c Checkout) StateDir(kind ProviderKind, target string) string {
	return filepath.Join(c.Dir(), "state", string(kind), target)
}

// workDir is where the engine finds the copies of the project and stack file.
func (c Checkout) workDir(kind ProviderKind, target, stack string) string {
	return filepath.Join(c.Dir(), "work", string(kind), target, stack)
}

// Stacks are the stacks that have a Pulumi.<stack>.yaml, sorted.
func (c Checkout) Stacks() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(c.Root, "Pulumi.*.yaml"))
	if err != nil {
		return nil, err
	}
	var stacks []string
	for _, file := range files {
		stacks = append(stacks, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "Pulumi."), ".yaml"))
	}
	slices.Sort(stacks)
	return stacks, nil
}

// checkStack refuses a stack without a file, naming those that have one and the one that was probably meant.
func (c Checkout) checkStack(name string) error {
	stacks, err := c.Stacks()
	if err != nil {
		return err
	}
	if slices.Contains(stacks, name) {
		return nil
	}
	if name == "" {
		return &Problem{
			Kind: KindUsage, What: "no stack is named",
			Fix: []string{"use one of " + strings.Join(stacks, ", ")},
		}
	}
	if len(stacks) == 0 {
		return &Problem{
			Kind: KindUsage,
			What: fmt.Sprintf("no stack %q: %s has no Pulumi.<stack>.yaml", name, c.Root),
			Fix:  []string{"restore Pulumi.dev.yaml, or write one for the stack you want"},
		}
	}
	fix := fmt.Sprintf("use one of %s, or write Pulumi.%s.yaml", strings.Join(stacks, ", "), name)
	if near, ok := validate.Nearest(name, stacks); ok {
		fix = fmt.Sprintf("did you mean %s? There are: %s", near, strings.Join(stacks, ", "))
	}
	return &Problem{
		Kind: KindUsage,
		What: fmt.Sprintf("no stack %q: there is no Pulumi.%s.yaml in %s", name, name, c.Root),
		Fix:  []string{fix},
	}
}

// preferredPort is the port that the checkout's emulator takes when it is free: the same at every start, another one
// for every checkout. Between 20000 and 29999: below the range from which Linux and macOS give out ports.
func (c Checkout) preferredPort() int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(c.Root))
	return 20000 + int(h.Sum32()%10000)
}

// Cache is where tools are kept that all checkouts of a user share.
type Cache struct{ Root string }

// FindCache returns the folder named by BULWARK_CACHE, else bulwark in the user's cache folder.
func FindCache(s System) (Cache, error) {
	if root := s.env("BULWARK_CACHE"); root != "" {
		abs, err := filepath.Abs(root)
		return Cache{Root: abs}, err
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return Cache{}, &Problem{
			Kind: KindMissing, Err: err,
			What: "the user's cache folder is not known: " + err.Error(),
			Fix:  []string{"set HOME, or name a folder in BULWARK_CACHE"},
		}
	}
	return Cache{Root: filepath.Join(dir, "bulwark")}, nil
}

// pulumiHome is a PULUMI_HOME of the sandbox's own: no login and no setting of the user reaches it.
func (c Cache) pulumiHome() string { return filepath.Join(c.Root, "pulumi-home") }

func (c Cache) log(tool string) string { return filepath.Join(c.Root, "logs", tool+".log") }

func (c Cache) lock(tool string) string { return filepath.Join(c.Root, "locks", tool) }
