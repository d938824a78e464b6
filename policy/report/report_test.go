package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

func testRules() []*rule.Rule {
	fix := rule.Fix{Bulwark: "storage.NewBucket blocks public access", Plain: "s3.BucketPublicAccessBlockArgs{BlockPublicAcls: pulumi.Bool(true)}"}
	return []*rule.Rule{
		{
			ID: "s3-pab-block-public-acls", Title: "Public access block: blockPublicAcls", Severity: rule.High, Fix: fix,
			Why: "Without it, a PUT with a public ACL opens the bucket.", Types: []string{"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"},
			Source:     "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
			References: rule.References{FSBP: []string{"S3.8"}, CIS: []string{"v3:2.1.4"}, Checkov: []string{"CKV_AWS_53"}},
			Resource:   rule.WantTrue("blockPublicAcls"), Remediate: func(*rule.Resource, *rule.Changes) {},
			Good: []rule.Example{{YAML: "\nblock:\n  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock\n  properties: {blockPublicAcls: true}\n"}},
			Bad:  []rule.Example{{Name: "left out", YAML: "\nblock:\n  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock\n"}},
		},
		{
			ID: "rds-backup-retention", Title: "Automated backups kept >= 7 days", Severity: rule.Medium, Fix: fix, Why: "Mistakes are seen late.",
			Types: []string{"aws:rds/instance:Instance"}, Source: "https://docs.aws.amazon.com/rds", Resource: rule.WantTrue("x"),
			Params: []rule.Param{{Name: "days", Default: 7, Min: 1, Max: 35, Description: "Days for which backups are kept."}},
		},
		{
			ID: "s3-versioning", Title: "Versioning enabled", Severity: rule.Critical, Fix: fix, Why: "An overwrite is final.",
			Types: []string{"aws:s3/bucketV2:BucketV2"}, Source: "https://docs.aws.amazon.com/s3", Stack: func(*rule.Stack, *rule.Findings) {},
		},
		{
			ID: "tags-required", Title: "Required tags on every taggable resource", Severity: rule.Low, Fix: fix, Why: "Nobody knows whose it is.",
			Types: []string{"*"}, Source: "https://docs.aws.amazon.com/tags", Resource: rule.WantTrue("x"), OptIn: "not every team tags",
		},
	}
}

const record = `{"pack":"bulwark","version":"0.1.0","project":"acme","stack":"prod","profile":"prod","dryRun":true,"levels":{"s3-pab-block-public-acls":"mandatory","rds-backup-retention":"advisory","s3-versioning":"mandatory","tags-required":"advisory"}}
{"rule":"tags-required","urn":"urn:pulumi:prod::acme::aws:rds/instance:Instance::db","verdict":"pass"}
{"rule":"rds-backup-retention","urn":"urn:pulumi:prod::acme::bulwark:database:Postgres$aws:rds/instance:Instance::db","verdict":"fail","findings":["backupRetentionPeriod: 1: expected at least 7 days"]}
{"rule":"s3-pab-block-public-acls","urn":"urn:pulumi:prod::acme::aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::block","verdict":"fail","findings":["blockPublicAcls: false: expected true","bucket: \"a|b <script> @team\": expected a name"]}
{"rule":"s3-versioning","urn":"urn:pulumi:prod::acme::pulumi:pulumi:Stack::acme-prod","verdict":"fail","findings":["has no versioning"]}
{"rule":"s3-versioning","urn":"urn:pulumi:prod::acme::aws:s3/bucketV2:BucketV2::tmp","verdict":"exempt","reason":"s3-versioning for *::tmp until 2027-03-31: Scratch files. (ops)","findings":["has no versioning"]}
{"rule":"s3-pab-block-public-acls","urn":"urn:pulumi:prod::acme::aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::late","verdict":"not-yet-known","reason":"blockPublicAcls is not yet known; checked again in the update"}
{"rule":"s3-pab-block-public-acls","urn":"urn:pulumi:prod::acme::aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::old","verdict":"remediated","reason":"blockPublicAcls: false -> true"}
{"rule":"rds-backup-retention","urn":"urn:pulumi:prod::acme::aws:rds/instance:Instance::replica","verdict":"not-applicable","reason":"a replica"}
{"rule":"bulwark","urn":"urn:pulumi:prod::acme::aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::old","verdict":"note","reason":"s3-pab-block-public-acls has changed blockPublicAcls: false -> true. Change the program too: it says otherwise"}
{"rule":"bulwark","verdict":"note","reason":"Exemption in force for 1 resource: s3-versioning for *::tmp until 2027-03-31: Scratch files. (ops)"}
`

