package edge

import (
	"cmp"
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/network"
)

// LoadBalancerType is the type token of LoadBalancer.
const LoadBalancerType = "bulwark:edge:LoadBalancer"

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
	// Url is where it is reached: under the first domain name that is no wildcard, otherwise under DnsName.
	Url pulumi.StringOutput `pulumi:"url"`
	// SecurityGroupId is the security group of the load balancer.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`
	// ListenerArn is the listener with the rules.
	ListenerArn pulumi.StringOutput `pulumi:"listenerArn"`
	// CertificateArn is the certificate, once it is valid; empty with HTTPOnly.
	CertificateArn pulumi.StringOutput `pulumi:"certificateArn"`
	// TargetGroupArns are the target groups, by the names of the targets.
	TargetGroupArns pulumi.StringMapOutput `pulumi:"targetGroupArns"`
	// TargetGroupArnSuffixes are the dimensions TargetGroup of their metrics in CloudWatch, by the names of the targets.
	TargetGroupArnSuffixes pulumi.StringMapOutput `pulumi:"targetGroupArnSuffixes"`

	// LoadBalancer is the load balancer itself.
	LoadBalancer *lb.LoadBalancer `pulumi:"loadBalancer" provider:"type=aws@6.83.2:lb/loadBalancer:LoadBalancer"`
	// Listener is the listener with the rules: on port 443, or on port 80 with HTTPOnly.
	Listener *lb.Listener `pulumi:"listener" provider:"type=aws@6.83.2:lb/listener:Listener"`
	// Redirect sends clients from port 80 to port 443; nil with HTTPOnly.
	Redirect *lb.Listener
	// Certificate is the certificate that the component made, Validation waits for it; otherwise nil.
	Certificate *acm.Certificate
	Validation  *acm.CertificateValidation
	// SecurityGroup is what network.Allow connects: door.SecurityGroup to the members of a target.
	SecurityGroup *network.SecurityGroup

	targets map[string]*lb.TargetGroup
}

// NewLoadBalancer creates an Application Load Balancer. It reports all problems with the arguments at once, before it
// creates anything.
func NewLoadBalancer(ctx *pulumi.Context, name string, args *LoadBalancerArgs, opts ...pulumi.ResourceOption) (*LoadBalancer, error) {
	if args == nil {
		args = &LoadBalancerArgs{}
	}
	if err := args.judge(ctx, name, opts); err != nil {
		return nil, err
	}
	l := &LoadBalancer{targets: map[string]*lb.TargetGroup{}}
	if err := ctx.RegisterComponentResource(LoadBalancerType, name, l, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		located: located{ctx: ctx, name: name, in: account.Lookup(ctx, l), ask: pulumi.Parent(l)},
		args:    args, out: l, parent: pulumi.Parent(l),
	}
	if err := b.build(); err != nil {
		return nil, err
	}
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{
		"loadBalancerArn":        l.LoadBalancerArn,
		"loadBalancerArnSuffix":  l.LoadBalancerArnSuffix,
		"dnsName":                l.DnsName,
		"zoneId":                 l.ZoneId,
		"url":                    l.Url,
		"securityGroupId":        l.SecurityGroupId,
		"listenerArn":            l.ListenerArn,
		"certificateArn":         l.CertificateArn,
		"targetGroupArns":        l.TargetGroupArns,
		"targetGroupArnSuffixes": l.TargetGroupArnSuffixes,
		"loadBalancer":           l.LoadBalancer,
		"listener":               l.Listener,
	})
}

// TargetGroup is the target group of a target, by its name; nil where there is none.
func (l *LoadBalancer) TargetGroup(target string) *lb.TargetGroup { return l.targets[target] }

// judge asks AWS what it needs to know, and reports all problems.
func (a *LoadBalancerArgs) judge(ctx *pulumi.Context, name string, opts []pulumi.ResourceOption) error {
	ask, err := askAs(opts)
	if err != nil {
		return errors.Join(a.check(name, "").Err(LoadBalancerType, name), err)
	}
	region, err := aws.GetRegion(ctx, &aws.GetRegionArgs{}, ask...)
	if err != nil {
		return errors.Join(a.check(name, "").Err(LoadBalancerType, name), err)
	}
	ps := a.check(name, region.Name)
	if ids, ok := literals(a.SubnetIds); ok && len(ps) == 0 {
		// Ids that are malformed, or too few, need no question.
		problems, err := checkZones(ctx, ids, ask...)
		if err != nil {
			return err
		}
		ps.Add(problems...)
	}
	return ps.Err(LoadBalancerType, name)
}

// builder makes the children of a load balancer.
type builder struct {
	located
	args   *LoadBalancerArgs
	out    *LoadBalancer
	parent pulumi.ResourceOption
	home   *network.Network
	// zoneID is the hosted zone of the domain names, where there is one.
	zoneID pulumi.StringOutput
}

