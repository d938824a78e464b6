//go:build sandbox

package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
	"github.com/bulwark-iac/bulwark/policy/analyzer"
	"github.com/bulwark-iac/bulwark/policy/rules"
)

var update = flag.Bool("update", false, "rewrite testdata")

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// judged is a stack with the pack, which keeps a record of its verdicts.
type judged struct {
	*sandboxtest.Stack
	record string
}

func deploy(t *testing.T, program pulumi.RunFunc) judged {
	t.Helper()
	pack := filepath.Join(t.TempDir(), "pulumi-policy-bulwark")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", pack, "..").CombinedOutput()
	require.NoError(t, err, string(out))
	record := filepath.Join(t.TempDir(), "record.jsonl")
	t.Setenv(analyzer.RecordVariable, record)
	env := sandboxtest.New(t)
	return judged{Stack: env.Deploy(t, program, sandboxtest.Options{PolicyPacks: []string{pack}}), record: record}
}

// verdicts are the lines of the record after the first.
func (j judged) verdicts(t *testing.T) []analyzer.Verdict {
	t.Helper()
	text, err := os.ReadFile(j.record)
	require.NoError(t, err)
	_, text, _ = bytes.Cut(text, []byte("\n"))
	var verdicts []analyzer.Verdict
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var v analyzer.Verdict
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		verdicts = append(verdicts, v)
	}
	require.NotEmpty(t, verdicts)
	return verdicts
}

// events are what the engine was told about policies.
func (j judged) events(t *testing.T) []*apitype.PolicyEvent {
	t.Helper()
	file, err := os.Open(filepath.Join(j.Dir(), "events.json"))
	require.NoError(t, err)
	defer file.Close()
	var events []*apitype.PolicyEvent
	for decoder := json.NewDecoder(file); decoder.More(); {
		var e apitype.EngineEvent
		require.NoError(t, decoder.Decode(&e))
		if e.PolicyEvent != nil {
			events = append(events, e.PolicyEvent)
		}
	}
	return events
}

// violations are the events as level, control and resource, each once, in order.
func (j judged) violations(t *testing.T) []string {
	t.Helper()
	var lines []string
	for _, e := range j.events(t) {
		lines = append(lines, e.EnforcementLevel+" "+e.PolicyName+" "+name(e.ResourceURN))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// name is the logical name in a URN; "stack" for what is about no resource.
func name(urn string) string {
	if i := strings.LastIndex(urn, "::"); i >= 0 && !strings.Contains(urn, "::pulumi:pulumi:Stack::") {
		return urn[i+2:]
	}
	return "stack"
}

// said is everything that the engine and the pack have written down about the stack.
func (j judged) said(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, path := range []string{filepath.Join(j.Dir(), "events.json"), filepath.Join(j.Dir(), "engine.log"), j.record} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		all.Write(text)
	}
	return all.String()
}

// The preview of the broken program fails with exactly the controls of testdata/broken.txt: level, control, resource.
func TestBrokenProgram(t *testing.T) {
	stack := deploy(t, brokenProgram)
	_, err := stack.TryPreview(t.Context())
	require.Error(t, err, "mandatory controls stop the deployment")

	got := strings.Join(stack.violations(t), "\n") + "\n"
	const golden = "testdata/broken.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "go test -tags sandbox ./policy/e2e -update, when the rules are right")

	assert.NotContains(t, stack.said(t), markedSecret)
	for _, e := range stack.events(t) {
		assert.NotContains(t, e.Message, literalSecret, "%s finds a password in clear, and does not repeat it", e.PolicyName)
	}

	// Deployed all the same, with everything known: what the preview has passed is right, and what it failed is wrong.
	before := stack.verdicts(t)
	settings := "controls: {all: advisory}\n"
	require.NoError(t, os.WriteFile(filepath.Join(stack.Dir(), "PulumiPolicy.test.yaml"), []byte(settings), 0o600))
	stack.Up(t)
	after := stack.verdicts(t)
	deployed := verdictsByPlace(after)
	compared := 0
	for place, then := range verdictsByPlace(before) {
		now, ok := deployed[place]
		if !ok || then != "pass" && then != "fail" {
			continue
		}
		compared++
		assert.Equal(t, now, then, "%s: the verdict of the preview, against that of the deployment", place)
	}
	assert.Greater(t, compared, 100)
	// What fails in the deployment fails in the first preview, unless its rule says why no preview can know.
	seen := map[string]bool{}
	for _, v := range before {
		seen[v.Rule] = seen[v.Rule] || v.Verdict == "fail"
	}
	late := map[string]bool{}
	for _, r := range rules.All() {
		late[r.ID] = r.AtUpdate != "" || r.OptIn != "" // which the preview has not asked
	}
	for _, v := range after {
		assert.True(t, v.Verdict != "fail" || seen[v.Rule] || late[v.Rule] || chosenByAWS[v.Rule] != "", "%s: fails on %s, and the preview did not see it", v.Rule, name(v.URN))
	}
	for _, v := range before {
		// A control that judges the stack names the resources that fail it, and passes as a whole.
		wrong := slices.ContainsFunc(after, func(now analyzer.Verdict) bool { return now.Rule == v.Rule && now.Verdict == "fail" })
		assert.False(t, v.URN == "" && v.Verdict == "pass" && wrong, "%s: passed in the preview, and fails in the deployment", v.Rule)
	}
	assert.NotContains(t, stack.said(t), markedSecret)
	stack.Destroy(t)
}

// chosenByAWS are controls that the deployment fails by what AWS chooses when the program says nothing.
var chosenByAWS = map[string]string{
	"rds-force-ssl": "the version of the engine, and with it the parameter group",
}

// verdictsByPlace are the verdicts by control and resource; a control that judges the whole stack has one for each
// resource that fails it.
func verdictsByPlace(verdicts []analyzer.Verdict) map[string]string {
	byPlace := map[string]string{}
	for _, v := range verdicts {
		byPlace[v.Rule+" "+name(v.URN)] = v.Verdict
	}
	return byPlace
}

// What the components make passes at the profile prod, which asks the most.
func TestComponentsPass(t *testing.T) {
	stack := deploy(t, func(ctx *pulumi.Context) error {
		labels := tagging.Labels{
			Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "1000",
			DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
		}
		if _, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseDirect}}); err != nil {
			return err
		}
		logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
			Labels: labels, Sources: storage.LogSources{AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}}},
		})
		if err != nil {
			return err
		}
		_, err = storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, LogBucket: logs})
		return err
	})
	stack.Preview(t)
	passed := 0
	for _, v := range stack.verdicts(t) {
		assert.NotContains(t, []string{"fail", "note"}, v.Verdict, "%s: %s: %s", v.Rule, name(v.URN), v.Findings)
		if v.Verdict == "pass" {
			passed++
		}
	}
	assert.Greater(t, passed, 30, "the record says what was judged")
	assert.Empty(t, stack.violations(t))
}
