package edge

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The limits of rules. Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
const (
	maxRules     = 100
	maxValues    = 5
	maxWildcards = 6
	maxPriority  = 50000
	maxPattern   = 128
)

func number(n int) string { return strconv.Itoa(n) }

// checkTargets judges the numbers as AWS does.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
func (a *LoadBalancerArgs) checkTargets(name string) validate.Problems {
	var ps validate.Problems
	for i, t := range a.Targets {
		at := validate.Path("targets").Index(i)
		switch room := maxName - len(name) - 1; {
		case t.Name == "":
			ps.Add(validate.Required(at.Field("name"), "a name", "choose one that stays: it is part of the target group's name"))
		case !plainName.MatchString(t.Name) || len(t.Name) > max(room, 1):
			ps.Add(validate.Invalid(at.Field("name"), t.Name, fmt.Sprintf("a name of 1 to %d letters, digits and hyphens", max(room, 1)), "choose such a name: with the load balancer's it begins the target group's name").By("target-name"))
		case slices.ContainsFunc(a.Targets[:i], func(other Target) bool { return other.Name == t.Name }):
			ps.Add(validate.Conflict(at.Field("name"), t.Name, "each name once", "rename one of the two").By("twice"))
		}
		ps.Add(validate.Range(at.Field("port"), t.Port, 1, 65535, "")...)
		ps.Add(validate.Enum(at.Field("protocol"), t.Protocol)...)
		ps.Add(optionalSeconds(at.Field("deregistrationSeconds"), t.DeregistrationSeconds, 1, 3600)...)
		ps.Add(optionalSeconds(at.Field("slowStartSeconds"), t.SlowStartSeconds, 30, 900)...)
		ps.Add(t.HealthCheck.check(at.Field("healthCheck"))...)
	}
	ps.Add(a.checkTarget("defaultTarget", a.DefaultTarget)...)
	return ps
}

// checkTarget reports a name that no target has. The empty name is left to Required.
func (a *LoadBalancerArgs) checkTarget(path validate.Path, name string) validate.Problems {
	names := make([]string, len(a.Targets))
	for i, t := range a.Targets {
		names[i] = t.Name
	}
	if name == "" || slices.Contains(names, name) {
		return nil
	}
	p := validate.Invalid(path, name, "the name of a target: "+strings.Join(names, ", "), "").By("target-unknown")
	if len(names) == 0 {
		p.Expected, p.Fix = "the name of a target, of which there is none", "add it to targets"
	} else if nearest, ok := validate.Nearest(name, names); ok {
		p.Fix = fmt.Sprintf("did you mean %q?", nearest)
	}
	return validate.Problems{p}
}

// healthPath is what AWS accepts as the path of a health check, of at most maxHealthPath characters.
var healthPath = regexp.MustCompile(`^/[!-~]*$`)

const maxHealthPath = 1024

func (h *HealthCheck) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	whole := h.orDefault()
	if len(whole.Path) > maxHealthPath || !healthPath.MatchString(whole.Path) {
		ps.Add(validate.Invalid(path.Field("path"), whole.Path, "a path that begins with / and has at most 1024 visible characters", "write it as in /health").By("health-path"))
	}
	ps.Add(checkCodes(path.Field("successCodes"), whole.SuccessCodes)...)
	interval := validate.Range(path.Field("intervalSeconds"), whole.IntervalSeconds, 5, 300, "seconds")
	timeout := validate.Range(path.Field("timeoutSeconds"), whole.TimeoutSeconds, 2, 120, "seconds")
	ps.Add(interval...)
	ps.Add(timeout...)
	if interval == nil && timeout == nil && whole.TimeoutSeconds >= whole.IntervalSeconds {
		ps.Add(validate.Conflict(path.Field("timeoutSeconds"), whole.TimeoutSeconds, fmt.Sprintf("less than the interval of %d seconds", whole.IntervalSeconds), "shorten the timeout, or check less often").By("health-timeout"))
	}
	ps.Add(validate.Range(path.Field("healthyThreshold"), whole.HealthyThreshold, 2, 10, "checks")...)
	return append(ps, validate.Range(path.Field("unhealthyThreshold"), whole.UnhealthyThreshold, 2, 10, "checks")...)
}

