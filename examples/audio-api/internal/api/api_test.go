package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/acme/audio-api/internal/auth"
	"github.com/acme/audio-api/internal/database"
	"github.com/acme/audio-api/internal/objects"
)

// world is a database and a bucket in memory. fail makes all of it fail.
type world struct {
	mu      sync.Mutex
	rows    []database.Recording
	objects map[string]string
	fail    error
}

func (w *world) Insert(_ context.Context, r *database.Recording) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows = append(w.rows, *r)
	return w.fail
}

func (w *world) Find(_ context.Context, owner string, id uuid.UUID) (database.Recording, error) {
	for _, r := range w.rows {
		if r.Owner == owner && r.ID == id {
			return r, w.fail
		}
	}
	return database.Recording{}, database.ErrNotFound
}

func (w *world) List(_ context.Context, owner string, after uuid.UUID, limit int) (list []database.Recording, err error) {
	for _, r := range w.rows {
		if r.Owner == owner && r.ID.String() > after.String() && len(list) < limit {
			list = append(list, r)
		}
	}
	return list, w.fail
}

func (w *world) Key(name string) string { return "uploads/" + name }

func (w *world) UploadLink(_ context.Context, key, contentType string, _ int64) (objects.Link, error) {
	return objects.Link{Method: "PUT", URL: "https://s3/" + key, Headers: map[string]string{"Content-Type": contentType}}, w.fail
}

func (w *world) DownloadLink(_ context.Context, key string) (objects.Link, error) {
	return objects.Link{Method: "GET", URL: "https://s3/" + key}, w.fail
}

