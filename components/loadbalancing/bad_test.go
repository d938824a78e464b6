package loadbalancing_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/toggle"
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

func refused(name string, change func(*lbArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: balancer(change), Problems: problems}
}

// bad are arguments that have to be refused.
func bad() []componenttest.Bad {
	return append(append(badPlaces(), badDomains()...), badTargetGroups()...)
}

func badPlaces() []componenttest.Bad {
	return []componenttest.Bad{
		{Name: "a name that AWS has no room for", Program: func(ctx *pulumi.Context) error {
			_, err := newBalancer(ctx, "internal-edge.of-the-whole-company", func(*lbArgs) {})
			return err
		}, Problems: []string{"name: resource-name"}},
		refused("labels and choices", func(a *lbArgs) {
			a.Labels.Owner, a.Lifecycle, a.Scheme = "", "forever", "public"
			a.ListenerProtocol, a.SecurityPolicy = "tls", "ELBSecurityPolicy-2016-08"
			a.DesyncMitigationMode, a.Logging = "monitor", "no"
			a.StrictTransportSecurity, a.DropInvalidHeaderFields, a.ClientAccess = "forever", "no", "friends"
		}, "labels.owner: label-required", "lifecycle: not-supported", "scheme: not-supported",
			"clientAccess: not-supported", "listenerProtocol: not-supported", "securityPolicy: not-supported",
			"logging: not-supported", "strictTransportSecurity: not-supported", "dropInvalidHeaderFields: not-supported",
			"desyncMitigationMode: not-supported"),
		refused("nowhere", func(a *lbArgs) { a.VpcId, a.SubnetIds = nil, nil }, "vpcId: required"),
		refused("a VPC without subnets", func(a *lbArgs) { a.SubnetIds = nil }, "subnetIds: required"),
		refused("two places", func(a *lbArgs) { a.Network = &network.Network{} }, "vpcId: alternatives"),
		refused("a network that nobody made", func(a *lbArgs) { a.Network, a.VpcId = &network.Network{}, nil },
			"network: network"),
		refused("ids", func(a *lbArgs) {
			a.VpcId = pulumi.String("main")
			a.SubnetIds = pulumi.ToStringArray([]string{"subnet-xyz", "subnet-12345678", "subnet-12345678"})
		}, "vpcId: id-form", "subnetIds[0]: id-form", "subnetIds[2]: duplicate"),
		refused("one subnet", func(a *lbArgs) { a.SubnetIds = subnets("0") }, "subnetIds: subnet-zones"),
		refused("two subnets in one zone", func(a *lbArgs) { a.SubnetIds = subnets("0", "1", "3") },
			"subnetIds[2]: subnet-zones"),
		refused("two subnets in one zone, among other problems", func(a *lbArgs) {
			a.SubnetIds, a.Scheme, a.IdleTimeoutSeconds = subnets("0", "3"), "public", 4001
		}, "scheme: not-supported", "subnetIds[1]: subnet-zones", "idleTimeoutSeconds: out-of-range"),
		refused("allowed clients", func(a *lbArgs) {
			a.AllowedClients = []loadbalancing.AllowedClient{
				{Name: "the office", Cidrs: []string{"198.51.100.7/24", "0.0.0.0/0", "acme.example"}},
				{Name: "vpn"},
				{Name: "vpn", Cidrs: []string{"10.0.0.0/8", "10.0.0.0/8", "2000::/3"}},
				{Cidrs: []string{"10.1.0.0/16"}},
			}
		}, "allowedClients[0].name: resource-name", "allowedClients[0].cidrs[0]: cidr-host-bits",
			"allowedClients[0].cidrs[2]: cidr-form", "allowedClients[0].cidrs[1]: addresses-wide",
			"allowedClients[1].cidrs: required", "allowedClients[2].name: duplicate", "allowedClients[2].cidrs[1]: duplicate",
			"allowedClients[2].cidrs[2]: addresses-wide", "allowedClients[3].name: required"),
		refused("the same addresses twice, and too many", func(a *lbArgs) {
			a.AllowedClients = []loadbalancing.AllowedClient{
				{Name: "office", Cidrs: []string{"2001:db8::/48"}},
				{Name: "branch", Cidrs: []string{"2001:DB8:0::/48"}},
				{Name: "cloudfront", PrefixListId: pulumi.String("pl-3b927c52")},
				{Name: "both", Cidrs: []string{"10.0.0.0/16"}, PrefixListId: pulumi.String("com.amazonaws.global.cloudfront")},
			}
		}, "allowedClients[1].cidrs[0]: addresses-twice", "allowedClients[3].prefixListId: alternatives",
			"allowedClients[3].prefixListId: id-form", "allowedClients: client-limit"),
		refused("everybody, and somebody", func(a *lbArgs) {
			a.ClientAccess = loadbalancing.AccessEveryone
			a.AllowedClients = []loadbalancing.AllowedClient{{Name: "office", Cidrs: []string{"198.51.100.0/24"}}}
		}, "clientAccess: client-access"),
		refused("everybody, from within", func(a *lbArgs) { a.ClientAccess = loadbalancing.AccessEveryone },
			"clientAccess: client-access"),
		{
			Name: "ports that the network does not open, and IPv6 that it does not have",
			Program: func(ctx *pulumi.Context) error {
				v, err := network.NewExistingVpc(ctx, "main", &network.ExistingVpcArgs{
					VpcId: pulumi.String(someVPC), PublicSubnetIds: subnets("0", "1"), PublicPorts: []int{443},
					Egress: network.EgressPublicAddresses,
				})
				if err != nil {
					return err
				}
				return balancer(func(a *lbArgs) {
					a.Network, a.VpcId, a.SubnetIds, a.Scheme, a.Ipv6 = v.Network(), nil, nil, loadbalancing.InternetFacing, true
				})(ctx)
			}, Problems: []string{"ipv6: ipv6-network", "scheme: public-port"},
		},
		refused("no logs", func(a *lbArgs) { a.LogBucketName = nil }, "logBucketName: logging-required"),
		refused("logs that are disabled, and wanted", func(a *lbArgs) { a.Logging = toggle.Disabled }, "logging: logging-off"),
		refused("prefixes", func(a *lbArgs) {
			a.LogBucketName, a.AccessLogPrefix, a.ConnectionLogPrefix = pulumi.String("Logs"), "alb/", "AWSLogs"
		}, "logBucketName: bucket-name-characters", "accessLogPrefix: load-balancer-prefix",
			"connectionLogPrefix: load-balancer-prefix"),
		{Name: "two log buckets", Program: func(ctx *pulumi.Context) error {
			logs, err := logBucket(ctx)
			if err != nil {
				return err
			}
			return balancer(func(a *lbArgs) { a.LogBucket = logs })(ctx)
		}, Problems: []string{"logBucketName: alternatives"}},
		refused("timeouts", func(a *lbArgs) { a.IdleTimeoutSeconds, a.ClientKeepAliveSeconds = 4001, 59 },
			"idleTimeoutSeconds: out-of-range", "clientKeepAliveSeconds: out-of-range"),
	}
}

