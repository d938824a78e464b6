package loadbalancing

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/network"
)

// builder makes one load balancer.
type builder struct {
	component.Base
	args *LoadBalancerArgs
	out  *LoadBalancer
	// vpc is where the load balancer is made.
	vpc *network.Network
	// zoneID is the hosted zone of the domain names, where there is one.
	zoneID pulumi.StringOutput
}

func (b *builder) build(opts []pulumi.ResourceOption) (*LoadBalancer, error) {
	b.out = &LoadBalancer{targetGroups: map[string]*lb.TargetGroup{}}
	return component.Build(&b.Base, b.out, opts,
		b.network, b.hostedZone, b.securityGroup, b.loadBalancer, b.targetGroups, b.certificate, b.listeners,
		b.additionalCertificates, b.rules, b.records)
}

// network takes the network given, or the VPC given as a network, all of whose subnets are public ones: rules for the
// internet need to know no more of it than its addresses.
func (b *builder) network() error {
	if b.vpc = b.args.Network; b.vpc != nil {
		return nil
	}
	existing, err := network.NewExistingVpc(b.Ctx, b.Name, &network.ExistingVpcArgs{
		VpcId: b.args.VpcId, PublicSubnetIds: b.args.SubnetIds, Egress: network.EgressPublicAddresses, Ipv6: b.args.Ipv6,
	}, b.Parent)
	if err != nil {
		return err
	}
	b.vpc = existing.Network()
	return nil
}

// loadBalancer makes the load balancer itself.
func (b *builder) loadBalancer() (err error) {
	args := b.args
	addresses := "ipv4"
	if args.dual() {
		addresses = "dualstack"
	}
	inputs := &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String("application"),
		Internal:         pulumi.Bool(args.internal()),
		IpAddressType:    pulumi.String(addresses),
		Subnets:          b.subnets(),
		SecurityGroups:   pulumi.StringArray{b.out.SecurityGroupId},

		DesyncMitigationMode:     pulumi.String(cmp.Or(args.DesyncMitigationMode, Defensive)),
		DropInvalidHeaderFields:  pulumi.Bool(args.DropInvalidHeaderFields.On()),
		PreserveHostHeader:       pulumi.Bool(true),
		EnableHttp2:              pulumi.Bool(true),
		EnableDeletionProtection: pulumi.Bool(args.Lifecycle.IsPermanent()),
		IdleTimeout:              pulumi.Int(cmp.Or(args.IdleTimeoutSeconds, 60)),
		ClientKeepAlive:          pulumi.Int(cmp.Or(args.ClientKeepAliveSeconds, 3600)),
		Tags:                     args.Labels.Tags(b.Name),
	}
	opts := b.deliverLogs(inputs)
	if args.Lifecycle.IsPermanent() {
		// It holds nothing to retain, but clients know its name.
		opts = append(opts, pulumi.Protect(true))
	}
	l := b.out
	l.LoadBalancer, err = lb.NewLoadBalancer(b.Ctx, b.Name, inputs, b.Child(opts...)...)
	if err != nil {
		return err
	}
	l.LoadBalancerArn, l.LoadBalancerArnSuffix = l.LoadBalancer.Arn, l.LoadBalancer.ArnSuffix
	l.DnsName, l.ZoneId = l.LoadBalancer.DnsName, l.LoadBalancer.ZoneId
	return nil
}

// deliverLogs says where the logs go, unless they are disabled. AWS tries to write when it is told, and refuses the
// setting if it may not: the options make the load balancer wait for the policy of the log bucket.
func (b *builder) deliverLogs(inputs *lb.LoadBalancerArgs) (opts []pulumi.ResourceOption) {
	if !b.args.Logging.On() {
		return nil
	}
	name := b.args.LogBucketName
	if bucket := b.args.LogBucket; bucket != nil {
		name = b.InRegion("logBucketName", bucket.BucketName, bucket.Region, "the load balancer")
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{bucket.Policy}))
	}
	inputs.AccessLogs = lb.LoadBalancerAccessLogsArgs{
		Bucket: name, Prefix: pulumi.String(b.args.accessLogPrefix()), Enabled: pulumi.Bool(true),
	}
	inputs.ConnectionLogs = lb.LoadBalancerConnectionLogsArgs{
		Bucket: name, Prefix: pulumi.String(b.args.connectionLogPrefix()), Enabled: pulumi.Bool(true),
	}
	return opts
}
