package value

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// LoadBalancerARN judges the ARN of an Application Load Balancer; an empty region means any.
func LoadBalancerARN(field validate.Path, text, region string) validate.Problems {
	arn, ok := validate.ParseARN(text)
	if !ok || arn.Service != "elasticloadbalancing" || !strings.HasPrefix(arn.Resource, "loadbalancer/app/") {
		return validate.Problems{validate.Invalid(field, text, "the ARN of an Application Load Balancer, such as arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/50dc6c495c0c9188", "WAF guards no other kind of load balancer").By("waf-load-balancer")}
	}
	return inRegion(field, text, arn.Region, region)
}

// RuleGroupARN judges the ARN of a rule group for regional web ACLs; an empty region means any.
func RuleGroupARN(field validate.Path, text, region string) validate.Problems {
	arn, ok := validate.ParseARN(text)
	if !ok || arn.Service != "wafv2" || !strings.HasPrefix(arn.Resource, "regional/rulegroup/") {
		return validate.Problems{validate.Invalid(field, text, "the ARN of a regional rule group, such as arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/acme/1234abcd-12ab-34cd-56ef-1234567890ab", "use the ARN of the rule group").By("waf-rule-group")}
	}
	return inRegion(field, text, arn.Region, region)
}

func inRegion(field validate.Path, text, region, own string) validate.Problems {
	if own == "" || region == own {
		return nil
	}
	return validate.Problems{validate.Invalid(field, text, "one in "+own+", the region of the web ACL", "use the provider of the same region for both").By("waf-region")}
}
