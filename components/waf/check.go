package waf

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/waf/internal/value"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// A web ACL's name is this one, a hyphen and seven digits.
var aclName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

// check reports all that is wrong with the arguments of a web ACL of that name.
func (a *WebAclArgs) check(name string) validate.Problems {
	var ps validate.Problems
	if !aclName.MatchString(name) {
		ps.Add(validate.Invalid("name", name, "a resource name of 1 to 100 letters, digits, hyphens and underscores", "choose such a name: it becomes part of the web ACL's name").By("resource-name"))
	}
	if metric := a.metricName(name); len(metric) > 128 {
		ps.Add(validate.Invalid("name", metric, "project, environment and name of at most 126 characters together: they are the name of the metric", "shorten one of them").By("waf-metric-name"))
	}
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(validate.Enum("mode", a.Mode)...)
	if text, ok := a.LoadBalancerArn.(pulumi.String); ok {
		ps.Add(value.LoadBalancerARN("loadBalancerArn", string(text), "")...)
	}
	ps.Add(a.checkGroups()...)
	ps.Add(a.checkPaid()...)
	ps.Add(a.checkRateLimit()...)
	ps.Add(a.checkAddresses()...)
	ps.Add(a.Geo.check("geo")...)
	ps.Add(a.checkUploads()...)
	ps.Add(a.checkRules()...)
	ps.Add(a.checkLogging()...)
	ps.Add(a.checkLimits()...)
	return ps
}

func (a *WebAclArgs) checkRateLimit() validate.Problems {
	if a.RateLimit == nil {
		return nil
	}
	var ps validate.Problems
	ps.Add(checkLimit("rateLimit", a.RateLimit.Limit, a.RateLimit.WindowSeconds)...)
	ps.Add(validate.Enum("rateLimit.mode", a.RateLimit.Mode)...)
	return ps
}

// checkLimit judges a limit and its window; 0 is the default of either.
func checkLimit(path validate.Path, limit, window int) validate.Problems {
	var ps validate.Problems
	if limit != 0 {
		for _, p := range validate.Range(path.Field("limit"), limit, leastLimit, mostLimit, "requests") {
			ps.Add(p.By("waf-rate-limit"))
		}
	}
	if window != 0 && !slices.Contains(windows, window) {
		ps.Add(validate.Invalid(path.Field("windowSeconds"), window, "60, 120, 300 or 600 seconds", fmt.Sprintf("use %d", nearestNumber(window, windows))).By("waf-rate-window"))
	}
	return ps
}

// nearestNumber is the choice that is closest to a value; of two, the first.
func nearestNumber(value int, choices []int) int {
	return slices.MinFunc(choices, func(a, b int) int { return max(a-value, value-a) - max(b-value, value-b) })
}

func (g *Geo) check(path validate.Path) validate.Problems {
	if g == nil {
		return nil
	}
	var ps validate.Problems
	switch {
	case len(g.AllowCountries) > 0 && len(g.DenyCountries) > 0:
		ps.Add(validate.Conflict(path.Field("denyCountries"), fmt.Sprint(g.DenyCountries), "either allowCountries or denyCountries: who is not allowed is kept out anyway", "remove one of the two").By("waf-geo"))
	case len(g.AllowCountries)+len(g.DenyCountries) == 0:
		ps.Add(validate.Required(path.Field("denyCountries"), "allowCountries or denyCountries", "list countries, or remove geo").By("waf-geo"))
	}
	ps.Add(value.Countries(path.Field("allowCountries"), g.AllowCountries)...)
	ps.Add(value.Countries(path.Field("denyCountries"), g.DenyCountries)...)
	ps.Add(validate.Enum(path.Field("mode"), g.Mode)...)
	return ps
}

// checkLimits holds the rules as a whole against the limits of a web ACL.
func (a *WebAclArgs) checkLimits() validate.Problems {
	var ps validate.Problems
	most := includedCapacity
	if a.MaxCapacity != 0 {
		most = a.MaxCapacity
		ps.Add(validate.Range("maxCapacity", a.MaxCapacity, 1, mostCapacity, "WCU")...)
	}
	rules := a.plan()
	if needed := capacity(rules); needed > most && len(ps) == 0 {
		p := validate.Problem{
			Path: "maxCapacity", Value: fmt.Sprintf("%d WCU", needed), Rule: "waf-capacity",
			Expected: fmt.Sprintf("rules that need at most %d", most),
			Fix:      fmt.Sprintf("leave groups or rules out, or set maxCapacity to %d: above 1500 each 500 more cost 0.20 USD per million requests", needed),
		}
		if needed > mostCapacity {
			p.Fix = "leave groups or rules out: AWS allows no web ACL more than 5000"
		}
		ps.Add(p)
	}
	rateBased, references := 0, 0
	for _, r := range rules {
		rateBased += r.rateBased
		references += r.references
	}
	if rateBased > mostRateBased {
		ps.Add(validate.Invalid("rules", fmt.Sprintf("%d rules with a limit, rateLimit included", rateBased), "at most 10, as AWS allows in a web ACL", "remove some, or move them to a rule group").By("waf-rate-rules"))
	}
	if references > mostReferences {
		ps.Add(validate.Invalid("rules", fmt.Sprintf("%d references to rule groups and IP sets", references), "at most 50, as AWS allows in a web ACL", "merge rule groups").By("waf-references"))
	}
	return ps
}

// wrong is the first of the problems as an error, for values that are judged when they become known.
func wrong(ps validate.Problems) error {
	if len(ps) == 0 {
		return nil
	}
	return errors.New(ps[0].String())
}
