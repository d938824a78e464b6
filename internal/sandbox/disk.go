package sandbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	megabyte = 1 << 20
	gigabyte = 1 << 30
)

// diskNeed is what making a tool writes, by folder. Measured on Linux and rounded up.
type diskNeed struct {
	what  string
	dir   string
	bytes uint64
}

// diskNeeds lists the needs of what is not there yet.
func (t *tools) diskNeeds(ctx context.Context) []diskNeed {
	var needs []diskNeed
	if _, _, ok := t.findEngine(ctx); !ok {
		needs = append(needs,
			diskNeed{"the engine's compiled packages", t.gov.BuildCache, 1500 * megabyte},
			diskNeed{"the engine's modules", t.gov.ModuleCache, 700 * megabyte},
			diskNeed{"the engine", t.cache.Root, 130 * megabyte},
		)
	}
	_, _, haveProvider := t.findProvider()
	switch {
	case haveProvider:
	case t.ToolchainOptions.Provider == ProviderOfficial:
		needs = append(needs, diskNeed{"the official AWS provider", t.cache.Root, 1000 * megabyte})
	default:
		needs = append(needs,
			diskNeed{"the provider's compiled packages", t.gov.BuildCache, 2200 * megabyte},
			diskNeed{"the provider's modules", t.gov.ModuleCache, 2200 * megabyte},
			diskNeed{"the provider and its sources", t.cache.Root, 1300 * megabyte},
		)
	}
	if _, ok := t.findVenv(); !ok && !t.NoEmulator {
		needs = append(needs, diskNeed{"the emulator's Python packages", t.cache.Root, 250 * megabyte})
	}
	if slices.ContainsFunc(needs, func(n diskNeed) bool { return n.dir == t.gov.BuildCache }) {
		needs = append(needs, diskNeed{"the linker's temporary files", os.TempDir(), 500 * megabyte})
	}
	return needs
}

// checkDisk refuses to begin what would not fit, before minutes have gone into it: one problem a file system.
func (t *tools) checkDisk(ctx context.Context) error {
	type filesystem struct {
		free, need uint64
		dirs, what []string
	}
	systems := map[uint64]*filesystem{}
	var order []uint64
	for _, need := range t.diskNeeds(ctx) {
		free, device, err := t.System.Disk(need.dir)
		if err != nil {
			continue // a file system that does not tell will say so itself when it is full
		}
		fs := systems[device]
		if fs == nil {
			fs = &filesystem{free: free}
			systems[device] = fs
			order = append(order, device)
		}
		fs.need += need.bytes
		if dir := filepath.Clean(need.dir); !slices.Contains(fs.dirs, dir) {
			fs.dirs = append(fs.dirs, dir)
		}
		fs.what = append(fs.what, need.what)
	}
	var problems Problems
	for _, device := range order {
		if fs := systems[device]; fs.free < fs.need {
			problems = append(problems, &Problem{
				Kind: KindMissing,
				What: fmt.Sprintf("not enough disk space in %s: %s needed for %s, %s free",
					strings.Join(fs.dirs, ", "), size(fs.need), strings.Join(fs.what, ", "), size(fs.free)),
				Fix: []string{fmt.Sprintf("free %s there, or use another disk: set %s",
					size(fs.need-fs.free), strings.Join(t.variablesOf(fs.dirs), ", "))},
			})
		}
	}
	return problems.asError()
}

// variablesOf are the environment variables that say where these folders are.
func (t *tools) variablesOf(dirs []string) []string {
	var names []string
	for _, at := range []struct{ name, dir string }{
		{"BULWARK_CACHE", t.cache.Root}, {"GOCACHE", t.gov.BuildCache}, {"GOMODCACHE", t.gov.ModuleCache}, {"TMPDIR", os.TempDir()},
	} {
		if slices.Contains(dirs, filepath.Clean(at.dir)) {
			names = append(names, at.name)
		}
	}
	return names
}

func size(bytes uint64) string { return fmt.Sprintf("%.1f GB", float64(bytes)/gigabyte) }
