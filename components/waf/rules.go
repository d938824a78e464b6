package waf

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// rules are the planned rules as inputs of the web ACL.
func (b *builder) rules() wafv2.WebAclRuleArray {
	var out wafv2.WebAclRuleArray
	for _, r := range b.args.plan() {
		in := wafv2.WebAclRuleArgs{
			Name: pulumi.String(r.name), Priority: pulumi.Int(r.priority), Statement: r.statement(b),
			VisibilityConfig: wafv2.WebAclRuleVisibilityConfigArgs{
				CloudwatchMetricsEnabled: pulumi.Bool(true), MetricName: pulumi.String(r.name),
				SampledRequestsEnabled: pulumi.Bool(b.args.SampledRequests),
			},
		}
		if r.effect == asRuleGroup {
			in.OverrideAction = r.override()
		} else {
			in.Action = r.action()
		}
		out = append(out, in)
	}
	return out
}

func (r rule) override() wafv2.WebAclRuleOverrideActionArgs {
	if r.mode == ModeCount {
		return wafv2.WebAclRuleOverrideActionArgs{Count: wafv2.WebAclRuleOverrideActionCountArgs{}}
	}
	return wafv2.WebAclRuleOverrideActionArgs{None: wafv2.WebAclRuleOverrideActionNoneArgs{}}
}

func (r rule) action() wafv2.WebAclRuleActionArgs {
	switch {
	case r.mode == ModeCount:
		return wafv2.WebAclRuleActionArgs{Count: wafv2.WebAclRuleActionCountArgs{}}
	case r.effect == allow:
		return wafv2.WebAclRuleActionArgs{Allow: wafv2.WebAclRuleActionAllowArgs{}}
	case r.effect == tooMany:
		// The status code for a client that has to wait (RFC 6585), so that well-behaved ones do.
		return wafv2.WebAclRuleActionArgs{Block: wafv2.WebAclRuleActionBlockArgs{
			CustomResponse: wafv2.WebAclRuleActionBlockCustomResponseArgs{ResponseCode: pulumi.Int(429)},
		}}
	}
	return wafv2.WebAclRuleActionArgs{Block: wafv2.WebAclRuleActionBlockArgs{}}
}
