package ruletest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/trial"
)

// path leads to a part of a resource's properties: keys and indices.
type path []any

func (p path) String() string {
	var b strings.Builder
	for _, part := range p {
		if key, ok := part.(string); ok {
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(key)
			continue
		}
		fmt.Fprintf(&b, "[%v]", part)
	}
	return b.String()
}

// mutate changes every property that the example sets, one at a time.
func (c *check) mutate(inputs []rule.Raw, base result) {
	// The first resource is the stack itself, which the example does not mention.
	for i, given := range inputs {
		if i == 0 {
			continue
		}
		all := c.resources[i].Properties.GetFields()
		set := map[string]*structpb.Value{}
		for key := range given.Properties.GetFields() {
			set[key] = all[key]
		}
		for _, p := range paths(structpb.NewStructValue(&structpb.Struct{Fields: set}), nil) {
			m := mutation{check: c, index: i, name: given.Name, path: p, base: base}
			m.old = lookup(structpb.NewStructValue(c.resources[i].Properties), p)
			m.run()
		}
	}
}

// obscure makes every property that the example sets unknown in the preview, one at a time, as if the program made it of
// what AWS will return: no good example fails by that, and no bad one passes.
func (c *check) obscure(inputs []rule.Raw, base result) {
	for i, given := range inputs {
		for _, p := range paths(structpb.NewStructValue(given.Properties), nil) {
			if i == 0 {
				continue
			}
			raws := slices.Clone(c.resources)
			raw := &raws[i]
			raw.Properties, raw.Inputs = obscured(raw.Properties, p), obscured(raw.Inputs, p)
			raw.PropertyDependencies = maps.Clone(raw.PropertyDependencies)
			delete(raw.PropertyDependencies, p[0].(string))
			got := c.judge(raws)
			if got.verdict != base.verdict && got.verdict != rule.NotYetKnown {
				c.problemf("%s.%s unknown in the preview: expected %s or %s, got %s", given.Name, p, base.verdict, rule.NotYetKnown, got.String())
			}
		}
	}
}

// obscured is a copy with something unknown at the path, if there is such a place.
func obscured(properties *structpb.Struct, p path) *structpb.Struct {
	out := proto.Clone(properties).(*structpb.Struct)
	container := structpb.NewStructValue(out)
	for _, part := range p[:len(p)-1] {
		switch part := part.(type) {
		case string:
			container = container.GetStructValue().GetFields()[part]
		case int:
			if part >= len(container.GetListValue().GetValues()) {
				return out
			}
			container = container.GetListValue().GetValues()[part]
		}
	}
	unknown := structpb.NewStringValue(example.Unknown)
	switch last := p[len(p)-1].(type) {
	case string:
		if fields := container.GetStructValue().GetFields(); fields[last] != nil {
			fields[last] = unknown
		}
	case int:
		if values := container.GetListValue().GetValues(); last < len(values) {
			values[last] = unknown
		}
	}
	return out
}

// paths are all places below the value, in order; secrets are not looked into.
func paths(v *structpb.Value, at path) []path {
	var out []path
	if len(at) > 0 {
		out = append(out, at)
	}
	switch kind := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		fields := kind.StructValue.GetFields()
		if example.IsWrapper(v) {
			return out
		}
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			out = append(out, paths(fields[key], append(slices.Clip(at), key))...)
		}
	case *structpb.Value_ListValue:
		for i, element := range kind.ListValue.GetValues() {
			out = append(out, paths(element, append(slices.Clip(at), i))...)
		}
	}
	return out
}

func lookup(v *structpb.Value, p path) *structpb.Value {
	for _, part := range p {
		switch part := part.(type) {
		case string:
			v = v.GetStructValue().GetFields()[part]
		case int:
			v = v.GetListValue().GetValues()[part]
		}
	}
	return v
}

// mutation is one place of one example.
type mutation struct {
	check *check
	index int
	name  string
	path  path
	old   *structpb.Value
	base  result
}

// with judges the example with another value at the place; nil takes it away.
func (m *mutation) with(what string, value *structpb.Value) result {
	raws := slices.Clone(m.check.resources)
	raw := &raws[m.index]
	raw.Properties = proto.Clone(raw.Properties).(*structpb.Struct)
	container := lookup(structpb.NewStructValue(raw.Properties), m.path[:len(m.path)-1])
	switch last := m.path[len(m.path)-1].(type) {
	case string:
		if value == nil {
			delete(container.GetStructValue().GetFields(), last)
		} else {
			container.GetStructValue().GetFields()[last] = value
		}
	case int:
		list := container.GetListValue()
		if value == nil {
			list.Values = slices.Delete(list.Values, last, last+1)
		} else {
			list.Values[last] = value
		}
	}
	if value == nil || value.GetStringValue() == example.Unknown {
		raw.PropertyDependencies = maps.Clone(raw.PropertyDependencies)
		delete(raw.PropertyDependencies, m.path[0].(string))
	}
	got := m.check.judge(raws)
	m.check.whole(m.where(what), got)
	return got
}

func (m *mutation) where(what string) string {
	return fmt.Sprintf("%s.%s %s", m.name, m.path, what)
}

