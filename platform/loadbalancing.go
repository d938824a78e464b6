package platform

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/waf"
)

// deregistrationDelay is for how many seconds a task that leaves may finish the uploads that it has begun. Then it has to
// end within its stop timeout.
const deregistrationDelay = 60

// makeLoadBalancer makes the load balancer with its certificate and names, and the web ACL in front of it.
func (s *stack) makeLoadBalancer() error {
	c := s.config
	args := &loadbalancing.LoadBalancerArgs{
		Labels:           c.Labels,
		Lifecycle:        c.Lifecycle,
		Network:          s.network,
		Scheme:           loadbalancing.InternetFacing,
		ListenerProtocol: c.Edge.ListenerProtocol,
		LogBucket:        s.logs,
		TargetGroups: []loadbalancing.TargetGroup{{
			Name: serviceName, Port: c.Edge.ServicePort, DeregistrationDelaySeconds: deregistrationDelay,
			HealthCheck: &loadbalancing.HealthCheck{Path: c.Edge.HealthPath},
		}},
		DefaultTargetGroup: serviceName,
	}
	if c.Edge.ListenerProtocol == loadbalancing.ListenerHTTPS {
		zone, err := s.hostedZone()
		if err != nil {
			return err
		}
		args.DomainNames, args.HostedZone = []string{c.Edge.Domain}, zone
	}
	balancer, err := loadbalancing.NewLoadBalancer(s.ctx, loadBalancerName, args)
	if err != nil {
		return err
	}
	s.loadBalancer = balancer
	if _, err := network.Allow(s.ctx, balancer.SecurityGroup, s.service, network.Port(c.Edge.ServicePort)); err != nil {
		return err
	}
	aclArgs := &waf.WebAclArgs{
		Labels:          c.Labels,
		Lifecycle:       c.Lifecycle,
		LoadBalancerArn: balancer.LoadBalancerArn,
		Mode:            c.Edge.WafMode,
		LogBucket:       s.logs,
	}
	if len(c.Edge.UploadPaths) > 0 {
		aclArgs.Uploads = &waf.Uploads{Paths: c.Edge.UploadPaths}
	}
	acl, err := waf.NewWebAcl(s.ctx, webAclName, aclArgs)
	if err != nil {
		return err
	}
	s.ctx.Export("url", balancer.Url)
	s.ctx.Export("loadBalancerArn", balancer.LoadBalancerArn)
	s.ctx.Export("loadBalancerAddress", balancer.DnsName)
	s.ctx.Export("serviceTargetGroupArn", balancer.TargetGroupArns.MapIndex(pulumi.String(serviceName)))
	s.ctx.Export("webAclArn", acl.WebAclArn)
	return nil
}

// hostedZone is the hosted zone of the domain: the one that is named, or one that the stack makes. That is a zone of the
// domain alone, unless the stack names another: a second zone of the domain above would be one that nobody asks.
func (s *stack) hostedZone() (*dns.Zone, error) {
	e := s.config.Edge
	name := cmp.Or(e.HostedZone, e.Domain)
	if e.HostedZoneID != "" {
		return &dns.Zone{Id: pulumi.String(e.HostedZoneID), Name: name}, nil
	}
	made, err := dns.NewHostedZone(s.ctx, hostedZoneName, &dns.HostedZoneArgs{
		Labels: s.config.Labels, Lifecycle: s.config.Lifecycle, ZoneName: name,
	})
	if err != nil {
		return nil, err
	}
	// The domain works once the registrar, or the zone above, names these.
	s.ctx.Export("nameServers", made.NameServers)
	return made.Zone(), nil
}
