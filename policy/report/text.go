package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Style is how a terminal shows things.
type Style struct {
	// Width in columns; 0 for no limit.
	Width int
	Color bool
}

func (s Style) paint(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

var severityColors = map[string]string{
	rule.Critical.String(): "1;31", rule.High.String(): "31", rule.Medium.String(): "33", rule.Low.String(): "36",
}

// Text writes the run for a terminal: failures with what is wrong and how to mend it, then what else is worth knowing.
func Text(w io.Writer, run *Run, style Style) error {
	p := &printer{w: w, style: style}
	for i := range run.Results {
		r := &run.Results[i]
		if r.Status != Failed {
			continue
		}
		p.line("%s  %s  %s  %s", p.style.paint(severityColors[r.Severity], fmt.Sprintf("%-8s", r.Severity)),
			fmt.Sprintf("%-9s", r.Level), p.style.paint("1", r.Control), where(r))
		for _, f := range r.Findings {
			p.wrapped("          ", f)
		}
		// The fix is the same for all resources that fail a control; they follow one another.
		if last := i+1 == len(run.Results) || run.Results[i+1].Control != r.Control; r.rule != nil && last {
			p.fix(r.rule.Fix, func(label string) string { return fmt.Sprintf("          %-4s ", label) })
		}
	}
	for _, status := range []Status{Remediated, Exempt, NotYetKnown} {
		for i := range run.Results {
			if r := &run.Results[i]; r.Status == status {
				p.wrapped(fmt.Sprintf("%-19s  %s  %s  ", status, r.Control, where(r)), r.Reason)
			}
		}
	}
	for _, note := range run.Notes {
		p.wrapped("note                 ", note)
	}
	p.line("%s", Summary(run))
	return p.err
}

func where(r *Result) string {
	if r.whole() {
		return "the stack"
	}
	return r.Name + " (" + r.Type + ")"
}

// Summary is the run in one line.
func Summary(run *Run) string {
	what := "update"
	if run.Preview {
		what = "preview"
	}
	subject := what
	if run.Stack != "" {
		subject = fmt.Sprintf("%s of %s/%s", what, run.Project, run.Stack)
	}
	failed := run.Count(Failed)
	parts := []string{fmt.Sprintf("%s (%d mandatory)", plural(failed, "failure"), run.Mandatory())}
	if failed == 0 {
		parts = []string{"no failures"}
	}
	for _, part := range []struct {
		status Status
		text   string
	}{{Exempt, "exempt"}, {Remediated, "remediated"}, {NotYetKnown, "not yet known"}, {Passed, "passed"}} {
		if n := run.Count(part.status); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, part.text))
		}
	}
	return subject + ": " + strings.Join(parts, ", ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// List writes a line for each rule.
func List(w io.Writer, rules []*rule.Rule, profile rule.Profile, style Style) error {
	p := &printer{w: w, style: style}
	width := 0
	for _, r := range rules {
		width = max(width, len(r.ID))
	}
	for _, r := range rules {
		p.wrapped(fmt.Sprintf("%s  %-9s  %-*s  ", p.style.paint(severityColors[r.Severity.String()], fmt.Sprintf("%-8s", r.Severity)),
			config.Default(r, profile), width, r.ID), r.Title)
	}
	p.line("%s, levels of the %s profile", plural(len(rules), "control"), profile)
	return p.err
}

// Explain writes everything about one rule.
func Explain(w io.Writer, r *rule.Rule, style Style) error {
	p := &printer{w: w, style: style}
	p.line("%s", p.style.paint("1", r.ID))
	p.wrapped("", r.Title)
	p.line("")
	field := func(name, text string) {
		if text != "" {
			p.wrapped(fmt.Sprintf("%-11s ", name), text)
		}
	}
	field("why", r.Why)
	field("severity", r.Severity.String())
	field("levels", fmt.Sprintf("prod: %s, dev: %s", config.Default(r, rule.Prod), config.Default(r, rule.Dev)))
	field("off because", r.OptIn)
	field("at update", r.AtUpdate)
	field("looks at", strings.Join(r.Types, ", "))
	if r.Stack != nil {
		field("judges", "the stack as a whole, at the end of a preview or update")
	}
	p.fix(r.Fix, func(label string) string { return fmt.Sprintf("%-11s ", strings.TrimSuffix(label, ":")) })
	if r.Remediate != nil {
		field("remediation", "set its level to remediate, and it mends this by itself")
	}
	for _, param := range r.Params {
		field("parameter", paramText(param))
	}
	field("same as", strings.Join(referenceList(r.References), ", "))
	field("source", r.Source)
	p.examples("passes", r.Good)
	p.examples("fails", r.Bad)
	return p.err
}

// fix writes the way with Bulwark, where there is one, and the plain one.
func (p *printer) fix(fix rule.Fix, indent func(label string) string) {
	label := "fix:"
	if fix.Bulwark != "" {
		p.wrapped(indent(label), fix.Bulwark)
		label = "or:"
	}
	p.wrapped(indent(label), fix.Plain)
}

func paramText(p rule.Param) string {
	text := fmt.Sprintf("%s (%s, default %v", p.Name, p.Kind(), p.Default)
	if p.Min != 0 || p.Max != 0 {
		text += fmt.Sprintf(", %d to %d", p.Min, p.Max)
	}
	if len(p.OneOf) > 0 {
		text += ", of " + strings.Join(p.OneOf, " ")
	}
	return text + "): " + p.Description
}

// referenceList are the ids in other catalogues with the name of the catalogue.
func referenceList(refs rule.References) []string {
	var out []string
	for _, c := range []struct {
		name string
		ids  []string
	}{
		{"FSBP", refs.FSBP}, {"CIS", refs.CIS}, {"Checkov", refs.Checkov}, {"Trivy", refs.Trivy}, {"cdk-nag", refs.CDKNag}, {"Pulumi", refs.Pulumi},
	} {
		for _, id := range c.ids {
			out = append(out, c.name+" "+id)
		}
	}
	return out
}

// printer keeps the first error.
type printer struct {
	w     io.Writer
	style Style
	err   error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) examples(what string, examples []rule.Example) {
	for _, e := range examples {
		name := what
		if e.Name != "" {
			name += " (" + e.Name + ")"
		}
		p.line("\n%s:", name)
		for line := range strings.Lines(strings.Trim(e.YAML, "\n")) {
			p.line("  %s", strings.TrimRight(line, "\n"))
		}
	}
}

// wrapped prints a text behind a prefix, and its further lines below the place where it began.
func (p *printer) wrapped(prefix, text string) {
	indent := strings.Repeat(" ", visible(prefix))
	room := p.style.Width - len(indent)
	if p.style.Width == 0 || room < 20 {
		p.line("%s%s", prefix, text)
		return
	}
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && visible(line)+1+visible(word) > room {
			p.line("%s%s", prefix, line)
			prefix, line = indent, ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	p.line("%s%s", prefix, line)
}

// visible is the number of characters that a terminal shows.
func visible(text string) int {
	n, escaped := 0, false
	for _, r := range text {
		switch {
		case r == '\x1b':
			escaped = true
		case escaped:
			escaped = r != 'm'
		default:
			n++
		}
	}
	return n
}
