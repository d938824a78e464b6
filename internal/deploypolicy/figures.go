package deploypolicy

import (
	"maps"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Figures say how wide the policies of a role are.
type Figures struct {
	Policies []Size `json:"policies"`
	// Calls is how many operations were recorded, and are allowed; Everywhere how many of them need an action on "*" that
	// nothing narrows; Wide how many of the others need one on resources of others, by their kind.
	Calls      int `json:"calls"`
	Everywhere int `json:"everywhere"`
	Wide       int `json:"wide"`
	// Reasons are the actions of these calls, by the reason why they reach so far.
	Reasons []Reason `json:"reasons"`
}

// Size is that of one policy, in characters as AWS counts them.
type Size struct {
	Name       string `json:"name"`
	Statements int    `json:"statements"`
	Characters int    `json:"characters"`
	Most       int    `json:"most"`
}

// Reason is why actions are allowed on resources of others.
type Reason struct {
	Reason string `json:"reason"`
	// Everywhere says that the resource is "*".
	Everywhere bool     `json:"everywhere"`
	Actions    []string `json:"actions"`
}

// Summarize measures policies of a scope: those of Policies, or of ReadOnly.
func Summarize(s Scope, readOnly bool) (Figures, error) {
	policiesOf, allowed := Policies, s.allows
	if readOnly {
		policiesOf, allowed = ReadOnly, Call.looks
	}
	policies, err := policiesOf(s)
	if err != nil {
		return Figures{}, err
	}
	var f Figures
	for _, p := range policies {
		text, err := p.Document.Render()
		if err != nil {
			return Figures{}, err
		}
		f.Policies = append(f.Policies, Size{
			Name: p.Name, Statements: len(p.Document.Statements), Characters: iampolicy.Size(text), Most: iampolicy.ManagedPolicy.Limit().Max,
		})
	}
	reasons := map[reach][]string{}
	for _, call := range Calls() {
		if !allowed(call) {
			continue
		}
		f.Calls++
		needs, err := call.needs()
		if err != nil {
			return Figures{}, err
		}
		f.count(needs, reasons, readOnly)
	}
	for _, r := range slices.SortedFunc(maps.Keys(reasons), compareReach) {
		f.Reasons = append(f.Reasons, Reason{Reason: r.reason, Everywhere: r.everywhere, Actions: distinct(reasons[r])})
	}
	return f, nil
}

// reach is how far actions reach, and why.
type reach struct {
	reason     string
	everywhere bool
}

// compareReach sorts the widest first.
func compareReach(a, b reach) int {
	switch {
	case a.everywhere && !b.everywhere:
		return -1
	case b.everywhere && !a.everywhere:
		return 1
	}
	return strings.Compare(a.reason, b.reason)
}

// count adds the needs of one call.
func (f *Figures) count(needs []need, reasons map[reach][]string, readOnly bool) {
	everywhere, wide := false, false
	for _, n := range needs {
		if n.reason == "" || readOnly && !reads(n.action) {
			continue
		}
		r := reach{reason: n.reason, everywhere: slices.Contains(n.resources, "*")}
		reasons[r] = append(reasons[r], n.action)
		everywhere, wide = everywhere || r.everywhere, true
	}
	switch {
	case everywhere:
		f.Everywhere++
	case wide:
		f.Wide++
	}
}
