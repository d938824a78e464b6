package waf

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/waf/internal/value"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

var (
	groupVersion = regexp.MustCompile(`^[\w#:./-]{1,64}$`)
	ruleName     = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	labelName    = regexp.MustCompile(`^[0-9A-Za-z_:-]+$`)
	hostName     = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$`)
)

// asked are the groups with a price, and how to ask for them.
var asked = map[Group]string{
	botControl:      "set botControl",
	accountTakeover: "set accountTakeover",
	accountCreation: "set accountCreation",
	antiDDoS:        "put it in a web ACL of your own: it costs 20 USD a month, and is not offered here",
}

func (a *WebAclArgs) checkGroups() validate.Problems {
	var ps validate.Problems
	for i, g := range a.Groups {
		path := validate.Path("groups").Index(i)
		if slices.ContainsFunc(a.Groups[:i], func(other ManagedGroup) bool { return other.Group == g.Group }) {
			ps.Add(validate.Conflict(path.Field("group"), string(g.Group), "each group once", "merge the two").By("waf-group"))
			continue
		}
		if slices.Contains(a.LeaveOut, g.Group) {
			ps.Add(validate.Conflict(path.Field("group"), string(g.Group), "a group that leaveOut does not name", "remove one of the two").By("waf-group"))
		}
		ps.Add(checkGroup(path.Field("group"), g.Group)...)
		ps.Add(validate.Enum(path.Field("mode"), g.Mode)...)
		known, ok := find(g.Group)
		if !ok {
			continue
		}
		ps.Add(checkOverrides(path.Field("overrides"), known, g.Overrides)...)
		switch {
		case g.Version != "" && known.unversioned:
			ps.Add(validate.Conflict(path.Field("version"), g.Version, "no version: the addresses of "+string(g.Group)+" change all the time", "remove it").By("waf-group-version"))
		case g.Version != "" && !groupVersion.MatchString(g.Version):
			ps.Add(validate.Invalid(path.Field("version"), g.Version, "the name of a version, such as Version_1.19", "use a name that DescribeManagedRuleGroup lists").By("waf-group-version"))
		}
	}
	for i, g := range a.LeaveOut {
		path := validate.Path("leaveOut").Index(i)
		if !slices.Contains(byDefault(), g) {
			ps.Add(validate.NotSupported(path, g, byDefault()))
		}
		if slices.Contains(a.LeaveOut[:i], g) {
			ps.Add(validate.Conflict(path, string(g), "each group once", "remove one of the two").By("waf-group"))
		}
	}
	return ps
}

func checkGroup(path validate.Path, g Group) validate.Problems {
	if g == "" {
		return validate.Problems{validate.Required(path, "one of "+names(g.Values()), "name the group").By("waf-group")}
	}
	if fix, paid := asked[g]; paid {
		return validate.Problems{validate.Forbidden(path, string(g), "a group that costs nothing extra: groups with a price have arguments of their own", fix).By("waf-group-paid")}
	}
	ps := validate.Enum(path, g)
	if len(ps) > 0 && ps[0].Fix == "" {
		// Without AWSManagedRules and RuleSet a name is short: SQLi.
		for _, known := range g.Values() {
			if strings.Contains(strings.ToLower(string(known)), strings.ToLower(string(g))) {
				ps[0].Fix = fmt.Sprintf("did you mean %q?", known)
			}
		}
	}
	return ps
}

func checkOverrides(path validate.Path, g managedGroup, given []RuleOverride) validate.Problems {
	var ps validate.Problems
	for i, o := range given {
		at := path.Index(i)
		if o.Rule == "" {
			ps.Add(validate.Required(at.Field("rule"), "the name of a rule of "+string(g.group), "name the rule"))
		}
		ps.Add(validate.OneOf(at.Field("rule"), o.Rule, g.rules)...)
		if o.Mode == "" {
			ps.Add(validate.Required(at.Field("mode"), "block or count", "say what the rule does instead"))
		}
		ps.Add(validate.Enum(at.Field("mode"), o.Mode)...)
		if slices.ContainsFunc(given[:i], func(other RuleOverride) bool { return other.Rule == o.Rule }) {
			ps.Add(validate.Conflict(at.Field("rule"), o.Rule, "each rule once", "remove one of the two").By("waf-override"))
		}
	}
	return ps
}

func (a *WebAclArgs) checkPaid() validate.Problems {
	var ps validate.Problems
	common := func(path validate.Path, group Group, mode Mode, given []RuleOverride) {
		ps.Add(validate.Enum(path.Field("mode"), mode)...)
		ps.Add(checkOverrides(path.Field("overrides"), paidGroups[group], given)...)
	}
	if b := a.BotControl; b != nil {
		ps.Add(validate.Enum("botControl.level", b.Level)...)
		common("botControl", botControl, b.Mode, b.Overrides)
	}
	if t := a.AccountTakeover; t != nil {
		path := validate.Path("accountTakeover")
		ps.Add(checkFormPath(path.Field("loginPath"), t.LoginPath)...)
		ps.Add(validate.Enum(path.Field("payload"), t.Payload)...)
		ps.Add(checkField(path.Field("usernameField"), t.Payload, t.UsernameField)...)
		ps.Add(checkField(path.Field("passwordField"), t.Payload, t.PasswordField)...)
		common(path, accountTakeover, t.Mode, t.Overrides)
	}
	if c := a.AccountCreation; c != nil {
		path := validate.Path("accountCreation")
		ps.Add(checkFormPath(path.Field("pagePath"), c.PagePath)...)
		ps.Add(checkFormPath(path.Field("creationPath"), c.CreationPath)...)
		ps.Add(validate.Enum(path.Field("payload"), c.Payload)...)
		ps.Add(c.checkFields(path)...)
		common(path, accountCreation, c.Mode, c.Overrides)
	}
	return ps
}

func (c *AccountCreation) checkFields(path validate.Path) validate.Problems {
	var ps validate.Problems
	single := map[string]string{"usernameField": c.UsernameField, "passwordField": c.PasswordField, "emailField": c.EmailField}
	given := 0
	for _, name := range slices.Sorted(maps.Keys(single)) {
		if single[name] != "" {
			given++
			ps.Add(checkField(path.Field(name), c.Payload, single[name])...)
		}
	}
	if given == 0 {
		ps.Add(validate.Required(path.Field("usernameField"), "usernameField, passwordField or emailField", "say where one of them is in the form").By("waf-form-field"))
	}
	for name, fields := range map[string][]string{"addressFields": c.AddressFields, "phoneNumberFields": c.PhoneNumberFields} {
		for i, f := range fields {
			ps.Add(checkField(path.Field(name).Index(i), c.Payload, f)...)
		}
	}
	slices.SortStableFunc(ps, func(a, b validate.Problem) int { return strings.Compare(string(a.Path), string(b.Path)) })
	return ps
}

// checkFormPath judges a path as the groups for forms compare it: a literal beginning.
func checkFormPath(path validate.Path, text string) validate.Problems {
	if text == "" {
		return validate.Problems{validate.Required(path, "a path, such as /login", "give the path of the form").By("waf-form-path")}
	}
	if !strings.HasPrefix(text, "/") || strings.ContainsAny(text, "?# ") || len(text) > 256 {
		return validate.Problems{validate.Invalid(path, text, "a path that begins with /, without query and blanks, of at most 256 characters", "write it as in /login").By("waf-form-path")}
	}
	return nil
}

// checkField judges where a field is: a JSON pointer, or the name of a form field.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_RequestInspection.html
func checkField(path validate.Path, payload PayloadType, text string) validate.Problems {
	form := payload == PayloadFormEncoded
	switch {
	case text == "":
		return validate.Problems{validate.Required(path, "where the field is, such as /login/password in JSON, or password", "name the field").By("waf-form-field")}
	case len(text) > 512 || strings.TrimSpace(text) == "":
		return validate.Problems{validate.Invalid(path, text, "1 to 512 characters, not only blanks", "name the field").By("waf-form-field")}
	case !form && !strings.HasPrefix(text, "/"):
		return validate.Problems{validate.Invalid(path, text, "a JSON pointer, which begins with /", fmt.Sprintf("write %q, or set payload to FORM_ENCODED", "/"+text)).By("waf-form-field")}
	case form && strings.HasPrefix(text, "/"):
		return validate.Problems{validate.Invalid(path, text, "the name of a form field, not a JSON pointer", "remove the /, or set payload to JSON").By("waf-form-field")}
	}
	return nil
}

func (a *WebAclArgs) checkUploads() validate.Problems {
	if a.Uploads == nil {
		return nil
	}
	var ps validate.Problems
	if len(a.Uploads.Paths) == 0 {
		ps.Add(validate.Required("uploads.paths", "the paths to which files are sent, such as /recordings/", "list them, or remove uploads").By("waf-path"))
	}
	ps.Add(value.Paths("uploads.paths", a.Uploads.Paths)...)

	var possible []string
	effect := false
	for _, g := range a.using() {
		effect = effect || len(a.Uploads.counted(g.known)) > 0
		possible = slices.AppendSeq(possible, maps.Keys(g.known.bodies))
		for i, o := range g.settings.Overrides {
			if slices.ContainsFunc(a.Uploads.counted(g.known), func(c RuleOverride) bool { return c.Rule == o.Rule }) {
				at := validate.Path("groups").Index(slices.IndexFunc(a.Groups, func(m ManagedGroup) bool { return m.Group == g.known.group }))
				ps.Add(validate.Conflict(at.Field("overrides").Index(i).Field("rule"), o.Rule, "a rule that uploads does not count already", "remove it, or take the rule out of uploads.rules").By("waf-override"))
			}
		}
	}
	if !effect {
		ps.Add(validate.Conflict("uploads", "set", "a group in use with rules that look at the body: uploads changes nothing otherwise", "remove uploads, or leave the core rule set in").By("waf-upload-rule"))
	}
	slices.Sort(possible)
	for i, name := range a.Uploads.Rules {
		at := validate.Path("uploads.rules").Index(i)
		for _, p := range validate.OneOf(at, name, possible) {
			p.Expected = "a rule that looks at the body, of a group in use: " + p.Expected
			ps.Add(p.By("waf-upload-rule"))
		}
		if name == "" {
			ps.Add(validate.Required(at, "the name of a rule that looks at the body", "name it, or remove the entry").By("waf-upload-rule"))
		}
	}
	return ps
}

func (a *WebAclArgs) checkRules() validate.Problems {
	var ps validate.Problems
	taken := map[string]validate.Path{}
	for _, r := range a.plan() {
		if !strings.HasPrefix(string(r.path), "rules[") {
			taken[r.name] = r.path
		}
	}
	priorities := map[int]validate.Path{}
	for i, r := range a.Rules {
		path := validate.Path("rules").Index(i)
		ps.Add(r.check(path)...)
		if other, ok := taken[r.Name]; ok {
			ps.Add(validate.Conflict(path.Field("name"), r.Name, "a name that "+string(other)+" does not have", "choose another name").By("waf-rule-name"))
		}
		if r.Name != "" {
			taken[r.Name] = path
		}
		if other, ok := priorities[r.Priority]; ok {
			ps.Add(validate.Conflict(path.Field("priority"), r.Priority, "a priority that "+string(other)+" does not have", "choose another number").By("waf-rule-priority"))
			continue
		}
		priorities[r.Priority] = path
		if early := r.Priority >= priorityEarlyFirst && r.Priority <= priorityEarlyLast; !early && (r.Priority < priorityLateFirst || r.Priority > priorityLateLast) {
			ps.Add(validate.Invalid(path.Field("priority"), r.Priority, "100 to 999 before the managed groups, or 10000 to 19999 after them: the other numbers are taken or kept for rules of the component", "choose a number of one of the two").By("waf-rule-priority"))
		}
	}
	return ps
}

func (r Rule) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	switch {
	case r.Name == "":
		ps.Add(validate.Required(path.Field("name"), "the name of the rule", "give it one: metrics and logs show it").By("waf-rule-name"))
	case !ruleName.MatchString(r.Name) || r.Name == "All" || r.Name == "Default_Action":
		ps.Add(validate.Invalid(path.Field("name"), r.Name, "1 to 128 letters, digits, - and _, and neither All nor Default_Action", "choose such a name").By("waf-rule-name"))
	}
	ps.Add(validate.Enum(path.Field("action"), r.Action)...)
	ps.Add(validate.Enum(path.Field("mode"), r.Mode)...)
	if r.RuleGroupArn != nil {
		return append(ps, r.checkGroup(path)...)
	}
	if r.Capacity != 0 {
		ps.Add(validate.Conflict(path.Field("capacity"), r.Capacity, "nothing: only a rule group's capacity has to be told", "remove it").By("waf-rule-form"))
	}
	if len(r.When.kinds()) == 0 {
		ps.Add(validate.Required(path.Field("when"), "at least one condition, or ruleGroupArn", "say which requests match").By("waf-rule-form"))
	}
	if r.Unless != nil && len(r.Unless.kinds()) == 0 {
		ps.Add(validate.Required(path.Field("unless"), "at least one condition", "add one, or remove unless").By("waf-rule-form"))
	}
	ps.Add(r.When.check(path.Field("when"), r.Priority)...)
	ps.Add(r.Unless.check(path.Field("unless"), r.Priority)...)
	ps.Add(checkLimit(path, r.Limit, r.WindowSeconds)...)
	switch {
	case r.Limit == 0 && r.WindowSeconds != 0:
		ps.Add(validate.Conflict(path.Field("windowSeconds"), r.WindowSeconds, "nothing without limit", "set limit, or remove it").By("waf-rule-form"))
	case r.Limit != 0 && r.Action == ActionAllow:
		ps.Add(validate.Conflict(path.Field("action"), string(r.Action), "block: a limit lets nobody in", "remove action or limit").By("waf-rule-form"))
	case r.Limit != 0 && (r.When == nil || len(r.When.Paths) == 0):
		ps.Add(validate.Required(path.Field("when").Field("paths"), "the paths that the limit is for", "name them; rateLimit is for the whole site").By("waf-rule-form"))
	}
	return ps
}

// checkGroup judges a rule that is a rule group.
func (r Rule) checkGroup(path validate.Path) validate.Problems {
	var ps validate.Problems
	if r.Capacity == 0 {
		ps.Add(validate.Required(path.Field("capacity"), "the capacity that the rule group was made with", "set it").By("waf-rule-form"))
	} else {
		ps.Add(validate.Range(path.Field("capacity"), r.Capacity, 1, mostCapacity, "WCU")...)
	}
	if text, ok := r.RuleGroupArn.(pulumi.String); ok {
		ps.Add(value.RuleGroupARN(path.Field("ruleGroupArn"), string(text), "")...)
	}
	if r.When != nil || r.Unless != nil || r.Action != "" || r.Limit != 0 || r.WindowSeconds != 0 {
		ps.Add(validate.Conflict(path.Field("ruleGroupArn"), "set", "either a rule group, or when, unless, action, limit and windowSeconds", "remove one of the two").By("waf-rule-form"))
	}
	return ps
}

// check judges the conditions of a rule of that priority.
func (m *Match) check(path validate.Path, priority int) validate.Problems {
	if m == nil {
		return nil
	}
	var ps validate.Problems
	ps.Add(value.Paths(path.Field("paths"), m.Paths)...)
	for i, method := range m.Methods {
		if method == "" {
			ps.Add(validate.NotSupported(path.Field("methods").Index(i), method, method.Values()))
		}
		ps.Add(validate.OneOf(path.Field("methods").Index(i), method, method.Values())...)
	}
	for i, host := range m.Hosts {
		if len(host) > 200 || !hostName.MatchString(host) {
			ps.Add(validate.Invalid(path.Field("hosts").Index(i), host, "a host name, such as api.example.com", "remove scheme, path and wildcards").By("waf-host"))
		}
	}
	ps.Add(value.Countries(path.Field("countries"), m.Countries)...)
	for i, label := range m.Labels {
		switch at := path.Field("labels").Index(i); {
		case len(label) > 1024 || !labelName.MatchString(label):
			ps.Add(validate.Invalid(at, label, "a label of letters, digits, _, - and :", "write it as the rule's documentation does").By("waf-label"))
		case strings.HasPrefix(label, "awswaf:managed:") && priority < priorityLateFirst:
			ps.Add(validate.Conflict(at, label, "a rule behind the managed groups, which put that label on the request", "give the rule a priority from 10000 on").By("waf-label"))
		}
	}
	return ps
}

func names[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}