func read(t *testing.T, text string) *Run {
	t.Helper()
	run, err := Read(strings.NewReader(text), testRules())
	require.NoError(t, err)
	return run
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "write it with: go test ./policy/report -update")
	assert.Equal(t, string(want), got, "accept it with: go test ./policy/report -update")
}

func TestFormats(t *testing.T) {
	run := read(t, record)
	for name, write := range map[string]func(io.Writer) error{
		"run.golden.txt":   func(w io.Writer) error { return Text(w, run, Style{}) },
		"run80.golden.txt": func(w io.Writer) error { return Text(w, run, Style{Width: 80, Color: true}) },
		"run.golden.md":    func(w io.Writer) error { return Markdown(w, run) },
		"run.golden.json":  func(w io.Writer) error { return JSON(w, run) },
		"run.golden.sarif": func(w io.Writer) error { return SARIF(w, run, "Pulumi.yaml") },
		"run.golden.xml":   func(w io.Writer) error { return JUnit(w, run) },
		"explain.golden.txt": func(w io.Writer) error {
			for _, r := range testRules() {
				if err := Explain(w, r, Style{Width: 90}); err != nil {
					return err
				}
			}
			return nil
		},
		"list.golden.txt":    func(w io.Writer) error { return List(w, testRules(), rule.Prod, Style{}) },
		"controls.golden.md": func(w io.Writer) error { return Controls(w, testRules(), map[string]string{"rds-old": "gone"}) },
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			require.NoError(t, write(&b))
			golden(t, name, b.String())
		})
	}
}

func TestMachinesCanReadIt(t *testing.T) {
	run := read(t, record)
	var b bytes.Buffer
	require.NoError(t, JUnit(&b, run))
	var suites junitSuites
	require.NoError(t, xml.Unmarshal(b.Bytes(), &suites))
	assert.Equal(t, 2, suites.Failures, "mandatory failures only")
	assert.Equal(t, 7, suites.Tests)

	b.Reset()
	require.NoError(t, SARIF(&b, run, "Pulumi.yaml"))
	var log sarifLog
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	seen := map[string]bool{}
	for _, r := range log.Runs[0].Results {
		assert.Equal(t, r.RuleID, log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID)
		assert.NotEmpty(t, r.Locations[0].Physical.Artifact.URI)
		fingerprint := r.Fingerprints["controlAndResource/v1"]
		assert.False(t, seen[fingerprint], "fingerprints tell results apart")
		seen[fingerprint] = true
	}
}