func (m *mutation) run() {
	missing := m.with("missing", nil)
	unknown := m.with("unknown", structpb.NewStringValue(example.Unknown))
	// What is needed to pass cannot pass while it is not known.
	decides := m.base.verdict == rule.Pass && missing.verdict == rule.Fail
	switch {
	case m.base.verdict == rule.Fail && unknown.verdict != rule.Fail && unknown.verdict != rule.NotYetKnown,
		decides && unknown.verdict != rule.NotYetKnown,
		m.base.verdict == rule.Pass && unknown.verdict == rule.Fail:
		m.check.problemf("%s: expected %s, got %s", m.where("unknown"), rule.NotYetKnown, unknown.String())
	}
	if _, element := m.path[len(m.path)-1].(int); !element {
		if null := m.with("null", structpb.NewNullValue()); null.verdict != missing.verdict {
			m.check.problemf("%s: expected the same as missing, which is %s, got %s", m.where("null"), missing.verdict, null.String())
		}
	}
	m.secret()
	for what, wrong := range m.wrong() {
		got := m.with(what, wrong)
		if decides && scalar(m.old) && got.verdict == rule.Pass {
			m.check.problemf("%s: expected fail, got %s", m.where(what), got.String())
		}
	}
	if m.isDefault() && missing.verdict != m.base.verdict {
		m.check.problemf("%s: expected %s as before, because it is the provider's default, got %s", m.where("left out"), m.base.verdict, missing.String())
	}
	for what, same := range m.forms() {
		if got := m.with(what, same); got.verdict != m.base.verdict {
			m.check.problemf("%s: expected %s as before, got %s", m.where(what), m.base.verdict, got.String())
		}
	}
}

// secret asserts that a secret is judged like any value, and not shown.
func (m *mutation) secret() {
	if example.IsWrapper(m.old) {
		return
	}
	got := m.with("secret", example.Secret(proto.Clone(m.old).(*structpb.Value)))
	if got.verdict != m.base.verdict && !m.check.rule.AsksSecret {
		m.check.problemf("%s: expected %s as before, got %s", m.where("secret"), m.base.verdict, got.String())
	}
	said := strings.Join(got.reasons, "\n")
	for _, f := range got.findings {
		said += "\n" + f.Message
	}
	own := strings.Join([]string{m.check.rule.Title, m.check.rule.Why, m.check.rule.Fix.Bulwark, m.check.rule.Fix.Plain}, "\n")
	for _, text := range leaves(m.old) {
		if len(text) >= 8 && strings.Contains(said, text) && !strings.Contains(own, text) {
			m.check.problemf("%s: the message shows it: %s", m.where("secret"), said)
		}
	}
}

// leaves are the texts inside a value.
func leaves(v *structpb.Value) []string {
	switch kind := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		return []string{kind.StringValue}
	case *structpb.Value_ListValue:
		var out []string
		for _, element := range kind.ListValue.GetValues() {
			out = append(out, leaves(element)...)
		}
		return out
	case *structpb.Value_StructValue:
		var out []string
		for _, field := range kind.StructValue.GetFields() {
			out = append(out, leaves(field)...)
		}
		return out
	}
	return nil
}

// wrong are values that no reader of the old one can take.
func (m *mutation) wrong() map[string]*structpb.Value {
	object := structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"unexpected": structpb.NewBoolValue(true)}})
	list := structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{object, object}})
	text := structpb.NewStringValue("unexpected")
	switch m.old.GetKind().(type) {
	case *structpb.Value_StructValue:
		return map[string]*structpb.Value{"as a text": text, "as a number": structpb.NewNumberValue(1), "as a bool": structpb.NewBoolValue(false)}
	case *structpb.Value_ListValue:
		return map[string]*structpb.Value{"as a text": text, "as an object": object, "as a list of objects": list}
	case *structpb.Value_StringValue:
		// Numbers are texts to a provider.
		return map[string]*structpb.Value{"as an object": object, "as a list": list}
	}
	return map[string]*structpb.Value{"as an object": object, "as a list": list, "as a text": text}
}

func scalar(v *structpb.Value) bool {
	return v.GetListValue() == nil && v.GetStructValue() == nil
}

// examineRemediation finds out whether what a bad example lacks is mended: judged again, every resource that the
// remediation changed passes.
func examineRemediation(r *rule.Rule) []string {
	var problems []string
	mended := false
	for i, e := range r.Bad {
		stack, err := trial.Of(e)
		if err != nil {
			return []string{err.Error()}
		}
		inputs, err := stack.Inputs(trial.Update)
		if err != nil {
			return []string{err.Error()}
		}
		params, err := parameters(r, e)
		if err != nil {
			return []string{err.Error()}
		}
		c := &check{rule: r, example: e, params: params, mode: trial.Update}
		for _, raw := range inputs {
			if !r.Looks(raw.Type) {
				continue
			}
			m := r.Mend(c.context(), params, rule.NewResource(raw))
			if m.Panic != nil {
				return []string{fmt.Sprintf("%s: the remediation broke down: %v\n%s", label("bad", i, e), m.Panic, m.Stack)}
			}
			if m.Properties == nil {
				continue
			}
			mended = true
			raw.Properties = m.Properties
			if o := r.JudgeResource(c.context(), params, rule.NewResource(raw)); o.Verdict != rule.Pass {
				problems = append(problems, fmt.Sprintf("%s: %s was changed (%v), and the verdict is still %s", label("bad", i, e), raw.Name, m.Changes, o.Verdict))
			}
			for _, problem := range schema.Check(raw.Type, raw.Properties) {
				problems = append(problems, "after the remediation: "+raw.Name+"."+problem)
			}
		}
	}
	if !mended {
		problems = append(problems, "the remediation mends none of the bad examples")
	}
	return problems
}
