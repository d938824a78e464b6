package edge_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

func repeat(text string, n int) []string {
	return strings.Split(strings.Repeat(text+" ", n-1)+text, " ")
}

// rules are the ids of the rules that found something.
func rules(t *testing.T, err error) []string {
	t.Helper()
	var invalid *validate.Error
	require.True(t, errors.As(err, &invalid), "expected a validation error, got: %v", err)
	return invalid.Problems.Rules()
}

func refused(name string, change func(*edge.LoadBalancerArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: balancer(change), Problems: problems}
}

// bad are arguments that have to be refused.
func bad() []componenttest.Bad {
	return append(append(badPlaces(), badDomains()...), badTargets()...)
}

func badPlaces() []componenttest.Bad {
	return []componenttest.Bad{
		{Name: "a name that AWS has no room for", Program: func(ctx *pulumi.Context) error {
			_, err := newBalancer(ctx, "internal-edge.of-the-whole-company", func(*edge.LoadBalancerArgs) {})
			return err
		}, Problems: []string{"name: resource-name"}},
		refused("labels and choices", func(a *edge.LoadBalancerArgs) {
			a.Labels.Owner, a.Lifecycle, a.Scheme, a.Listener, a.SecurityPolicy = "", "forever", "public", "tls", "ELBSecurityPolicy-2016-08"
			a.DesyncMitigation, a.Logging = "monitor", "no"
		}, "labels.owner: label-required", "lifecycle: not-supported", "scheme: not-supported", "listener: not-supported",
			"securityPolicy: not-supported", "logging: not-supported", "desyncMitigation: not-supported"),
		refused("nowhere", func(a *edge.LoadBalancerArgs) { a.VpcId, a.SubnetIds = nil, nil }, "vpcId: required"),
		refused("a VPC without subnets", func(a *edge.LoadBalancerArgs) { a.SubnetIds = nil }, "subnetIds: required"),
		refused("two places", func(a *edge.LoadBalancerArgs) { a.Network = &network.Network{} }, "vpcId: vpc-twice"),
		refused("a network that nobody made", func(a *edge.LoadBalancerArgs) { a.Network, a.VpcId = &network.Network{}, nil }, "network: network"),
		refused("ids", func(a *edge.LoadBalancerArgs) {
			a.VpcId, a.SubnetIds = pulumi.String("main"), pulumi.StringArray{pulumi.String("subnet-xyz"), pulumi.String("subnet-12345678"), pulumi.String("subnet-12345678")}
		}, "vpcId: id-form", "subnetIds[0]: id-form", "subnetIds[2]: twice"),
		refused("one subnet", func(a *edge.LoadBalancerArgs) { a.SubnetIds = subnets("0") }, "subnetIds: subnet-zones"),
		refused("two subnets in one zone", func(a *edge.LoadBalancerArgs) { a.SubnetIds = subnets("0", "1", "3") }, "subnetIds[2]: subnet-zones"),
		refused("clients", func(a *edge.LoadBalancerArgs) {
			a.Clients = []edge.Clients{
				{Name: "the office", Cidrs: []string{"198.51.100.7/24", "0.0.0.0/0", "acme.example"}},
				{Name: "vpn"},
				{Name: "vpn", Cidrs: []string{"10.0.0.0/8", "10.0.0.0/8", "2000::/3"}},
				{Cidrs: []string{"10.1.0.0/16"}},
			}
		}, "clients[0].name: resource-name", "clients[0].cidrs[0]: cidr-host-bits", "clients[0].cidrs[1]: addresses-wide", "clients[0].cidrs[2]: cidr-form",
			"clients[1].cidrs: required", "clients[2].name: twice", "clients[2].cidrs[1]: twice", "clients[2].cidrs[2]: addresses-wide", "clients[3].name: required"),
		{Name: "ports that the network does not open, and IPv6 that it does not have", Program: func(ctx *pulumi.Context) error {
			v, err := network.NewExistingVpc(ctx, "main", &network.ExistingVpcArgs{
				VpcId: pulumi.String(someVPC), PublicSubnetIds: subnets("0", "1"), PublicPorts: []int{443}, Egress: network.EgressPublicAddresses,
			})
			if err != nil {
				return err
			}
			return balancer(func(a *edge.LoadBalancerArgs) {
				a.Network, a.VpcId, a.SubnetIds, a.Scheme, a.Ipv6 = v.Network(), nil, nil, edge.InternetFacing, true
			})(ctx)
		}, Problems: []string{"ipv6: ipv6-network", "scheme: public-port"}},
		refused("no logs", func(a *edge.LoadBalancerArgs) { a.LogBucketName = nil }, "logBucketName: logging-required"),
		refused("logs that are off, and wanted", func(a *edge.LoadBalancerArgs) { a.Logging = edge.LoggingOff }, "logging: logging-off"),
		refused("prefixes", func(a *edge.LoadBalancerArgs) {
			a.LogBucketName, a.AccessLogPrefix, a.ConnectionLogPrefix = pulumi.String("Logs"), "alb/", "AWSLogs"
		}, "logBucketName: bucket-name-characters", "accessLogPrefix: load-balancer-prefix", "connectionLogPrefix: load-balancer-prefix"),
		{Name: "two log buckets", Program: func(ctx *pulumi.Context) error {
			logs, err := logBucket(ctx)
			if err != nil {
				return err
			}
			return balancer(func(a *edge.LoadBalancerArgs) { a.LogBucket = logs })(ctx)
		}, Problems: []string{"logBucketName: logging-twice"}},
		refused("timeouts", func(a *edge.LoadBalancerArgs) { a.IdleTimeoutSeconds, a.ClientKeepAliveSeconds = 4001, 59 },
			"idleTimeoutSeconds: out-of-range", "clientKeepAliveSeconds: out-of-range"),
	}
}

