package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Status is what became of one control on one resource.
type Status string

// The states, the most urgent first.
const (
	Failed        Status = "fail"
	Exempt        Status = "exempt"
	NotYetKnown   Status = "not-yet-known"
	Remediated    Status = "remediated"
	Passed        Status = "pass"
	NotApplicable Status = "not-applicable"
)

var statuses = []Status{Failed, Exempt, NotYetKnown, Remediated, Passed, NotApplicable}

// Run is one preview or update.
type Run struct {
	Pack    string `json:"pack"`
	Version string `json:"version"`
	Project string `json:"project,omitempty"`
	Stack   string `json:"stack,omitempty"`
	Profile string `json:"profile,omitempty"`
	// Preview is true for a preview.
	Preview bool `json:"preview"`
	// Results are in order of urgency.
	Results []Result `json:"results"`
	// Notes are what the pack said about itself: exemptions in force, expired, not needed; rules that broke down.
	Notes []string `json:"notes,omitempty"`
}

// Result is one control on one resource.
type Result struct {
	Control  string       `json:"control"`
	Title    string       `json:"title"`
	Severity string       `json:"severity"`
	Level    config.Level `json:"level,omitempty"`
	Status   Status       `json:"status"`
	// URN, Type and Name are those of the resource. What is about the stack as a whole has the stack's own resource, or none.
	URN  string `json:"urn,omitempty"`
	Type string `json:"type,omitempty"`
	Name string `json:"name,omitempty"`
	// Findings are what is wrong.
	Findings []string `json:"findings,omitempty"`
	// Reason is why the control neither passed nor failed.
	Reason string `json:"reason,omitempty"`

	rule *rule.Rule // nil for one of another pack
}

// Mandatory tells whether the result stops the deployment.
func (r *Result) Mandatory() bool { return r.Status == Failed && r.Level == config.Mandatory }

// place is the resource as people call it.
func (r *Result) place() string {
	if r.whole() {
		return "the stack"
	}
	return r.Name
}

// whole tells whether the result is about the stack as a whole.
func (r *Result) whole() bool { return r.URN == "" || r.Type == stackType }

// stackType is the type of the resource that stands for a stack.
const stackType = "pulumi:pulumi:Stack"

// Count is the number of results in a state.
func (r *Run) Count(status Status) int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Status == status {
			n++
		}
	}
	return n
}

// Mandatory is the number of failures that stop the deployment.
func (r *Run) Mandatory() int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Mandatory() {
			n++
		}
	}
	return n
}

// sort puts what is urgent first: mandatory failures, other failures, exemptions ...; severe ones before others.
func (r *Run) sort() {
	slices.SortStableFunc(r.Results, func(a, b Result) int {
		return cmp.Or(
			cmp.Compare(slices.Index(statuses, a.Status), slices.Index(statuses, b.Status)),
			-cmp.Compare(bit(a.Mandatory()), bit(b.Mandatory())),
			-cmp.Compare(severityOf(a), severityOf(b)),
			cmp.Compare(a.Control, b.Control),
			cmp.Compare(a.URN, b.URN),
		)
	})
}

func severityOf(r Result) rule.Severity {
	s, _ := rule.ParseSeverity(r.Severity)
	return s
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// splitURN takes type and name out of a URN. The type is the resource's own, without those of its parents.
func splitURN(urn string) (typ, name string) {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return "", urn
	}
	return parts[2][strings.LastIndex(parts[2], "$")+1:], parts[3]
}
