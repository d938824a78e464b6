package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckDisk(t *testing.T) {
	const plenty = 100 * gigabyte
	for name, test := range map[string]struct {
		provider ProviderKind
		free     func(b *toolBench) map[string]uint64
		want     []string // one a file system that is too small; none is enough everywhere
	}{
		"enough": {ProviderAuto, func(*toolBench) map[string]uint64 { return map[string]uint64{"/": plenty} }, nil},
		"one file system": {
			ProviderSource, func(*toolBench) map[string]uint64 { return map[string]uint64{"/": gigabyte} },
			[]string{"8.6 GB needed for the engine's compiled packages, the engine's modules, the engine, " +
				"the provider's compiled packages, the provider's modules, the provider and its sources, " +
				"the emulator's Python packages, the linker's temporary files, 1.0 GB free\n" +
				"  -> free 7.6 GB there, or use another disk: set BULWARK_CACHE, GOCACHE, GOMODCACHE, TMPDIR"},
		},
		"only the cache": {
			ProviderSource, func(b *toolBench) map[string]uint64 {
				return map[string]uint64{"/": plenty, b.vars["BULWARK_CACHE"]: gigabyte}
			},
			[]string{"1.6 GB needed for the engine, the provider and its sources, the emulator's Python packages, 1.0 GB free\n" +
				"  -> free 0.6 GB there, or use another disk: set BULWARK_CACHE"},
		},
		"two of three": {
			ProviderSource, func(b *toolBench) map[string]uint64 {
				return map[string]uint64{"/": plenty, b.vars["BULWARK_CACHE"]: 0, filepath.Join(b.vars["HOME"], "gocache"): 2 * gigabyte}
			},
			[]string{
				"3.6 GB needed for the engine's compiled packages, the provider's compiled packages, 2.0 GB free",
				"1.6 GB needed for the engine, the provider and its sources, the emulator's Python packages, 0.0 GB free",
			},
		},
		"the official provider is smaller": {
			ProviderOfficial, func(*toolBench) map[string]uint64 { return map[string]uint64{"/": 4 * gigabyte} }, nil,
		},
		"and needs its place too": {
			ProviderOfficial, func(b *toolBench) map[string]uint64 {
				return map[string]uint64{"/": plenty, b.vars["BULWARK_CACHE"]: gigabyte}
			},
			[]string{"1.3 GB needed for the engine, the official AWS provider, the emulator's Python packages"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newToolBench(t)
			b.options.Provider, b.free = test.provider, test.free(b)
			if test.want == nil {
				require.NoError(t, b.tools(t).checkDisk(t.Context()))
				return
			}
			_, err := EnsureToolchain(t.Context(), b.options)
			assert.Equal(t, KindMissing, KindOf(err))
			assert.Equal(t, len(test.want), strings.Count(err.Error(), "not enough disk space in "), err.Error())
			for _, want := range test.want {
				assert.ErrorContains(t, err, want)
			}
			assert.Zero(t, b.count("go build")+b.count("python"), "nothing is begun")
		})
	}
}

func TestCheckDiskCountsOnlyWhatIsMissing(t *testing.T) {
	b := newToolBench(t)
	_, err := EnsureToolchain(t.Context(), b.options)
	require.NoError(t, err)
	b.free = map[string]uint64{"/": 0}
	_, err = EnsureToolchain(t.Context(), b.options)
	assert.NoError(t, err, "a full disk is no obstacle when everything is there")

	require.NoError(t, os.RemoveAll(filepath.Join(b.vars["BULWARK_CACHE"], "emulator")))
	_, err = EnsureToolchain(t.Context(), b.options)
	assert.ErrorContains(t, err, "0.2 GB needed for the emulator's Python packages, 0.0 GB free")
}

func TestCheckDiskOfAFileSystemThatDoesNotTell(t *testing.T) {
	b := newToolBench(t)
	b.options.System.Disk = func(string) (uint64, uint64, error) { return 0, 0, errors.New("function not implemented") }
	_, err := EnsureToolchain(t.Context(), b.options)
	assert.NoError(t, err)
}

// TestDiskOfTheMachine asks the real one, for a folder that does not exist yet.
func TestDiskOfTheMachine(t *testing.T) {
	dir := t.TempDir()
	free, device, err := diskOf(filepath.Join(dir, "not", "there", "yet"))
	require.NoError(t, err)
	assert.Positive(t, free)
	_, same, err := diskOf(dir)
	require.NoError(t, err)
	assert.Equal(t, same, device)
}
