package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// rules are one of each kind.
func rules() []*rule.Rule {
	nothing := func(*rule.Resource, *rule.Findings) {}
	return []*rule.Rule{
		{ID: "s3-critical", Severity: rule.Critical, Resource: nothing},
		{ID: "s3-high", Severity: rule.High, Resource: nothing, Remediate: func(*rule.Resource, *rule.Changes) {}},
		{
			ID: "rds-medium", Severity: rule.Medium, Resource: nothing,
			Params: []rule.Param{
				{Name: "days", Default: 7, Min: 1, Max: 35},
				{Name: "ports", Default: []string{"80"}},
				{Name: "mode", Default: "strict", OneOf: []string{"strict", "lenient"}},
				{Name: "deep", Default: false},
			},
		},
		{ID: "rds-low", Severity: rule.Low, Resource: nothing},
		{ID: "opt-in", Severity: rule.High, Resource: nothing, OptIn: "costs money"},
	}
}

// levelsOf are all effective levels, with + where the rule remediates.
func levelsOf(p *Policy) map[string]string {
	out := map[string]string{}
	for _, r := range rules() {
		s := p.Setting(r.ID)
		out[r.ID] = string(s.Level)
		if s.Remediate {
			out[r.ID] += "+"
		}
	}
	return out
}

func TestLevels(t *testing.T) {
	for name, test := range map[string]struct {
		file string
		want map[string]string
	}{
		"no file": {"", map[string]string{"s3-critical": "mandatory", "s3-high": "mandatory", "rds-medium": "mandatory", "rds-low": "advisory", "opt-in": "disabled"}},
		"dev": {
			"profile: dev",
			map[string]string{"s3-critical": "mandatory", "s3-high": "mandatory", "rds-medium": "advisory", "rds-low": "advisory", "opt-in": "disabled"},
		},
		"single ones": {
			"controls: {s3-high: disabled, rds-low: mandatory, opt-in: advisory}",
			map[string]string{"s3-critical": "mandatory", "s3-high": "disabled", "rds-medium": "mandatory", "rds-low": "mandatory", "opt-in": "advisory"},
		},
		"all, and one": {
			"controls: {all: advisory, s3-critical: {enforcementLevel: mandatory}}",
			map[string]string{"s3-critical": "mandatory", "s3-high": "advisory", "rds-medium": "advisory", "rds-low": "advisory", "opt-in": "advisory"},
		},
		"remediate": {
			"profile: dev\ncontrols: {s3-high: remediate, rds-medium: remediate, opt-in: remediate}",
			map[string]string{"s3-critical": "mandatory", "s3-high": "mandatory+", "rds-medium": "advisory", "rds-low": "advisory", "opt-in": "mandatory"},
		},
		"JSON": {
			`{"profile": "prod", "controls": {"rds-medium": {"days": 14}}}`,
			map[string]string{"s3-critical": "mandatory", "s3-high": "mandatory", "rds-medium": "mandatory", "rds-low": "advisory", "opt-in": "disabled"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := Parse(rules(), "f.yaml", []byte(test.file))
			require.NoError(t, err)
			assert.Equal(t, test.want, levelsOf(New(rules(), file)))
		})
	}
}

func TestParamsAndExemptions(t *testing.T) {
	file, err := Parse(rules(), "f.yaml", []byte(`
controls:
  rds-medium: {days: 14, ports: ["443", "80"], mode: lenient, deep: true}
exemptions:
  - control: s3-high
    urn: urn:pulumi:dev::acme::*::internal-*
    reason: The tool is reached through the VPN only.
    owner: platform@acme.example
    expires: 2027-03-31
  - {control: rds-low, urn: "*::db", reason: r, owner: o, expires: "2026-01-01"}
`))
	require.NoError(t, err)
	p := New(rules(), file)
	assert.Equal(t, map[string]any{"days": 14, "ports": []string{"443", "80"}, "mode": "lenient", "deep": true}, p.Setting("rds-medium").Params)
	require.Len(t, p.Exemptions, 2)
	assert.Equal(t, "s3-high for urn:pulumi:dev::acme::*::internal-* until 2027-03-31: The tool is reached through the VPN only. (platform@acme.example)", p.Exemptions[0].String())
	assert.Equal(t, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), p.Exemptions[1].Expires)
}

