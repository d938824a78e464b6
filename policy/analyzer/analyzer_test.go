package analyzer

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

const (
	bucketType = "aws:s3/bucketV2:BucketV2"
	unknown    = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
)

func urn(name string) string { return "urn:pulumi:dev::acme::" + bucketType + "::" + name }

// testRules are one of each kind.
func testRules() []*rule.Rule {
	fix := rule.Fix{Bulwark: "use storage.NewBucket", Plain: "s3.BucketArgs{On: pulumi.Bool(true)}"}
	return []*rule.Rule{
		{
			ID: "on", Title: "It is on", Why: "Off is bad.", Severity: rule.High, Fix: fix, Types: []string{bucketType},
			Source: "https://docs.aws.amazon.com/on", References: rule.References{FSBP: []string{"S3.1"}, Checkov: []string{"CKV_1"}},
			Resource: rule.WantTrue("on"), Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("on", true) },
		},
		{
			ID: "days", Title: "Kept long enough", Severity: rule.Medium, Fix: fix, Types: []string{bucketType},
			References: rule.References{CIS: []string{"v3:2.1"}},
			Params: []rule.Param{
				{Name: "days", Default: 7, Min: 1, Max: 35, Description: "How long."},
				{Name: "modes", Default: []string{"a"}, OneOf: []string{"a", "b"}, Description: "Which."},
				{Name: "mode", Default: "a", OneOf: []string{"a", "b"}, Description: "Which."},
			},
			Resource: func(r *rule.Resource, f *rule.Findings) { f.WantAtLeast(r.Get("days"), f.Int("days"), "days") },
		},
		{
			ID: "everywhere", Title: "Anything named", Severity: rule.Low, Fix: fix, Types: []string{"*"},
			Resource: func(r *rule.Resource, f *rule.Findings) {
				if r.Name == "nameless" {
					f.Fail(r, "%s: expected a name", r.Name)
				}
			},
		},
		{
			ID: "broken", Title: "Broken", Severity: rule.Critical, Fix: fix, Types: []string{"aws:test/broken:Broken"},
			Resource: func(r *rule.Resource, _ *rule.Findings) { panic("cannot read " + r.Get("password").Text()) },
		},
		{
			ID: "pairs", Title: "Every bucket has a friend", Severity: rule.High, Fix: fix, Types: []string{bucketType},
			Stack: func(s *rule.Stack, f *rule.Findings) {
				f.EachResource(s.Of(bucketType), func(r *rule.Resource) {
					if !r.Get("friend").Exists() {
						f.Fail(r, "has no friend")
					}
				})
			},
		},
		{
			ID: "opt-in", Title: "Off", Severity: rule.High, Fix: fix, Types: []string{bucketType}, OptIn: "costs money",
			Resource: func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "on") },
		},
	}
}

// client drives a server as the engine does.
type client struct {
	*Server
	t   *testing.T
	env map[string]string
	dir string
}

func newClient(t *testing.T) *client {
	c := &client{t: t, env: map[string]string{}, dir: t.TempDir()}
	c.Server = New(Pack{Name: "bulwark", Version: "1.2.3", Repository: "https://example.com/repo"}, testRules())
	c.getenv = func(name string) string { return c.env[name] }
	c.getwd = func() (string, error) { return c.dir, nil }
	c.now = func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }
	return c
}

