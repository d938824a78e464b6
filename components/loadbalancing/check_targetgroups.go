package loadbalancing

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkTargetGroups checks the numbers as AWS does.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
func (a *LoadBalancerArgs) checkTargetGroups(name string) validate.Problems {
	var ps validate.Problems
	var names []string
	for i, g := range a.TargetGroups {
		at := validate.Path("targetGroups").Index(i)
		ps.Add(checkTargetGroupName(at.Field("name"), g.Name, name, names)...)
		names = append(names, g.Name)
		ps.Add(validate.Range(at.Field("port"), g.Port, 1, 65535, "")...)
		ps.Add(validate.Enum(at.Field("protocol"), g.Protocol)...)
		ps.Add(validate.OptionalRange(at.Field("deregistrationDelaySeconds"), g.DeregistrationDelaySeconds,
			1, 3600, "seconds")...)
		ps.Add(validate.OptionalRange(at.Field("stickinessSeconds"), g.StickinessSeconds, 1, 604800, "seconds")...)
		ps.Add(validate.OptionalRange(at.Field("slowStartSeconds"), g.SlowStartSeconds, 30, 900, "seconds")...)
		ps.Add(g.HealthCheck.check(at.Field("healthCheck"))...)
	}
	return append(ps, a.checkTargetGroup("defaultTargetGroup", a.DefaultTargetGroup)...)
}

// checkTargetGroupName checks a name, to which the load balancer's and generated characters are added.
func checkTargetGroupName(path validate.Path, name, balancer string, others []string) validate.Problems {
	room := max(maxName-len(balancer)-len("-"), 1)
	switch {
	case name == "":
		return validate.Problems{validate.Required(path, "a name",
			"choose one that stays: it is part of the target group's name")}
	case !plainName.MatchString(name) || len(name) > room:
		return validate.Problems{validate.Invalid(path, name,
			fmt.Sprintf("a name of 1 to %d letters, digits and hyphens", room),
			"choose such a name: with the load balancer's it begins the target group's name").By("target-name")}
	case slices.Contains(others, name):
		return validate.Problems{duplicateName(path, name)}
	}
	return nil
}

// checkTargetGroup reports a name that no target group has. The empty name is left to Required.
func (a *LoadBalancerArgs) checkTargetGroup(path validate.Path, name string) validate.Problems {
	names := make([]string, len(a.TargetGroups))
	for i, g := range a.TargetGroups {
		names[i] = g.Name
	}
	if name == "" || slices.Contains(names, name) {
		return nil
	}
	return validate.Problems{validate.Unknown(path, name, "target group", "targetGroups", names).By("target-unknown")}
}

// healthPath is what AWS accepts as the path of a health check, of at most maxHealthPath characters.
var healthPath = regexp.MustCompile(`^/[!-~]*$`)

const maxHealthPath = 1024

func (h *HealthCheck) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	whole := h.orDefault()
	if len(whole.Path) > maxHealthPath || !healthPath.MatchString(whole.Path) {
		ps.Add(validate.Invalid(path.Field("path"), whole.Path,
			"a path that begins with / and has at most 1024 visible characters", "write it as in /health").By("health-path"))
	}
	ps.Add(checkCodes(path.Field("successCodes"), whole.SuccessCodes)...)
	interval := validate.Range(path.Field("intervalSeconds"), whole.IntervalSeconds, 5, 300, "seconds")
	timeout := validate.Range(path.Field("timeoutSeconds"), whole.TimeoutSeconds, 2, 120, "seconds")
	ps.Add(interval...)
	ps.Add(timeout...)
	if interval == nil && timeout == nil && whole.TimeoutSeconds >= whole.IntervalSeconds {
		ps.Add(validate.Conflict(path.Field("timeoutSeconds"), whole.TimeoutSeconds,
			fmt.Sprintf("less than the interval of %d seconds", whole.IntervalSeconds),
			"shorten the timeout, or check less often").By("health-timeout"))
	}
	ps.Add(validate.Range(path.Field("healthyThreshold"), whole.HealthyThreshold, 2, 10, "checks")...)
	return append(ps, validate.Range(path.Field("unhealthyThreshold"), whole.UnhealthyThreshold, 2, 10, "checks")...)
}

// checkCodes checks status codes: 200, 200,204 or 200-299.
func checkCodes(path validate.Path, text string) validate.Problems {
	for part := range strings.SplitSeq(text, ",") {
		from, to, isRange := strings.Cut(part, "-")
		low, ok := code(from)
		high := low
		if isRange {
			var valid bool
			high, valid = code(to)
			ok = ok && valid
		}
		if !ok || low > high {
			return validate.Problems{validate.Invalid(path, text,
				"status codes from 200 to 499, such as 200, 200,204 or 200-299",
				"write three digits for each, the lower end of a range first, without blanks").By("health-codes")}
		}
	}
	return nil
}

func code(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) == 3 && n >= 200 && n <= 499
}
