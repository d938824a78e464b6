package sandbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asked is the last request that a fake emulator has got.
type asked struct {
	Admin
	line, body, contentType string
}

// admin is the administrative side of an emulator that always answers the same.
func admin(t *testing.T, answer string) *asked {
	t.Helper()
	a := &asked{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		a.line, a.body, a.contentType = r.Method+" "+r.URL.RequestURI(), string(raw), r.Header.Get("Content-Type")
		if answer == "" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, "{\"error\": \"count must be a whole number\"}\n")
			return
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	a.Endpoint = server.URL
	return a
}

// TestAdmin holds the calls to the emulator's interface, which Python tests hold from the other side.
func TestAdmin(t *testing.T) {
	// No proxy of the user's is in the way.
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Run("health", func(t *testing.T) {
		a := admin(t, `{"status":"ok","instance":"a-b","moto":"5.2.5","account":"123456789012"}`)
		h, err := a.Health(t.Context())
		require.NoError(t, err)
		assert.Equal(t, Health{Status: "ok", Instance: "a-b", Moto: "5.2.5", Account: "123456789012"}, h)
		assert.Equal(t, "GET /_bulwark/health", a.line)
	})
	t.Run("health of something else", func(t *testing.T) {
		a := admin(t, `{"services":{"s3":"running"}}`)
		_, err := a.Health(t.Context())
		assert.ErrorContains(t, err, "is not a Bulwark emulator")
		_, err = admin(t, "<html>").Health(t.Context())
		assert.ErrorContains(t, err, "GET /_bulwark/health: invalid character")
	})
	t.Run("reset", func(t *testing.T) {
		a := admin(t, `{"status":"ok"}`)
		require.NoError(t, a.Reset(t.Context()))
		assert.Equal(t, "POST /_bulwark/reset", a.line)
	})
	t.Run("calls", func(t *testing.T) {
		a := admin(t, `{"calls":[{"n":3,"time":"2026-11-24T12:00:00.250+00:00","service":"s3","operation":"PutObject","region":"eu-west-1","principal":"arn","status":403,"secure":true}]}`)
		calls, err := a.Calls(t.Context(), "s3", "PutObject")
		require.NoError(t, err)
		require.Len(t, calls, 1)
		assert.WithinDuration(t, time.Date(2026, 11, 24, 12, 0, 0, 25e7, time.UTC), calls[0].Time, 0)
		calls[0].Time = time.Time{}
		assert.Equal(t, []Call{{N: 3, Service: "s3", Operation: "PutObject", Region: "eu-west-1", Principal: "arn", Status: 403, Secure: true}}, calls)
		assert.Equal(t, "GET /_bulwark/calls?operation=PutObject&service=s3", a.line)
		_, err = a.Calls(t.Context(), "", "")
		require.NoError(t, err)
		assert.Equal(t, "GET /_bulwark/calls", a.line)
		require.NoError(t, a.ClearCalls(t.Context()))
		assert.Equal(t, "DELETE /_bulwark/calls", a.line)
	})
	t.Run("calls that AWS's models refuse", func(t *testing.T) {
		a := admin(t, `{"violations":[{"service":"iam","operation":"CreateUser","region":"us-east-1","code":"ValidationError","violations":[{"member":"UserName","kind":"required","constraint":"Member must not be null"}]}]}`)
		refused, err := a.Refused(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []Refused{{
			Service: "iam", Operation: "CreateUser", Region: "us-east-1", Code: "ValidationError",
			Violations: []Violation{{Member: "UserName", Kind: "required", Constraint: "Member must not be null"}},
		}}, refused)
		assert.Equal(t, "GET /_bulwark/violations", a.line)
		require.NoError(t, a.ForgetRefused(t.Context()))
		assert.Equal(t, "DELETE /_bulwark/violations", a.line)
	})
	t.Run("faults", func(t *testing.T) {
		a := admin(t, `{"id":"7"}`)
		id, err := a.InjectFault(t.Context(), Fault{
			Service: "kms", Operation: "*", Count: 2, Error: &FaultError{Code: "ThrottlingException", Message: "slow down", Status: 400},
		})
		require.NoError(t, err)
		assert.Equal(t, "7", id)
		assert.Equal(t, "POST /_bulwark/faults", a.line)
		assert.Equal(t, "application/json", a.contentType)
		assert.JSONEq(t, `{"service":"kms","operation":"*","count":2,"error":{"code":"ThrottlingException","message":"slow down","status":400}}`, a.body)
		_, err = a.InjectFault(t.Context(), Fault{Service: "s3", Operation: "PutObject", DelayMs: 10})
		require.NoError(t, err)
		assert.JSONEq(t, `{"service":"s3","operation":"PutObject","count":0,"delayMs":10}`, a.body)
		require.NoError(t, a.ClearFaults(t.Context(), "7/x"))
		assert.Equal(t, "DELETE /_bulwark/faults/7%2Fx", a.line)
		require.NoError(t, a.ClearFaults(t.Context(), ""))
		assert.Equal(t, "DELETE /_bulwark/faults", a.line)
	})
	t.Run("unemulated", func(t *testing.T) {
		a := admin(t, `{"unemulated":[{"service":"xray","operation":"GetGroups","count":2}]}`)
		list, err := a.Unemulated(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []Unemulated{{Service: "xray", Operation: "GetGroups", Count: 2}}, list)
		assert.Equal(t, "xray:GetGroups (asked 2 times)", list[0].String())
	})
	t.Run("an error", func(t *testing.T) {
		_, err := admin(t, "").InjectFault(t.Context(), Fault{Count: -1})
		assert.ErrorContains(t, err, "POST /_bulwark/faults: 400 Bad Request: {\"error\": \"count must be a whole number\"}")
	})
	t.Run("nobody", func(t *testing.T) {
		_, err := Admin{Endpoint: "http://127.0.0.1:1"}.Unemulated(t.Context())
		assert.ErrorContains(t, err, "connection refused")
	})
}

func TestAnswers(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	require.NoError(t, answers(t.Context(), server.URL), "whatever is answered is an answer")
	assert.ErrorContains(t, reachable(t.Context(), server.URL), "answers 404 Not Found", "but no download")
	server.Close()
	err := answers(t.Context(), server.URL)
	assert.ErrorContains(t, err, "connection refused")
	assert.NotContains(t, err.Error(), "Get ", "whoever asks has named the address")
	assert.Error(t, reachable(t.Context(), server.URL))

	good := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer good.Close()
	assert.NoError(t, reachable(t.Context(), good.URL))
}

func TestSince(t *testing.T) {
	u := func(operation string, count int) Unemulated {
		return Unemulated{Service: "s3", Operation: operation, Count: count}
	}
	assert.Empty(t, since(nil, nil))
	assert.Equal(t, []Unemulated{u("B", 2), u("C", 1)}, since([]Unemulated{u("A", 3), u("B", 1)}, []Unemulated{u("A", 3), u("B", 3), u("C", 1)}))
	assert.Equal(t, []Unemulated{u("A", 1)}, since([]Unemulated{u("A", 3)}, []Unemulated{u("A", 1)}), "the emulator was emptied meanwhile")
}