// configure starts a run with a configuration file.
func (c *client) configure(file string) *client {
	c.t.Helper()
	if file != "" {
		require.NoError(c.t, os.WriteFile(filepath.Join(c.dir, "PulumiPolicy.dev.yaml"), []byte(file), 0o600))
	}
	_, err := c.ConfigureStack(c.t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev", Project: "acme", DryRun: true})
	require.NoError(c.t, err)
	return c
}

func request(typ, name string, properties map[string]any) *pulumirpc.AnalyzeRequest {
	pb, err := structpb.NewStruct(properties)
	if err != nil {
		panic(err)
	}
	return &pulumirpc.AnalyzeRequest{Type: typ, Name: name, Urn: strings.Replace(urn(name), bucketType, typ, 1), Properties: pb}
}

func (c *client) analyze(typ, name string, properties map[string]any) *pulumirpc.AnalyzeResponse {
	c.t.Helper()
	response, err := c.Analyze(c.t.Context(), request(typ, name, properties))
	require.NoError(c.t, err)
	return sent(c.t, response)
}

// sent is a message as it arrives.
func sent[M proto.Message](t *testing.T, message M) M {
	t.Helper()
	wire, err := proto.Marshal(message)
	require.NoError(t, err)
	arrived := message.ProtoReflect().New().Interface().(M)
	require.NoError(t, proto.Unmarshal(wire, arrived))
	return arrived
}

func (c *client) analyzeStack(resources map[string]map[string]any) *pulumirpc.AnalyzeResponse {
	c.t.Helper()
	req := &pulumirpc.AnalyzeStackRequest{}
	for name, properties := range resources {
		r := request(bucketType, name, properties)
		req.Resources = append(req.Resources, &pulumirpc.AnalyzerResource{Type: r.Type, Name: r.Name, Urn: r.Urn, Properties: r.Properties})
	}
	response, err := c.AnalyzeStack(c.t.Context(), req)
	require.NoError(c.t, err)
	return response
}

// brief is a response as lines: level rule resource: message; and ~ rule: reason for what does not apply.
func brief(r *pulumirpc.AnalyzeResponse) []string {
	var lines []string
	for _, d := range r.GetDiagnostics() {
		_, message, _ := strings.Cut(d.GetMessage(), "\n- ")
		if message == "" {
			message = d.GetMessage()
		}
		message, _, _ = strings.Cut(message, "\nFix:")
		name := d.GetUrn()[strings.LastIndex(d.GetUrn(), ":")+1:]
		lines = append(lines, strings.ToLower(d.GetEnforcementLevel().String())+" "+d.GetPolicyName()+" "+name+": "+message)
	}
	for _, n := range r.GetNotApplicable() {
		if n.GetReason() != "" {
			lines = append(lines, "~ "+n.GetPolicyName()+": "+n.GetReason())
		}
	}
	return lines
}

func TestAnalyze(t *testing.T) {
	c := newClient(t).configure("")
	r := c.analyze(bucketType, "audio", map[string]any{"on": false, "days": 3})
	assert.Equal(t, []string{
		"mandatory days audio: days: 3: expected at least 7 days",
		"mandatory on audio: on: false: expected true",
	}, brief(r))
	d := r.GetDiagnostics()[1]
	assert.Equal(t, "It is on\n- on: false: expected true\nFix: use storage.NewBucket. In pulumi-aws: s3.BucketArgs{On: pulumi.Bool(true)}\nWhy: bulwark policy explain on", d.GetMessage())
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH, d.GetSeverity())
	assert.Equal(t, urn("audio"), d.GetUrn())
	assert.Equal(t, "1.2.3", d.GetPolicyPackVersion())

	assert.Empty(t, brief(c.analyze(bucketType, "audio", map[string]any{"on": true, "days": 7})))
}

// The engine counts every policy as passed that a response does not mention.
func TestOnlyWhatWasJudgedCountsAsPassed(t *testing.T) {
	c := newClient(t).configure("")
	notApplicable := func(r *pulumirpc.AnalyzeResponse) []string {
		var names []string
		for _, n := range r.GetNotApplicable() {
			names = append(names, n.GetPolicyName())
		}
		slices.Sort(names)
		return names
	}
	assert.Equal(t, []string{"broken"}, notApplicable(c.analyze(bucketType, "audio", map[string]any{"on": true, "days": 7})))
	assert.Equal(t, []string{"broken", "days", "on"}, notApplicable(c.analyze("gcp:storage/bucket:Bucket", "other", nil)))
	assert.Equal(t, []string{"broken", "days", "on"}, notApplicable(c.analyze(bucketType, "audio", map[string]any{"on": unknown, "days": unknown})))
	assert.Equal(t, []string{
		"~ days: days is not yet known; judged again in the update",
		"~ on: on is not yet known; judged again in the update",
	}, brief(c.analyze(bucketType, "audio", map[string]any{"on": unknown, "days": unknown})))
}