func TestWrongConfiguration(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"not a map":         {"- x", `file: "[x]": expected profile, controls and exemptions; fix: begin with profile: prod`},
		"field":             {"profil: dev", `profil: "dev": expected only profile, controls, exemptions; fix: did you mean "profile"?`},
		"profile":           {"profile: prd", `profile: "prd": expected one of prod, dev; fix: did you mean "prod"?`},
		"profile's type":    {"profile: [dev]", `profile: "[dev]": expected one of prod, dev; fix: did you mean "dev"?`},
		"control":           {"controls: {s3-hihg: disabled}", `controls.s3-hihg: "s3-hihg": expected the id of a control; fix: did you mean "s3-high"?`},
		"controls' type":    {"controls: x", `controls: "x": expected a map from controls to levels; fix: write rds-multi-az: disabled`},
		"level":             {"controls: {s3-high: mandatry}", `controls.s3-high: "mandatry": expected one of disabled, advisory, mandatory, remediate; fix: did you mean "mandatory"?`},
		"level's type":      {"controls: {s3-high: true}", `controls.s3-high: "true": expected a level, or enforcementLevel and parameters; fix: write one of disabled, advisory, mandatory, remediate`},
		"level in a map":    {"controls: {s3-high: {enforcementLevel: 3}}", `controls.s3-high.enforcementLevel: "3": expected one of disabled, advisory, mandatory, remediate`},
		"parameter":         {"controls: {rds-medium: {day: 3}}", `controls.rds-medium.day: "3": expected only enforcementLevel, days, ports, mode, deep; fix: did you mean "days"?`},
		"of a rule without": {"controls: {s3-high: {days: 3}}", `controls.s3-high.days: "3": expected only enforcementLevel; fix: remove it`},
		"too small":         {"controls: {rds-medium: {days: 0}}", `controls.rds-medium.days: 0: expected 1 to 35; fix: use at least 1`},
		"a fraction":        {"controls: {rds-medium: {days: 1.5}}", `controls.rds-medium.days: 1.5: expected a whole number; fix: the default is 7`},
		"a number as text":  {"controls: {rds-medium: {days: '9'}}", `controls.rds-medium.days: "9": expected a whole number; fix: the default is 7`},
		"list's elements":   {"controls: {rds-medium: {ports: [80]}}", `controls.rds-medium.ports: [80]: expected a list of texts; fix: the default is [80]`},
		"one of":            {"controls: {rds-medium: {mode: strickt}}", `controls.rds-medium.mode: "strickt": expected one of strict, lenient; fix: did you mean "strict"?`},
		"bool":              {"controls: {rds-medium: {deep: yes please}}", `controls.rds-medium.deep: "yes please": expected true or false; fix: the default is false`},
		"all with params":   {"controls: {all: {days: 3}}", `controls.all: "map[days:3]": expected a level; fix: parameters belong to single controls`},
		"exemptions' type":  {"exemptions: {a: b}", `exemptions: "map[a:b]": expected a list of exemptions; fix: begin each with a hyphen`},
		"exemption's type":  {"exemptions: [x]", `exemptions[0]: "x": expected control, urn, reason, owner and expires; fix: write the five fields`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(rules(), "f.yaml", []byte(test.file))
			require.Error(t, err)
			assert.Equal(t, `policy configuration "f.yaml": `+test.want, err.Error())
		})
	}
}

