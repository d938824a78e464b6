package report

import (
	"fmt"
	"io"
	"strings"
)

// MaxMarkdown is how many bytes a report may have; a comment on a pull request takes 65,536 characters.
const MaxMarkdown = 60_000

// Markdown writes the run for a pull request: a summary, a table of failures, and the rest folded away. What does not
// fit is counted.
func Markdown(w io.Writer, run *Run) error {
	var b strings.Builder
	heading := "passed"
	switch {
	case run.Mandatory() > 0:
		heading = "failed"
	case run.Count(Failed) > 0:
		heading = "passed with advice"
	}
	fmt.Fprintf(&b, "## Policies %s\n\n%s\n", heading, inline(Summary(run)))
	table(&b, run, "", Failed, func(r *Result) []string {
		return []string{r.Severity, string(r.Level), code(r.Control), resourceCell(r), cell(strings.Join(r.Findings, "\n"))}
	}, "severity", "level", "control", "resource", "what is wrong")
	table(&b, run, "Remediated", Remediated, func(r *Result) []string {
		return []string{code(r.Control), resourceCell(r), cell(r.Reason)}
	}, "control", "resource", "change")
	table(&b, run, "Exempt", Exempt, func(r *Result) []string {
		return []string{code(r.Control), resourceCell(r), cell(r.Reason)}
	}, "control", "resource", "reason")
	table(&b, run, "Not yet known, checked in the update", NotYetKnown, func(r *Result) []string {
		return []string{code(r.Control), resourceCell(r), cell(r.Reason)}
	}, "control", "resource", "what is missing")
	for i, note := range run.Notes {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- %s\n", inline(note))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes the results in one state; those with a title are folded away.
func table(b *strings.Builder, run *Run, title string, status Status, row func(*Result) []string, columns ...string) {
	n := run.Count(status)
	if n == 0 {
		return
	}
	b.WriteString("\n")
	if title != "" {
		fmt.Fprintf(b, "<details><summary>%s (%d)</summary>\n\n", title, n)
	}
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat(" --- |", len(columns)))
	written := 0
	for i := range run.Results {
		r := &run.Results[i]
		if r.Status != status {
			continue
		}
		line := "| " + strings.Join(row(r), " | ") + " |\n"
		if b.Len()+len(line) > MaxMarkdown {
			fmt.Fprintf(b, "\n... and %d more\n", n-written)
			break
		}
		b.WriteString(line)
		written++
	}
	if title != "" {
		b.WriteString("\n</details>\n")
	}
}

func resourceCell(r *Result) string {
	if r.whole() {
		return "the stack"
	}
	return code(r.Name) + "<br>" + code(r.Type)
}

// markup is what Markdown, HTML or GitHub would take for their own; @ would call people.
var markup = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "@", "&#64;", "|", "\\|", "`", "\\`", "*", "\\*", "_", "\\_",
	"[", "\\[", "]", "\\]", "#", "&#35;", "\\", "\\\\", "~", "\\~", "\r", " ",
)

func inline(text string) string { return strings.ReplaceAll(markup.Replace(text), "\n", " ") }

func cell(text string) string { return strings.ReplaceAll(markup.Replace(text), "\n", "<br>") }

// code is a text in a code span that it cannot end.
func code(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "\\|", "\n", " ", "\r", " ").Replace(text) + "`"
}
