package rule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

const (
	bucket  = "aws:s3/bucketV2:BucketV2"
	logging = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	balance = "aws:lb/loadBalancer:LoadBalancer"
	subnet  = "aws:ec2/subnet:Subnet"
)

// stackOf builds the stack of an example.
func stackOf(t *testing.T, yaml string, mode example.Mode) *rule.Stack {
	t.Helper()
	parsed, err := example.Parse(yaml)
	require.NoError(t, err)
	built, err := parsed.Build(mode, schema.Computed)
	require.NoError(t, err)
	var resources []*rule.Resource
	for _, raw := range built.Outputs {
		resources = append(resources, rule.NewResource(raw))
	}
	return rule.NewStack(&rule.Context{Profile: rule.Prod, DryRun: mode == example.Preview}, resources)
}

func named(t *testing.T, s *rule.Stack, name string) *rule.Resource {
	t.Helper()
	for _, r := range s.All() {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no %s", name)
	return nil
}

// ask runs one question of a stack rule: names, or why it has no answer.
func ask(s *rule.Stack, question func() []*rule.Resource) (names []string, verdict rule.Verdict) {
	r := &rule.Rule{ID: "test", Stack: func(*rule.Stack, *rule.Findings) {
		for _, found := range question() {
			names = append(names, found.Name)
		}
	}}
	return names, r.EvaluateStack(nil, s).Verdict
}

const twoBuckets = `
audio: {type: "aws:s3/bucketV2:BucketV2"}
logs: {type: "aws:s3/bucketV2:BucketV2", properties: {bucket: acme-logs}}
`

func TestReferences(t *testing.T) {
	for name, test := range map[string]struct {
		yaml            string
		preview, update string // the names, or a verdict in brackets
		referred        bool   // ask what "it" refers to, instead of who refers to audio
		types           []string
		property        string
	}{
		"by id": {
			yaml:    twoBuckets + `it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.id}"}}`,
			preview: "it", update: "it",
		},
		"by a known name": {
			yaml:     twoBuckets + `it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {targetBucket: acme-logs}}`,
			property: "targetBucket", referred: true, preview: "logs", update: "logs",
		},
		"of another bucket": {
			yaml:    twoBuckets + `it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${logs.id}"}}`,
			preview: "", update: "",
		},
		"to nobody knows what": {
			yaml:    twoBuckets + "it: {type: \"aws:s3/bucketLoggingV2:BucketLoggingV2\", properties: {bucket: " + unknown + "}}",
			preview: "[not yet known]", update: "[not yet known]",
		},
		"through another resource": {
			yaml: twoBuckets + `
stackReference: {type: "aws:s3/bucketPolicy:BucketPolicy", properties: {bucket: x, policy: y}}
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${stackReference.output}"}}`,
			preview: "[not yet known]", update: "",
		},
		"derived": {
			yaml:    twoBuckets + `it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.arn}/*"}}`,
			preview: "it", update: "it",
		},
		"one of two, unknown which": {
			yaml:    twoBuckets + `it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.arn}${logs.arn}"}}`,
			preview: "[not yet known]", update: "it",
		},
		"nobody": {yaml: twoBuckets, preview: "", update: ""},
		"one is sure, another may be": {
			yaml: twoBuckets + `
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.id}"}}
more: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.arn}${logs.arn}"}}`,
			preview: "[not yet known]", update: "it more",
		},
		"one is sure, another is of the other bucket": {
			yaml: twoBuckets + `
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.id}"}}
more: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${logs.id}"}}`,
			preview: "it", update: "it",
		},
		"through a satellite": {
			yaml: twoBuckets + `
policy: {type: "aws:s3/bucketPolicy:BucketPolicy", properties: {bucket: "${audio.id}", policy: x}}
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${policy.id}"}}`,
			preview: "[not yet known]", update: "it",
		},
		"through a satellite of the other bucket": {
			yaml: twoBuckets + `
policy: {type: "aws:s3/bucketPolicy:BucketPolicy", properties: {bucket: "${logs.id}", policy: x}}
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${policy.id}"}}`,
			preview: "", update: "",
		},
		"by a name that is not known yet": {
			yaml: `
audio: {type: "aws:s3/bucketV2:BucketV2"}
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {targetBucket: audio-0}}`,
			property: "targetBucket", referred: true, preview: "[not yet known]", update: "",
		},
		"by the ARN of a known name": {
			yaml:     twoBuckets + `it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {targetBucket: "arn:aws:s3:::acme-logs"}}`,
			property: "targetBucket", referred: true, preview: "[not yet known]", update: "logs",
		},
		"a list": {
			yaml: `
a: {type: "aws:ec2/subnet:Subnet", properties: {vpcId: v}}
b: {type: "aws:ec2/subnet:Subnet", properties: {vpcId: v}}
c: {type: "aws:ec2/subnet:Subnet", properties: {vpcId: v}}
it: {type: "aws:lb/loadBalancer:LoadBalancer", properties: {subnets: ["${a.id}", "${b.id}", subnet-elsewhere]}}`,
			property: "subnets", types: []string{subnet}, referred: true, preview: "a b", update: "a b",
		},
		"inside objects": {
			yaml: `
a: {type: "aws:ec2/subnet:Subnet", properties: {vpcId: v}}
b: {type: "aws:ec2/subnet:Subnet", properties: {vpcId: v}}
it: {type: "aws:lb/loadBalancer:LoadBalancer", properties: {subnetMappings: [{subnetId: "${a.id}"}, {subnetId: "${b.id}"}]}}`,
			property: "subnetMappings[*].subnetId", types: []string{subnet}, referred: true, preview: "a b", update: "a b",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for mode, want := range map[example.Mode]string{example.Preview: test.preview, example.Update: test.update} {
				s := stackOf(t, test.yaml, mode)
				property := test.property
				if property == "" {
					property = "bucket"
				}
				question := func() []*rule.Resource { return s.Referrers(named(t, s, "audio"), property, logging) }
				if test.referred {
					types := test.types
					if types == nil {
						types = []string{bucket}
					}
					question = func() []*rule.Resource { return s.Referred(named(t, s, "it"), property, types...) }
				}
				names, verdict := ask(s, question)
				got := ""
				for i, n := range names {
					if i > 0 {
						got += " "
					}
					got += n
				}
				if verdict != rule.Pass {
					got = "[" + verdict.String() + "]"
				}
				assert.Equal(t, want, got, mode)
			}
		})
	}
}