func TestEverythingWrongAtOnce(t *testing.T) {
	_, err := Parse(rules(), "f.yaml", []byte(`
profile: staging
controls: {nothing-like-it: advisory}
exemptions:
  - {control: s3-hig, urn: "*", reason: "", owner: 7, expires: 31.3.2027, until: x}
  - {urn: "arn:aws:s3:::x", reason: r, owner: o, expires: 2027-02-30}
  - {control: s3-high, urn: "urn:pulumi:dev::*::[ab]", reason: r, owner: o, expires: 2027-02-28}
  - {control: s3-high, urn: "urn:pulumi:dev:: x", reason: r, owner: o, expires: 2027-02-28}
`))
	var all *validate.Error
	require.ErrorAs(t, err, &all)
	var got []string
	for _, p := range all.Problems {
		got = append(got, p.String())
	}
	assert.Equal(t, []string{
		`profile: "staging": expected one of prod, dev`,
		`controls.nothing-like-it: "nothing-like-it": expected the id of a control; fix: bulwark policy list shows them`,
		`exemptions[0].until: "x": expected only control, urn, reason, owner, expires; fix: remove it`,
		`exemptions[0].control: "s3-hig": expected the id of a control; fix: did you mean "s3-high"?`,
		`exemptions[0].urn: "*": expected a pattern that names resources; fix: to switch a control off for all, set its level to disabled`,
		`exemptions[0].reason: missing: expected why it is all right; fix: say it to whoever reads it next year`,
		`exemptions[0].owner: "7": expected who answers for it; fix: name a team or an address`,
		`exemptions[0].expires: "31.3.2027": expected a date such as 2027-03-31; fix: exemptions end; write the last day`,
		`exemptions[1].control: missing: expected the id of a control; fix: bulwark policy list shows them`,
		`exemptions[1].urn: "arn:aws:s3:::x": expected a URN pattern such as urn:pulumi:prod::acme::*::audio; fix: begin with urn:pulumi: or *`,
		`exemptions[1].expires: "2027-02-30": expected a date such as 2027-03-31; fix: exemptions end; write the last day`,
		`exemptions[2].urn: "urn:pulumi:dev::*::[ab]": expected a pattern of * (anything) and ? (one character); fix: write an exemption for each alternative`,
		`exemptions[3].urn: "urn:pulumi:dev:: x": expected a URN, which has no spaces; fix: remove the spaces`,
	}, got)
}

func TestNotYAML(t *testing.T) {
	for _, text := range []string{"profile: [", "a: 1\na: 2", "\x00", "&a [*a]"} {
		_, err := Parse(rules(), "f.yaml", []byte(text))
		assert.ErrorContains(t, err, "f.yaml", text)
	}
}

func TestExpiry(t *testing.T) {
	e := Exemption{Expires: time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)}
	assert.False(t, e.Expired(time.Date(2027, 3, 31, 23, 59, 59, 0, time.UTC)), "the last day counts")
	assert.True(t, e.Expired(time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)))
	assert.True(t, e.Expired(time.Date(2027, 3, 31, 23, 0, 0, 0, time.FixedZone("", -3*3600))), "the day is one in UTC")
}

func TestFromTheEngine(t *testing.T) {
	file, err := Parse(rules(), "f.yaml", []byte("profile: dev\ncontrols: {s3-high: remediate, rds-medium: {days: 14}}"))
	require.NoError(t, err)
	base := New(rules(), file)
	// The engine sends every policy, with what the pack reported.
	sent := map[string]Engine{OwnName: {Level: Mandatory}}
	for _, r := range rules() {
		sent[r.ID] = Engine{Level: base.Setting(r.ID).Reported()}
	}
	sent["rds-medium"] = Engine{Level: Advisory, Properties: map[string]any{"days": 14.0, "mode": "strict"}}
	same, err := base.Configure(sent)
	require.NoError(t, err)
	assert.Equal(t, levelsOf(base), levelsOf(same))
	assert.Equal(t, 14, same.Setting("rds-medium").Params["days"])

	sent["rds-low"] = Engine{Level: Mandatory}
	sent["s3-high"] = Engine{Level: Disabled}
	sent["opt-in"] = Engine{Level: Advisory}
	sent["all"] = Engine{Level: Mandatory}
	sent[OwnName] = Engine{Level: Mandatory, Properties: map[string]any{
		"profile": "dev",
		"exemptions": []any{map[string]any{
			"control": "rds-low", "urn": "urn:pulumi:*::db", "reason": "r", "owner": "o", "expires": "2027-01-01",
		}},
	}}
	changed, err := base.Configure(sent)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"s3-critical": "mandatory", "s3-high": "disabled", "rds-medium": "advisory", "rds-low": "mandatory", "opt-in": "advisory"}, levelsOf(changed))
	assert.Len(t, changed.Exemptions, 1)
	assert.Equal(t, "mandatory+", levelsOf(base)["s3-high"], "the first policy is not touched")
	assert.Empty(t, base.Exemptions)
}

