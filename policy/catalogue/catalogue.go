// Package catalogue is the list of controls that the policy pack is held against.
//
// controls.csv has a row for each: what it asks, of which resource types, how severe a failure is, and what other
// catalogues call it. Every row has a rule of the same id in policy/rules/<domain>/, or a reason in left-out.csv.
package catalogue

import (
	"bytes"
	_ "embed" // for the lists
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed controls.csv
var controlsCSV []byte

//go:embed left-out.csv
var leftOutCSV []byte

// Control is one row of controls.csv.
type Control struct {
	ID, Title string
	// Types are the Pulumi type tokens that the control is about.
	Types []string
	// Asks is what has to hold, in words.
	Asks string
	// FSBP, CIS and so on are the ids of the same control in other catalogues.
	FSBP, CIS, Checkov, Trivy, CDKNag, Pulumi []string
	// Severity is low, medium, high or critical.
	Severity string
	// Scope is resource or stack.
	Scope string
}

var columns = []string{
	"id", "title", "tf_resource", "pulumi_token", "rule", "fsbp", "cis", "checkov", "trivy", "cdknag", "pulumi", "severity", "scope",
}

// Controls are all rows, in the order of the file.
func Controls() ([]Control, error) {
	rows, err := read(controlsCSV, columns)
	if err != nil {
		return nil, fmt.Errorf("controls.csv: %w", err)
	}
	controls := make([]Control, len(rows))
	for i, row := range rows {
		controls[i] = Control{
			ID: row["id"], Title: row["title"], Types: strings.Fields(row["pulumi_token"]), Asks: row["rule"],
			FSBP: strings.Fields(row["fsbp"]), CIS: strings.Fields(row["cis"]), Checkov: strings.Fields(row["checkov"]),
			Trivy: strings.Fields(row["trivy"]), CDKNag: strings.Fields(row["cdknag"]), Pulumi: strings.Fields(row["pulumi"]),
			Severity: row["severity"], Scope: row["scope"],
		}
	}
	return controls, nil
}

// LeftOut are the controls without a rule, with the reason.
func LeftOut() (map[string]string, error) {
	rows, err := read(leftOutCSV, []string{"id", "reason"})
	if err != nil {
		return nil, fmt.Errorf("left-out.csv: %w", err)
	}
	reasons := map[string]string{}
	for _, row := range rows {
		reasons[row["id"]] = row["reason"]
	}
	return reasons, nil
}

func read(raw []byte, columns []string) ([]map[string]string, error) {
	lines, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 || strings.Join(lines[0], ",") != strings.Join(columns, ",") {
		return nil, fmt.Errorf("the first line is not %s", strings.Join(columns, ","))
	}
	rows := make([]map[string]string, 0, len(lines)-1)
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range columns {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// domains are the folders of policy/rules by the first word of a control's id..
var domains = map[string]string{
	"s3": "s3", "iam": "iam", "vpc": "network", "elb": "edge", "acm": "edge", "waf": "edge",
	"cloudtrail": "audit", "config": "audit", "guardduty": "audit", "inspector": "audit", "securityhub": "audit",
	"rds": "rds", "ecs": "ecs", "ecr": "ecs", "lambda": "lambda", "secrets": "secrets", "kms": "secrets",
	"logs": "observability", "alarm": "observability", "alarms": "observability", "dashboard": "observability",
	"cis": "observability", "xray": "observability", "sns": "observability", "sqs": "observability", "backup": "backup",
	"stateful": "stack", "tags": "stack", "provider": "stack", "no": "stack", "settings": "stack",
}

// Domain is the folder of policy/rules that the control belongs to; empty when its id begins with no known word.
func Domain(id string) string {
	word, _, _ := strings.Cut(id, "-")
	return domains[word]
}
