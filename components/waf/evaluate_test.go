package waf_test

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// request is what the rules see of a request.
type request struct {
	path, method, host, country string
	// rate is how many requests its address made.
	rate float64
	// managed are the managed rules that match it, with the label that each puts on it.
	managed map[string]string
	labels  []string
}

// evaluate does with a request what WAF documents: rules in order, the first block or allow ends it, counted rules
// label it and let it go on. It returns the rule that ended it and its action, or nothing and allow.
func evaluate(t *testing.T, rules map[string]map[string]any, r request) (rule, action string) {
	t.Helper()
	order := make([]map[string]any, 0, len(rules))
	for _, rule := range rules {
		order = append(order, rule)
	}
	slices.SortFunc(order, func(a, b map[string]any) int {
		return int(a["priority"].(float64) - b["priority"].(float64))
	})
	for _, rule := range order {
		statement := rule["statement"].(map[string]any)
		action := ""
		if managed, ok := statement["managedRuleGroupStatement"].(map[string]any); ok {
			if r.ruleGroup(managed) && only(t, rule["overrideAction"]) == "none" {
				action = "block"
			}
		} else if r.matches(t, statement) {
			action = only(t, rule["action"])
		}
		if action == "block" || action == "allow" {
			return rule["name"].(string), action
		}
	}
	return "", "allow"
}

// ruleGroup labels the request with what the rules of a rule group find, and says whether one of them blocks.
func (r *request) ruleGroup(statement map[string]any) bool {
	instead := map[string]string{}
	overrides, _ := statement["ruleActionOverrides"].([]any)
	for _, raw := range overrides {
		for action := range raw.(map[string]any)["actionToUse"].(map[string]any) {
			instead[raw.(map[string]any)["name"].(string)] = action
		}
	}
	for _, rule := range map[string][]string{
		string(waf.CommonRuleSet): {"SizeRestrictions_BODY", "CrossSiteScripting_BODY", "CrossSiteScripting_URIPATH"},
		string(waf.SQLInjection):  {"SQLi_BODY", "SQLi_COOKIE"},
	}[statement["name"].(string)] {
		label, found := r.managed[rule]
		if !found {
			continue
		}
		r.labels = append(r.labels, label)
		if instead[rule] != "count" {
			return true
		}
	}
	return false
}

func (r *request) matches(t *testing.T, statement map[string]any) bool {
	t.Helper()
	kind := only(t, statement)
	s := statement[kind].(map[string]any)
	nested, _ := s["statements"].([]any)
	matches := func(raw any) bool { return r.matches(t, raw.(map[string]any)) }
	switch kind {
	case "andStatement":
		return !slices.ContainsFunc(nested, func(raw any) bool { return !matches(raw) })
	case "orStatement":
		return slices.ContainsFunc(nested, matches)
	case "notStatement":
		return !matches(nested[0])
	case "labelMatchStatement":
		return slices.Contains(r.labels, s["key"].(string))
	case "geoMatchStatement":
		return slices.Contains(s["countryCodes"].([]any), any(r.country))
	case "byteMatchStatement":
		return r.compare(t, s)
	case "rateBasedStatement":
		scope, scoped := s["scopeDownStatement"].(map[string]any)
		return r.rate > s["limit"].(float64) && (!scoped || matches(scope))
	}
	t.Fatalf("no evaluation of %s", kind)
	return false
}

func (r *request) compare(t *testing.T, s map[string]any) bool {
	t.Helper()
	text := map[string]string{"uriPath": r.path, "method": r.method, "singleHeader": r.host}[only(t, s["fieldToMatch"])]
	for _, raw := range s["textTransformations"].([]any) {
		switch raw.(map[string]any)["type"] {
		case "URL_DECODE":
			if decoded, err := url.PathUnescape(text); err == nil {
				text = decoded
			}
		case "NORMALIZE_PATH":
			slash := strings.HasSuffix(text, "/")
			if text = path.Clean(text); slash {
				text += "/"
			}
		case "LOWERCASE":
			text = strings.ToLower(text)
		}
	}
	if s["positionalConstraint"] == "STARTS_WITH" {
		return strings.HasPrefix(text, s["searchString"].(string))
	}
	return text == s["searchString"]
}

// only is the name of the only entry.
func only(t *testing.T, object any) string {
	t.Helper()
	entries := object.(map[string]any)
	require.Len(t, entries, 1)
	for name := range entries {
		return name
	}
	return ""
}