func badDomains() []componenttest.Bad {
	inZone := func(names ...string) func(*edge.LoadBalancerArgs) {
		return func(a *edge.LoadBalancerArgs) {
			a.CertificateArn, a.DomainNames, a.Zone = nil, names, &edge.Zone{Id: pulumi.String(someZone), Name: "acme.example"}
		}
	}
	return []componenttest.Bad{
		refused("no certificate", func(a *edge.LoadBalancerArgs) { a.CertificateArn = nil }, "certificateArn: certificate-required"),
		refused("names without a zone", func(a *edge.LoadBalancerArgs) {
			a.CertificateArn, a.DomainNames = nil, []string{"app.acme.example"}
		}, "certificateArn: certificate-required"),
		refused("certificates of another region, or none", func(a *edge.LoadBalancerArgs) {
			a.CertificateArn = pulumi.String(farCertificate)
			a.ExtraCertificates = []edge.Certificate{
				{Name: "a", Arn: pulumi.String(farCertificate)}, {Name: "a", Arn: pulumi.String("arn:aws:iam::123456789012:server-certificate/acme")}, {},
			}
		}, "certificateArn: certificate-region", "extraCertificates[0].arn: certificate-region", "extraCertificates[1].name: twice",
			"extraCertificates[1].arn: certificate-arn", "extraCertificates[2].name: required", "extraCertificates[2].arn: required"),
		refused("http and certificates", func(a *edge.LoadBalancerArgs) {
			a.Listener, a.SecurityPolicy, a.ExtraCertificates = edge.HTTPOnly, edge.TLS13Only, []edge.Certificate{{Name: "a", Arn: pulumi.String(someCertificate)}}
		}, "securityPolicy: http-only", "certificateArn: http-only", "extraCertificates: http-only"),
		refused("too many certificates", func(a *edge.LoadBalancerArgs) {
			for i := range 26 {
				a.ExtraCertificates = append(a.ExtraCertificates, edge.Certificate{Name: fmt.Sprint("c", i), Arn: pulumi.String(someCertificate)})
			}
		}, "extraCertificates: out-of-range"),
		refused("a zone without names", inZone(), "domainNames: domain-required"),
		refused("a zone by its name", func(a *edge.LoadBalancerArgs) {
			inZone("app.acme.example")(a)
			a.Zone.Id = pulumi.String("acme.example")
		}, "zone.id: zone-id"),
		refused("an empty zone", func(a *edge.LoadBalancerArgs) {
			inZone("app.acme.example")(a)
			a.Zone = &edge.Zone{}
		}, "zone.id: required", "zone.name: required"),
		refused("malformed names", inZone(
			"", "App.acme.example", "https://app.acme.example", "app.acme.example.", "app.*.acme.example", "localhost",
			"-app.acme.example", "a_b.acme.example", "**.acme.example", "10.0.0.1",
		), "domainNames[0]: required", "domainNames[1]: domain-name", "domainNames[2]: domain-name", "domainNames[3]: domain-name", "domainNames[4]: domain-name",
			"domainNames[5]: domain-name", "domainNames[6]: domain-name", "domainNames[7]: domain-name", "domainNames[8]: domain-name", "domainNames[9]: domain-name"),
		refused("names outside of the zone", inZone("acme.example", "*.acme.example", "notacme.example", "*.acme.test", "acme.example"),
			"domainNames[2]: domain-zone", "domainNames[3]: domain-zone", "domainNames[4]: twice"),
		refused("a wildcard of a zone", func(a *edge.LoadBalancerArgs) {
			inZone("app.acme.example")(a)
			a.Zone.Name = "*.acme.example"
		}, "zone.name: domain-name"),
		refused("too many names, the first one too long", inZone(
			"a-name-that-is-so-long-that-it-does-not-fit.into-a-common-name.acme.example",
			"1.acme.example", "2.acme.example", "3.acme.example", "4.acme.example", "5.acme.example", "6.acme.example", "7.acme.example", "8.acme.example",
			"9.acme.example", "10.acme.example",
		), "domainNames[0]: domain-first", "domainNames: out-of-range"),
	}
}

