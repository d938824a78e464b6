package sandbox

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBackend(t *testing.T) {
	b := backend{t.TempDir()}
	empty, err := b.state("bulwark", "dev")
	require.NoError(t, err)
	assert.Equal(t, stackState{Stack: "dev"}, empty, "a stack that was never made")
	assert.False(t, b.exists("bulwark", "dev"))
	assert.Empty(t, b.stacks("bulwark"))

	require.NoError(t, writeState(b, "prod", true, []string{"urn:9"}))
	require.NoError(t, writeState(b, "dev", false, nil))
	require.NoError(t, writeFile(b.stackFile("bulwark", "new"), []byte(`{"version":3,"checkpoint":{}}`)))
	require.NoError(t, writeFile(b.stackFile("bulwark", "gone"), []byte(`{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"s","type":"pulumi:pulumi:Stack"}]}}}`)))
	require.NoError(t, writeFile(b.stackFile("other", "dev"), []byte(`{}`)))
	assert.True(t, b.exists("bulwark", "dev"))
	assert.Equal(t, []string{"dev", "gone", "new", "prod"}, b.stacks("bulwark"))
	assert.Equal(t, []string{"dev", "prod"}, b.deployedStacks("bulwark"), "those that hold something")

	state, err := b.state("bulwark", "prod")
	require.NoError(t, err)
	assert.Equal(t, stackState{
		Stack: "prod", Resources: 2, Protected: []string{"urn:2", "urn:3"}, Pending: []pendingOperation{{Type: "creating", URN: "urn:9"}},
	}, state, "without the stack itself and its providers")

	// The engine was cut off at its very first resource: nothing is noted, and yet something may be there.
	require.NoError(t, writeFile(b.stackFile("bulwark", "first"), []byte(`{"checkpoint":{"latest":{"pending_operations":[{"type":"creating","resource":{"urn":"u"}}]}}}`)))
	assert.Contains(t, b.deployedStacks("bulwark"), "first")

	// What cannot be read counts as deployed: nothing is thrown away by mistake.
	require.NoError(t, writeFile(b.stackFile("bulwark", "broken"), []byte(`{"check`)))
	_, err = b.state("bulwark", "broken")
	assert.Error(t, err)
	assert.Contains(t, b.deployedStacks("bulwark"), "broken")
}

func TestBackendLocks(t *testing.T) {
	b := backend{t.TempDir()}
	assert.Empty(t, b.locks("bulwark", "dev"))
	writeLock(t, b, "dev", 4242)
	host, err := os.Hostname()
	require.NoError(t, err)
	assert.Equal(t, []engineLock{{PID: 4242, Hostname: host}}, b.locks("bulwark", "dev"))
	assert.Empty(t, b.locks("bulwark", "prod"), "the lock is one stack's")
}

// TestUnreadableState: a clear word, and the file stays.
func TestUnreadableState(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	file := b.state(ProviderSource).stackFile("bulwark", "dev")
	require.NoError(t, writeFile(file, []byte(`{"check`)))
	b.engine.did = nil
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.ErrorContains(t, err, file)
	assert.ErrorContains(t, err, "make down STACK=dev DISCARD=1")
	_, err = b.Down(t.Context(), DownOptions{Stack: "dev"})
	assert.ErrorContains(t, err, file)
	assert.Empty(t, b.engine.did)
	result, err := b.Down(t.Context(), DownOptions{Stack: "dev", Discard: true})
	require.NoError(t, err)
	assert.True(t, result.Stopped)
}