// What is found already is checked, but the rule does not pass before it has seen all.
func TestWantReferrer(t *testing.T) {
	const both = twoBuckets + `
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.id}", targetBucket: a}}
more: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.arn}${logs.arn}", targetBucket: b}}`
	for name, tt := range map[string]struct {
		yaml, want      string
		preview, update rule.Verdict
	}{
		"all that is known is right":   {yaml: both, want: "a", preview: rule.NotYetKnown, update: rule.Fail},
		"what is known is wrong":       {yaml: both, want: "b", preview: rule.Fail, update: rule.Fail},
		"nobody refers to it":          {yaml: twoBuckets, want: "a", preview: rule.Fail, update: rule.Fail},
		"nothing else can refer to it": {yaml: strings.ReplaceAll(both, "${logs.arn}", ""), want: "a", preview: rule.Fail, update: rule.Fail},
	} {
		t.Run(name, func(t *testing.T) {
			for mode, want := range map[example.Mode]rule.Verdict{example.Preview: tt.preview, example.Update: tt.update} {
				s := stackOf(t, tt.yaml, mode)
				r := &rule.Rule{ID: "test", Stack: func(_ *rule.Stack, f *rule.Findings) {
					for _, l := range f.WantReferrer(named(t, s, "audio"), "bucket", logging) {
						f.WantOneOf(l.Get("targetBucket"), tt.want)
					}
				}}
				assert.Equal(t, want, r.EvaluateStack(nil, s).Verdict, mode)
			}
		})
	}
}