func badDomains() []componenttest.Bad {
	inZone := func(names ...string) func(*lbArgs) {
		return func(a *lbArgs) {
			a.CertificateArn, a.DomainNames, a.HostedZone = nil, names,
				&dns.Zone{Id: pulumi.String(someZone), Name: "acme.example"}
		}
	}
	return []componenttest.Bad{
		refused("no certificate", func(a *lbArgs) { a.CertificateArn = nil }, "certificateArn: certificate-required"),
		refused("names without a zone", func(a *lbArgs) {
			a.CertificateArn, a.DomainNames = nil, []string{"app.acme.example"}
		}, "certificateArn: certificate-required"),
		refused("certificates of another region, or none", func(a *lbArgs) {
			a.CertificateArn = pulumi.String(farCertificate)
			a.AdditionalCertificates = []loadbalancing.Certificate{
				{Name: "a", Arn: pulumi.String(farCertificate)},
				{Name: "a", Arn: pulumi.String("arn:aws:iam::123456789012:server-certificate/acme")},
				{},
			}
		}, "certificateArn: region", "additionalCertificates[0].arn: region", "additionalCertificates[1].name: duplicate",
			"additionalCertificates[1].arn: certificate-arn", "additionalCertificates[2].name: required",
			"additionalCertificates[2].arn: required"),
		refused("http and certificates", func(a *lbArgs) {
			a.ListenerProtocol, a.SecurityPolicy = loadbalancing.ListenerHTTP, loadbalancing.TLS13Only
			a.AdditionalCertificates = []loadbalancing.Certificate{{Name: "a", Arn: pulumi.String(someCertificate)}}
		}, "securityPolicy: http-only", "certificateArn: http-only", "additionalCertificates: http-only"),
		refused("too many certificates", func(a *lbArgs) {
			for i := range 26 {
				one := loadbalancing.Certificate{Name: fmt.Sprint("c", i), Arn: componenttest.UnknownString()}
				a.AdditionalCertificates = append(a.AdditionalCertificates, one)
			}
		}, "additionalCertificates: out-of-range"),
		refused("a zone without names", inZone(), "domainNames: domain-required"),
		refused("a zone by its name", func(a *lbArgs) {
			inZone("app.acme.example")(a)
			a.HostedZone.Id = pulumi.String("acme.example")
		}, "hostedZone.id: zone-id"),
		refused("an empty zone", func(a *lbArgs) {
			inZone("app.acme.example")(a)
			a.HostedZone = &dns.Zone{}
		}, "hostedZone.id: required", "hostedZone.name: required"),
		refused("malformed names", inZone(
			"", "App.acme.example", "https://app.acme.example", "app.acme.example.", "app.*.acme.example", "localhost",
			"-app.acme.example", "a_b.acme.example", "**.acme.example", "10.0.0.1",
		), "domainNames[0]: required", "domainNames[1]: domain-name", "domainNames[2]: domain-name",
			"domainNames[3]: domain-name", "domainNames[4]: domain-name",
			"domainNames[5]: domain-name", "domainNames[6]: domain-name", "domainNames[7]: domain-name",
			"domainNames[8]: domain-name", "domainNames[9]: domain-name"),
		refused("names outside of the zone",
			inZone("acme.example", "*.acme.example", "notacme.example", "*.acme.test", "acme.example"),
			"domainNames[2]: domain-zone", "domainNames[3]: domain-zone", "domainNames[4]: duplicate"),
		refused("a wildcard of a zone", func(a *lbArgs) {
			inZone("app.acme.example")(a)
			a.HostedZone.Name = "*.acme.example"
		}, "hostedZone.name: domain-name"),
		refused("too many names, the first one too long", inZone(
			"a-name-that-is-so-long-that-it-does-not-fit.into-a-common-name.acme.example",
			"1.acme.example", "2.acme.example", "3.acme.example", "4.acme.example", "5.acme.example", "6.acme.example",
			"7.acme.example", "8.acme.example",
			"9.acme.example", "10.acme.example",
		), "domainNames[0]: domain-first", "domainNames: out-of-range"),
	}
}