func TestEvents(t *testing.T) {
	events := `{"sequence":0,"preludeEvent":{"config":{}}}
{"sequence":1,"policyEvent":{"resourceUrn":"urn:pulumi:dev::acme::aws:rds/instance:Instance::db","message":"<{%fg 8%}>Automated backups kept >= 7 days\n- backupRetentionPeriod: 1: expected at least 7 days\nFix: x. In pulumi-aws: y\nWhy: bulwark policy explain rds-backup-retention<{%reset%}>\n","color":"raw","policyName":"rds-backup-retention","policyPackName":"bulwark","policyPackVersion":"0.1.0","enforcementLevel":"mandatory","severity":"medium"}}
{"sequence":2,"policyEvent":{"resourceUrn":"urn:pulumi:dev::acme::pulumi:pulumi:Stack::acme-dev","message":"<{%fg 8%}>Exemption has expired: x<{%reset%}>\n","policyName":"bulwark","policyPackName":"bulwark","policyPackVersion":"0.1.0","enforcementLevel":"mandatory"}}

{"sequence":3,"policyEvent":{"resourceUrn":"urn:pulumi:dev::acme::pulumi:pulumi:Stack::acme-dev","message":"something else\n","policyName":"of-another-pack","policyPackName":"other","policyPackVersion":"2.0.0","enforcementLevel":"advisory"}}
{"sequence":4,"policyRemediationEvent":{"resourceUrn":"urn:pulumi:dev::acme::aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::b","policyName":"s3-pab-block-public-acls","policyPackName":"bulwark"}}
{"sequence":5,"policyAnalyzeSummaryEvent":{"resourceUrn":"urn:pulumi:dev::acme::aws:rds/instance:Instance::db","policyPackName":"bulwark","passed":["tags-required"],"failed":["rds-backup-retention"]}}
{"sequence":6,"policyAnalyzeStackSummaryEvent":{"policyPackName":"bulwark","passed":["s3-versioning","bulwark"]}}
{"sequence":7,"summaryEvent":{"isPreview":true,"durationSeconds":3}}
`
	run := read(t, events)
	assert.Equal(t, "preview of acme/dev: 2 failures (1 mandatory), 1 remediated, 2 passed", Summary(run))
	assert.Equal(t, []string{"Exemption has expired: x"}, run.Notes)
	assert.Equal(t, []string{"backupRetentionPeriod: 1: expected at least 7 days"}, run.Results[0].Findings)
	assert.Equal(t, "db", run.Results[0].Name)
	assert.Equal(t, []string{"something else"}, run.Results[1].Findings)
	assert.Equal(t, "the stack", run.Results[1].place())
}

func TestUnreadable(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "it is empty",
		"\n\n":                    "it is empty",
		"not json":                "line 1: it is no JSON object",
		"[1]":                     "line 1: it is no JSON object",
		record + "{\"rule\":":     "line 12: unexpected end of JSON input",
		"{}\n{\"policyEvent\":3}": "line 2: json: cannot unmarshal number",
	} {
		_, err := Read(strings.NewReader(text), testRules())
		assert.ErrorContains(t, err, want, "%.40q", text)
	}
}

func TestMarkdownFitsAndStaysInItsTable(t *testing.T) {
	var lines strings.Builder
	header, _, _ := strings.Cut(record, "\n")
	lines.WriteString(header + "\n")
	for i := range 2000 {
		fmt.Fprintf(&lines, `{"rule":"s3-versioning","urn":"urn:pulumi:prod::acme::aws:s3/bucketV2:BucketV2::b%d","verdict":"fail","findings":["x`+"`"+`| </details> <!-- \n## heading @all"]}`+"\n", i)
	}
	var b bytes.Buffer
	require.NoError(t, Markdown(&b, read(t, lines.String())))
	text := b.String()
	assert.Less(t, len(text), 65_000)
	assert.Regexp(t, `\.\.\. and \d+ more`, text)
	assert.NotContains(t, text, "@all")
	assert.NotContains(t, text, "</details>", "nothing is folded here")
	assert.NotContains(t, text, "<!--")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "| critical") {
			assert.Equal(t, 6, strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"), line)
		}
	}
}

func TestNoFailures(t *testing.T) {
	header, _, _ := strings.Cut(record, "\n")
	run := read(t, header+"\n")
	assert.Equal(t, "preview of acme/prod: no failures", Summary(run))
	var b bytes.Buffer
	require.NoError(t, Markdown(&b, run))
	assert.Equal(t, "## Policies passed\n\npreview of acme/prod: no failures\n", b.String())
	b.Reset()
	require.NoError(t, SARIF(&b, run, "Pulumi.yaml"))
	assert.Contains(t, b.String(), `"results": []`, "null is no list")
}
