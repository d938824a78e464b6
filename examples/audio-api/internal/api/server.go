package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Readiness says whether requests should come here: once everything has answered for the first time, until the service
// is told to stop. That the database fails later is no reason: all tasks have the same, and replacing them mends nothing.
type Readiness struct {
	// Checks are asked until all of them have passed.
	Checks []func(context.Context) error

	passed, stopping atomic.Bool
}

func (r *Readiness) answer(w http.ResponseWriter, request *http.Request) error {
	if r.stopping.Load() {
		return refuse(http.StatusServiceUnavailable, "the service is stopping")
	}
	if !r.passed.Load() {
		ctx, cancel := context.WithTimeout(request.Context(), 5*time.Second)
		defer cancel()
		for _, check := range r.Checks {
			if err := check(ctx); err != nil {
				return err
			}
		}
		r.passed.Store(true)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// Serve answers requests until ctx ends. Then it says that it is not ready, goes on for delay, while load balancers still
// send requests, takes no new ones, and gives those in flight the timeout to finish: uploads above all.
func (a *API) Serve(ctx context.Context, listener net.Listener, delay, timeout time.Duration) error {
	var running sync.WaitGroup
	inner := a.Handler()
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			running.Add(1)
			defer running.Done()
			inner.ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		// Longer than a load balancer keeps an idle connection, so that it is never the one that finds it closed.
		IdleTimeout:    75 * time.Second,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	slog.InfoContext(ctx, "serving", "address", listener.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	slog.InfoContext(ctx, "stopping", "delay", delay.String(), "timeout", timeout.String())
	a.Readiness.stopping.Store(true)
	time.Sleep(delay)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		// Their connections end; the requests then clean up, each for seconds at most.
		err = errors.Join(errors.New("requests were cut off"), server.Close())
		running.Wait()
		return err
	}
	return nil
}
