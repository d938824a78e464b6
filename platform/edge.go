package platform

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/waf"
)

// makeEdge makes the load balancer with its certificate and names, and the web ACL in front of it.
func (s *stack) makeEdge() error {
	c := s.config
	args := &edge.LoadBalancerArgs{
		Labels:    c.Labels,
		Lifecycle: c.Lifecycle,
		Network:   s.network,
		Scheme:    edge.InternetFacing,
		Listener:  c.Edge.Listener,
		LogBucket: s.logs,
		Targets: []edge.Target{{
			Name: serviceName, Port: c.Edge.ServicePort, HealthCheck: &edge.HealthCheck{Path: c.Edge.HealthPath},
		}},
		DefaultTarget: serviceName,
	}
	if c.Edge.Listener == edge.HTTPS {
		zone, err := s.zone()
		if err != nil {
			return err
		}
		args.DomainNames, args.Zone = []string{c.Edge.Domain}, zone
	}
	door, err := edge.NewLoadBalancer(s.ctx, doorName, args)
	if err != nil {
		return err
	}
	if _, err := network.Allow(s.ctx, door.SecurityGroup, s.service, network.Port(c.Edge.ServicePort)); err != nil {
		return err
	}
	guard := &waf.WebAclArgs{
		Labels:          c.Labels,
		Lifecycle:       c.Lifecycle,
		LoadBalancerArn: door.LoadBalancerArn,
		Mode:            c.Edge.WafMode,
		LogBucket:       s.logs,
	}
	if len(c.Edge.UploadPaths) > 0 {
		guard.Uploads = &waf.Uploads{Paths: c.Edge.UploadPaths}
	}
	acl, err := waf.NewWebAcl(s.ctx, guardName, guard)
	if err != nil {
		return err
	}
	s.ctx.Export("url", door.Url)
	s.ctx.Export("loadBalancerArn", door.LoadBalancerArn)
	s.ctx.Export("loadBalancerAddress", door.DnsName)
	s.ctx.Export("serviceTargetGroupArn", door.TargetGroupArns.MapIndex(pulumi.String(serviceName)))
	s.ctx.Export("webAclArn", acl.WebAclArn)
	return nil
}

// zone is the hosted zone of the domain: the one that is named, or one that the stack makes.
func (s *stack) zone() (*edge.Zone, error) {
	e := s.config.Edge
	name := e.HostedZone
	if name == "" {
		_, name, _ = strings.Cut(e.Domain, ".")
	}
	if e.HostedZoneID != "" {
		return &edge.Zone{Id: pulumi.String(e.HostedZoneID), Name: name}, nil
	}
	made, err := edge.NewHostedZone(s.ctx, zoneName, &edge.HostedZoneArgs{
		Labels: s.config.Labels, Lifecycle: s.config.Lifecycle, ZoneName: name,
	})
	if err != nil {
		return nil, err
	}
	// The domain works once the registrar, or the zone above, names these.
	s.ctx.Export("nameServers", made.NameServers)
	return made.Zone(), nil
}

// makeAudit makes the trail, which records what happens to the recordings too.
func (s *stack) makeAudit() error {
	c := s.config
	trail, err := audit.NewTrail(s.ctx, trailName, &audit.TrailArgs{
		Labels:              c.Labels,
		Lifecycle:           c.Lifecycle,
		LogBucket:           s.logs,
		DataEvents:          []audit.DataEvents{{Bucket: s.audio}},
		RetiredAccessKeyIds: c.RetiredAccessKeys,
	})
	if err != nil {
		return err
	}
	s.ctx.Export("trailArn", trail.TrailArn)
	s.ctx.Export("trailLogGroup", trail.LogGroupName)
	return nil
}