func TestABrokenRuleIsAnAdvisory(t *testing.T) {
	c := newClient(t).configure("")
	secret := map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "correct-horse"}
	r := c.analyze("aws:test/broken:Broken", "it", map[string]any{"password": secret})
	require.Len(t, r.GetDiagnostics(), 1)
	d := r.GetDiagnostics()[0]
	assert.Equal(t, "bulwark", d.GetPolicyName())
	assert.Equal(t, pulumirpc.EnforcementLevel_ADVISORY, d.GetEnforcementLevel())
	assert.Contains(t, d.GetMessage(), "The rule broken broke down and has not judged this: cannot read [secret]")
	assert.Contains(t, d.GetMessage(), "https://example.com/repo/issues")
	assert.Contains(t, brief(r), "~ broken: the rule broke down")
}

func TestAnalyzeStack(t *testing.T) {
	c := newClient(t).configure("")
	r := c.analyzeStack(map[string]map[string]any{
		"b": {}, "a": {}, "c": {"friend": "a"}, "d": {"friend": unknown},
	})
	assert.Equal(t, []string{"mandatory pairs a: has no friend", "mandatory pairs b: has no friend"}, brief(r), "in order, however they come")
	assert.Equal(t, []string{"~ pairs: d.friend is not yet known; judged again in the update"}, brief(c.analyzeStack(map[string]map[string]any{"d": {"friend": unknown}})))
	assert.Equal(t, []string{"~ pairs: the stack has no such resource"}, brief(c.analyzeStack(nil)))
}

func TestExemptions(t *testing.T) {
	c := newClient(t).configure(`
exemptions:
  - {control: on, urn: "*::audio", reason: Vetted., owner: ops, expires: 2026-06-01}
  - {control: on, urn: "*::old", reason: Forgotten., owner: ops, expires: 2026-05-31}
  - {control: pairs, urn: "*::lonely", reason: Likes it., owner: ops, expires: 2026-12-31}
  - {control: days, urn: "*::nothing", reason: Gone., owner: ops, expires: 2026-12-31}
  - {control: days, urn: "*::pending", reason: Later., owner: ops, expires: 2026-12-31}
`)
	assert.Equal(t,
		[]string{"~ on: exempt: on for *::audio until 2026-06-01: Vetted. (ops)"},
		brief(c.analyze(bucketType, "audio", map[string]any{"on": false, "days": 7})))
	r := c.analyze(bucketType, "old", map[string]any{"on": false, "days": 7})
	require.Len(t, r.GetDiagnostics(), 1)
	assert.Contains(t, r.GetDiagnostics()[0].GetMessage(), "\nIts exemption has expired: on for *::old until 2026-05-31: Forgotten. (ops)")
	c.analyze(bucketType, "pending", map[string]any{"on": true, "days": unknown})

	assert.Equal(t, []string{
		"mandatory pairs social: has no friend",
		"advisory bulwark : Exemption in force for 1 resource: on for *::audio until 2026-06-01: Vetted. (ops)",
		"mandatory bulwark : Exemption has expired: on for *::old until 2026-05-31: Forgotten. (ops). Mend what it covers, or let its owner decide on a new date",
		"advisory bulwark : Exemption in force for 1 resource: pairs for *::lonely until 2026-12-31: Likes it. (ops)",
		"advisory bulwark : Exemption is not needed: nothing that it covers fails: days for *::nothing until 2026-12-31: Gone. (ops). Remove it",
	}, brief(c.analyzeStack(map[string]map[string]any{"lonely": {}, "social": {}})))
}

