package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/analyzer"
	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// maxLine is the longest line of an event stream: an event can hold the state of a resource.
const maxLine = 256 << 20

// Read reads a run: a record of the pack or a stream of engine events, whichever it is, one JSON object a line.
func Read(r io.Reader, rules []*rule.Rule) (*Run, error) {
	byID := map[string]*rule.Rule{}
	for _, r := range rules {
		byID[r.ID] = r
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	reader := &reader{rules: byID, run: &Run{}}
	number := 0
	for lines.Scan() {
		number++
		line := lines.Bytes()
		if len(strings.TrimSpace(string(line))) == 0 {
			continue
		}
		if err := reader.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if reader.kind == "" {
		return nil, errors.New("it is empty: no record of the policy pack, and no engine events")
	}
	reader.run.sort()
	return reader.run, nil
}

type reader struct {
	rules  map[string]*rule.Rule
	run    *Run
	kind   string // record or events
	levels map[string]string
}

func (r *reader) line(line []byte) error {
	if r.kind == "" {
		var first map[string]json.RawMessage
		if err := json.Unmarshal(line, &first); err != nil {
			return fmt.Errorf("it is no JSON object: %w", err)
		}
		r.kind = "events"
		if first["pack"] != nil && first["levels"] != nil {
			r.kind = "record"
			return r.header(line)
		}
	}
	if r.kind == "record" {
		return r.verdict(line)
	}
	return r.event(line)
}

func (r *reader) header(line []byte) error {
	var h analyzer.Run
	if err := json.Unmarshal(line, &h); err != nil {
		return err
	}
	r.run.Pack, r.run.Version, r.run.Project, r.run.Stack = h.Pack, h.Version, h.Project, h.Stack
	r.run.Profile, r.run.Preview, r.levels = h.Profile, h.DryRun, h.Levels
	return nil
}

func (r *reader) verdict(line []byte) error {
	var v analyzer.Verdict
	if err := json.Unmarshal(line, &v); err != nil {
		return err
	}
	if v.Rule == config.OwnName {
		r.note(v.URN, v.Reason)
		return nil
	}
	result := r.add(v.Rule, v.URN)
	result.Status, result.Reason, result.Findings = Status(v.Verdict), v.Reason, v.Findings
	result.Level = config.Level(r.levels[v.Rule])
	return nil
}

// note keeps what the pack says about itself, with the resource it is about.
func (r *reader) note(urn, text string) {
	if typ, name := splitURN(urn); urn != "" && typ != stackType {
		text = name + ": " + text
	}
	r.run.Notes = append(r.run.Notes, text)
}

// add begins a result and fills in what the rule knows.
func (r *reader) add(control, urn string) *Result {
	result := Result{Control: control, Title: control, URN: urn}
	if known := r.rules[control]; known != nil {
		result.rule, result.Title, result.Severity = known, known.Title, known.Severity.String()
	}
	if urn != "" {
		result.Type, result.Name = splitURN(urn)
	}
	r.run.Results = append(r.run.Results, result)
	return &r.run.Results[len(r.run.Results)-1]
}

// event is what there is about policies in an engine event (apitype.EngineEvent of the Pulumi SDK).
type event struct {
	Policy *struct {
		ResourceURN       string `json:"resourceUrn"`
		Message           string `json:"message"`
		PolicyName        string `json:"policyName"`
		PolicyPackName    string `json:"policyPackName"`
		PolicyPackVersion string `json:"policyPackVersion"`
		EnforcementLevel  string `json:"enforcementLevel"`
		Severity          string `json:"severity"`
	} `json:"policyEvent"`
	Remediation *struct {
		ResourceURN string `json:"resourceUrn"`
		PolicyName  string `json:"policyName"`
	} `json:"policyRemediationEvent"`
	Analyze *summary `json:"policyAnalyzeSummaryEvent"`
	Stack   *summary `json:"policyAnalyzeStackSummaryEvent"`
	Summary *struct {
		IsPreview bool `json:"isPreview"`
	} `json:"summaryEvent"`
}

type summary struct {
	ResourceURN string   `json:"resourceUrn"`
	Passed      []string `json:"passed"`
}

// colors are the engine's colour tags.
var colors = regexp.MustCompile(`<\{%[^%]*%\}>`)

func (r *reader) event(line []byte) error {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		return err
	}
	switch {
	case e.Policy != nil:
		r.failure(&e)
	case e.Remediation != nil:
		r.add(e.Remediation.PolicyName, e.Remediation.ResourceURN).Status = Remediated
	case e.Analyze != nil:
		r.passes(e.Analyze)
	case e.Stack != nil:
		r.passes(e.Stack)
	case e.Summary != nil:
		r.run.Preview = e.Summary.IsPreview
	}
	return nil
}

func (r *reader) failure(e *event) {
	message := strings.TrimSpace(colors.ReplaceAllString(e.Policy.Message, ""))
	r.run.Pack, r.run.Version = e.Policy.PolicyPackName, e.Policy.PolicyPackVersion
	if e.Policy.PolicyName == config.OwnName {
		r.note(e.Policy.ResourceURN, message)
		return
	}
	r.stackOf(e.Policy.ResourceURN)
	result := r.add(e.Policy.PolicyName, e.Policy.ResourceURN)
	result.Status, result.Level = Failed, config.Level(e.Policy.EnforcementLevel)
	result.Severity = e.Policy.Severity
	// The message is the pack's own: title, findings, fix, why.
	for line := range strings.Lines(message) {
		if finding, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok {
			result.Findings = append(result.Findings, finding)
		}
	}
	if result.Findings == nil {
		result.Findings = []string{message}
	}
}

func (r *reader) passes(s *summary) {
	r.stackOf(s.ResourceURN)
	for _, control := range s.Passed {
		if control != config.OwnName {
			r.add(control, s.ResourceURN).Status = Passed
		}
	}
}

// stackOf takes stack and project from the first URN.
func (r *reader) stackOf(urn string) {
	parts := strings.SplitN(urn, "::", 3)
	if r.run.Stack != "" || len(parts) < 3 {
		return
	}
	r.run.Stack, r.run.Project = strings.TrimPrefix(parts[0], "urn:pulumi:"), parts[1]
}
