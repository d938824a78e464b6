package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/trace"

	"github.com/acme/audio-api/internal/auth"
)

// handler answers a request, or returns why not.
type handler func(http.ResponseWriter, *http.Request) error

// ServeHTTP tells the caller and the log of an error.
func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	p := explain(err)
	var meant *problem
	if p.Status >= http.StatusInternalServerError && !errors.As(err, &meant) && r.Context().Err() == nil {
		slog.ErrorContext(r.Context(), "request failed", "route", r.Pattern, "error", err)
	}
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	p.TraceID = trace.SpanContextFromContext(r.Context()).TraceID().String()
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // Who is gone is told nothing.
}

// owned is a handler of requests that must be somebody's.
func (a *API) owned(h func(http.ResponseWriter, *http.Request, string) error) http.Handler {
	return handler(func(w http.ResponseWriter, r *http.Request) error {
		owner, err := a.Owner(r)
		if errors.Is(err, auth.ErrKeys) {
			return err
		}
		if err != nil {
			slog.InfoContext(r.Context(), "token refused", "error", err)
			w.Header().Set("WWW-Authenticate", "Bearer")
			return refuse(http.StatusUnauthorized, "a valid bearer token is required")
		}
		return h(w, r, owner)
	})
}

func respond(w http.ResponseWriter, status int, body any) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // Who is gone is told nothing.
	return nil
}

// observed traces and logs requests, and turns a panic into an error of one request.
func observed(mux *http.ServeMux) http.Handler {
	logged := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, seen := time.Now(), &recorder{ResponseWriter: w}
		defer func() {
			if failure := recover(); failure != nil {
				slog.ErrorContext(r.Context(), "panic", "error", failure, "stack", string(debug.Stack()))
				if seen.status == 0 {
					handler(func(http.ResponseWriter, *http.Request) error {
						return refuse(http.StatusInternalServerError, "an error of this service")
					}).ServeHTTP(seen, r)
				}
			}
			// The load balancer's own id is in its access log.
			slog.InfoContext(r.Context(), "request", "method", r.Method, "route", r.Pattern, "status", seen.status,
				"seconds", time.Since(began).Seconds(), "amzn_trace_id", r.Header.Get("X-Amzn-Trace-Id"))
		}()
		mux.ServeHTTP(seen, r)
	})
	traced := otelhttp.NewHandler(logged, "request", otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string {
		_, route := mux.Handler(r)
		return route
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			mux.ServeHTTP(w, r) // several times a second, and of no interest
			return
		}
		traced.ServeHTTP(w, r)
	})
}

// recorder remembers the status.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
