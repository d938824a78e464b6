package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Admin is the administrative side of an emulator: its health, the calls it has seen, and the faults it shall make.
// All paths live under /_bulwark/, where no AWS service has anything.
type Admin struct {
	// Endpoint is the emulator's address, for example http://127.0.0.1:23456.
	Endpoint string
	// Client defaults to one that gives up after five seconds and uses no proxy.
	Client *http.Client
}

// Health is what an emulator says of itself.
type Health struct {
	Status string `json:"status"`
	// Instance is a random id of the emulator's world: a restart and a reset change it.
	Instance string `json:"instance"`
	Moto     string `json:"moto"`
	Account  string `json:"account"`
}

// Call is one request that the emulator has answered.
type Call struct {
	N         int       `json:"n"`
	Time      time.Time `json:"time"`
	Service   string    `json:"service"`
	Operation string    `json:"operation"`
	Region    string    `json:"region"`
	Principal string    `json:"principal"`
	Status    int       `json:"status"`
	// Secure is false for requests that count as plain HTTP in policy conditions.
	Secure bool `json:"secure"`
}

// Fault is a rule that makes requests fail. Exactly one of Error, DelayMs and Drop says how.
type Fault struct {
	// Service is AWS's endpoint prefix ("s3", "kms"); Operation is AWS's name of it, "*" for all.
	Service   string `json:"service"`
	Operation string `json:"operation"`
	// Count is how many requests the rule serves; 0 means until it is deleted.
	Count int         `json:"count"`
	Error *FaultError `json:"error,omitempty"`
	// DelayMs holds the answer back, in milliseconds.
	DelayMs int `json:"delayMs,omitempty"`
	// Drop closes the connection without an answer.
	Drop bool `json:"drop,omitempty"`
}

// FaultError is the error that a faulty request gets, in the form of the service's protocol.
type FaultError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Status  int    `json:"status"`
}

// Unemulated is an operation that neither moto nor the fidelity layer has, and how often it was asked for.
type Unemulated struct {
	Service   string `json:"service"`
	Operation string `json:"operation"`
	Count     int    `json:"count"`
}

// String is for reports.
func (u Unemulated) String() string {
	return fmt.Sprintf("%s:%s (asked %s)", u.Service, u.Operation, count(u.Count, "time"))
}

// Refused is a call that breaks AWS's own model of the operation, and was refused for it.
type Refused struct {
	Service   string `json:"service"`
	Operation string `json:"operation"`
	Region    string `json:"region"`
	// Code of the error that the caller got.
	Code       string      `json:"code"`
	Violations []Violation `json:"violations"`
}

// Violation is one member of a call, and the constraint that it breaks.
type Violation struct {
	// Member is the path to it: "Rules[1].Statement.RateBasedStatement.Limit".
	Member string `json:"member"`
	// Kind is required, enum, length, range, pattern, union, unknown or type.
	Kind string `json:"kind"`
	// Constraint is what AWS's message says: "Member must not be null".
	Constraint string `json:"constraint"`
}

// String is for reports.
func (r Refused) String() string {
	told := make([]string, len(r.Violations))
	for i, v := range r.Violations {
		told[i] = v.Member + ": " + v.Constraint
	}
	return fmt.Sprintf("%s:%s (%s): %s", r.Service, r.Operation, r.Code, strings.Join(told, "; "))
}

// Health asks the emulator who it is. Anything else that listens there is an error.
func (a Admin) Health(ctx context.Context) (Health, error) {
	var h Health
	if err := a.call(ctx, http.MethodGet, "health", nil, &h); err != nil {
		return h, err
	}
	if h.Instance == "" {
		return h, fmt.Errorf("%s is not a Bulwark emulator", a.Endpoint)
	}
	return h, nil
}

// Reset empties the emulator's world, faults and records; the instance id changes.
func (a Admin) Reset(ctx context.Context) error {
	return a.call(ctx, http.MethodPost, "reset", nil, nil)
}

// Calls lists the recorded calls of a service and an operation; empty means any.
func (a Admin) Calls(ctx context.Context, service, operation string) ([]Call, error) {
	query := url.Values{}
	if service != "" {
		query.Set("service", service)
	}
	if operation != "" {
		query.Set("operation", operation)
	}
	var answer struct {
		Calls []Call `json:"calls"`
	}
	path := "calls"
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	err := a.call(ctx, http.MethodGet, path, nil, &answer)
	return answer.Calls, err
}

// ClearCalls forgets the recorded calls.
func (a Admin) ClearCalls(ctx context.Context) error {
	return a.call(ctx, http.MethodDelete, "calls", nil, nil)
}

// InjectFault adds a rule and returns its id.
func (a Admin) InjectFault(ctx context.Context, f Fault) (string, error) {
	var answer struct {
		ID any `json:"id"`
	}
	if err := a.call(ctx, http.MethodPost, "faults", f, &answer); err != nil {
		return "", err
	}
	return fmt.Sprint(answer.ID), nil
}

// ClearFaults deletes one rule, or all with an empty id.
func (a Admin) ClearFaults(ctx context.Context, id string) error {
	path := "faults"
	if id != "" {
		path += "/" + url.PathEscape(id)
	}
	return a.call(ctx, http.MethodDelete, path, nil, nil)
}

// Unemulated lists the operations that were asked for and that nobody emulates.
func (a Admin) Unemulated(ctx context.Context) ([]Unemulated, error) {
	var answer struct {
		Unemulated []Unemulated `json:"unemulated"`
	}
	err := a.call(ctx, http.MethodGet, "unemulated", nil, &answer)
	return answer.Unemulated, err
}

// Refused lists the calls that AWS's models refuse, oldest first.
func (a Admin) Refused(ctx context.Context) ([]Refused, error) {
	var answer struct {
		Violations []Refused `json:"violations"`
	}
	err := a.call(ctx, http.MethodGet, "violations", nil, &answer)
	return answer.Violations, err
}

// ForgetRefused empties that list.
func (a Admin) ForgetRefused(ctx context.Context) error {
	return a.call(ctx, http.MethodDelete, "violations", nil, nil)
}

// directClient never uses a proxy: HTTP_PROXY may point anywhere, the emulator is on the loopback interface.
var directClient = &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true}}

func (a Admin) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, a.Endpoint+"/_bulwark/"+path, body)
	if err != nil {
		return err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	client := a.Client
	if client == nil {
		client = directClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 64*megabyte))
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %s", method, req.URL.Path, resp.Status, lastLines(string(raw), 2))
	}
	if out == nil || len(raw) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("%s %s: %w", method, req.URL.Path, err)
	}
	return nil
}