func (b *builder) build() (err error) {
	if b.home, err = b.network(); err != nil {
		return err
	}
	if b.args.Zone != nil {
		b.zoneID = b.zone(b.args.Zone)
	}
	for _, step := range []func() error{b.securityGroup, b.balancer, b.targetGroups, b.listen, b.records} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// network is the network given, or the VPC given as a network: everything public, as rules for the internet need to know
// no more of it than its addresses.
func (b *builder) network() (*network.Network, error) {
	if b.args.Network != nil {
		return b.args.Network, nil
	}
	existing, err := network.NewExistingVpc(b.ctx, b.name, &network.ExistingVpcArgs{
		VpcId: b.args.VpcId, PublicSubnetIds: b.args.SubnetIds, Egress: network.EgressPublicAddresses, Ipv6: b.args.Ipv6,
	}, b.parent)
	if err != nil {
		return nil, err
	}
	return existing.Network(), nil
}

// securityGroup lets clients in, and nothing out.
func (b *builder) securityGroup() (err error) {
	b.out.SecurityGroup, err = network.NewSecurityGroup(b.ctx, b.name, &network.SecurityGroupArgs{Labels: b.args.Labels, Network: b.home}, b.parent)
	if err != nil {
		return err
	}
	b.out.SecurityGroupId = b.out.SecurityGroup.SecurityGroupId
	var clients []network.Peer
	for _, c := range b.args.Clients {
		clients = append(clients, network.Addresses(c.Name, c.Cidrs...))
	}
	if len(clients) == 0 && !b.args.internal() {
		clients = append(clients, network.Internet())
	}
	for _, from := range clients {
		if _, err := network.Allow(b.ctx, from, b.out.SecurityGroup, b.args.ports()...); err != nil {
			return err
		}
	}
	return nil
}

// subnets are where the load balancer gets addresses.
func (b *builder) subnets() pulumi.StringArrayInput {
	switch {
	case b.args.Network == nil:
		return b.home.PublicSubnetIds
	case b.args.SubnetIds != nil:
		return b.args.SubnetIds
	case b.args.internal():
		return b.home.WorkloadSubnetIds
	}
	return b.home.PublicSubnetIds
}

func (b *builder) balancer() (err error) {
	args, opts := b.args, []pulumi.ResourceOption{b.parent}
	addresses := "ipv4"
	if args.dual() {
		addresses = "dualstack"
	}
	balancer := &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String("application"),
		Internal:         pulumi.Bool(args.internal()),
		IpAddressType:    pulumi.String(addresses),
		Subnets:          b.located.subnets(b.subnets()),
		SecurityGroups:   pulumi.StringArray{b.out.SecurityGroupId},

		DesyncMitigationMode:     pulumi.String(cmp.Or(args.DesyncMitigation, Strictest)),
		DropInvalidHeaderFields:  pulumi.Bool(true),
		PreserveHostHeader:       pulumi.Bool(true),
		EnableHttp2:              pulumi.Bool(true),
		EnableDeletionProtection: pulumi.Bool(args.Lifecycle.IsPermanent()),
		IdleTimeout:              pulumi.Int(cmp.Or(args.IdleTimeoutSeconds, 60)),
		ClientKeepAlive:          pulumi.Int(cmp.Or(args.ClientKeepAliveSeconds, 3600)),
		Tags:                     args.Labels.Tags(b.name),
	}
	if args.Logging != LoggingOff {
		bucket := args.LogBucketName
		if args.LogBucket != nil {
			bucket = b.logBucket(args.LogBucket)
			// AWS tries to write when it is told where, and refuses the setting if it may not.
			opts = append(opts, pulumi.DependsOn([]pulumi.Resource{args.LogBucket.Policy}))
		}
		balancer.AccessLogs = lb.LoadBalancerAccessLogsArgs{Bucket: bucket, Prefix: pulumi.String(args.accessLogPrefix()), Enabled: pulumi.Bool(true)}
		balancer.ConnectionLogs = lb.LoadBalancerConnectionLogsArgs{Bucket: bucket, Prefix: pulumi.String(args.connectionLogPrefix()), Enabled: pulumi.Bool(true)}
	}
	if args.Lifecycle.IsPermanent() {
		// It holds nothing to retain, but clients know its name.
		opts = append(opts, pulumi.Protect(true))
	}
	l := b.out
	l.LoadBalancer, err = lb.NewLoadBalancer(b.ctx, b.name, balancer, opts...)
	if err != nil {
		return err
	}
	l.LoadBalancerArn, l.LoadBalancerArnSuffix = l.LoadBalancer.Arn, l.LoadBalancer.ArnSuffix
	l.DnsName, l.ZoneId = l.LoadBalancer.DnsName, l.LoadBalancer.ZoneId
	return nil
}
