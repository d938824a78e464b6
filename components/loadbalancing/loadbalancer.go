package loadbalancing

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/network"
)

// LoadBalancerType is the type token of LoadBalancer.
const LoadBalancerType = "bulwark:loadbalancing:LoadBalancer"

// LoadBalancer is an Application Load Balancer with its listeners, target groups, certificate and records. See
// NewLoadBalancer.
type LoadBalancer struct {
	pulumi.ResourceState

	// LoadBalancerArn is the ARN of the load balancer.
	LoadBalancerArn pulumi.StringOutput `pulumi:"loadBalancerArn"`
	// LoadBalancerArnSuffix is the dimension LoadBalancer of its metrics in CloudWatch.
	LoadBalancerArnSuffix pulumi.StringOutput `pulumi:"loadBalancerArnSuffix"`
	// DnsName is the name that AWS gave it.
	DnsName pulumi.StringOutput `pulumi:"dnsName"`
	// ZoneId is the hosted zone of DnsName, for alias records.
	ZoneId pulumi.StringOutput `pulumi:"zoneId"`
	// Url is where it is reached: under the first domain name that is not a wildcard, otherwise under DnsName.
	Url pulumi.StringOutput `pulumi:"url"`
	// SecurityGroupId is the security group of the load balancer.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// ListenerArn is the listener with the rules.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// CertificateArn is the certificate, once it is valid; empty with ListenerHTTP.
	CertificateArn pulumi.StringOutput `pulumi:"certificateArn"`
	// TargetGroupArns are the target groups, by name.
	TargetGroupArns pulumi.StringMapOutput `pulumi:"targetGroupArns"`
	// TargetGroupArnSuffixes are the dimensions TargetGroup of their metrics in CloudWatch, by name.
	TargetGroupArnSuffixes pulumi.StringMapOutput `pulumi:"targetGroupArnSuffixes"`

	// LoadBalancer is the load balancer itself.
	LoadBalancer *lb.LoadBalancer `pulumi:"loadBalancer" provider:"type=aws@6.83.2:lb/loadBalancer:LoadBalancer"`
	// Listener is the listener with the rules: on port 443, or on port 80 with ListenerHTTP.
	Listener *lb.Listener `pulumi:"listener" provider:"type=aws@6.83.2:lb/listener:Listener"`
	// Redirect sends clients from port 80 to port 443; nil with ListenerHTTP.
	Redirect *lb.Listener
	// Certificate is the certificate that the component made, Validation waits for it; otherwise nil.
	Certificate *acm.Certificate
	Validation  *acm.CertificateValidation
	// SecurityGroup is what network.Allow connects with the targets.
	SecurityGroup *network.SecurityGroup

	targetGroups map[string]*lb.TargetGroup
	// settings are the target groups as they were asked for.
	settings []TargetGroup
}

// NewLoadBalancer creates an Application Load Balancer. It reports all problems with the arguments at once, before it
// creates anything.
func NewLoadBalancer(
	ctx *pulumi.Context, name string, args *LoadBalancerArgs, opts ...pulumi.ResourceOption,
) (*LoadBalancer, error) {
	b := &builder{Base: component.NewBase(ctx, LoadBalancerType, name), args: component.OrEmpty(args)}
	if err := b.check(opts); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// TargetGroup is the target group of that name; nil where there is none.
func (l *LoadBalancer) TargetGroup(name string) *lb.TargetGroup { return l.targetGroups[name] }

// TargetGroups are the target groups as they were asked for, with the defaults filled in: what stands behind them can
// check that its port and its times fit.
func (l *LoadBalancer) TargetGroups() []TargetGroup { return slices.Clone(l.settings) }