func TestRemediation(t *testing.T) {
	off := newClient(t).configure("")
	response, err := off.Remediate(t.Context(), request(bucketType, "audio", map[string]any{"on": false}))
	require.NoError(t, err)
	assert.Empty(t, response.GetRemediations(), "off unless a stack asks for it")

	on := newClient(t).configure("controls: {on: remediate}\nexemptions: [{control: on, urn: '*::exempt', reason: r, owner: o, expires: 2027-01-01}]")
	secret := map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hush"}
	response, err = on.Remediate(t.Context(), request(bucketType, "audio", map[string]any{"on": false, "pending": unknown, "password": secret}))
	require.NoError(t, err)
	require.Len(t, response.GetRemediations(), 1)
	m := response.GetRemediations()[0]
	assert.Equal(t, "It is on: on: false -> true", m.GetDescription())
	assert.Empty(t, m.GetDiagnostic(), "the engine takes this for a failure")
	assert.Equal(t, map[string]any{"on": true, "pending": unknown, "password": secret}, m.GetProperties().AsMap())

	assert.Equal(t, []string{"advisory bulwark audio: on has changed on: false -> true. Change the program too: it says otherwise"},
		brief(on.analyze(bucketType, "audio", map[string]any{"on": true, "days": 7})), "the engine shows only that there was one")
	assert.Empty(t, brief(on.analyze(bucketType, "audio", map[string]any{"on": true, "days": 7})), "once")

	for name, properties := range map[string]map[string]any{
		"fine": {"on": true}, "pending": {"on": unknown}, "exempt": {"on": false},
	} {
		response, err = on.Remediate(t.Context(), request(bucketType, name, properties))
		require.NoError(t, err)
		assert.Empty(t, response.GetRemediations(), name)
	}
	info, err := on.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, pulumirpc.EnforcementLevel_REMEDIATE, policyOf(info, "on").GetEnforcementLevel())
}

func policyOf(info *pulumirpc.AnalyzerInfo, name string) *pulumirpc.PolicyInfo {
	for _, p := range info.GetPolicies() {
		if p.GetName() == name {
			return p
		}
	}
	return nil
}

func TestInfoBeforeAnyStack(t *testing.T) {
	c := newClient(t)
	info, err := c.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Len(t, info.GetPolicies(), len(testRules())+1)
	on := policyOf(info, "on")
	assert.Equal(t, pulumirpc.EnforcementLevel_MANDATORY, on.GetEnforcementLevel())
	assert.Equal(t, pulumirpc.PolicyType_POLICY_TYPE_RESOURCE, on.GetPolicyType())
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH, on.GetSeverity())
	assert.Equal(t, "S3.1", on.GetFramework().GetReference())
	assert.Equal(t, []string{"fsbp:S3.1", "checkov:CKV_1"}, on.GetTags())
	assert.Equal(t, "https://docs.aws.amazon.com/on", on.GetUrl())
	assert.Equal(t, "Fix with Bulwark: use storage.NewBucket\nFix in pulumi-aws: s3.BucketArgs{On: pulumi.Bool(true)}", on.GetRemediationSteps())
	assert.Equal(t, pulumirpc.PolicyType_POLICY_TYPE_STACK, policyOf(info, "pairs").GetPolicyType())
	assert.Equal(t, pulumirpc.EnforcementLevel_DISABLED, policyOf(info, "opt-in").GetEnforcementLevel())
	assert.Equal(t, pulumirpc.EnforcementLevel_ADVISORY, policyOf(info, "everywhere").GetEnforcementLevel())
	days := policyOf(info, "days")
	assert.Equal(t, "CIS AWS Foundations Benchmark", days.GetFramework().GetName())
	assert.Equal(t, map[string]any{
		"days":  map[string]any{"type": "integer", "description": "How long.", "default": 7.0, "minimum": 1.0, "maximum": 35.0},
		"modes": map[string]any{"type": "array", "description": "Which.", "default": []any{"a"}, "items": map[string]any{"type": "string", "enum": []any{"a", "b"}}},
		"mode":  map[string]any{"type": "string", "description": "Which.", "default": "a", "enum": []any{"a", "b"}},
	}, days.GetConfigSchema().GetProperties().AsMap())
	assert.Equal(t, []string{"mandatory on audio: on: missing: expected true"}, brief(c.analyze(bucketType, "audio", map[string]any{"days": 7})))
}

