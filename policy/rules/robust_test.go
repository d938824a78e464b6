package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// checkAll lets every rule check the resources, each one and as a stack, and returns the rules that broke down.
func checkAll(raws []rule.Raw) []string {
	ctx := &rule.Context{Project: "acme", Stack: "prod", Profile: rule.Prod}
	resources := make([]*rule.Resource, len(raws))
	for i, raw := range raws {
		resources[i] = rule.NewResource(raw)
	}
	stack := rule.NewStack(ctx, resources)
	var broken []string
	note := func(r *rule.Rule, o rule.Outcome) {
		if o.Panic != nil {
			broken = append(broken, r.ID+": "+string(o.Stack))
		}
	}
	for _, r := range All() {
		if r.Stack != nil {
			note(r, r.EvaluateStack(nil, stack))
			continue
		}
		for _, resource := range resources {
			if r.Looks(resource.Type) {
				note(r, r.EvaluateResource(ctx, nil, resource))
			}
		}
	}
	return broken
}

// goodOnes are the resources of every rule's first good example.
func goodOnes(t testing.TB) map[string][]rule.Raw {
	t.Helper()
	out := map[string][]rule.Raw{}
	for _, r := range All() {
		stack, err := example.Parse(r.Good[0].YAML)
		require.NoError(t, err)
		built, err := stack.Build(example.Update, schema.Computed)
		require.NoError(t, err)
		out[r.ID] = built.Outputs
	}
	return out
}

// Every text of a resource is a megabyte of something: no rule breaks down, and none takes long.
func TestHugeValues(t *testing.T) {
	for name, huge := range map[string]string{
		"letters": strings.Repeat("a", 1<<20), "brackets": strings.Repeat("[", 1<<20), "stars": strings.Repeat("*", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			for id, raws := range goodOnes(t) {
				for i := range raws {
					raws[i].Properties = proto.Clone(raws[i].Properties).(*structpb.Struct)
					for key, v := range raws[i].Properties.GetFields() {
						if _, isText := v.GetKind().(*structpb.Value_StringValue); isText {
							raws[i].Properties.Fields[key] = structpb.NewStringValue(huge)
						}
					}
				}
				began := time.Now()
				assert.Empty(t, checkAll(raws), id)
				assert.Less(t, time.Since(began), 10*time.Second, id)
			}
		})
	}
}

// Resources that are half there, as one that is being imported may be.
func TestHalfResources(t *testing.T) {
	all := map[string]bool{"*": true, "pulumi:pulumi:Stack": true, "gcp:storage/bucket:Bucket": true}
	for _, r := range All() {
		for _, typ := range r.Types {
			all[typ] = true
		}
	}
	var raws []rule.Raw
	for _, typ := range slices.Sorted(maps.Keys(all)) {
		raws = append(raws, rule.Raw{Type: typ}, rule.Raw{Type: typ, Name: "x", URN: "urn:" + typ, Properties: &structpb.Struct{}})
	}
	assert.Empty(t, checkAll(raws))
}

// FuzzRules gives rules resources whose properties are anything at all.
func FuzzRules(f *testing.F) {
	for _, raws := range goodOnes(f) {
		for _, raw := range raws {
			text, err := raw.Properties.MarshalJSON()
			if err == nil {
				f.Add(raw.Type, string(text))
			}
		}
	}
	f.Fuzz(func(t *testing.T, typ, properties string) {
		pb := &structpb.Struct{}
		if pb.UnmarshalJSON([]byte(properties)) != nil {
			return
		}
		raw := rule.Raw{Type: typ, Name: "it", URN: "urn:pulumi:prod::acme::" + typ + "::it", Properties: pb}
		for _, broken := range checkAll([]rule.Raw{raw}) {
			t.Error(broken)
		}
	})
}

// A policy of thousands of statements, as a program may generate it: every rule takes no longer than its length allows.
// How long that is depends on the machine, so a rule that takes seconds is held against itself on half of the policy:
// what was quadratic took four times as long for twice the length.
func TestLongPolicyDocuments(t *testing.T) {
	const most = 256<<10 - 200
	for name, principal := range map[string]string{"of an identity": "", "of a resource": `"Principal":"*",`} {
		text := longDocument(principal, most)
		d, problems := iampolicy.Parse(text)
		require.NoError(t, iampolicy.Err(problems))
		require.Greater(t, len(d.Statements), 3000)
		for _, r := range All() {
			took := evaluationTime(r, text)
			if took < 2*time.Second {
				continue
			}
			half := evaluationTime(r, longDocument(principal, most/2))
			assert.Less(t, took, 3*half, "%s, a policy %s: twice the length takes much more than twice as long", r.ID, name)
		}
	}
}

// evaluationTime is how long a rule takes for a policy document.
func evaluationTime(r *rule.Rule, text string) time.Duration {
	began := time.Now()
	resources := withDocument(r, text)
	if r.Stack != nil {
		r.EvaluateStack(nil, rule.NewStack(&rule.Context{Profile: rule.Prod}, resources))
	}
	for _, resource := range resources {
		if r.Resource != nil {
			r.EvaluateResource(&rule.Context{Profile: rule.Prod}, nil, resource)
		}
	}
	return time.Since(began)
}

// longDocument is as long as that. It allows and denies by turns, each statement something of its
// own and something that all are about.
func longDocument(principal string, most int) string {
	var b strings.Builder
	b.WriteString(`{"Version":"2012-10-17","Statement":[`)
	for i := 0; b.Len() < most; i++ {
		effect := []string{"Allow", "Deny"}[i%2]
		fmt.Fprintf(&b, `{"Effect":%q,%s"Action":["s3:*","x%d:*"],"Resource":"*"},`, effect, principal, i)
	}
	return strings.TrimSuffix(b.String(), ",") + "]}"
}

// withDocument are resources of the types that the rule looks at, with the text wherever a policy may stand.
func withDocument(r *rule.Rule, text string) []*rule.Resource {
	document, name := structpb.NewStringValue(text), structpb.NewStringValue("it")
	inline := structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{
		structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"policy": document}}),
	}})
	properties := &structpb.Struct{Fields: map[string]*structpb.Value{
		"policy": document, "assumeRolePolicy": document, "accessPolicy": document, "inlinePolicy": document, "inlinePolicies": inline,
		"bucket": name, "keyId": name, "id": name, "arn": name, "name": name,
	}}
	var resources []*rule.Resource
	for _, typ := range r.Types {
		resources = append(resources, rule.NewResource(rule.Raw{Type: typ, Name: "it", URN: "urn:" + typ, Properties: properties}))
	}
	return resources
}
