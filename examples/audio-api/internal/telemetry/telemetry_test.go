package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel"
)

func TestTracesAreSentAndNamedInTheLog(t *testing.T) {
	received := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		received <- r.URL.Path + string(body)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	stop, err := Start(t.Context(), "audio-api")
	require.NoError(t, err)

	ctx, span := otel.Tracer("test").Start(t.Context(), "a span of this test")
	var out bytes.Buffer
	NewLogger(&out).With("a", 1).InfoContext(ctx, "hello")
	span.End()
	require.NoError(t, stop(context.WithoutCancel(ctx)))
	got := <-received
	assert.Contains(t, got, "/v1/traces")
	assert.Contains(t, got, "a span of this test")

	var line map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &line))
	assert.Equal(t, span.SpanContext().TraceID().String(), line["trace_id"])
	assert.Equal(t, span.SpanContext().SpanID().String(), line["span_id"])

	out.Reset()
	NewLogger(&out).Info("outside of a request")
	assert.NotContains(t, out.String(), "trace_id")
}
