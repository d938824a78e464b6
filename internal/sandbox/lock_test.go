package sandbox

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "lock")
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	first, _, err := takeLock(path, "up", now)
	require.NoError(t, err)
	require.NotNil(t, first)

	second, other, err := takeLock(path, "down", now)
	require.NoError(t, err)
	assert.Nil(t, second)
	assert.Equal(t, holder{PID: os.Getpid(), What: "up", Started: now}, other, "whoever is turned away can be told why")

	first.Release()
	second, _, err = takeLock(path, "down", now)
	require.NoError(t, err)
	require.NotNil(t, second)
	second.Release()
}

func TestLockOfAnEarlierRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	require.NoError(t, os.WriteFile(path, []byte(`{"pid":4242,"what":"a run that was killed long ago and had much to say"}`), 0o644))
	lock, _, err := takeLock(path, "up", time.Now())
	require.NoError(t, err)
	require.NotNil(t, lock, "a file alone is no lock")
	defer lock.Release()
	_, other, err := takeLock(path, "down", time.Now())
	require.NoError(t, err)
	assert.Equal(t, "up", other.What, "nothing of the earlier text is left")
}

func TestLockWhereNothingCanBeWritten(t *testing.T) {
	b := newBench(t)
	require.NoError(t, os.WriteFile(b.Checkout.Dir(), nil, 0o644)) // a file where the folder belongs
	_, err := b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.Equal(t, KindMissing, KindOf(err))
	assert.ErrorContains(t, err, "cannot write to "+b.Checkout.Dir())
	assert.ErrorContains(t, err, "make the checkout writable")
}

func TestWaitLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, _, err := takeLock(path, "building the engine", time.Now())
	require.NoError(t, err)
	told := ""
	second, err := waitLock(t.Context(), path, "building the engine", func(text string) {
		told = text
		first.Release()
	})
	require.NoError(t, err)
	require.NotNil(t, second)
	assert.Contains(t, told, "which is at the same (building the engine)")

	ctx, cancel := context.WithCancel(t.Context())
	_, err = waitLock(ctx, path, "building the engine", func(string) { cancel() })
	assert.ErrorIs(t, err, context.Canceled, "a wait can be given up")
	second.Release()
}