// The file's settings go out in GetAnalyzerInfo, and come back from the engine as if a user had made them.
func TestTheFileSurvivesTheRoundTrip(t *testing.T) {
	c := newClient(t).configure("profile: dev\ncontrols: {days: {days: 14, modes: [b]}, everywhere: disabled}")
	info, err := c.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	req := &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{}}
	for _, p := range info.GetPolicies() {
		// As ReconcilePolicyPackConfig of the engine does: levels as reported, and the defaults of the schema.
		defaults := map[string]any{}
		for name, schema := range p.GetConfigSchema().GetProperties().AsMap() {
			if value, ok := schema.(map[string]any)["default"]; ok {
				defaults[name] = value
			}
		}
		properties, err := structpb.NewStruct(defaults)
		require.NoError(t, err)
		req.PolicyConfig[p.GetName()] = &pulumirpc.PolicyConfig{EnforcementLevel: p.GetEnforcementLevel(), Properties: properties}
	}
	_, err = c.Configure(t.Context(), req)
	require.NoError(t, err)
	assert.Equal(t, []string{"advisory days nameless: days: 9: expected at least 14 days"},
		brief(c.analyze(bucketType, "nameless", map[string]any{"on": true, "days": 9})))

	req.PolicyConfig["days"].EnforcementLevel = pulumirpc.EnforcementLevel_MANDATORY
	req.PolicyConfig["everywhere"].EnforcementLevel = pulumirpc.EnforcementLevel_ADVISORY
	_, err = c.Configure(t.Context(), req)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"mandatory days nameless: days: 9: expected at least 14 days", `advisory everywhere nameless: nameless: expected a name`,
	}, brief(c.analyze(bucketType, "nameless", map[string]any{"on": true, "days": 9})))
}

func TestWrongConfigurationIsRefused(t *testing.T) {
	c := newClient(t)
	require.NoError(t, os.WriteFile(filepath.Join(c.dir, "PulumiPolicy.dev.yaml"), []byte("profil: dev"), 0o600))
	_, err := c.ConfigureStack(t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev"})
	assert.Equal(t, codes.InvalidArgument, status.Code(err))
	assert.ErrorContains(t, err, `did you mean "profile"?`)

	c = newClient(t)
	c.env["BULWARK_POLICY_CONFIG"] = filepath.Join(c.dir, "absent.yaml")
	_, err = c.ConfigureStack(t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev"})
	assert.ErrorContains(t, err, "BULWARK_POLICY_CONFIG")

	c = newClient(t).configure("")
	_, err = c.Configure(t.Context(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{"onn": {}}})
	assert.ErrorContains(t, err, `onn: "onn": expected the id of a control`)
	_, err = c.Configure(t.Context(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{"on": {EnforcementLevel: 17}}})
	assert.ErrorContains(t, err, "expected one of disabled, advisory, mandatory, remediate")
}

func TestConfigOfTheStackComesWithoutItsSecrets(t *testing.T) {
	c := newClient(t)
	_, err := c.ConfigureStack(t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{
		Stack: "dev", Project: "acme", Organization: "o", Tags: map[string]string{"team": "x"},
		Config: map[string]string{"aws:region": "eu-west-1", "acme:token": "hush"}, ConfigSecretKeys: []string{"acme:token"},
	})
	require.NoError(t, err)
	assert.Equal(t, &rule.Context{
		Organization: "o", Project: "acme", Stack: "dev", Tags: map[string]string{"team": "x"},
		Config: map[string]string{"aws:region": "eu-west-1"}, Profile: rule.Prod, Today: c.now(),
	}, c.run.Load().ctx)
}

func TestThePackFindsItsConfigurationNextToItself(t *testing.T) {
	c := newClient(t)
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "PulumiPolicy.dev.yaml"), []byte("profile: dev"), 0o600))
	_, err := c.Handshake(t.Context(), &pulumirpc.AnalyzerHandshakeRequest{RootDirectory: &root})
	require.NoError(t, err)
	c.configure("")
	assert.Equal(t, rule.Dev, c.run.Load().ctx.Profile)
}