func (w *world) Upload(_ context.Context, key, _ string, size int64, body io.Reader) error {
	content := make([]byte, size)
	if _, err := io.ReadFull(body, content); err != nil {
		return errors.Join(objects.ErrBody, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.objects[key] = string(content)
	return w.fail
}

func (w *world) Sizes(_ context.Context, prefix, after string, limit int) (map[string]int64, error) {
	var keys []string
	for key := range w.objects {
		if strings.HasPrefix(key, prefix) && key > after {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	sizes := map[string]int64{}
	for _, key := range keys[:min(limit, len(keys))] {
		sizes[key] = int64(len(w.objects[key]))
	}
	return sizes, w.fail
}

func serve(t *testing.T) (*world, *API, *httptest.Server) {
	t.Helper()
	w := &world{objects: map[string]string{}}
	a := &API{
		Owner: func(r *http.Request) (string, error) {
			owner := r.Header.Get("Authorization")
			if owner == "" {
				return "", errors.New("no token")
			}
			return owner, nil
		},
		Recordings: w, Objects: w, MaxUpload: 1000, Readiness: &Readiness{},
	}
	server := httptest.NewServer(a.Handler())
	t.Cleanup(server.Close)
	return w, a, server
}

// send sends a request as an owner, and decodes the answer.
func send(t *testing.T, server *httptest.Server, owner, method, path, contentType, body string) (int, http.Header, map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Authorization", owner)
	request.Header.Set("Content-Type", contentType)
	answer, err := server.Client().Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	var decoded map[string]any
	if len(raw) > 0 && strings.Contains(answer.Header.Get("Content-Type"), "json") {
		require.NoError(t, json.Unmarshal(raw, &decoded), string(raw))
	}
	return answer.StatusCode, answer.Header, decoded
}

func TestRecordings(t *testing.T) {
	w, _, server := serve(t)
	status, _, made := send(t, server, "ann", "POST", "/v1/recordings", "application/json", `{"contentType":"audio/wav","size":5}`)
	require.Equal(t, http.StatusCreated, status)
	id := made["id"].(string)
	assert.False(t, made["uploaded"].(bool))
	link := made["upload"].(map[string]any)
	assert.Equal(t, "PUT", link["method"])
	assert.Equal(t, map[string]any{"Content-Type": "audio/wav"}, link["headers"])

	_, _, found := send(t, server, "ann", "GET", "/v1/recordings/"+id, "", "")
	assert.NotContains(t, found, "download", "nothing is there yet")
	key := strings.TrimPrefix(link["url"].(string), "https://s3/")
	assert.NotContains(t, key, "ann", "keys tell nobody whose they are")
	w.objects[key] = "hello"
	_, header, found := send(t, server, "ann", "GET", "/v1/recordings/"+id, "", "")
	assert.Equal(t, link["url"], found["download"].(map[string]any)["url"])
	assert.Equal(t, "no-store", header.Get("Cache-Control"), "links are for nobody else")

	status, _, _ = send(t, server, "ann", "POST", "/v1/recordings", "audio/ogg", "a recording")
	require.Equal(t, http.StatusCreated, status)
	_, _, page := send(t, server, "ann", "GET", "/v1/recordings", "", "")
	require.Len(t, page["recordings"], 2)
	for _, r := range page["recordings"].([]any) {
		assert.True(t, r.(map[string]any)["uploaded"].(bool))
	}

	for _, path := range []string{"/v1/recordings/" + id, "/v1/recordings/" + uuid.NewString(), "/v1/recordings/1"} {
		status, _, p := send(t, server, "bob", "GET", path, "", "")
		assert.Equal(t, http.StatusNotFound, status)
		assert.Equal(t, "there is no such recording", p["detail"], "the same for what is somebody else's")
	}
	_, _, page = send(t, server, "bob", "GET", "/v1/recordings", "", "")
	assert.Empty(t, page["recordings"])
}

func TestPages(t *testing.T) {
	w, _, server := serve(t)
	for range pageSize + 1 {
		status, _, _ := send(t, server, "ann", "POST", "/v1/recordings", "audio/ogg", "x")
		require.Equal(t, http.StatusCreated, status)
	}
	delete(w.objects, w.rows[50].ObjectKey)
	_, _, page := send(t, server, "ann", "GET", "/v1/recordings", "", "")
	rows := page["recordings"].([]any)
	require.Len(t, rows, pageSize)
	assert.False(t, rows[50].(map[string]any)["uploaded"].(bool))
	assert.True(t, rows[99].(map[string]any)["uploaded"].(bool))
	_, _, page = send(t, server, "ann", "GET", "/v1/recordings?after="+page["next"].(string), "", "")
	assert.NotContains(t, page, "next")
	rows = page["recordings"].([]any)
	require.Len(t, rows, 1)
	assert.True(t, rows[0].(map[string]any)["uploaded"].(bool))
}

func TestRefused(t *testing.T) {
	w, a, server := serve(t)
	for name, c := range map[string]struct {
		owner, method, path, contentType, body string
		status                                 int
	}{
		"no token":         {"", "GET", "/v1/recordings", "", "", 401},
		"no JSON":          {"ann", "POST", "/v1/recordings", "application/json", "{", 400},
		"unknown member":   {"ann", "POST", "/v1/recordings", "application/json", `{"contentType":"audio/wav","size":5,"owner":"bob"}`, 400},
		"no size":          {"ann", "POST", "/v1/recordings", "application/json", `{"contentType":"audio/wav"}`, 400},
		"too large":        {"ann", "POST", "/v1/recordings", "application/json", `{"contentType":"audio/wav","size":1001}`, 413},
		"a page":           {"ann", "POST", "/v1/recordings", "application/json", `{"contentType":"text/html","size":5}`, 415},
		"endless JSON":     {"ann", "POST", "/v1/recordings", "application/json", `{"contentType":"` + strings.Repeat("x", 5000), 400},
		"too much":         {"ann", "POST", "/v1/recordings", "audio/wav", strings.Repeat("x", 1001), 413},
		"nothing":          {"ann", "POST", "/v1/recordings", "audio/wav", "", 400},
		"a program":        {"ann", "POST", "/v1/recordings", "application/x-sh", "rm -rf /", 415},
		"a page after x":   {"ann", "GET", "/v1/recordings?after=x", "", "", 400},
		"no such route":    {"ann", "GET", "/v2/recordings", "", "", 404},
		"deletion":         {"ann", "DELETE", "/v1/recordings", "", "", 405},
		"a path of others": {"ann", "GET", "/v1/recordings/..%2Fbob", "", "", 404},
	} {
		status, header, _ := send(t, server, c.owner, c.method, c.path, c.contentType, c.body)
		assert.Equal(t, c.status, status, name)
		if c.status != 405 && c.path != "/v2/recordings" {
			assert.Equal(t, "application/problem+json", header.Get("Content-Type"), name)
		}
	}
	assert.Empty(t, w.rows, "nothing is remembered of what is refused")

	w.fail = errors.New("password authentication failed for user audio")
	status, header, p := send(t, server, "ann", "GET", "/v1/recordings", "", "")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.Equal(t, "1", header.Get("Retry-After"))
	assert.NotContains(t, p["detail"], "password", "what went wrong is the log's")
	assert.Len(t, p["traceId"], 32)

	a.Owner = func(*http.Request) (string, error) { return "", auth.ErrKeys }
	status, _, _ = send(t, server, "ann", "GET", "/v1/recordings", "", "")
	assert.Equal(t, http.StatusServiceUnavailable, status, "not the caller's fault")
	a.Owner = func(*http.Request) (string, error) { panic("oops") }
	status, _, _ = send(t, server, "ann", "GET", "/v1/recordings", "", "")
	assert.Equal(t, http.StatusInternalServerError, status, "and the service lives on")
}
