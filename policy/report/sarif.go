package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// The part of SARIF 2.1.0 that is used here.
// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string          `json:"id"`
	ShortDescription sarifText       `json:"shortDescription"`
	FullDescription  sarifText       `json:"fullDescription"`
	Help             sarifText       `json:"help"`
	HelpURI          string          `json:"helpUri,omitempty"`
	Configuration    sarifLevel      `json:"defaultConfiguration"`
	Properties       sarifProperties `json:"properties"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifProperties struct {
	Tags []string `json:"tags,omitempty"`
	// SecuritySeverity is the number by which GitHub sorts: over 9 critical, 7 high, 4 medium.
	// Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
	SecuritySeverity string `json:"security-severity,omitempty"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Kind         string             `json:"kind"`
	Level        string             `json:"level"`
	Message      sarifText          `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
}

type sarifLogical struct {
	Name          string `json:"name"`
	QualifiedName string `json:"fullyQualifiedName"`
	Kind          string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

var securitySeverities = map[rule.Severity]string{rule.Critical: "9.5", rule.High: "8.0", rule.Medium: "5.5", rule.Low: "3.0"}

// SARIF writes the run as SARIF 2.1.0: failures, exemptions (suppressed) and what is not yet known. A resource of a
// program has no line of its own, and code scanning shows nothing without one: the results stand at the first line of
// the file, Pulumi.yaml say, and name the resource.
func SARIF(w io.Writer, run *Run, file string) error {
	driver := sarifDriver{
		Name: "Bulwark", Version: run.Version, InformationURI: "https://github.com/bulwark-iac/bulwark", Rules: []sarifRule{},
	}
	index := map[string]int{}
	results := []sarifResult{}
	for i := range run.Results {
		r := &run.Results[i]
		if r.Status != Failed && r.Status != Exempt && r.Status != NotYetKnown {
			continue
		}
		at, ok := index[r.Control]
		if !ok {
			at = len(driver.Rules)
			index[r.Control] = at
			driver.Rules = append(driver.Rules, sarifRuleOf(r))
		}
		results = append(results, sarifResultOf(r, at, file))
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{{Tool: sarifTool{Driver: driver}, Results: results}},
	})
}

func sarifRuleOf(r *Result) sarifRule {
	out := sarifRule{
		ID: r.Control, ShortDescription: sarifText{Text: r.Title}, FullDescription: sarifText{Text: r.Title},
		Help: sarifText{Text: r.Title}, Configuration: sarifLevel{sarifLevelOf(r)},
	}
	if r.rule == nil {
		return out
	}
	out.FullDescription.Text = r.rule.Why
	out.Help.Text = strings.Join(r.rule.Fix.Lines(), "\n")
	out.Help.Markdown = "**Fix in pulumi-aws:** `" + r.rule.Fix.Plain + "`"
	if with := r.rule.Fix.Bulwark; with != "" {
		out.Help.Markdown = "**Fix with Bulwark:** " + with + "\n\n" + out.Help.Markdown
	}
	out.HelpURI = r.rule.Source
	out.Properties = sarifProperties{
		Tags: append([]string{"security"}, referenceList(r.rule.References)...), SecuritySeverity: securitySeverities[r.rule.Severity],
	}
	return out
}

func sarifResultOf(r *Result, at int, file string) sarifResult {
	sum := sha256.Sum256([]byte(r.Control + "\x00" + r.URN))
	out := sarifResult{
		RuleID: r.Control, RuleIndex: at, Kind: "fail", Level: sarifLevelOf(r),
		Message: sarifText{Text: r.place() + ": " + strings.Join(r.Findings, "; ")},
		Locations: []sarifLocation{{
			Physical: sarifPhysical{Artifact: sarifArtifact{file}, Region: sarifRegion{1}},
			Logical:  []sarifLogical{{Name: r.place(), QualifiedName: r.URN, Kind: "resource"}},
		}},
		Fingerprints: map[string]string{"controlAndResource/v1": hex.EncodeToString(sum[:16])},
	}
	switch r.Status {
	case Exempt:
		out.Suppressions = []sarifSuppression{{Kind: "external", Justification: r.Reason}}
	case NotYetKnown:
		out.Kind, out.Level, out.Message.Text = "open", "none", r.place()+": "+r.Reason
	}
	return out
}

func sarifLevelOf(r *Result) string {
	switch {
	case r.Level == config.Mandatory:
		return "error"
	case r.Severity == rule.Low.String():
		return "note"
	}
	return "warning"
}
