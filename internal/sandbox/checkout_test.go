package sandbox

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFindCheckout(t *testing.T) {
	c := newCheckout(t)
	deep := filepath.Join(c.Root, "components", "storage")
	require.NoError(t, os.MkdirAll(deep, 0o755))
	for _, dir := range []string{c.Root, deep, filepath.Join(deep, "..", "storage")} {
		got, err := FindCheckout(dir)
		require.NoError(t, err)
		assert.Equal(t, c.Root, got.Root)
	}
	elsewhere := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "Pulumi.yaml"), []byte("name: other\n"), 0o644))
	_, err := FindCheckout(elsewhere)
	assert.Equal(t, KindUsage, KindOf(err))
	assert.ErrorContains(t, err, elsewhere+" is not inside a checkout of Bulwark")
	assert.ErrorContains(t, err, "run the command inside the checkout")
}

func TestCheckStack(t *testing.T) {
	c := newCheckout(t)
	require.NoError(t, c.checkStack("dev"))
	assert.EqualError(t, c.checkStack(""), "no stack is named\n  -> use one of dev, prod")
	assert.ErrorContains(t, c.checkStack("../dev"), "no stack \"../dev\"")
	require.NoError(t, os.Remove(filepath.Join(c.Root, "Pulumi.dev.yaml")))
	require.NoError(t, os.Remove(filepath.Join(c.Root, "Pulumi.prod.yaml")))
	assert.ErrorContains(t, c.checkStack("dev"), "has no Pulumi.<stack>.yaml\n  -> restore Pulumi.dev.yaml")
}

// TestCheckoutsStandSideBySide: nothing of one is anything of the other, but the tools.
func TestCheckoutsStandSideBySide(t *testing.T) {
	a, b := Checkout{Root: "/home/me/bulwark"}, Checkout{Root: "/home/me/bulwark-2"}
	assert.NotEqual(t, a.preferredPort(), b.preferredPort())
	assert.Equal(t, a.preferredPort(), Checkout{Root: "/home/me/bulwark"}.preferredPort(), "the same at every start")
	for range 2 {
		a.Root += "x"
		assert.GreaterOrEqual(t, a.preferredPort(), 20000)
		assert.Less(t, a.preferredPort(), 30000)
	}
	seen := map[string]bool{}
	for _, c := range []Checkout{a, b} {
		for _, path := range []string{
			c.EmulatorRecord(), c.EmulatorLog(), c.EngineLog(), c.lockFile(),
			c.StateDir(ProviderSource, embeddedTarget), c.StateDir(ProviderOfficial, embeddedTarget), c.StateDir(ProviderSource, "localhost-4566-abc123"),
			c.workDir(ProviderSource, embeddedTarget, "dev"), c.workDir(ProviderSource, embeddedTarget, "prod"),
		} {
			assert.False(t, seen[path], path)
			seen[path] = true
			rel, err := filepath.Rel(c.Root, path)
			require.NoError(t, err)
			assert.Equal(t, ".bulwark", filepath.Dir(rel + "/x")[:8], "all of it is in the one folder that git ignores")
		}
	}
}

func TestFindCache(t *testing.T) {
	m := newMachine(t)
	m.vars["BULWARK_CACHE"] = "relative/cache"
	here, err := os.Getwd()
	require.NoError(t, err)
	cache, err := FindCache(m.system())
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(here, "relative", "cache"), cache.Root)

	delete(m.vars, "BULWARK_CACHE")
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", "")
	cache, err = FindCache(m.system())
	require.NoError(t, err)
	rel, err := filepath.Rel(home, cache.Root)
	require.NoError(t, err)
	assert.Equal(t, "bulwark", filepath.Base(rel))

	t.Setenv("HOME", "")
	_, err = FindCache(m.system())
	assert.Equal(t, KindMissing, KindOf(err))
	assert.ErrorContains(t, err, "set HOME, or name a folder in BULWARK_CACHE")
}
