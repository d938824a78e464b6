//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
)

// edges makes a hosted zone, a load balancer with all that it can have, and an internal one that answers nothing, whose
// certificate the first one has too.
func edges(ctx *pulumi.Context, _ *pulumiaws.Provider) error {
	logs, err := storage.NewLogBucket(ctx, "balancers", &storage.LogBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable,
		Sources: storage.LogSources{
			FlowLogs:      &storage.FlowLogSource{},
			LoadBalancers: &storage.LoadBalancerSource{Prefixes: []string{loadbalancing.AccessLogPrefix, loadbalancing.ConnectionLogPrefix}},
		},
	})
	if err != nil {
		return err
	}
	in, err := network.NewVpc(ctx, "edges", &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Cidr: "10.3.0.0/16", Ipv6: true, Egress: network.EgressPublicAddresses,
		Tiers: []network.Tier{network.TierPublic}, FlowLogs: &network.FlowLogs{LogBucket: logs},
	})
	if err != nil {
		return err
	}
	zone, err := dns.NewHostedZone(ctx, "edges", &dns.HostedZoneArgs{Labels: labels, Lifecycle: lifecycle.Disposable, ZoneName: "acme.example"})
	if err != nil {
		return err
	}
	inside, err := loadbalancing.NewLoadBalancer(ctx, "inside", &loadbalancing.LoadBalancerArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Network: in.Network(), LogBucket: logs,
		AllowedClients: []loadbalancing.AllowedClient{{Name: "office", Cidrs: []string{"198.51.100.0/24", "2001:db8:7::/48"}}},
		DomainNames:    []string{"inside.acme.example"}, HostedZone: zone.Zone(),
	})
	if err != nil {
		return err
	}
	door, err := loadbalancing.NewLoadBalancer(ctx, "door", &loadbalancing.LoadBalancerArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Network: in.Network(), LogBucket: logs, Scheme: loadbalancing.InternetFacing,
		SecurityPolicy: loadbalancing.TLS13Only, DesyncMitigationMode: loadbalancing.Defensive, IdleTimeoutSeconds: 120, ClientKeepAliveSeconds: 600,
		DomainNames: []string{"acme.example", "*.acme.example"}, HostedZone: zone.Zone(),
		AdditionalCertificates: []loadbalancing.Certificate{{Name: "inside", Arn: inside.CertificateArn}},
		TargetGroups: []loadbalancing.TargetGroup{
			{Name: "app", Port: 8080},
			{
				Name: "api", Port: 8443, Protocol: loadbalancing.TargetGroupHTTPS, DeregistrationDelaySeconds: 3600, SlowStartSeconds: 60,
				HealthCheck: &loadbalancing.HealthCheck{
					Path: "/health?deep=1", SuccessCodes: "200,204-206", IntervalSeconds: 10, TimeoutSeconds: 3, HealthyThreshold: 3, UnhealthyThreshold: 4,
				},
			},
		},
		DefaultTargetGroup: "app",
		Rules: []loadbalancing.Rule{
			{Name: "api", Priority: 100, Hosts: []string{"api.*.acme.example"}, Paths: []string{"/v1/*", "/v2/?*"}, TargetGroup: "api"},
			{Name: "health", Priority: 200, Paths: []string{"/health"}, TargetGroup: "app"},
		},
	})
	if err != nil {
		return err
	}
	_, err = network.Allow(ctx, door.SecurityGroup, inside.SecurityGroup, 443)
	return err
}
