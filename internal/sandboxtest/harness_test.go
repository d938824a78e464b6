package sandboxtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

// watched is a test that is expected to fail: it keeps what is said.
type watched struct {
	testing.TB
	said  []string
	fatal bool
}

func (w *watched) Helper() {}

func (w *watched) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

func (w *watched) Fatalf(format string, args ...any) {
	w.Errorf(format, args...)
	w.fatal = true
	runtime.Goexit()
}

func (w *watched) Fatal(args ...any) { w.Fatalf("%s", fmt.Sprint(args...)) }

// watch runs what a test would do, and returns what became of it.
func watch(t *testing.T, do func(testing.TB)) *watched {
	t.Helper()
	w := &watched{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(w)
	}()
	<-done
	return w
}

func TestProjectName(t *testing.T) {
	for test, want := range map[string]string{
		"TestBucket": "bucket", "TestBucket/with_KMS_key": "bucket-with-kms-key", "TestZugriff/ä": "zugriff", "Test/_x_": "x",
	} {
		assert.Equal(t, want, projectName(test))
	}
}

func TestResultOf(t *testing.T) {
	r := resultOf(sandbox.Outcome{
		Changes: []sandbox.Change{
			{Type: "pulumi:pulumi:Stack", Op: sandbox.Created},
			{Type: "aws:kms/key:Key", Op: sandbox.Created},
			{Type: "aws:kms/alias:Alias", Op: sandbox.Same},
			{Type: "aws:kms/alias:Alias", Op: sandbox.Replaced},
		},
		Outputs: map[string]sandbox.Output{"arn": {Value: "arn:aws:kms"}, "n": {Value: 3.0}},
	})
	assert.Equal(t, "1 created, 0 updated, 1 replaced, 0 deleted", r.String())
	assert.Len(t, r.Changes, 3, "all that did not stay the same")
	assert.Equal(t, "arn:aws:kms", r.Output(t, "arn"))
	assert.Equal(t, []string{"output n is 3 (float64), want a string"}, watch(t, func(tb testing.TB) { r.Output(tb, "n") }).said)
	assert.True(t, watch(t, func(tb testing.TB) { r.Output(tb, "none") }).fatal)
}

// TestNewAsksForMain: without Main nobody would end the emulator.
func TestNewAsksForMain(t *testing.T) {
	before := shared.inMain
	t.Cleanup(func() { shared.inMain = before })
	shared.inMain = false
	w := watch(t, func(tb testing.TB) { New(tb) })
	require.True(t, w.fatal)
	assert.Contains(t, w.said[0], "func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }")
}

// fakeEmulator answers every request the same way and keeps the last one.
func fakeEmulator(t *testing.T, answer string) (*Env, *http.Request) {
	t.Helper()
	last := &http.Request{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*last = *r.Clone(t.Context())
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return &Env{Endpoint: server.URL, Admin: sandbox.Admin{Endpoint: server.URL}}, last
}

func TestAWSConfig(t *testing.T) {
	env, last := fakeEmulator(t, "<VersioningConfiguration/>")
	ask := func(client *s3.Client) {
		_, err := client.GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: aws.String("acme")})
		require.NoError(t, err)
	}
	ask(env.S3(""))
	assert.Equal(t, "/acme", last.URL.Path, "the bucket stands in the path")
	assert.Contains(t, last.Header.Get("Authorization"), "/"+DefaultRegion+"/s3/")
	assert.Empty(t, last.Header.Get("X-Forwarded-Proto"))

	cfg := env.AWSConfig("eu-central-1")
	ask(S3(InsecureHTTP(cfg)))
	assert.Equal(t, "http", last.Header.Get("X-Forwarded-Proto"))
	assert.Contains(t, last.Header.Get("Authorization"), "/eu-central-1/s3/")
	ask(S3(TLSVersion(cfg, "1.1")))
	assert.Equal(t, "1.1", last.Header.Get("X-Bulwark-Tls-Version"))
	assert.Empty(t, last.Header.Get("X-Forwarded-Proto"), "one configuration does not change another")
	ask(S3(cfg))
	assert.Empty(t, last.Header.Get("X-Bulwark-Tls-Version"))
}

// TestNoRetries: a fault that a test injects has to be seen by the test.
func TestNoRetries(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	_, err := (&Env{Endpoint: server.URL}).S3("").ListBuckets(t.Context(), &s3.ListBucketsInput{})
	require.Error(t, err)
	assert.Equal(t, 1, asked)
}

func TestAssertEmulated(t *testing.T) {
	env, _ := fakeEmulator(t, `{"unemulated":[{"service":"xray","operation":"GetGroups","count":1}]}`)
	assert.Equal(t, []string{"not emulated: xray:GetGroups (asked 1 time); add it to sandbox/emulator"}, watch(t, func(tb testing.TB) { env.AssertEmulated(tb) }).said)
	env, _ = fakeEmulator(t, `{"unemulated":[]}`)
	assert.Empty(t, watch(t, func(tb testing.TB) { env.AssertEmulated(tb) }).said)
}

func TestAssertModels(t *testing.T) {
	env, last := fakeEmulator(t, `{"violations":[{"service":"iam","operation":"CreateUser","code":"ValidationError",
		"violations":[{"member":"UserName","kind":"required","constraint":"Member must not be null"}]}]}`)
	want := []string{"AWS's model of the operation refuses iam:CreateUser (ValidationError): UserName: Member must not be null"}
	assert.Equal(t, want, watch(t, func(tb testing.TB) { env.assertModels(tb) }).said)
	assert.Equal(t, "DELETE /_bulwark/violations", last.Method+" "+last.URL.Path, "told once")
	assert.Equal(t, want, watch(t, func(tb testing.TB) { env.Reset(tb) }).said, "before it is forgotten")
	assert.Len(t, env.Refused(t), 1)
	env, last = fakeEmulator(t, `{"violations":[]}`)
	assert.Empty(t, watch(t, func(tb testing.TB) { env.assertModels(tb) }).said)
	assert.Equal(t, "GET", last.Method)
}

func TestFaultEndsWithItsTest(t *testing.T) {
	env, last := fakeEmulator(t, `{"id":"7"}`)
	t.Run("a test", func(t *testing.T) {
		env.Fault(t, sandbox.Fault{Service: "s3", Operation: "PutObject", Drop: true})
		assert.Equal(t, "POST /_bulwark/faults", last.Method+" "+last.URL.Path)
	})
	assert.Equal(t, "DELETE /_bulwark/faults/7", last.Method+" "+last.URL.Path)
}

func TestHarnessReportsADeadEmulator(t *testing.T) {
	env := &Env{Admin: sandbox.Admin{Endpoint: "http://127.0.0.1:1"}}
	for name, do := range map[string]func(testing.TB){
		"reset": env.Reset, "emulated": env.AssertEmulated,
		"calls": func(tb testing.TB) { env.Calls(tb, "", "") },
		"fault": func(tb testing.TB) { env.Fault(tb, sandbox.Fault{}) },
	} {
		w := watch(t, do)
		assert.True(t, w.fatal, name)
		assert.True(t, strings.Contains(strings.Join(w.said, ""), "connection refused"), name)
	}
}
