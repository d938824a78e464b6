package waf

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

var ruleGroupVersion = regexp.MustCompile(`^[\w#:./-]{1,64}$`)

// paidArguments say how to ask for the rule groups at an extra charge.
var paidArguments = map[ManagedRuleGroupName]string{
	botControl:      "set botControl",
	accountTakeover: "set accountTakeover",
	accountCreation: "set accountCreation",
	antiDDoS:        "put it in a web ACL of your own: it costs 20 USD a month, and is not offered here",
}

func (a *WebAclArgs) checkManagedRuleGroups() validate.Problems {
	var ps validate.Problems
	for i, g := range a.ManagedRuleGroups {
		path := validate.Path("managedRuleGroups").Index(i)
		same := func(other ManagedRuleGroup) bool { return other.Name == g.Name }
		if slices.ContainsFunc(a.ManagedRuleGroups[:i], same) {
			twice := validate.Duplicate(path.Field("name"), string(g.Name))
			twice.Fix = "merge the two"
			ps.Add(twice)
			continue
		}
		if slices.Contains(a.ExcludedManagedRuleGroups, g.Name) {
			ps.Add(validate.Conflict(path.Field("name"), string(g.Name),
				"a rule group that excludedManagedRuleGroups does not name", "remove one of the two").By("waf-group"))
		}
		ps.Add(g.check(path)...)
	}
	for i, name := range a.ExcludedManagedRuleGroups {
		if !slices.Contains(defaultRuleGroups(), name) {
			path := validate.Path("excludedManagedRuleGroups").Index(i)
			ps.Add(validate.NotSupported(path, name, defaultRuleGroups()))
		}
	}
	return append(ps, validate.Distinct("excludedManagedRuleGroups", a.ExcludedManagedRuleGroups)...)
}

func (g ManagedRuleGroup) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	ps.Add(g.Name.check(path.Field("name"))...)
	ps.Add(validate.Enum(path.Field("mode"), g.Mode)...)
	known, ok := findRuleGroup(g.Name)
	if !ok {
		return ps
	}
	ps.Add(checkOverrides(path.Field("overrides"), known, g.Overrides)...)
	switch version := path.Field("version"); {
	case g.Version == "":
	case known.unversioned:
		ps.Add(validate.Conflict(version, g.Version, "no version: the addresses of "+string(g.Name)+" change all the time",
			"remove it").By("waf-group-version"))
	case !ruleGroupVersion.MatchString(g.Version):
		ps.Add(validate.Invalid(version, g.Version, "the name of a version, such as Version_1.19",
			"use a name that DescribeManagedRuleGroup lists").By("waf-group-version"))
	}
	return ps
}

func (n ManagedRuleGroupName) check(path validate.Path) validate.Problems {
	if n == "" {
		return validate.Problems{validate.Required(path, "one of "+joined(n.Values()), "name the rule group").By("waf-group")}
	}
	if fix, paid := paidArguments[n]; paid {
		return validate.Problems{validate.Forbidden(path, string(n),
			"a rule group at no extra charge: those at an extra charge have arguments of their own", fix).By("waf-group-paid")}
	}
	ps := validate.Enum(path, n)
	if len(ps) > 0 && ps[0].Fix == "" {
		// Without AWSManagedRules and RuleSet a name is short: SQLi.
		for _, known := range n.Values() {
			if strings.Contains(strings.ToLower(string(known)), strings.ToLower(string(n))) {
				ps[0].Fix = fmt.Sprintf("did you mean %q?", known)
			}
		}
	}
	return ps
}

func joined[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}

func checkOverrides(path validate.Path, g ruleGroup, given []RuleOverride) validate.Problems {
	var ps validate.Problems
	for i, o := range given {
		at := path.Index(i)
		if o.Rule == "" {
			ps.Add(validate.Required(at.Field("rule"), "the name of a rule of "+string(g.name), "name the rule"))
		}
		ps.Add(validate.OneOf(at.Field("rule"), o.Rule, g.rules)...)
		if o.Mode == "" {
			ps.Add(validate.Required(at.Field("mode"), "block or count", "say what the rule does instead"))
		}
		ps.Add(validate.Enum(at.Field("mode"), o.Mode)...)
		if slices.ContainsFunc(given[:i], func(other RuleOverride) bool { return other.Rule == o.Rule }) {
			ps.Add(validate.Duplicate(at.Field("rule"), o.Rule))
		}
	}
	return ps
}

func (a *WebAclArgs) checkUploads() validate.Problems {
	if a.Uploads == nil {
		return nil
	}
	var ps validate.Problems
	if len(a.Uploads.Paths) == 0 {
		ps.Add(validate.Required("uploads.paths", "the paths to which files are sent, such as /recordings/",
			"list them, or remove uploads").By("request-path"))
	}
	ps.Add(validate.RequestPaths("uploads.paths", a.Uploads.Paths)...)

	var possible []string
	effective := false
	for _, g := range a.ruleGroupsInUse() {
		counted := a.Uploads.counted(g.known)
		effective = effective || len(counted) > 0
		possible = slices.AppendSeq(possible, maps.Keys(g.known.bodies))
		ps.Add(a.checkOverridesBesideUploads(g, counted)...)
	}
	if !effective {
		ps.Add(validate.Conflict("uploads", "set",
			"a rule group in use with rules that look at the body: uploads changes nothing otherwise",
			"remove uploads, or do not exclude the core rule set").By("waf-upload-rule"))
	}
	slices.Sort(possible)
	for i, name := range a.Uploads.Rules {
		at := validate.Path("uploads.rules").Index(i)
		for _, p := range validate.OneOf(at, name, possible) {
			p.Expected = "a rule that looks at the body, of a rule group in use: " + p.Expected
			ps.Add(p.By("waf-upload-rule"))
		}
		if name == "" {
			ps.Add(validate.Required(at, "the name of a rule that looks at the body",
				"name it, or remove the entry").By("waf-upload-rule"))
		}
	}
	return ps
}

// checkOverridesBesideUploads reports the overrides of a rule group for rules that uploads counts already.
func (a *WebAclArgs) checkOverridesBesideUploads(g usedRuleGroup, counted []RuleOverride) validate.Problems {
	var ps validate.Problems
	named := func(m ManagedRuleGroup) bool { return m.Name == g.known.name }
	at := validate.Path("managedRuleGroups").Index(slices.IndexFunc(a.ManagedRuleGroups, named)).Field("overrides")
	for i, o := range g.settings.Overrides {
		if slices.ContainsFunc(counted, func(c RuleOverride) bool { return c.Rule == o.Rule }) {
			ps.Add(validate.Conflict(at.Index(i).Field("rule"), o.Rule, "a rule that uploads does not count already",
				"remove it, or take the rule out of uploads.rules").By("waf-override"))
		}
	}
	return ps
}
