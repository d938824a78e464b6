package sandbox

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ensureProvider asks for the provider with the engine of PATH.
func (b *toolBench) ensureProvider(t *testing.T, kind ProviderKind) (path string, got ProviderKind, err error) {
	t.Helper()
	b.options.Provider = kind
	return b.tools(t).ensureProvider(t.Context(), "/usr/bin/pulumi")
}

var errOffline = errors.New("dial tcp: i/o timeout")

func TestProviderAuto(t *testing.T) {
	t.Run("downloads the official one", func(t *testing.T) {
		b := newToolBench(t)
		b.withEngine(engineVersion)
		path, kind, err := b.ensureProvider(t, ProviderAuto)
		require.NoError(t, err)
		assert.Equal(t, ProviderOfficial, kind)
		assert.Equal(t, officialPlugin(filepath.Join(b.vars["BULWARK_CACHE"], "pulumi-home")), path, "into the sandbox's own home")
		assert.Equal(t, []string{"https://get.pulumi.com/releases/plugins/pulumi-resource-aws-v6.83.2-linux-amd64.tar.gz"}, b.asked)
		assert.Equal(t, 1, b.count("pulumi plugin install resource aws v6.83.2 --non-interactive"))
		assert.Zero(t, b.count("go run"))

		again, _, err := b.ensureProvider(t, ProviderAuto)
		require.NoError(t, err)
		assert.Equal(t, path, again)
		assert.Len(t, b.asked, 1)
	})
	t.Run("builds when it cannot", func(t *testing.T) {
		b := newToolBench(t)
		b.withEngine(engineVersion)
		b.offline = errOffline
		path, kind, err := b.ensureProvider(t, ProviderAuto)
		require.NoError(t, err)
		assert.Equal(t, ProviderSource, kind)
		assert.FileExists(t, path)
		assert.Equal(t, "the official AWS provider v6.83.2 cannot be downloaded: dial tcp: i/o timeout; taking the AWS provider built from source",
			b.events.notices())
		assert.Zero(t, b.count("pulumi plugin"), "what cannot be reached is not asked for")
	})
	t.Run("builds when the download breaks off", func(t *testing.T) {
		b := newToolBench(t)
		b.programs["pulumi"] = fails(255, "error: unexpected EOF")
		_, kind, err := b.ensureProvider(t, ProviderAuto)
		require.NoError(t, err)
		assert.Equal(t, ProviderSource, kind)
		assert.Contains(t, b.events.notices(), "error: unexpected EOF")
	})
	t.Run("remembers for an hour that it cannot", func(t *testing.T) {
		b := newToolBench(t)
		b.withEngine(engineVersion)
		b.offline = errOffline
		b.programs["go"] = b.goToolFailing("run", "interrupted")
		ensure := func() (err error) {
			_, _, err = b.ensureProvider(t, ProviderAuto)
			return err
		}
		require.Error(t, ensure())
		b.now = b.now.Add(59 * time.Minute)
		require.Error(t, ensure())
		assert.Len(t, b.asked, 1, "the wait is not repeated")
		assert.Contains(t, b.events.notices(), "could not be downloaded at ")

		b.offline, b.now = nil, b.now.Add(2*time.Minute)
		require.NoError(t, ensure())
		assert.Len(t, b.asked, 2)
	})
	t.Run("keeps to the one that was built", func(t *testing.T) {
		b := newToolBench(t)
		b.withEngine(engineVersion)
		built, _, err := b.ensureProvider(t, ProviderSource)
		require.NoError(t, err)
		path, kind, err := b.ensureProvider(t, ProviderAuto)
		require.NoError(t, err)
		assert.Equal(t, ProviderSource, kind)
		assert.Equal(t, built, path)
		assert.Empty(t, b.asked)
	})
	t.Run("prefers the official one that is installed", func(t *testing.T) {
		b := newToolBench(t)
		b.withEngine(engineVersion)
		_, _, err := b.ensureProvider(t, ProviderSource)
		require.NoError(t, err)
		installed := officialPlugin(filepath.Join(b.vars["HOME"], ".pulumi"))
		require.NoError(t, writeFile(installed, nil))
		path, kind, err := b.ensureProvider(t, ProviderAuto)
		require.NoError(t, err)
		assert.Equal(t, ProviderOfficial, kind)
		assert.Equal(t, installed, path)
	})
}

func TestProviderOfficial(t *testing.T) {
	b := newToolBench(t)
	b.withEngine(engineVersion)
	b.offline = errOffline
	for range 2 {
		_, _, err := b.ensureProvider(t, ProviderOfficial)
		assert.Equal(t, KindBuild, KindOf(err))
		assert.ErrorContains(t, err, "the official AWS provider v6.83.2 cannot be downloaded: dial tcp: i/o timeout")
		assert.ErrorContains(t, err, "-> let the machine reach get.pulumi.com (HTTPS_PROXY is honoured)\n  -> or build it: PROVIDER=source")
	}
	assert.Len(t, b.asked, 2, "whoever insists asks again")
	assert.Zero(t, b.count("go run"), "and nothing else is taken instead")

	b.offline = nil
	_, kind, err := b.ensureProvider(t, ProviderOfficial)
	require.NoError(t, err)
	assert.Equal(t, ProviderOfficial, kind)
}

func TestProviderSource(t *testing.T) {
	b := newToolBench(t)
	require.NoError(t, writeFile(officialPlugin(filepath.Join(b.vars["HOME"], ".pulumi")), nil))
	_, kind, err := b.ensureProvider(t, ProviderSource)
	require.NoError(t, err)
	assert.Equal(t, ProviderSource, kind)
	assert.Empty(t, b.asked)
	assert.Equal(t, 1, b.count("go run ./cmd/build -o "))
}

func TestOfficialProviderHomes(t *testing.T) {
	b := newToolBench(t)
	own := filepath.Join(b.vars["HOME"], ".pulumi")
	require.NoError(t, writeFile(officialPlugin(own), nil))
	path, ok := b.tools(t).findOfficial()
	assert.True(t, ok)
	assert.Equal(t, officialPlugin(own), path)

	partial := filepath.Dir(path) + ".partial"
	require.NoError(t, writeFile(partial, nil))
	_, ok = b.tools(t).findOfficial()
	assert.False(t, ok, "the engine is still unpacking it")
	require.NoError(t, removeFile(partial))

	b.vars["PULUMI_HOME"] = t.TempDir()
	_, ok = b.tools(t).findOfficial()
	assert.False(t, ok, "the user's home is where PULUMI_HOME says")
	require.NoError(t, writeFile(officialPlugin(b.vars["PULUMI_HOME"]), nil))
	_, ok = b.tools(t).findOfficial()
	assert.True(t, ok)
}
