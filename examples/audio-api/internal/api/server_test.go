package api

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// start serves on a port of its own. stop is SIGTERM, and ended what Serve returns.
func start(t *testing.T, a *API, delay, timeout time.Duration) (address string, stop func(), ended chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() { ended <- a.Serve(ctx, listener, delay, timeout) }()
	return "http://" + listener.Addr().String(), stop, ended
}

func get(t *testing.T, url string) int {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// slowUpload begins an upload of four bytes, and waits until the service is at it; what is written to the pipe is its rest.
func slowUpload(t *testing.T, w *world, address string) (rest *io.PipeWriter, status chan int) {
	t.Helper()
	body, rest := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), "POST", address+"/v1/recordings", body)
	require.NoError(t, err)
	request.ContentLength = 4
	request.Header.Set("Authorization", "ann")
	request.Header.Set("Content-Type", "audio/wav")
	status = make(chan int, 1)
	go func() {
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			status <- 0
			return
		}
		_ = answer.Body.Close()
		status <- answer.StatusCode
	}()
	_, err = rest.Write([]byte("ab"))
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return len(w.rows) == 1
	}, 5*time.Second, 5*time.Millisecond)
	return rest, status
}

func TestStopFinishesUploads(t *testing.T) {
	w, a, _ := serve(t)
	address, stop, ended := start(t, a, 300*time.Millisecond, 10*time.Second)
	require.Equal(t, http.StatusNoContent, get(t, address+"/readyz"))
	rest, status := slowUpload(t, w, address)

	stop()
	require.Eventually(t, func() bool { return get(t, address+"/readyz") == http.StatusServiceUnavailable }, time.Second, 10*time.Millisecond)
	assert.Equal(t, http.StatusNoContent, get(t, address+"/healthz"), "it lives, and still answers")
	require.Eventually(t, func() bool { return get(t, address+"/healthz") == 0 }, 2*time.Second, 10*time.Millisecond, "nothing new after the delay")
	_, err := rest.Write([]byte("cd"))
	require.NoError(t, err)
	assert.Equal(t, http.StatusCreated, <-status)
	require.NoError(t, <-ended)
	assert.Equal(t, "abcd", w.objects[w.rows[0].ObjectKey])
}

func TestStopEndsInTime(t *testing.T) {
	w, a, _ := serve(t)
	address, stop, ended := start(t, a, 0, 100*time.Millisecond)
	rest, status := slowUpload(t, w, address)
	stop()
	assert.ErrorContains(t, <-ended, "cut off")
	assert.NoError(t, rest.Close())
	assert.Zero(t, <-status)
	assert.Empty(t, w.objects, "half a recording is none")
}

func TestReadyOnceEverythingHasAnswered(t *testing.T) {
	_, a, _ := serve(t)
	var up atomic.Bool
	a.Readiness.Checks = []func(context.Context) error{func(context.Context) error {
		if up.Load() {
			return nil
		}
		return errors.New("no route to host")
	}}
	address, stop, ended := start(t, a, 0, time.Second)
	assert.Equal(t, http.StatusServiceUnavailable, get(t, address+"/readyz"))
	assert.Equal(t, http.StatusNoContent, get(t, address+"/healthz"))
	up.Store(true)
	assert.Equal(t, http.StatusNoContent, get(t, address+"/readyz"))
	up.Store(false)
	assert.Equal(t, http.StatusNoContent, get(t, address+"/readyz"), "replacing the task would mend nothing")
	stop()
	require.NoError(t, <-ended)
}