func TestCancel(t *testing.T) {
	c := newClient(t).configure("controls: {on: remediate}")
	_, err := c.Cancel(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	_, err = c.Analyze(t.Context(), request(bucketType, "audio", nil))
	assert.Equal(t, codes.Canceled, status.Code(err))
	_, err = c.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{})
	assert.Equal(t, codes.Canceled, status.Code(err))
	_, err = c.Remediate(t.Context(), request(bucketType, "audio", nil))
	assert.Equal(t, codes.Canceled, status.Code(err))

	c = newClient(t).configure("")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.Analyze(gone, request(bucketType, "audio", nil))
	assert.Equal(t, codes.Canceled, status.Code(err))
}

func TestStrangeResources(t *testing.T) {
	c := newClient(t).configure("")
	for name, req := range map[string]*pulumirpc.AnalyzeRequest{
		"empty":     {},
		"component": {Type: "bulwark:storage:Bucket", Name: "x", Urn: "u"},
		"stack":     {Type: "pulumi:pulumi:Stack", Name: "acme-dev", Urn: "u"},
		"provider":  {Type: "pulumi:providers:aws", Name: "default", Urn: "u"},
		"kubernetes": {
			Type: "kubernetes:core/v1:Pod", Name: "x", Urn: "u",
			Properties: &structpb.Struct{Fields: map[string]*structpb.Value{"spec": nil}},
		},
		"no type token": {Type: "::::", Urn: "u"},
	} {
		r, err := c.Analyze(t.Context(), req)
		require.NoError(t, err, name)
		assert.Empty(t, r.GetDiagnostics(), name)
	}
	_, err := c.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{nil, {}, {Type: bucketType}}})
	require.NoError(t, err)
}

func TestRecord(t *testing.T) {
	c := newClient(t)
	path := filepath.Join(c.dir, "record.jsonl")
	c.env[RecordVariable] = path
	c.configure("profile: dev\ncontrols: {on: remediate}\nexemptions: [{control: days, urn: '*::audio', reason: r, owner: o, expires: 2027-01-01}]")
	_, err := c.Remediate(t.Context(), request(bucketType, "audio", map[string]any{"on": false}))
	require.NoError(t, err)
	c.analyze(bucketType, "audio", map[string]any{"on": true, "days": 3})
	c.analyze(bucketType, "other", map[string]any{"on": false, "days": unknown})
	c.analyzeStack(nil)

	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	var run Run
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &run))
	assert.Equal(t, "dev", run.Profile)
	assert.True(t, run.DryRun)
	assert.Equal(t, "advisory", run.Levels["days"])
	var got []string
	for _, line := range lines[1:] {
		var v Verdict
		require.NoError(t, json.Unmarshal([]byte(line), &v))
		got = append(got, v.Rule+" "+v.URN[strings.LastIndex(v.URN, ":")+1:]+" "+v.Verdict+" "+v.Reason+strings.Join(v.Findings, ""))
	}
	assert.Equal(t, []string{
		"on audio remediated on: false -> true",
		"days audio exempt days for *::audio until 2027-01-01: r (o)days: 3: expected at least 7 days",
		"everywhere audio pass ",
		"on audio pass ",
		"bulwark audio note on has changed on: false -> true. Change the program too: it says otherwise",
		"days other not-yet-known days is not yet known; judged again in the update",
		"everywhere other pass ",
		"on other fail on: false: expected true",
		"pairs  not-applicable the stack has no such resource",
		"bulwark  note Exemption in force for 1 resource: days for *::audio until 2027-01-01: r (o)",
	}, got)
}
