//go:build sandbox

package sampleapp

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

const (
	region = sandboxtest.DefaultRegion
	module = "../../examples/audio-api"
)

// application is the sample application as examples/audio-api/cmd/local runs it.
type application struct {
	URL        string `json:"url"`
	Token      string `json:"token"`
	OtherToken string `json:"otherToken"`
}

// build builds examples/audio-api/cmd/local.
func build(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "local")
	build := exec.Command("go", "build", "-o", program, "./cmd/local")
	build.Dir = module
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return program
}

// local is the built program with the arguments that point it at the stack with these outputs.
func (s *stack) local(t *testing.T, up map[string]any, args ...string) (command *exec.Cmd, details string) {
	t.Helper()
	dir := t.TempDir()
	outputs := map[string]map[string]any{}
	for name, value := range up {
		outputs[name] = map[string]any{"value": value}
	}
	raw, err := json.Marshal(map[string]any{"endpoint": s.env.Endpoint, "region": region, "outputs": outputs})
	require.NoError(t, err)
	target := filepath.Join(dir, "target.json")
	require.NoError(t, os.WriteFile(target, raw, 0o600))

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	details = filepath.Join(dir, "details.json")
	command = exec.Command(s.program, append([]string{"-target", target, "-details", details, "-listen", listener.Addr().String()}, args...)...)
	command.Dir = module
	return command, details
}

// run runs the application until the test ends.
func (s *stack) run(t *testing.T) *application {
	t.Helper()
	command, details := s.local(t, s.up.Outputs)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	require.NoError(t, command.Start())
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		if err := <-ended; err != nil || t.Failed() {
			t.Errorf("the application ended with %v:\n%s", err, output.String())
		}
	})
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		select {
		case err := <-ended:
			ended <- err
			t.FailNow()
		default:
		}
		if raw, err := os.ReadFile(details); err == nil {
			a := &application{}
			require.NoError(t, json.Unmarshal(raw, a))
			return a
		}
	}
	t.Fatal("the application does not start")
	return nil
}

// answer is what a client gets.
type answer struct {
	status           int
	ID               string
	Upload, Download *struct {
		Method, URL string
		Headers     map[string]string
	}
	Recordings []struct {
		ID       string
		Uploaded bool
	}
}

// send sends a request, and returns the answer.
func send(t testing.TB, method, url, contentType, token string, body io.Reader, size int) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	require.NoError(t, err)
	request.ContentLength = int64(size)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	got, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	require.NoError(t, err)
	a := answer{}
	_ = json.Unmarshal(raw, &a) // What S3 answers is no JSON.
	a.status = got.StatusCode
	return a
}

// ownRecordings asserts that a caller sees its own recordings, all of them uploaded, and nobody else's.
func (a *application) ownRecordings(t *testing.T) {
	mine := send(t, "GET", a.URL+"/v1/recordings", "", a.Token, http.NoBody, 0)
	require.GreaterOrEqual(t, len(mine.Recordings), 2, "those that the start of the application has uploaded")
	assert.True(t, mine.Recordings[0].Uploaded && mine.Recordings[1].Uploaded)
	others := send(t, "GET", a.URL+"/v1/recordings", "", a.OtherToken, http.NoBody, 0)
	assert.Equal(t, http.StatusOK, others.status)
	assert.Empty(t, others.Recordings)
	found := send(t, "GET", a.URL+"/v1/recordings/"+mine.Recordings[0].ID, "", a.OtherToken, http.NoBody, 0)
	assert.Equal(t, http.StatusNotFound, found.status)
	assert.Equal(t, http.StatusUnauthorized, send(t, "GET", a.URL+"/v1/recordings", "", "", http.NoBody, 0).status)
}

// paths are all ways through the application. What a request comes to is not looked at here.
func (a *application) paths() map[string]func(testing.TB, *sandboxtest.Env) {
	create := func(t testing.TB, contentType, body string) answer {
		return send(t, "POST", a.URL+"/v1/recordings", contentType, a.Token, strings.NewReader(body), len(body))
	}
	return map[string]func(testing.TB, *sandboxtest.Env){
		"small upload": func(t testing.TB, _ *sandboxtest.Env) { create(t, "audio/ogg", "a recording") },
		"large upload": func(t testing.TB, _ *sandboxtest.Env) { create(t, "audio/ogg", strings.Repeat("a recording", 1<<20)) },
		"upload that is cut off": func(t testing.TB, env *sandboxtest.Env) {
			a.cutOff(t, env)
		},
		"upload and download by link": func(t testing.TB, _ *sandboxtest.Env) {
			made := create(t, "application/json", `{"contentType": "audio/wav", "size": 5}`)
			if made.Upload == nil {
				return
			}
			send(t, made.Upload.Method, made.Upload.URL, "audio/wav", "", strings.NewReader("hello"), 5)
			found := send(t, "GET", a.URL+"/v1/recordings/"+made.ID, "", a.Token, http.NoBody, 0)
			if found.Download != nil {
				send(t, "GET", found.Download.URL, "", "", http.NoBody, 0)
			}
		},
		"list": func(t testing.TB, _ *sandboxtest.Env) {
			send(t, "GET", a.URL+"/v1/recordings", "", a.Token, http.NoBody, 0)
		},
		"token with a new key": func(t testing.TB, _ *sandboxtest.Env) {
			time.Sleep(time.Second) // The document is not read twice in a second.
			_, rest, _ := strings.Cut(a.Token, ".")
			header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT","kid":"new"}`))
			send(t, "GET", a.URL+"/v1/recordings", "", header+"."+rest, http.NoBody, 0)
		},
	}
}

// cutOff begins an upload in parts and goes away in the middle of it.
func (a *application) cutOff(t testing.TB, env *sandboxtest.Env) {
	t.Helper()
	body, rest := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), "POST", a.URL+"/v1/recordings", body)
	require.NoError(t, err)
	request.ContentLength = 20 << 20
	request.Header.Set("Authorization", "Bearer "+a.Token)
	request.Header.Set("Content-Type", "audio/wav")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
		}
	}()
	count := func(operation string) int { return len(env.Calls(t, "s3", operation)) }
	waitFor := func(done func() bool) {
		for deadline := time.Now().Add(5 * time.Second); !done() && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		}
	}
	// An upload that is refused has no parts, and one that may not be aborted no look at what is left of it.
	parts, aborts, looks := count("UploadPart"), count("AbortMultipartUpload"), count("ListParts")
	go func() { _, _ = rest.Write(make([]byte, 9<<20)) }()
	waitFor(func() bool { return count("UploadPart") > parts || isClosed(ended) })
	_ = rest.CloseWithError(errors.New("gone"))
	<-ended
	waitFor(func() bool {
		calls := env.Calls(t, "s3", "AbortMultipartUpload")
		return len(calls) > aborts && (count("ListParts") > looks || calls[len(calls)-1].Status == http.StatusForbidden) || count("UploadPart") == parts
	})
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
