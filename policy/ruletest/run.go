package ruletest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/trial"
)

// Run tests the rules.
func Run(t *testing.T, rules []*rule.Rule) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			for _, problem := range r.Check() {
				t.Error(problem)
			}
			if t.Failed() {
				return
			}
			for i, e := range r.Good {
				t.Run(label("good", i, e), func(t *testing.T) { report(t, examine(r, e, true)) })
			}
			late := false
			for i, e := range r.Bad {
				t.Run(label("bad", i, e), func(t *testing.T) { report(t, examine(r, e, false)) })
				late = late || r.AtUpdate != "" && unseen(r, e)
			}
			if r.AtUpdate != "" && !late {
				t.Error("AtUpdate is set, and a preview sees every bad example: take it out, or add the example that it is about")
			}
			if r.Remediate != nil {
				t.Run("remediation", func(t *testing.T) { report(t, examineRemediation(r)) })
			}
		})
	}
}

func report(t *testing.T, problems []string) {
	t.Helper()
	for _, problem := range problems {
		t.Error(problem)
	}
}

func label(kind string, i int, e rule.Example) string {
	if e.Name != "" {
		return kind + " " + e.Name
	}
	return fmt.Sprintf("%s %d", kind, i+1)
}

// examine returns what is wrong with a rule, judged by one of its examples.
func examine(r *rule.Rule, e rule.Example, good bool) []string {
	stack, err := trial.Of(e)
	if err != nil {
		return []string{err.Error()}
	}
	params, err := parameters(r, e)
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, mode := range []trial.Mode{trial.Preview, trial.Update} {
		inputs, err := stack.Inputs(mode)
		if err != nil {
			return []string{err.Error()}
		}
		for _, raw := range inputs {
			for _, problem := range schema.Check(raw.Type, raw.Properties) {
				problems = append(problems, raw.Name+"."+problem)
			}
		}
		raws, err := stack.For(r, mode)
		if err != nil {
			return []string{err.Error()}
		}
		c := &check{rule: r, example: e, params: params, mode: mode, resources: raws}
		got := c.judge(c.resources)
		c.verdict(got, good)
		switch {
		case len(c.problems)+len(problems) > 0:
		case mode == trial.Update:
			c.mutate(inputs, got)
		default:
			c.obscure(inputs, got)
		}
		problems = append(problems, c.problems...)
	}
	return slices.Compact(problems)
}

// unseen tells whether the preview does not see what is wrong with a bad example.
func unseen(r *rule.Rule, e rule.Example) bool {
	stack, err := trial.Of(e)
	if err != nil {
		return false
	}
	raws, err := stack.For(r, trial.Preview)
	if err != nil {
		return false
	}
	params, err := parameters(r, e)
	if err != nil {
		return false
	}
	c := &check{rule: r, example: e, params: params, mode: trial.Preview}
	got := c.judge(raws)
	return got.verdict == rule.NotYetKnown
}

// parameters checks what the example sets against the rule's declarations.
func parameters(r *rule.Rule, e rule.Example) (map[string]any, error) {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(e.Params)) {
		i := slices.IndexFunc(r.Params, func(p rule.Param) bool { return p.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("the example sets the parameter %q, which the rule does not declare", name)
		}
		value, problems := r.Params[i].Parse("", e.Params[name])
		if len(problems) > 0 {
			return nil, fmt.Errorf("the example's parameter %s%s", name, problems[0])
		}
		out[name] = value
	}
	return out, nil
}

// check is one example in one mode.
type check struct {
	rule      *rule.Rule
	example   rule.Example
	params    map[string]any
	mode      trial.Mode
	resources []rule.Raw
	problems  []string
}

func (c *check) problemf(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// result is what the rule says about an example as a whole.
type result struct {
	verdict  rule.Verdict
	findings []rule.Finding
	reasons  []string
	broken   any
	stack    []byte
}

// rank orders the verdicts on single resources: the highest is that on the example.
var rank = map[rule.Verdict]int{rule.NotApplicable: 0, rule.Pass: 1, rule.NotYetKnown: 2, rule.Fail: 3}

func (r *result) add(o rule.Outcome) {
	if rank[o.Verdict] > rank[r.verdict] {
		r.verdict = o.Verdict
	}
	r.findings = append(r.findings, o.Findings...)
	if o.Reason != "" {
		r.reasons = append(r.reasons, o.Reason)
	}
	if o.Panic != nil {
		r.broken, r.stack = o.Panic, o.Stack
	}
}

func (r *result) String() string {
	text := r.verdict.String()
	for _, f := range r.findings {
		text += "\n    " + f.URN + " " + f.String()
	}
	for _, reason := range r.reasons {
		text += "\n    (" + reason + ")"
	}
	return text
}

// today is the day on which the examples are judged, so that they do not age.
var today = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

func (c *check) context() *rule.Context {
	profile := c.example.Profile
	if profile == "" {
		profile = rule.Prod
	}
	return &rule.Context{
		Organization: "organization", Project: "acme", Stack: string(profile), Profile: profile,
		DryRun: c.mode == trial.Preview, Today: today, Config: map[string]string{"aws:region": "eu-west-1"},
	}
}

func (c *check) judge(raws []rule.Raw) result {
	res := result{verdict: rule.NotApplicable}
	for _, o := range trial.Judge(c.rule, c.context(), c.params, raws) {
		res.add(o.Outcome)
	}
	return res
}

// verdict asserts what the example promises.
func (c *check) verdict(got result, good bool) {
	c.whole("the example", got)
	ok, want := false, ""
	switch {
	case good && c.mode == trial.Update:
		ok, want = got.verdict == rule.Pass, "pass"
	case good:
		ok, want = got.verdict != rule.Fail, "anything but fail"
	case c.mode == trial.Update:
		ok, want = got.verdict == rule.Fail, "fail"
	case c.rule.AtUpdate != "":
		ok, want = got.verdict == rule.Fail || got.verdict == rule.NotYetKnown, "fail or not yet known"
	default:
		ok, want = got.verdict == rule.Fail, "fail (read what decides first, or say in AtUpdate what a preview cannot know)"
	}
	if !ok {
		c.problemf("in the %s: expected %s, got %s", c.mode, want, got.String())
	}
}

// whole asserts that the rule did not break down.
func (c *check) whole(what string, got result) {
	if got.broken != nil {
		c.problemf("%s: the rule broke down in the %s: %v\n%s", what, c.mode, got.broken, got.stack)
	}
	for _, f := range got.findings {
		if strings.TrimSpace(f.Message) == "" || strings.Contains(f.Message, "%!") {
			c.problemf("%s: malformed message %q", what, f.Message)
		}
	}
}
