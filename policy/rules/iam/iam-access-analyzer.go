package iam

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var iamAccessAnalyzer = rule.Rule{
	ID:       "iam-access-analyzer",
	Title:    "Access Analyzer enabled (account baseline)",
	Why:      "Access Analyzer finds the bucket, key or role that a policy opens to strangers; it looks at one region only, and nobody does where there is none.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:  []string{"IAM.28*"},
		CIS:   []string{"v3:1.20", "v5:1.19"},
		Trivy: []string{"AWS-0175"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-28",
	Fix: rule.Fix{
		Bulwark: "audit.NewAccountBaseline makes one",
		Plain:   `accessanalyzer.NewAnalyzer with AnalyzerName and Type: pulumi.String("ACCOUNT"), in every region in use`,
	},
	OptIn: "an account needs one analyzer in a region, and not one in every stack",
	Types: []string{analyzer},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		have, used := map[string]bool{}, map[string]bool{}
		for _, r := range s.All() {
			if !strings.HasPrefix(r.Type, "aws:") {
				continue
			}
			region := r.Region().TextOr(f.Context().Config["aws:region"])
			used[region] = true
			if r.Is(analyzer) && (slices.Contains([]string{"ACCOUNT", "ORGANIZATION"}, r.Get("type").TextOr("ACCOUNT"))) {
				have[region] = true
			}
		}
		for _, region := range slices.Sorted(maps.Keys(used)) {
			if !have[region] {
				f.Fail(s, "no analyzer of external access in %s: expected one", cmp.Or(region, "the region"))
			}
		}
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:accessanalyzer/analyzer:Analyzer
  properties: {analyzerName: external, type: ACCOUNT}
`}, {Name: "of the organization", YAML: `
it:
  type: aws:accessanalyzer/analyzer:Analyzer
  properties: {analyzerName: external, type: ORGANIZATION}
`}, {Name: "in both regions", YAML: `
second:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
here:
  type: aws:accessanalyzer/analyzer:Analyzer
  properties: {analyzerName: external}
there:
  type: aws:accessanalyzer/analyzer:Analyzer
  properties: {analyzerName: external}
  options: {provider: "${second}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
api:
  type: aws:iam/role:Role
  properties: {name: api}
`}, {Name: "of unused access only", YAML: `
it:
  type: aws:accessanalyzer/analyzer:Analyzer
  properties: {analyzerName: unused, type: ACCOUNT_UNUSED_ACCESS}
`}, {Name: "in one of two regions", YAML: `
second:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
here:
  type: aws:accessanalyzer/analyzer:Analyzer
  properties: {analyzerName: external}
api:
  type: aws:iam/role:Role
  properties: {name: api}
  options: {provider: "${second}"}
`}},
}
