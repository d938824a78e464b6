package waf

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

const (
	// regional is the scope of web ACLs that guard load balancers.
	regional = pulumi.String("REGIONAL")
	// whose completes messages about another region.
	whose = "the web ACL"
)

// builder makes one web ACL.
type builder struct {
	component.Base
	args *WebAclArgs
	out  *WebAcl
}

func (b *builder) build(opts []pulumi.ResourceOption) (*WebAcl, error) {
	b.out = &WebAcl{}
	return component.Build(&b.Base, b.out, opts, b.ipSets, b.webACL, b.logging, b.association)
}

// webACL makes the web ACL with all of its rules.
func (b *builder) webACL() (err error) {
	metric := pulumi.String(b.args.metricName(b.Name))
	b.out.WebAcl, err = wafv2.NewWebAcl(b.Ctx, b.Name, &wafv2.WebAclArgs{
		Scope:         regional,
		DefaultAction: wafv2.WebAclDefaultActionArgs{Allow: wafv2.WebAclDefaultActionAllowArgs{}},
		Rules:         b.rules(),
		VisibilityConfig: wafv2.WebAclVisibilityConfigArgs{
			CloudwatchMetricsEnabled: pulumi.Bool(true), MetricName: metric,
			SampledRequestsEnabled: pulumi.Bool(b.args.SampledRequests),
		},
		Tags: b.args.Labels.Tags(b.Name),
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.WebAclArn, b.out.WebAclName, b.out.Capacity = b.out.WebAcl.Arn, b.out.WebAcl.Name, b.out.WebAcl.Capacity
	b.out.MetricName = metric.ToStringOutput()
	return nil
}

// association puts the web ACL in front of the load balancer, once it can log. AWS finds an association by its load
// balancer alone: to make the new one before deleting the old one would end in having none.
func (b *builder) association() (err error) {
	if b.args.LoadBalancerArn == nil {
		return nil
	}
	options := b.Child(pulumi.DeleteBeforeReplace(true))
	if b.out.Logging != nil {
		options = append(options, pulumi.DependsOn([]pulumi.Resource{b.out.Logging}))
	}
	b.out.Association, err = wafv2.NewWebAclAssociation(b.Ctx, b.Name, &wafv2.WebAclAssociationArgs{
		ResourceArn: b.checkedARN("loadBalancerArn", b.args.LoadBalancerArn, validate.LoadBalancerARN),
		WebAclArn:   b.out.WebAclArn,
	}, options...)
	return err
}

// checkedARN is an ARN, once it is known to be one of that kind in the region of the web ACL.
func (b *builder) checkedARN(
	path validate.Path, arn pulumi.StringInput, check func(validate.Path, string) validate.Problems,
) pulumi.StringOutput {
	return b.Checked(arn, func(text string, in account.Info) validate.Problems {
		return append(check(path, text), validate.SameRegion(path, text, in.Region, whose)...)
	})
}