func badTargetGroups() []componenttest.Bad {
	app := loadbalancing.TargetGroup{Name: "app", Port: 8080}
	return []componenttest.Bad{
		refused("target groups", func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{
				{},
				{Name: "the app", Port: 65536, Protocol: "GRPC"},
				{Name: "app", Port: 80, DeregistrationDelaySeconds: 3601, SlowStartSeconds: 29},
				app,
				{Name: "a-name-without-any-room", Port: 80},
			}
			a.DefaultTargetGroup = "ap"
		}, "targetGroups[0].name: required", "targetGroups[0].port: out-of-range", "targetGroups[1].name: target-name",
			"targetGroups[1].port: out-of-range", "targetGroups[1].protocol: not-supported",
			"targetGroups[2].deregistrationDelaySeconds: out-of-range", "targetGroups[2].slowStartSeconds: out-of-range",
			"targetGroups[3].name: duplicate", "targetGroups[4].name: target-name",
			"defaultTargetGroup: target-unknown"),
		refused("health checks", func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{
				{Name: "a", Port: 80, HealthCheck: &loadbalancing.HealthCheck{
					Path: "health", SuccessCodes: "2xx", IntervalSeconds: 4, TimeoutSeconds: 121, HealthyThreshold: 1,
					UnhealthyThreshold: 11,
				}},
				{Name: "b", Port: 80, HealthCheck: &loadbalancing.HealthCheck{
					IntervalSeconds: 10, TimeoutSeconds: 10, SuccessCodes: "200-199",
				}},
				{Name: "c", Port: 80, HealthCheck: &loadbalancing.HealthCheck{Path: "/a b", SuccessCodes: "200,500"}},
			}
		}, "targetGroups[0].healthCheck.path: health-path", "targetGroups[0].healthCheck.successCodes: health-codes",
			"targetGroups[0].healthCheck.intervalSeconds: out-of-range",
			"targetGroups[0].healthCheck.timeoutSeconds: out-of-range",
			"targetGroups[0].healthCheck.healthyThreshold: out-of-range",
			"targetGroups[0].healthCheck.unhealthyThreshold: out-of-range",
			"targetGroups[1].healthCheck.successCodes: health-codes",
			"targetGroups[1].healthCheck.timeoutSeconds: health-timeout",
			"targetGroups[2].healthCheck.path: health-path", "targetGroups[2].healthCheck.successCodes: health-codes"),
		refused("rules with one priority, or with none", func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{app}
			a.Rules = []loadbalancing.Rule{
				{Name: "a", Priority: 100, Paths: []string{"/a"}, TargetGroup: "app"},
				{Name: "b", Priority: 100, Paths: []string{"/b"}, TargetGroup: "app"},
				{Name: "c", Paths: []string{"/c"}, TargetGroup: "app"},
				{Name: "a", Priority: 50001, Paths: []string{"/d"}, TargetGroup: "app"},
			}
		}, "rules[1].priority: rule-priority", "rules[2].priority: out-of-range", "rules[3].name: duplicate",
			"rules[3].priority: out-of-range"),
		refused("rules without sense", func(a *lbArgs) {
			a.Rules = []loadbalancing.Rule{
				{Name: "a", Priority: 1, TargetGroup: "app"},
				{
					Name: "b", Priority: 2, Paths: []string{"api", "/a b", "/a", "/a"},
					Hosts: []string{"https://acme.example", "acme.*"},
				},
				{
					Name: "c", Priority: 3, Paths: []string{"/1", "/2", "/3", "/4", "/5"},
					Hosts: []string{"*.*.*.*.acme.example", "???.acme.example"},
				},
			}
		}, "rules[0].paths: rule-empty", "rules[0].targetGroup: target-unknown", "rules[1].paths[0]: rule-pattern",
			"rules[1].paths[1]: rule-pattern", "rules[1].paths[3]: duplicate",
			"rules[1].hosts[0]: rule-pattern", "rules[1].hosts[1]: rule-pattern", "rules[1].paths: rule-limit",
			"rules[1].targetGroup: required",
			"rules[2].paths: rule-limit", "rules[2].paths: rule-limit", "rules[2].targetGroup: required"),
		refused("too many rules", func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{app}
			for i := range 101 {
				one := loadbalancing.Rule{Name: fmt.Sprint("r", i), Priority: i + 1, Paths: []string{"/"}, TargetGroup: "app"}
				a.Rules = append(a.Rules, one)
			}
		}, "rules: out-of-range"),
	}
}
