package ruletest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"

// candidate is a rule with this judgement over a good and a bad public access block.
func candidate(judge func(*rule.Resource, *rule.Findings)) *rule.Rule {
	return &rule.Rule{
		ID: "candidate", Types: []string{block}, Resource: judge,
		Good: []rule.Example{{YAML: `b: {type: "` + block + `", properties: {bucket: acme-audio, blockPublicAcls: true}}`}},
		Bad:  []rule.Example{{YAML: `b: {type: "` + block + `", properties: {bucket: acme-audio, blockPublicAcls: false}}`}},
	}
}

// problemsOf examines both examples.
func problemsOf(r *rule.Rule) string {
	return strings.Join(append(examine(r, r.Good[0], true), examine(r, r.Bad[0], false)...), "\n")
}

func TestASoundRuleHasNoProblems(t *testing.T) {
	r := candidate(rule.WantTrue("blockPublicAcls"))
	assert.Empty(t, problemsOf(r))
	r.Remediate = func(_ *rule.Resource, c *rule.Changes) { c.Set("blockPublicAcls", true) }
	assert.Empty(t, examineRemediation(r))
}

func TestUnsoundRulesAreFound(t *testing.T) {
	for name, test := range map[string]struct {
		judge func(*rule.Resource, *rule.Findings)
		want  string
	}{
		"passes everything": {
			func(*rule.Resource, *rule.Findings) {},
			"in the update: expected fail, got pass",
		},
		"fails everything": {
			func(r *rule.Resource, f *rule.Findings) { f.Fail(r, "no") },
			"in the preview: expected anything but fail, got fail",
		},
		"judges nothing": {
			func(_ *rule.Resource, f *rule.Findings) { f.NotApplicable("never") },
			"in the update: expected pass, got not applicable",
		},
		"breaks down without the property": {
			func(r *rule.Resource, f *rule.Findings) {
				f.WantTrue(r.Properties.Get([]string{"blockPublicAcls"}[len(r.Properties.Keys())-2]))
			},
			"b.bucket missing: the rule broke down",
		},
		"takes the unknown for good": {
			func(r *rule.Resource, f *rule.Findings) {
				if v := r.Get("blockPublicAcls"); v.Known() {
					f.WantTrue(v)
				}
			},
			"b.blockPublicAcls unknown: expected not yet known, got pass",
		},
		"takes the unknown for bad": {
			func(r *rule.Resource, f *rule.Findings) {
				v := r.Get("blockPublicAcls")
				if !v.Known() {
					f.Fail(v, "unknown")
					return
				}
				f.WantTrue(v)
			},
			"b.blockPublicAcls unknown in the preview: expected pass or not yet known, got fail",
		},
		"puts a secret together, which the last wall takes out": {
			func(r *rule.Resource, f *rule.Findings) {
				f.WantTrue(r.Get("blockPublicAcls"))
				if !r.Get("blockPublicAcls").Bool() {
					var b strings.Builder
					for _, c := range r.Get("bucket").Text() {
						b.WriteRune(c)
						b.WriteByte('.')
					}
					f.Fail(r, "%s", "bucket "+strings.ReplaceAll(b.String(), ".", "")+" is open")
				}
			},
			"",
		},
		"has a malformed message": {
			func(r *rule.Resource, f *rule.Findings) {
				if !r.Get("blockPublicAcls").Bool() {
					f.Fail(r, "%d and %s", 1)
				}
			},
			"malformed message",
		},
		"distinguishes null from nothing": {
			func(r *rule.Resource, f *rule.Findings) {
				f.WantTrue(r.Get("blockPublicAcls"))
				if len(r.Properties.Keys()) == 1 {
					f.NotApplicable("nothing to see")
				}
			},
			"b.bucket null: expected the same as missing",
		},
		"asks whether it is secret": {
			func(r *rule.Resource, f *rule.Findings) {
				f.WantTrue(r.Get("blockPublicAcls"))
				if r.Get("bucket").Secret() {
					f.Fail(r, "secret")
				}
			},
			"b.bucket secret: expected pass as before, got fail",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := problemsOf(candidate(test.judge))
			if test.want == "" {
				assert.Empty(t, got)
				return
			}
			assert.Contains(t, got, test.want)
		})
	}
}

func TestExamplesAreHeldAgainstTheProvider(t *testing.T) {
	r := candidate(rule.WantTrue("blockPublicACLs"))
	r.Good[0].YAML = strings.Replace(r.Good[0].YAML, "blockPublicAcls: true", "blockPublicACLs: true, bucket2: [x]", 1)
	got := problemsOf(r)
	assert.Contains(t, got, `b.blockPublicACLs: pulumi-aws has no such property; did you mean "blockPublicAcls"?`)
	assert.Contains(t, got, "b.bucket2: pulumi-aws has no such property")
	r = candidate(rule.WantTrue("blockPublicAcls"))
	r.Good[0].YAML = strings.Replace(r.Good[0].YAML, "acme-audio", "[acme-audio]", 1)
	assert.Contains(t, problemsOf(r), "b.bucket: expected string, found a list")
	r.Good[0].YAML = strings.Replace(r.Good[0].YAML, "BucketPublicAccessBlock", "BucketPublicAccesBlock", 2)
	assert.Contains(t, problemsOf(r), "pulumi-aws has no such type")
}

func TestUselessRemediationsAreFound(t *testing.T) {
	r := candidate(rule.WantTrue("blockPublicAcls"))
	r.Remediate = func(*rule.Resource, *rule.Changes) {}
	assert.Equal(t, []string{"the remediation mends none of the bad examples"}, examineRemediation(r))
	r.Remediate = func(_ *rule.Resource, c *rule.Changes) { c.Set("blockPublicPolicy", "yes") }
	got := examineRemediation(r)
	require.Len(t, got, 2)
	assert.Contains(t, got[0], "and the verdict is still fail")
	assert.Equal(t, "after the remediation: b.blockPublicPolicy: expected bool, found a text", got[1])
}

func TestParametersOfExamplesAreDeclared(t *testing.T) {
	r := candidate(rule.WantTrue("blockPublicAcls"))
	r.Good[0].Params = map[string]any{"days": 1}
	assert.Contains(t, problemsOf(r), `the example sets the parameter "days", which the rule does not declare`)
	r.Params = []rule.Param{{Name: "days", Default: 7, Min: 2, Max: 9}}
	assert.Contains(t, problemsOf(r), "expected 2 to 9")
}
