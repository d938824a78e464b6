package loadbalancing

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The limits of rules.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
const (
	maxRules     = 100
	maxValues    = 5
	maxWildcards = 6
	maxPriority  = 50000
	maxPattern   = 128
)

// The characters of patterns. Sources:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions and
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#host-conditions
var (
	pathPattern = regexp.MustCompile(`^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$`)
	hostPattern = regexp.MustCompile(`^[A-Za-z0-9\-.*?]+\.[A-Za-z]+$`)
)

func (a *LoadBalancerArgs) checkRules() validate.Problems {
	var ps validate.Problems
	byPriority := map[int]string{}
	var names []string
	for i, r := range a.Rules {
		at := validate.Path("rules").Index(i)
		ps.Add(checkName(at.Field("name"), r.Name, names)...)
		names = append(names, r.Name)
		if other, taken := byPriority[r.Priority]; taken {
			ps.Add(validate.Conflict(at.Field("priority"), r.Priority,
				"its own priority: "+validate.Show(other)+" has this one", "choose another number").By("rule-priority"))
		} else {
			ps.Add(validate.Range(at.Field("priority"), r.Priority, 1, maxPriority, "")...)
			byPriority[r.Priority] = r.Name
		}
		ps.Add(r.checkPatterns(at)...)
		if r.TargetGroup == "" {
			ps.Add(validate.Required(at.Field("targetGroup"), "the name of a target group", "say which one gets the requests"))
		}
		ps.Add(a.checkTargetGroup(at.Field("targetGroup"), r.TargetGroup)...)
	}
	return append(ps, validate.Range("rules", len(a.Rules), 0, maxRules, "rules")...)
}

func (r Rule) checkPatterns(at validate.Path) validate.Problems {
	ps := checkPatterns(at.Field("paths"), r.Paths, pathPattern, "a pattern of a path, such as /api/*",
		"begin it with /, and use letters, digits, * and ? and _ - . $ / ~ \" ' @ : + &")
	ps.Add(checkPatterns(at.Field("hosts"), r.Hosts, hostPattern, "a pattern of a host, such as *.acme.example",
		"use letters, digits, hyphens, dots, * and ?, and end it in a plain label")...)
	switch n := len(r.Paths) + len(r.Hosts); {
	case n == 0:
		ps.Add(validate.Required(at.Field("paths"), "paths or hosts",
			"say which requests the rule is for; for all of them, set defaultTargetGroup").By("rule-empty"))
	case n > maxValues:
		ps.Add(validate.Conflict(at.Field("paths"), fmt.Sprintf("%d patterns", n),
			fmt.Sprintf("at most %d patterns in a rule, hosts included", maxValues), "split the rule").By("rule-limit"))
	}
	all := strings.Join(slices.Concat(r.Paths, r.Hosts), "")
	if n := strings.Count(all, "*") + strings.Count(all, "?"); n > maxWildcards {
		ps.Add(validate.Conflict(at.Field("paths"), fmt.Sprintf("%d wildcards", n),
			fmt.Sprintf("at most %d wildcards in a rule, hosts included", maxWildcards), "split the rule").By("rule-limit"))
	}
	return ps
}

// checkPatterns checks the form of patterns.
func checkPatterns(list validate.Path, patterns []string, form *regexp.Regexp, expected, fix string) validate.Problems {
	var ps validate.Problems
	for i, pattern := range patterns {
		switch at := list.Index(i); {
		case len(pattern) > maxPattern || !form.MatchString(pattern):
			ps.Add(validate.Invalid(at, pattern, fmt.Sprintf("%s, of at most %d characters", expected, maxPattern), fix).
				By("rule-pattern"))
		case slices.Contains(patterns[:i], pattern):
			ps.Add(validate.Duplicate(at, pattern))
		}
	}
	return ps
}
