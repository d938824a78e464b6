package waf

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/waf/internal/value"
)

// WebAclType is the type token of WebAcl.
const WebAclType = "bulwark:waf:WebAcl"

// regional is the scope of web ACLs that guard load balancers.
const regional = pulumi.String("REGIONAL")

// WebAcl is a web ACL with its IP sets, its logging and its association. See NewWebAcl.
type WebAcl struct {
	pulumi.ResourceState

	// WebAclArn is the ARN of the web ACL.
	WebAclArn pulumi.StringOutput `pulumi:"webAclArn"`
	// WebAclName is its name.
	WebAclName pulumi.StringOutput `pulumi:"webAclName"`
	// MetricName is the dimension WebACL of its metrics in CloudWatch. The dimension Rule is the name of a rule.
	MetricName pulumi.StringOutput `pulumi:"metricName"`
	// Capacity is what its rules need, in WCU, as AWS counts.
	Capacity pulumi.IntOutput `pulumi:"capacity"`
	// LogDestinationArn is the ARN of what receives the logs; empty with LoggingOff.
	LogDestinationArn pulumi.StringOutput `pulumi:"logDestinationArn"`

	// WebAcl is the web ACL itself.
	WebAcl *wafv2.WebAcl `pulumi:"webAcl" provider:"type=aws@6.83.2:wafv2/webAcl:WebAcl"`
	// DenyIpv4 and DenyIpv6 are the networks of WebAclArgs.Deny; nil without such.
	DenyIpv4, DenyIpv6 *wafv2.IpSet
	// AllowIpv4 and AllowIpv6 are the networks of WebAclArgs.Allow; nil without such.
	AllowIpv4, AllowIpv6 *wafv2.IpSet
	// Association puts the web ACL in front of the load balancer; nil without one.
	Association *wafv2.WebAclAssociation
	// Logging sends the logs; nil with LoggingOff.
	Logging *wafv2.WebAclLoggingConfiguration
	// LogGroup keeps the logs, and LogKey encrypts them, if the component created them; otherwise nil.
	LogGroup *cloudwatch.LogGroup
	LogKey   *encryption.Key

	location account.Output
}

// NewWebAcl creates a web ACL for an Application Load Balancer. It reports all problems with the arguments at once,
// before it creates anything.
func NewWebAcl(ctx *pulumi.Context, name string, args *WebAclArgs, opts ...pulumi.ResourceOption) (*WebAcl, error) {
	if args == nil {
		args = &WebAclArgs{}
	}
	if err := args.check(name).Err(WebAclType, name); err != nil {
		return nil, err
	}
	w := &WebAcl{}
	if err := ctx.RegisterComponentResource(WebAclType, name, w, opts...); err != nil {
		return nil, err
	}
	w.location = account.Lookup(ctx, w)

	if err := w.createIPSets(ctx, name, args); err != nil {
		return nil, err
	}
	metric := args.metricName(name)
	var err error
	w.WebAcl, err = wafv2.NewWebAcl(ctx, name, &wafv2.WebAclArgs{
		Scope:         regional,
		DefaultAction: wafv2.WebAclDefaultActionArgs{Allow: wafv2.WebAclDefaultActionAllowArgs{}},
		Rules:         w.rules(args),
		VisibilityConfig: wafv2.WebAclVisibilityConfigArgs{
			CloudwatchMetricsEnabled: pulumi.Bool(true), MetricName: pulumi.String(metric), SampledRequestsEnabled: pulumi.Bool(args.SampledRequests),
		},
		Tags: args.Labels.Tags(name),
	}, pulumi.Parent(w))
	if err != nil {
		return nil, err
	}
	w.WebAclArn, w.WebAclName, w.Capacity = w.WebAcl.Arn, w.WebAcl.Name, w.WebAcl.Capacity
	w.MetricName = pulumi.String(metric).ToStringOutput()

	if err := w.log(ctx, name, args); err != nil {
		return nil, err
	}
	if err := w.associate(ctx, name, args.LoadBalancerArn); err != nil {
		return nil, err
	}

	outputs := pulumi.Map{
		"webAclArn":         w.WebAclArn,
		"webAclName":        w.WebAclName,
		"metricName":        w.MetricName,
		"capacity":          w.Capacity,
		"logDestinationArn": w.LogDestinationArn,
		"webAcl":            w.WebAcl,
	}
	return w, ctx.RegisterResourceOutputs(w, outputs)
}

