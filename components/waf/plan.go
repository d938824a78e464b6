package waf

import (
	"cmp"
	"slices"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The places of the rules that are not managed rule groups. A rule keeps its number whatever else there is, so that
// adding one moves no other. The gaps are for rules to come.
const (
	priorityBlockIPv4 = 0
	priorityBlockIPv6 = 1
	priorityAllowIPv4 = 2
	priorityAllowIPv6 = 3
	priorityGeo       = 10
	priorityRateLimit = 20

	// Rules of your own: before the managed rule groups, and after them.
	priorityEarlyFirst, priorityEarlyLast = 100, 999
	priorityLateFirst, priorityLateLast   = 10000, 19999
)

// Limits of a web ACL.
// Sources: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html and
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
const (
	includedCapacity = 1500
	mostCapacity     = 5000
	mostRateBased    = 10
	mostReferences   = 50
)

// Defaults of a rate limit, and the range of RateBasedStatement.Limit.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
const (
	defaultLimit  = 2000
	defaultWindow = 300
	leastLimit    = 10
	mostLimit     = 2_000_000_000
)

var windows = []int{60, 120, 300, 600}

// effect is what a rule does with a request that matches, unless it only counts.
type effect int

const (
	// block answers 403, tooMany 429.
	block effect = iota
	tooMany
	allow
	// asRuleGroup leaves it to the rules of a rule group.
	asRuleGroup
)

// rule is one rule of the web ACL.
type rule struct {
	name     string
	priority int
	// path leads to where the arguments ask for it.
	path     validate.Path
	effect   effect
	mode     Mode
	capacity int
	// rateBased and references are what limits of the web ACL count.
	rateBased, references int
	// statement is asked for once the IP sets exist.
	statement func(*builder) statement
}

func fixed(t term) func(*builder) statement { return func(*builder) statement { return t.statement } }

// plan is every rule, in the order in which they look at a request.
func (a *WebAclArgs) plan() []rule {
	rules := slices.Concat(a.ipSetRules(), a.geoRules(), a.rateRules(), a.ownRules(), a.managedRules(), a.paidRules())
	slices.SortStableFunc(rules, func(x, y rule) int { return cmp.Compare(x.priority, y.priority) })
	return rules
}

func (a *WebAclArgs) ipSetRules() []rule {
	var out []rule
	for _, set := range a.versionedSets() {
		out = append(out, rule{
			name: set.name, priority: set.priority, path: set.path, effect: set.effect, mode: a.mode(set.asked.Mode),
			capacity: ipSetCapacity, references: 1,
			statement: func(b *builder) statement { return inIPSet((*set.in(b.out)).Arn) },
		})
	}
	return out
}

func (a *WebAclArgs) geoRules() []rule {
	if a.Geo == nil {
		return nil
	}
	t := countryIn(a.Geo.BlockCountries)
	if len(a.Geo.AllowCountries) > 0 {
		t = not(countryIn(a.Geo.AllowCountries))
	}
	return []rule{{
		name: "geo", priority: priorityGeo, path: "geo", mode: a.mode(a.Geo.Mode),
		capacity: t.capacity, statement: fixed(t),
	}}
}

func (a *WebAclArgs) rateRules() []rule {
	limit := RateLimit{}
	if a.RateLimit != nil {
		limit = *a.RateLimit
	}
	t := perAddress(cmp.Or(limit.Limit, defaultLimit), cmp.Or(limit.WindowSeconds, defaultWindow), nil)
	return []rule{{
		name: "rate-limit", priority: priorityRateLimit, path: "rateLimit", effect: tooMany, mode: a.mode(limit.Mode),
		capacity: t.capacity, rateBased: 1, statement: fixed(t),
	}}
}

func (a *WebAclArgs) ownRules() []rule {
	var out []rule
	for i, own := range a.Rules {
		r := rule{name: own.Name, priority: own.Priority, path: validate.Path("rules").Index(i), mode: a.mode(own.Mode)}
		switch {
		case own.RuleGroupArn != nil:
			r.effect, r.capacity, r.references = asRuleGroup, own.Capacity, 1
			r.statement = func(b *builder) statement {
				return ruleGroupIs(b.checkedARN(r.path.Field("ruleGroupArn"), own.RuleGroupArn, validate.RuleGroupARN))
			}
		case len(own.When.kinds()) == 0:
			// Nothing to build from it, and already an error.
			continue
		default:
			t := own.matches()
			if own.Action == ActionAllow {
				r.effect = allow
			}
			if own.Limit != 0 {
				t = perAddress(own.Limit, cmp.Or(own.WindowSeconds, defaultWindow), &t)
				r.effect, r.rateBased = tooMany, 1
			}
			r.capacity, r.statement = t.capacity, fixed(t)
		}
		out = append(out, r)
	}
	return out
}

// capacity is what all rules need together.
func capacity(rules []rule) int {
	sum := 0
	for _, r := range rules {
		sum += r.capacity
	}
	return sum
}