func badTargets() []componenttest.Bad {
	app := edge.Target{Name: "app", Port: 8080}
	return []componenttest.Bad{
		refused("targets", func(a *edge.LoadBalancerArgs) {
			a.Targets = []edge.Target{
				{},
				{Name: "the app", Port: 65536, Protocol: "GRPC"},
				{Name: "app", Port: 80, DeregistrationSeconds: 3601, SlowStartSeconds: 29},
				app,
				{Name: "a-name-without-any-room", Port: 80},
			}
			a.DefaultTarget = "ap"
		}, "targets[0].name: required", "targets[0].port: out-of-range", "targets[1].name: target-name", "targets[1].port: out-of-range", "targets[1].protocol: not-supported",
			"targets[2].deregistrationSeconds: out-of-range", "targets[2].slowStartSeconds: out-of-range", "targets[3].name: twice", "targets[4].name: target-name",
			"defaultTarget: target-unknown"),
		refused("health checks", func(a *edge.LoadBalancerArgs) {
			a.Targets = []edge.Target{
				{Name: "a", Port: 80, HealthCheck: &edge.HealthCheck{Path: "health", SuccessCodes: "2xx", IntervalSeconds: 4, TimeoutSeconds: 121, HealthyThreshold: 1, UnhealthyThreshold: 11}},
				{Name: "b", Port: 80, HealthCheck: &edge.HealthCheck{IntervalSeconds: 10, TimeoutSeconds: 10, SuccessCodes: "200-199"}},
				{Name: "c", Port: 80, HealthCheck: &edge.HealthCheck{Path: "/a b", SuccessCodes: "200,500"}},
			}
		}, "targets[0].healthCheck.path: health-path", "targets[0].healthCheck.successCodes: health-codes", "targets[0].healthCheck.intervalSeconds: out-of-range",
			"targets[0].healthCheck.timeoutSeconds: out-of-range", "targets[0].healthCheck.healthyThreshold: out-of-range", "targets[0].healthCheck.unhealthyThreshold: out-of-range",
			"targets[1].healthCheck.successCodes: health-codes", "targets[1].healthCheck.timeoutSeconds: health-timeout",
			"targets[2].healthCheck.path: health-path", "targets[2].healthCheck.successCodes: health-codes"),
		refused("rules in one slot, or in none", func(a *edge.LoadBalancerArgs) {
			a.Targets = []edge.Target{app}
			a.Rules = []edge.Rule{
				{Name: "a", Priority: 100, Paths: []string{"/a"}, Target: "app"},
				{Name: "b", Priority: 100, Paths: []string{"/b"}, Target: "app"},
				{Name: "c", Paths: []string{"/c"}, Target: "app"},
				{Name: "a", Priority: 50001, Paths: []string{"/d"}, Target: "app"},
			}
		}, "rules[1].priority: rule-priority", "rules[2].priority: out-of-range", "rules[3].name: twice", "rules[3].priority: out-of-range"),
		refused("rules without sense", func(a *edge.LoadBalancerArgs) {
			a.Rules = []edge.Rule{
				{Name: "a", Priority: 1, Target: "app"},
				{Name: "b", Priority: 2, Paths: []string{"api", "/a b", "/a", "/a"}, Hosts: []string{"https://acme.example", "acme.*"}},
				{Name: "c", Priority: 3, Paths: []string{"/1", "/2", "/3", "/4", "/5"}, Hosts: []string{"*.*.*.*.acme.example", "???.acme.example"}},
			}
		}, "rules[0].paths: rule-empty", "rules[0].target: target-unknown", "rules[1].paths[0]: rule-pattern", "rules[1].paths[1]: rule-pattern", "rules[1].paths[3]: twice",
			"rules[1].hosts[0]: rule-pattern", "rules[1].hosts[1]: rule-pattern", "rules[1].paths: rule-limit", "rules[1].target: required",
			"rules[2].paths: rule-limit", "rules[2].paths: rule-limit", "rules[2].target: required"),
		refused("too many rules", func(a *edge.LoadBalancerArgs) {
			a.Targets = []edge.Target{app}
			for i := range 101 {
				a.Rules = append(a.Rules, edge.Rule{Name: fmt.Sprint("r", i), Priority: i + 1, Paths: []string{"/"}, Target: "app"})
			}
		}, "rules: out-of-range"),
	}
}
