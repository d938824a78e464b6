package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	ClassName string       `xml:"classname,attr"`
	Name      string       `xml:"name,attr"`
	Failure   *junitDetail `xml:"failure,omitempty"`
	Skipped   *junitDetail `xml:"skipped,omitempty"`
}

type junitDetail struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// JUnit writes the run as test results: a suite per control, a case per resource. Only mandatory failures count as
// failed; advisory ones, exemptions and what is not yet known are skipped, with the reason. What does not apply is left
// out.
func JUnit(w io.Writer, run *Run) error {
	all := junitSuites{Name: run.Pack}
	index := map[string]int{}
	for i := range run.Results {
		r := &run.Results[i]
		if r.Status == NotApplicable {
			continue
		}
		at, ok := index[r.Control]
		if !ok {
			at = len(all.Suites)
			index[r.Control] = at
			all.Suites = append(all.Suites, junitSuite{Name: r.Control})
		}
		suite := &all.Suites[at]
		c := junitCase{ClassName: r.Control, Name: r.place()}
		if !r.whole() {
			c.Name = r.Type + " " + r.Name
		}
		switch {
		case r.Mandatory():
			c.Failure = &junitDetail{Message: r.Title, Type: r.Severity, Text: strings.Join(r.Findings, "\n") + fixLines(r)}
			suite.Failures++
			all.Failures++
		case r.Status == Failed:
			c.Skipped = &junitDetail{Message: fmt.Sprintf("advisory: %s: %s", r.Title, strings.Join(r.Findings, "; "))}
		case r.Status != Passed:
			c.Skipped = &junitDetail{Message: string(r.Status) + ": " + r.Reason}
		}
		if c.Skipped != nil {
			suite.Skipped++
			all.Skipped++
		}
		suite.Tests++
		all.Tests++
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func fixLines(r *Result) string {
	if r.rule == nil {
		return ""
	}
	return "\n" + strings.Join(r.rule.Fix.Lines(), "\n")
}