// metricName is the name of the web ACL in CloudWatch.
func (a *WebAclArgs) metricName(name string) string {
	return naming.Base(a.Labels.Project, a.Labels.Environment, name)
}

// createIPSets makes a set for each list and kind of address.
func (w *WebAcl) createIPSets(ctx *pulumi.Context, name string, args *WebAclArgs) error {
	for _, set := range []struct {
		list   *AddressList
		suffix string
		v6     bool
		into   **wafv2.IpSet
	}{
		{args.Deny, "-deny-ipv4", false, &w.DenyIpv4},
		{args.Deny, "-deny-ipv6", true, &w.DenyIpv6},
		{args.Allow, "-allow-ipv4", false, &w.AllowIpv4},
		{args.Allow, "-allow-ipv6", true, &w.AllowIpv6},
	} {
		addresses := set.list.family(set.v6)
		if len(addresses) == 0 {
			continue
		}
		version := "IPV4"
		if set.v6 {
			version = "IPV6"
		}
		created, err := wafv2.NewIpSet(ctx, name+set.suffix, &wafv2.IpSetArgs{
			Scope: regional, IpAddressVersion: pulumi.String(version), Addresses: pulumi.ToStringArray(addresses),
			Tags: args.Labels.Tags(name + set.suffix),
		}, pulumi.Parent(w))
		if err != nil {
			return err
		}
		*set.into = created
	}
	return nil
}

// rules are the planned rules as inputs of the web ACL.
func (w *WebAcl) rules(args *WebAclArgs) wafv2.WebAclRuleArray {
	var out wafv2.WebAclRuleArray
	for _, r := range args.plan() {
		in := wafv2.WebAclRuleArgs{
			Name: pulumi.String(r.name), Priority: pulumi.Int(r.priority), Statement: r.statement(w),
			VisibilityConfig: wafv2.WebAclRuleVisibilityConfigArgs{
				CloudwatchMetricsEnabled: pulumi.Bool(true), MetricName: pulumi.String(r.name), SampledRequestsEnabled: pulumi.Bool(args.SampledRequests),
			},
		}
		if r.verdict == group {
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
	case r.verdict == allow:
		return wafv2.WebAclRuleActionArgs{Allow: wafv2.WebAclRuleActionAllowArgs{}}
	case r.verdict == tooMany:
		// The status code for a client that has to wait (RFC 6585), so that well-behaved ones do.
		return wafv2.WebAclRuleActionArgs{Block: wafv2.WebAclRuleActionBlockArgs{
			CustomResponse: wafv2.WebAclRuleActionBlockCustomResponseArgs{ResponseCode: pulumi.Int(429)},
		}}
	}
	return wafv2.WebAclRuleActionArgs{Block: wafv2.WebAclRuleActionBlockArgs{}}
}

// ruleGroup refers to a rule group of the account.
func (w *WebAcl) ruleGroup(arn pulumi.StringInput) statement {
	return statement{RuleGroupReferenceStatement: wafv2.WebAclRuleStatementRuleGroupReferenceStatementArgs{
		Arn: w.located(arn, func(text string, in account.Info) (string, error) {
			return text, wrong(value.RuleGroupARN("ruleGroupArn", text, in.Region))
		}),
	}}
}

// associate puts the web ACL in front of the load balancer, once it can log. An association is found by its load
// balancer alone: to make the new one before deleting the old one would end in having none.
func (w *WebAcl) associate(ctx *pulumi.Context, name string, loadBalancer pulumi.StringInput) error {
	if loadBalancer == nil {
		return nil
	}
	options := []pulumi.ResourceOption{pulumi.Parent(w), pulumi.DeleteBeforeReplace(true)}
	if w.Logging != nil {
		options = append(options, pulumi.DependsOn([]pulumi.Resource{w.Logging}))
	}
	var err error
	w.Association, err = wafv2.NewWebAclAssociation(ctx, name, &wafv2.WebAclAssociationArgs{
		ResourceArn: w.located(loadBalancer, func(text string, in account.Info) (string, error) {
			return text, wrong(value.LoadBalancerARN("loadBalancerArn", text, in.Region))
		}),
		WebAclArn: w.WebAcl.Arn,
	}, options...)
	return err
}

// located is a value that is known late, judged and completed by where the web ACL is.
func (w *WebAcl) located(value pulumi.StringInput, f func(string, account.Info) (string, error)) pulumi.StringOutput {
	return pulumi.All(value, w.location).ApplyT(func(values []any) (string, error) {
		return f(values[0].(string), values[1].(account.Info))
	}).(pulumi.StringOutput)
}
