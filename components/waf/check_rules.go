package waf

import (
	"regexp"
	"strings"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

var (
	ruleName  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	labelName = regexp.MustCompile(`^[0-9A-Za-z_:-]+$`)
	hostName  = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$`)
)

func (a *WebAclArgs) checkRules() validate.Problems {
	var ps validate.Problems
	names := map[string]validate.Path{}
	for _, r := range a.plan() {
		if !strings.HasPrefix(string(r.path), "rules[") {
			names[r.name] = r.path
		}
	}
	priorities := map[int]validate.Path{}
	for i, r := range a.Rules {
		path := validate.Path("rules").Index(i)
		ps.Add(r.check(path)...)
		if other, taken := names[r.Name]; taken {
			ps.Add(validate.Conflict(path.Field("name"), r.Name, "a name that "+string(other)+" does not have",
				"choose another name").By(validate.RuleDuplicate))
		}
		if r.Name != "" {
			names[r.Name] = path
		}
		if other, taken := priorities[r.Priority]; taken {
			ps.Add(validate.Conflict(path.Field("priority"), r.Priority, "a priority that "+string(other)+" does not have",
				"choose another number").By(validate.RuleDuplicate))
			continue
		}
		priorities[r.Priority] = path
		early := r.Priority >= priorityEarlyFirst && r.Priority <= priorityEarlyLast
		late := r.Priority >= priorityLateFirst && r.Priority <= priorityLateLast
		if !early && !late {
			ps.Add(validate.Invalid(path.Field("priority"), r.Priority, "100 to 999 before the managed rule groups, "+
				"or 10000 to 19999 after them: the other numbers belong to rules of the component",
				"choose a number from one of the two ranges").By("waf-rule-priority"))
		}
	}
	return ps
}

func (r Rule) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	switch {
	case r.Name == "":
		ps.Add(validate.Required(path.Field("name"), "the name of the rule",
			"give it one: metrics and logs show it").By("waf-rule-name"))
	case !ruleName.MatchString(r.Name) || r.Name == "All" || r.Name == "Default_Action":
		ps.Add(validate.Invalid(path.Field("name"), r.Name,
			"1 to 128 letters, digits, - and _, and neither All nor Default_Action", "choose such a name").By("waf-rule-name"))
	}
	ps.Add(validate.Enum(path.Field("action"), r.Action)...)
	ps.Add(validate.Enum(path.Field("mode"), r.Mode)...)
	if r.RuleGroupArn != nil {
		return append(ps, r.checkRuleGroup(path)...)
	}
	return append(ps, r.checkConditions(path)...)
}

// checkRuleGroup checks a rule that is a rule group.
func (r Rule) checkRuleGroup(path validate.Path) validate.Problems {
	var ps validate.Problems
	if r.Capacity == 0 {
		ps.Add(validate.Required(path.Field("capacity"), "the capacity that the rule group was made with",
			"set it").By("waf-rule-form"))
	}
	ps.Add(validate.OptionalRange(path.Field("capacity"), r.Capacity, 1, mostCapacity, "WCU")...)
	if text, ok := component.Literal(r.RuleGroupArn); ok {
		ps.Add(validate.RuleGroupARN(path.Field("ruleGroupArn"), text)...)
	}
	return append(ps, validate.AtMostOne(
		validate.Alternative{Path: path.Field("ruleGroupArn"), Given: true},
		validate.Alternative{Path: path.Field("when"), Given: r.When != nil},
		validate.Alternative{Path: path.Field("unless"), Given: r.Unless != nil},
		validate.Alternative{Path: path.Field("action"), Given: r.Action != ""},
		validate.Alternative{Path: path.Field("limit"), Given: r.Limit != 0},
		validate.Alternative{Path: path.Field("windowSeconds"), Given: r.WindowSeconds != 0},
	)...)
}

// checkConditions checks a rule that is not a rule group.
func (r Rule) checkConditions(path validate.Path) validate.Problems {
	var ps validate.Problems
	if r.Capacity != 0 {
		ps.Add(validate.Conflict(path.Field("capacity"), r.Capacity, "nothing: only a rule group's capacity has to be given",
			"remove it").By("waf-rule-form"))
	}
	if len(r.When.kinds()) == 0 {
		ps.Add(validate.Required(path.Field("when"), "at least one condition, or ruleGroupArn",
			"say which requests match").By("waf-rule-form"))
	}
	if r.Unless != nil && len(r.Unless.kinds()) == 0 {
		ps.Add(validate.Required(path.Field("unless"), "at least one condition",
			"add one, or remove unless").By("waf-rule-form"))
	}
	ps.Add(r.When.check(path.Field("when"), r.Priority)...)
	ps.Add(r.Unless.check(path.Field("unless"), r.Priority)...)
	ps.Add(checkLimit(path, r.Limit, r.WindowSeconds)...)
	switch {
	case r.Limit == 0 && r.WindowSeconds != 0:
		ps.Add(validate.Conflict(path.Field("windowSeconds"), r.WindowSeconds, "nothing without limit",
			"set limit, or remove it").By("waf-rule-form"))
	case r.Limit != 0 && r.Action == ActionAllow:
		ps.Add(validate.Conflict(path.Field("action"), string(r.Action), "block: a limit lets nobody in",
			"remove action or limit").By("waf-rule-form"))
	case r.Limit != 0 && (r.When == nil || len(r.When.Paths) == 0):
		ps.Add(validate.Required(path.Field("when").Field("paths"), "the paths that the limit is for",
			"name them; rateLimit is for the whole site").By("waf-rule-form"))
	}
	return ps
}

// check checks the conditions of a rule of that priority.
func (m *Match) check(path validate.Path, priority int) validate.Problems {
	if m == nil {
		return nil
	}
	ps := validate.RequestPaths(path.Field("paths"), m.Paths)
	ps.Add(validate.Enums(path.Field("methods"), m.Methods)...)
	for i, host := range m.Hosts {
		if len(host) > 200 || !hostName.MatchString(host) {
			ps.Add(validate.Invalid(path.Field("hosts").Index(i), host, "a host name, such as api.example.com",
				"remove scheme, path and wildcards").By("waf-host"))
		}
	}
	ps.Add(validate.Countries(path.Field("countries"), m.Countries)...)
	for i, label := range m.Labels {
		switch at := path.Field("labels").Index(i); {
		case len(label) > 1024 || !labelName.MatchString(label):
			ps.Add(validate.Invalid(at, label, "a label of letters, digits, _, - and :",
				"write it as the rule's documentation does").By("waf-label"))
		case strings.HasPrefix(label, "awswaf:managed:") && priority < priorityLateFirst:
			ps.Add(validate.Conflict(at, label,
				"a rule behind the managed rule groups, which put that label on the request",
				"give the rule a priority from 10000 on").By("waf-label"))
		}
	}
	return ps
}
