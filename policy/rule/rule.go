package rule

import (
	"fmt"
	"strings"
)

// Rule is one control of the policy pack. It judges with either Resource or Stack, never both.
type Rule struct {
	// ID is stable: lower-case letters, digits and hyphens, the name of the rule's file. Configuration and exemptions use it.
	ID string
	// Title says in a few words what holds when the rule passes.
	Title string
	// Why says what can happen when it does not.
	Why string
	// Severity decides, with the profile, at which level the rule is enforced.
	Severity Severity
	// References are the same control in other catalogues.
	References References
	// Source is the address of the AWS document that the rule follows.
	Source string
	// Fix says what to do.
	Fix Fix
	// Types are the Pulumi type tokens that the rule looks at, "*" for all. A resource rule is asked about these only.
	Types []string

	// Resource judges one resource by its inputs, before the resource is created or updated.
	Resource func(r *Resource, f *Findings)
	// Stack judges all resources by their outputs, once, at the end of a preview or update.
	Stack func(s *Stack, f *Findings)
	// Remediate, of a resource rule, makes the changes that let the resource pass; nil where nothing is safely derivable.
	Remediate func(r *Resource, c *Changes)

	// Params are what a stack may configure.
	Params []Param
	// OptIn, if not empty, says why the rule is off unless a stack turns it on.
	OptIn string

	// AtUpdate, if not empty, says which mistakes the preview of a new stack cannot see, and why. A bad example shows it.
	AtUpdate string

	// AsksSecret says that the verdict depends on whether values are marked as secret ([Value.Secret]).
	AsksSecret bool

	// Good and Bad are stacks that pass and fail. There is at least one of each; all are tests.
	Good, Bad []Example
}

// References are the ids of one control in other catalogues.
type References struct {
	// FSBP is AWS Foundational Security Best Practices; an id with * is disabled by default or covered in part.
	FSBP []string
	// CIS is the CIS AWS Foundations Benchmark, as v<major version>:<recommendation>.
	CIS []string
	// Checkov, Trivy, CDKNag and Pulumi are scanners and packs with a check for the same thing.
	Checkov, Trivy, CDKNag, Pulumi []string
}

// Fix says how to make a failing resource pass.
type Fix struct {
	// Bulwark is the way with this project's components; empty where none does it. What it names exists.
	Bulwark string
	// Plain is the way with a pulumi-aws resource in Go.
	Plain string
}

// Lines are the ways, one a line: with Bulwark where a component does it, and with pulumi-aws.
func (x Fix) Lines() []string {
	plain := "Fix in pulumi-aws: " + x.Plain
	if x.Bulwark == "" {
		return []string{plain}
	}
	return []string{"Fix with Bulwark: " + strings.TrimSuffix(x.Bulwark, "."), plain}
}

// Example is a small stack in the notation of Pulumi YAML: a map from logical names to resources.
type Example struct {
	// Name says what is special about it; may be empty for the plain case.
	Name string
	// YAML holds the resources: name: {type: ..., properties: {...}, options: {...}}. Values may refer to other
	// resources (${audio.arn}), and use fn::toJSON and fn::secret.
	YAML string
	// Profile is the profile under which the example is judged; Prod when empty.
	Profile Profile
	// Deployed says that the resources exist already: a preview knows what AWS has answered, which the properties show.
	Deployed bool
	// Params are set differently from their defaults.
	Params map[string]any
}

// Severity is how bad a failure is.
type Severity int

// The severities.
const (
	Low Severity = iota + 1
	Medium
	High
	Critical
)

var severityNames = [...]string{"", "low", "medium", "high", "critical"}

// String is the name in lower case, as in controls.csv.
func (s Severity) String() string {
	if s < Low || s > Critical {
		return fmt.Sprintf("severity(%d)", int(s))
	}
	return severityNames[s]
}

// ParseSeverity reads a name in lower case.
func ParseSeverity(name string) (Severity, bool) {
	for s := Low; s <= Critical; s++ {
		if severityNames[s] == name {
			return s, true
		}
	}
	return 0, false
}

// Verdict is what a rule says about a resource or stack.
type Verdict int

// The verdicts.
const (
	// Pass: judged, and nothing is wrong.
	Pass Verdict = iota
	// Fail: judged, and something is wrong.
	Fail
	// NotYetKnown: a value that decides is not known in this preview; it is judged in the update.
	NotYetKnown
	// NotApplicable: there is nothing for the rule to judge.
	NotApplicable
)

// String is the verdict in words.
func (v Verdict) String() string {
	switch v {
	case Pass:
		return "pass"
	case Fail:
		return "fail"
	case NotYetKnown:
		return "not yet known"
	case NotApplicable:
		return "not applicable"
	}
	return fmt.Sprintf("verdict(%d)", int(v))
}

// Looks tells whether the rule looks at resources of the type.
func (r *Rule) Looks(typ string) bool {
	for _, t := range r.Types {
		if t == "*" || t == typ {
			return true
		}
	}
	return false
}

// Check lists what is wrong with the definition of the rule itself; nothing when it is complete.
func (r *Rule) Check() []string {
	var problems []string
	missing := func(name string, absent bool) {
		if absent {
			problems = append(problems, name+" is missing")
		}
	}
	missing("ID", r.ID == "")
	missing("Title", r.Title == "")
	missing("Why", r.Why == "")
	missing("Severity", r.Severity < Low || r.Severity > Critical)
	missing("Fix.Plain", r.Fix.Plain == "")
	missing("Types", len(r.Types) == 0)
	missing("Good", len(r.Good) == 0)
	missing("Bad", len(r.Bad) == 0)
	missing("Resource or Stack", r.Resource == nil && r.Stack == nil)
	if !strings.HasPrefix(r.Source, "https://") {
		problems = append(problems, "Source is not the address of a document")
	}
	if r.Resource != nil && r.Stack != nil {
		problems = append(problems, "Resource and Stack are both set: make two rules of it")
	}
	if r.Remediate != nil && r.Resource == nil {
		problems = append(problems, "Remediate needs Resource")
	}
	for name, text := range map[string]string{"Title": r.Title, "OptIn": r.OptIn, "AtUpdate": r.AtUpdate} {
		if strings.HasSuffix(text, ".") || strings.Contains(text, "\n") {
			problems = append(problems, name+" is one line without a full stop")
		}
	}
	seen := map[string]bool{}
	for _, p := range r.Params {
		if seen[p.Name] {
			problems = append(problems, "parameter "+p.Name+" is declared twice")
		}
		seen[p.Name] = true
		for _, problem := range p.check() {
			problems = append(problems, fmt.Sprintf("parameter %s: %s", p.Name, problem))
		}
	}
	return problems
}