func TestWrongFromTheEngine(t *testing.T) {
	_, err := New(rules(), nil).Configure(map[string]Engine{
		"s3-hihg":    {Level: Advisory},
		"all":        {Level: Mandatory, Properties: map[string]any{"days": 1.0}},
		"rds-medium": {Level: Mandatory, Properties: map[string]any{"dasy": 1.0, "days": 99.0}},
		"rds-low":    {Level: "17"},
		OwnName:      {Level: Mandatory, Properties: map[string]any{"profile": "dev", "exemption": []any{}}},
	})
	var all *validate.Error
	require.ErrorAs(t, err, &all)
	var got []string
	for _, p := range all.Problems {
		got = append(got, p.String())
	}
	assert.Equal(t, []string{
		`all: "map[days:1]": expected a level; fix: parameters belong to single controls`,
		`bulwark.profile: "dev": expected the profile in a file; fix: set profile: dev in PulumiPolicy.<stack>.yaml, next to Pulumi.<stack>.yaml`,
		`bulwark.exemption: "[]": expected only exemptions, profile; fix: did you mean "exemptions"?`,
		`rds-low.enforcementLevel: "17": expected one of disabled, advisory, mandatory, remediate`,
		`rds-medium.dasy: "1": expected only enforcementLevel, days, ports, mode, deep; fix: did you mean "days"?`,
		`rds-medium.days: 99: expected 1 to 35; fix: use at most 35`,
		`s3-hihg: "s3-hihg": expected the id of a control; fix: did you mean "s3-high"?`,
	}, got)
}

func TestFind(t *testing.T) {
	program, pack, elsewhere := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "own.yaml")
	write := func(path string) { require.NoError(t, os.WriteFile(path, []byte("profile: dev"), 0o600)) }
	environment := map[string]string{}
	find := func(stack string) (string, error) {
		return Find(func(name string) string { return environment[name] }, stack, program, pack)
	}
	path, err := find("dev")
	require.NoError(t, err)
	assert.Empty(t, path)

	write(filepath.Join(pack, "PulumiPolicy.dev.yaml"))
	path, _ = find("dev")
	assert.Equal(t, filepath.Join(pack, "PulumiPolicy.dev.yaml"), path)

	write(filepath.Join(program, "PulumiPolicy.dev.yaml"))
	path, _ = find("dev")
	assert.Equal(t, filepath.Join(program, "PulumiPolicy.dev.yaml"), path, "the program's own goes first")

	path, err = find("../dev")
	require.NoError(t, err)
	assert.Empty(t, path, "a stack's name is no path")

	environment[FileVariable] = elsewhere
	_, err = find("dev")
	assert.True(t, errors.Is(err, os.ErrNotExist), "a file that is named has to be there")
	write(elsewhere)
	path, _ = find("dev")
	assert.Equal(t, elsewhere, path)

	file, err := Load(rules(), path)
	require.NoError(t, err)
	assert.Equal(t, rule.Dev, file.Profile)
}

func FuzzParse(f *testing.F) {
	f.Add("profile: dev\ncontrols: {all: advisory, rds-medium: {days: 3}}\nexemptions: [{control: s3-high, urn: '*x', expires: 2027-01-01}]")
	f.Add("{")
	f.Add("controls: {? [a] : b}")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse(rules(), "f.yaml", []byte(text))
		if (err == nil) == (file == nil) {
			t.Fatalf("file %v, error %v", file, err)
		}
		if file != nil {
			New(rules(), file)
		}
	})
}

// What stands behind the first document would silently not count.
func TestASecondDocumentIsRefused(t *testing.T) {
	for _, text := range []string{"profile: dev\n---\nprofile: prod\n", "---\nprofile: dev\n---\n", "{}\n---\n- x: [\n"} {
		_, err := Parse(nil, "PulumiPolicy.dev.yaml", []byte(text))
		assert.ErrorContains(t, err, "PulumiPolicy.dev.yaml: ", text)
	}
	_, err := Parse(nil, "PulumiPolicy.dev.yaml", []byte("profile: dev\n---\nprofile: prod\n"))
	assert.ErrorContains(t, err, "it has a second document after ---, which would not count")
	f, err := Parse(nil, "PulumiPolicy.dev.yaml", []byte("---\nprofile: dev\n...\n"))
	require.NoError(t, err)
	assert.Equal(t, rule.Dev, f.Profile)
}
