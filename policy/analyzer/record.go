package analyzer

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// RecordVariable is the environment variable that names a file for the verdicts of a run, which bulwark policy report
// reads: one JSON object a line, first a [Run], then [Verdict]s.
const RecordVariable = "BULWARK_POLICY_RECORD"

// Run is the first line of a record.
type Run struct {
	Pack         string `json:"pack"`
	Version      string `json:"version"`
	Organization string `json:"organization,omitempty"`
	Project      string `json:"project"`
	Stack        string `json:"stack"`
	Profile      string `json:"profile"`
	// DryRun is true for a preview.
	DryRun bool `json:"dryRun"`
	// Levels are those of all rules.
	Levels map[string]string `json:"levels"`
}

// Verdict is one verdict of one rule; in a record every one has a line.
type Verdict struct {
	// Rule is the id; "bulwark" for what the pack says about itself.
	Rule string `json:"rule"`
	// URN is the resource; empty for the stack.
	URN string `json:"urn,omitempty"`
	// Verdict is pass, fail, exempt, not-yet-known, not-applicable or remediated; note for the pack itself.
	Verdict string `json:"verdict"`
	// Reason is why it is neither pass nor fail.
	Reason string `json:"reason,omitempty"`
	// Findings are what is wrong.
	Findings []string `json:"findings,omitempty"`
}

// recorder is the file; a run without one writes nothing.
type recorder struct {
	mu    sync.Mutex
	file  *os.File
	begun bool
}

func newRecorder(path string) (*recorder, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", RecordVariable, err)
	}
	return &recorder{file: file}, nil
}

// write adds verdicts to the record.
func (r *run) write(verdicts []Verdict) error {
	if r.record == nil {
		return nil
	}
	r.record.mu.Lock()
	defer r.record.mu.Unlock()
	encoder := json.NewEncoder(r.record.file)
	if !r.record.begun {
		r.record.begun = true
		if err := encoder.Encode(r.header()); err != nil {
			return fmt.Errorf("%s: %w", RecordVariable, err)
		}
	}
	for _, v := range verdicts {
		if err := encoder.Encode(v); err != nil {
			return fmt.Errorf("%s: %w", RecordVariable, err)
		}
	}
	return nil
}

func (r *run) header() Run {
	h := Run{
		Pack: r.pack.Name, Version: r.pack.Version, Organization: r.ctx.Organization, Project: r.ctx.Project,
		Stack: r.ctx.Stack, Profile: string(r.ctx.Profile), DryRun: r.ctx.DryRun, Levels: map[string]string{},
	}
	for _, rule := range r.rules {
		h.Levels[rule.ID] = string(r.policy.Setting(rule.ID).Level)
	}
	return h
}

// note keeps a verdict for the record.
func (a *answer) note(r *rule.Rule, urn, verdict, reason string, findings ...rule.Finding) {
	if a.run.record == nil {
		return
	}
	v := Verdict{Rule: r.ID, URN: urn, Verdict: verdict, Reason: reason}
	for _, f := range findings {
		v.Findings = append(v.Findings, f.String())
	}
	a.verdicts = append(a.verdicts, v)
}
