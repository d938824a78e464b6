//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
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
			LoadBalancers: &storage.LoadBalancerSource{Prefixes: []string{edge.AccessLogPrefix, edge.ConnectionLogPrefix}},
		},
	})
	if err != nil {
		return err
	}
	in, err := network.NewVpc(ctx, "edges", &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Cidr: "10.3.0.0/16", Ipv6: true, Egress: network.EgressPublicAddresses,
		Tiers: []network.Tier{network.TierPublic}, FlowLogs: &network.FlowLogs{Bucket: logs},
	})
	if err != nil {
		return err
	}
	zone, err := edge.NewHostedZone(ctx, "edges", &edge.HostedZoneArgs{Labels: labels, Lifecycle: lifecycle.Disposable, ZoneName: "acme.example"})
	if err != nil {
		return err
	}
	inside, err := edge.NewLoadBalancer(ctx, "inside", &edge.LoadBalancerArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Network: in.Network(), LogBucket: logs,
		Clients:     []edge.Clients{{Name: "office", Cidrs: []string{"198.51.100.0/24", "2001:db8:7::/48"}}},
		DomainNames: []string{"inside.acme.example"}, Zone: zone.Zone(),
	})
	if err != nil {
		return err
	}
	door, err := edge.NewLoadBalancer(ctx, "door", &edge.LoadBalancerArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Network: in.Network(), LogBucket: logs, Scheme: edge.InternetFacing,
		SecurityPolicy: edge.TLS13Only, DesyncMitigation: edge.Defensive, IdleTimeoutSeconds: 120, ClientKeepAliveSeconds: 600,
		DomainNames: []string{"acme.example", "*.acme.example"}, Zone: zone.Zone(),
		ExtraCertificates: []edge.Certificate{{Name: "inside", Arn: inside.CertificateArn}},
		Targets: []edge.Target{
			{Name: "app", Port: 8080},
			{
				Name: "api", Port: 8443, Protocol: edge.TargetHTTPS, DeregistrationSeconds: 3600, SlowStartSeconds: 60,
				HealthCheck: &edge.HealthCheck{
					Path: "/health?deep=1", SuccessCodes: "200,204-206", IntervalSeconds: 10, TimeoutSeconds: 3, HealthyThreshold: 3, UnhealthyThreshold: 4,
				},
			},
		},
		DefaultTarget: "app",
		Rules: []edge.Rule{
			{Name: "api", Priority: 100, Hosts: []string{"api.*.acme.example"}, Paths: []string{"/v1/*", "/v2/?*"}, Target: "api"},
			{Name: "health", Priority: 200, Paths: []string{"/health"}, Target: "app"},
		},
	})
	if err != nil {
		return err
	}
	_, err = network.Allow(ctx, door.SecurityGroup, inside.SecurityGroup, 443)
	return err
}