func TestExternalReferences(t *testing.T) {
	s := stackOf(t, twoBuckets+`
it:
  type: aws:s3/bucketLoggingV2:BucketLoggingV2
  properties: {bucket: "${audio.id}", targetBucket: central-logs}
`, example.Update)
	it := named(t, s, "it")
	external := s.External(it, "targetBucket", bucket)
	require.Len(t, external, 1)
	assert.Equal(t, "central-logs", external[0].Text())
	assert.Empty(t, s.External(it, "bucket", bucket))
	assert.Empty(t, s.External(it, "absent", bucket))

	// In a preview the literal may be the name of the bucket that has none yet.
	s = stackOf(t, `
audio: {type: "aws:s3/bucketV2:BucketV2"}
it: {type: "aws:s3/bucketLoggingV2:BucketLoggingV2", properties: {bucket: "${audio.id}", targetBucket: central-logs}}
`, example.Preview)
	o := (&rule.Rule{ID: "test", Stack: func(*rule.Stack, *rule.Findings) {
		s.External(named(t, s, "it"), "targetBucket", bucket)
	}}).EvaluateStack(nil, s)
	assert.Equal(t, rule.NotYetKnown, o.Verdict)
	assert.Equal(t, "audio.bucket is not yet known; checked again in the update", o.Reason)
}

func TestEachResource(t *testing.T) {
	two := stackOf(t, `
known: {type: "aws:s3/bucketV2:BucketV2", properties: {bucket: a}}
pending: {type: "aws:s3/bucketV2:BucketV2"}
`, example.Preview)
	check := func(s *rule.Stack, body func(*rule.Stack, *rule.Resource, *rule.Findings)) rule.Outcome {
		r := &rule.Rule{ID: "test", Stack: func(s *rule.Stack, f *rule.Findings) {
			f.EachResource(s.Of(bucket), func(r *rule.Resource) { body(s, r, f) })
		}}
		return r.EvaluateStack(nil, s)
	}
	wantB := func(_ *rule.Stack, r *rule.Resource, f *rule.Findings) { f.WantOneOf(r.Get("bucket"), "b") }

	o := check(two, wantB)
	assert.Equal(t, rule.Fail, o.Verdict, "what is unknown about one does not hide the other")
	assert.Equal(t, two.All()[1].URN, o.Findings[0].URN)

	o = check(two, func(_ *rule.Stack, r *rule.Resource, f *rule.Findings) { f.WantOneOf(r.Get("bucket"), "a") })
	assert.Equal(t, rule.NotYetKnown, o.Verdict)
	assert.Equal(t, "pending.bucket is not yet known; checked again in the update", o.Reason)

	o = check(two, func(_ *rule.Stack, _ *rule.Resource, f *rule.Findings) { f.NotApplicable("not this one") })
	assert.Equal(t, rule.NotApplicable, o.Verdict)
	assert.Equal(t, "not this one", o.Reason)

	o = check(two, func(_ *rule.Stack, r *rule.Resource, f *rule.Findings) {
		if r.Name == "known" {
			f.NotApplicable("not this one")
		}
	})
	assert.Equal(t, rule.Pass, o.Verdict, "one was checked")

	o = check(stackOf(t, `b: {type: "aws:lb/loadBalancer:LoadBalancer"}`, example.Update), wantB)
	assert.Equal(t, rule.NotApplicable, o.Verdict)
	assert.Equal(t, "the stack has no such resource", o.Reason)
}

func TestStackKeepsSecretsOfOtherResources(t *testing.T) {
	s := stackOf(t, `
one: {type: "aws:s3/bucketV2:BucketV2", properties: {bucket: {"fn::secret": hush-hush-name}}}
two: {type: "aws:s3/bucketV2:BucketV2", properties: {bucket: plain}}
`, example.Update)
	r := &rule.Rule{ID: "test", Stack: func(s *rule.Stack, f *rule.Findings) {
		f.Fail(named(t, s, "two"), "clashes with %s", named(t, s, "one").Get("bucket").Text())
	}}
	assert.Equal(t, "clashes with [secret]", r.EvaluateStack(nil, s).Findings[0].Message)
}

func TestFailuresOfTheStackStandAtItsOwnResource(t *testing.T) {
	r := &rule.Rule{ID: "test", Stack: func(s *rule.Stack, f *rule.Findings) { f.Fail(s, "has no detector") }}
	o := r.EvaluateStack(nil, stackOf(t, twoBuckets, example.Update))
	assert.Equal(t, "urn:pulumi:stack::acme::pulumi:pulumi:Stack::acme-stack", o.Findings[0].URN)
	assert.Empty(t, r.EvaluateStack(nil, rule.NewStack(&rule.Context{}, nil)).Findings[0].URN)
}
