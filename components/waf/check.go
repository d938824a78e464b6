package waf

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// A web ACL's name is this one, a hyphen and seven digits.
var aclName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

// check reports all that is wrong with the arguments of a web ACL of that name.
func (a *WebAclArgs) check(name string) validate.Problems {
	var ps validate.Problems
	if !aclName.MatchString(name) {
		ps.Add(validate.Invalid("name", name, "a resource name of 1 to 100 letters, digits, hyphens and underscores",
			"choose such a name: it becomes part of the web ACL's name").By("resource-name"))
	}
	if metric := a.metricName(name); len(metric) > 128 {
		ps.Add(validate.Invalid("name", metric,
			"project, environment and name of at most 126 characters together: they are the name of the metric",
			"shorten one of them").By("waf-metric-name"))
	}
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(validate.Enum("mode", a.Mode)...)
	if text, ok := component.Literal(a.LoadBalancerArn); ok {
		ps.Add(validate.LoadBalancerARN("loadBalancerArn", text)...)
	}
	ps.Add(a.checkManagedRuleGroups()...)
	ps.Add(a.checkPaidRuleGroups()...)
	ps.Add(a.RateLimit.check("rateLimit")...)
	ps.Add(a.checkIPSets()...)
	ps.Add(a.Geo.check("geo")...)
	ps.Add(a.checkUploads()...)
	ps.Add(a.checkRules()...)
	ps.Add(a.checkLogging()...)
	ps.Add(a.checkLimits()...)
	return ps
}

func (l *RateLimit) check(path validate.Path) validate.Problems {
	if l == nil {
		return nil
	}
	return append(checkLimit(path, l.Limit, l.WindowSeconds), validate.Enum(path.Field("mode"), l.Mode)...)
}

// checkLimit checks a limit and its window; 0 is the default of either.
func checkLimit(path validate.Path, limit, window int) validate.Problems {
	var ps validate.Problems
	for _, p := range validate.OptionalRange(path.Field("limit"), limit, leastLimit, mostLimit, "requests") {
		ps.Add(p.By("waf-rate-limit"))
	}
	if window != 0 && !slices.Contains(windows, window) {
		ps.Add(validate.Invalid(path.Field("windowSeconds"), window, "60, 120, 300 or 600 seconds",
			fmt.Sprintf("use %d", nearestWindow(window))).By("waf-rate-window"))
	}
	return ps
}

// nearestWindow is the window that is closest to a value; of two, the shorter one.
func nearestWindow(value int) int {
	return slices.MinFunc(windows, func(a, b int) int { return max(a-value, value-a) - max(b-value, value-b) })
}

func (g *Geo) check(path validate.Path) validate.Problems {
	if g == nil {
		return nil
	}
	allowed, blocked := path.Field("allowCountries"), path.Field("blockCountries")
	ps := validate.ExactlyOne(
		validate.Required(blocked, "allowCountries or blockCountries", "list countries, or remove geo").By("waf-geo"),
		validate.Alternative{Path: allowed, Given: len(g.AllowCountries) > 0},
		validate.Alternative{Path: blocked, Given: len(g.BlockCountries) > 0},
	)
	ps.Add(validate.Countries(allowed, g.AllowCountries)...)
	ps.Add(validate.Countries(blocked, g.BlockCountries)...)
	ps.Add(validate.Enum(path.Field("mode"), g.Mode)...)
	return ps
}

// checkLimits holds the rules as a whole against the limits of a web ACL.
func (a *WebAclArgs) checkLimits() validate.Problems {
	ps := validate.OptionalRange("maxCapacity", a.MaxCapacity, 1, mostCapacity, "WCU")
	rules := a.plan()
	if needed, most := capacity(rules), a.maxCapacity(); needed > most && len(ps) == 0 {
		p := validate.Problem{
			Path: "maxCapacity", Value: fmt.Sprintf("%d WCU", needed), Rule: "waf-capacity",
			Expected: fmt.Sprintf("rules that need at most %d", most),
			Fix: fmt.Sprintf("remove rule groups or rules, or set maxCapacity to %d: "+
				"above 1500 each 500 more cost 0.20 USD per million requests", needed),
		}
		if needed > mostCapacity {
			p.Fix = "remove rule groups or rules: AWS allows no web ACL more than 5000"
		}
		ps.Add(p)
	}
	rateBased, references := 0, 0
	for _, r := range rules {
		rateBased += r.rateBased
		references += r.references
	}
	if rateBased > mostRateBased {
		ps.Add(validate.Invalid("rules", fmt.Sprintf("%d rules with a limit, rateLimit included", rateBased),
			"at most 10, as AWS allows in a web ACL", "remove some, or move them to a rule group").By("waf-rate-rules"))
	}
	if references > mostReferences {
		ps.Add(validate.Invalid("rules", fmt.Sprintf("%d references to rule groups and IP sets", references),
			"at most 50, as AWS allows in a web ACL", "merge rule groups").By("waf-references"))
	}
	return ps
}