// checkCodes judges status codes: 200, 200,204 or 200-299.
func checkCodes(path validate.Path, text string) validate.Problems {
	for part := range strings.SplitSeq(text, ",") {
		from, to, isRange := strings.Cut(part, "-")
		low, ok := code(from)
		high := low
		if isRange {
			var fine bool
			high, fine = code(to)
			ok = ok && fine
		}
		if !ok || low > high {
			return validate.Problems{validate.Invalid(path, text, "status codes from 200 to 499, such as 200, 200,204 or 200-299", "mend "+strconv.Quote(part)).By("health-codes")}
		}
	}
	return nil
}

func code(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) == 3 && n >= 200 && n <= 499
}

// The characters of patterns. Sources:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions and
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#host-conditions
var (
	pathPattern = regexp.MustCompile(`^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$`)
	hostPattern = regexp.MustCompile(`^[A-Za-z0-9\-.*?]+\.[A-Za-z]+$`)
)

func (a *LoadBalancerArgs) checkRules() validate.Problems {
	var ps validate.Problems
	slots := map[int]string{}
	var names []string
	for i, r := range a.Rules {
		at := validate.Path("rules").Index(i)
		ps.Add(checkOwnName(at.Field("name"), r.Name, names)...)
		names = append(names, r.Name)
		if other, taken := slots[r.Priority]; taken {
			ps.Add(validate.Conflict(at.Field("priority"), r.Priority, fmt.Sprintf("a slot of its own: %q has this one", other), "choose another number").By("rule-priority"))
		} else {
			ps.Add(validate.Range(at.Field("priority"), r.Priority, 1, maxPriority, "")...)
			slots[r.Priority] = r.Name
		}
		ps.Add(r.checkPatterns(at)...)
		if r.Target == "" {
			ps.Add(validate.Required(at.Field("target"), "the name of a target", "say who gets the requests"))
		}
		ps.Add(a.checkTarget(at.Field("target"), r.Target)...)
	}
	if len(a.Rules) > maxRules {
		ps.Add(validate.Range("rules", len(a.Rules), 0, maxRules, "rules")...)
	}
	return ps
}

func (r Rule) checkPatterns(at validate.Path) validate.Problems {
	var ps validate.Problems
	wildcards := 0
	for _, list := range []struct {
		field         string
		patterns      []string
		form          *regexp.Regexp
		expected, fix string
	}{
		{"paths", r.Paths, pathPattern, "a pattern of a path, such as /api/*", "begin it with /, and use letters, digits, * and ? and _ - . $ / ~ \" ' @ : + &"},
		{"hosts", r.Hosts, hostPattern, "a pattern of a host, such as *.acme.example", "use letters, digits, hyphens, dots, * and ?, and end it in a plain label"},
	} {
		for i, pattern := range list.patterns {
			path := at.Field(list.field).Index(i)
			wildcards += strings.Count(pattern, "*") + strings.Count(pattern, "?")
			switch {
			case len(pattern) > maxPattern || !list.form.MatchString(pattern):
				ps.Add(validate.Invalid(path, pattern, list.expected+", of at most 128 characters", list.fix).By("rule-pattern"))
			case slices.Contains(list.patterns[:i], pattern):
				ps.Add(validate.Conflict(path, pattern, "each pattern once", "remove one of the two").By("twice"))
			}
		}
	}
	switch n := len(r.Paths) + len(r.Hosts); {
	case n == 0:
		ps.Add(validate.Required(at.Field("paths"), "paths or hosts", "say which requests the rule is for; for all of them, set defaultTarget").By("rule-empty"))
	case n > maxValues:
		ps.Add(validate.Conflict(at.Field("paths"), fmt.Sprintf("%d patterns", n), "at most 5 patterns in a rule, hosts included", "split the rule").By("rule-limit"))
	}
	if wildcards > maxWildcards {
		ps.Add(validate.Conflict(at.Field("paths"), fmt.Sprintf("%d wildcards", wildcards), "at most 6 wildcards in a rule, hosts included", "split the rule").By("rule-limit"))
	}
	return ps
}