func TestUploadsPassWhereTheyBelong(t *testing.T) {
	acl := rules(t, componenttest.Run(t, webACL(func(a *waf.WebAclArgs) {
		a.Uploads = &waf.Uploads{Paths: []string{"/recordings/", "/avatar"}}
	})))
	large := map[string]string{"SizeRestrictions_BODY": "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"}
	looksLikeSQL := map[string]string{"SQLi_BODY": "awswaf:managed:aws:sql-database:SQLi_Body"}
	inPath, inCookie := map[string]string{"CrossSiteScripting_URIPATH": "x"}, map[string]string{"SQLi_COOKIE": "x"}
	const core, sql = string(waf.CommonRuleSet), string(waf.SQLInjection)
	const outside, outsideSQL = core + "-outside-uploads", sql + "-outside-uploads"
	for name, c := range map[string]struct {
		request request
		rule    string
	}{
		"a recording":                           {request{path: "/recordings/2026/a.flac", managed: large}, ""},
		"a recording that looks like SQL":       {request{path: "/recordings/b.mp3", managed: looksLikeSQL}, ""},
		"an avatar":                             {request{path: "/avatar", managed: large}, ""},
		"an encoded upload path":                {request{path: "/%72ecordings/a.flac", managed: large}, ""},
		"a large body elsewhere":                {request{path: "/api/notes", managed: large}, outside},
		"below a path that is exact":            {request{path: "/avatar/x", managed: large}, outside},
		"a path that begins alike":              {request{path: "/recordings-admin", managed: large}, outside},
		"out of the upload path":                {request{path: "/recordings/../admin", managed: large}, outside},
		"out of the upload path, encoded":       {request{path: "/recordings/%2e%2e/admin", managed: large}, outside},
		"SQL elsewhere":                         {request{path: "/api/notes", managed: looksLikeSQL}, outsideSQL},
		"another rule of the group on the path": {request{path: "/recordings/<script>", managed: inPath}, core},
		"a rule that is not about bodies":       {request{path: "/recordings/a", managed: inCookie}, sql},
	} {
		rule, _ := evaluate(t, acl, c.request)
		assert.Equal(t, c.rule, rule, name)
	}
}

func TestCountBlocksNobody(t *testing.T) {
	for name, program := range map[string]func(*waf.WebAclArgs){
		"everything": func(a *waf.WebAclArgs) {
			everything(a)
			a.Block, a.Allow, a.Rules = nil, nil, a.Rules[:3]
			for _, mode := range []*waf.Mode{&a.ManagedRuleGroups[2].Mode, &a.Geo.Mode} {
				*mode = ""
			}
			a.Mode = waf.ModeCount
		},
		"uploads": func(a *waf.WebAclArgs) {
			a.Mode, a.Uploads = waf.ModeCount, &waf.Uploads{Paths: []string{"/up/"}}
		},
	} {
		rule, action := evaluate(t, rules(t, componenttest.Run(t, webACL(program))), request{
			path: "/admin/x", rate: 1e9, country: "KP", managed: map[string]string{
				"SizeRestrictions_BODY":      "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
				"CrossSiteScripting_URIPATH": "x", "SQLi_COOKIE": "y",
			},
		})
		assert.Equal(t, "allow", action, name)
		assert.Empty(t, rule, name)
	}
}

func TestRuleGroupsBlockOneByOne(t *testing.T) {
	acl := rules(t, componenttest.Run(t, webACL(func(a *waf.WebAclArgs) {
		a.Mode = waf.ModeCount
		a.ManagedRuleGroups = []waf.ManagedRuleGroup{{Name: waf.SQLInjection, Mode: waf.ModeBlock}}
	})))
	found := map[string]string{"CrossSiteScripting_URIPATH": "x", "SQLi_COOKIE": "y"}
	rule, _ := evaluate(t, acl, request{path: "/", managed: found})
	assert.Equal(t, string(waf.SQLInjection), rule)
}

func TestRulesOfYourOwn(t *testing.T) {
	acl := rules(t, componenttest.Run(t, webACL(func(a *waf.WebAclArgs) {
		everything(a)
		// What has no evaluation here.
		a.Block, a.Allow, a.Rules = nil, nil, append(a.Rules[:4:4], a.Rules[5])
		a.Geo.Mode = waf.ModeBlock
	})))
	hostingProvider := []string{"awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList"}
	for name, c := range map[string]struct {
		request      request
		rule, action string
	}{
		"a blocked country":           {request{path: "/", country: "SY"}, "geo", "block"},
		"too many requests":           {request{path: "/", rate: 1001}, "rate-limit", "block"},
		"as many as allowed":          {request{path: "/", rate: 1000}, "", "allow"},
		"too many logins":             {request{path: "/login", rate: 101}, "login", "block"},
		"logins, encoded":             {request{path: "/log%69n", rate: 101}, "login", "block"},
		"too many sign-ups":           {request{path: "/invite/x", method: "POST", rate: 21}, "signup", "block"},
		"many looks at the form":      {request{path: "/signup", method: "GET", rate: 21}, "", "allow"},
		"admin pages":                 {request{path: "/admin/users"}, "admin", "block"},
		"admin pages, other way":      {request{path: "/x/../admin/users"}, "admin", "block"},
		"admin pages from the office": {request{path: "/admin/users", country: "DE"}, "", "allow"},
		"admin pages of another host": {request{path: "/admin/users", host: "Status.acme.example"}, "", "allow"},
		"health checks":               {request{path: "/health", host: "api.acme.example"}, "health", "allow"},
		"login from a data centre":    {request{path: "/login", labels: hostingProvider}, "hosting", "block"},
	} {
		rule, action := evaluate(t, acl, c.request)
		assert.Equal(t, c.rule, rule, name)
		assert.Equal(t, c.action, action, name)
	}
}

func TestALimitAnswers429(t *testing.T) {
	acl := rules(t, componenttest.Run(t, webACL(everything)))
	for _, name := range []string{"rate-limit", "login"} {
		assert.Equal(t, map[string]any{
			"block": map[string]any{"customResponse": map[string]any{"responseCode": float64(429)}},
		}, acl[name]["action"])
	}
}
