package loadbalancing_test

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// publicService makes a load balancer, the archive for its logs, and the connection to the service behind it.
func publicService(
	ctx *pulumi.Context, in *network.Network, service *network.SecurityGroup, zoneID pulumi.StringInput,
) (*loadbalancing.LoadBalancer, error) {
	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels: labels,
		Sources: storage.LogSources{LoadBalancers: &storage.LoadBalancerSource{
			Names:    []string{"edge-*"},
			Prefixes: []string{loadbalancing.AccessLogPrefix, loadbalancing.ConnectionLogPrefix},
		}},
	})
	if err != nil {
		return nil, err
	}
	balancer, err := loadbalancing.NewLoadBalancer(ctx, "edge", &loadbalancing.LoadBalancerArgs{
		Labels:      labels,
		Network:     in,
		Scheme:      loadbalancing.InternetFacing,
		DomainNames: []string{"app.acme.example"},
		HostedZone:  &dns.Zone{Id: zoneID, Name: "acme.example"},
		TargetGroups: []loadbalancing.TargetGroup{
			{Name: "app", Port: 8080, HealthCheck: &loadbalancing.HealthCheck{Path: "/health"}},
		},
		DefaultTargetGroup: "app",
		LogBucket:          logs,
	})
	if err != nil {
		return nil, err
	}
	_, err = network.Allow(ctx, balancer.SecurityGroup, service, 8080)
	return balancer, err
}

// A service behind a domain name, in a network that exists. In a program of your own, pulumi.Run takes the place of
// pulumi.RunErr and of the mocks.
func ExampleNewLoadBalancer() {
	program := func(ctx *pulumi.Context) error {
		main, err := network.NewExistingVpc(ctx, "main", &network.ExistingVpcArgs{
			VpcId: pulumi.String("vpc-0123456789abcdef0"), Egress: network.EgressNATPerZone,
			PublicSubnetIds:  pulumi.ToStringArray([]string{"subnet-00000000000000000", "subnet-00000000000000001"}),
			PrivateSubnetIds: pulumi.ToStringArray([]string{"subnet-00000000000000002", "subnet-00000000000000003"}),
		})
		if err != nil {
			return err
		}
		service, err := network.NewSecurityGroup(ctx, "service", &network.SecurityGroupArgs{
			Labels: labels, Network: main.Network(),
		})
		if err != nil {
			return err
		}
		balancer, err := publicService(ctx, main.Network(), service, pulumi.String("Z0123456789ABCDEFGHIJ"))
		if err != nil {
			return err
		}
		ctx.Export("url", balancer.Url)
		return nil
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, listener := range recorder.Find("aws:lb/listener:Listener") {
		fmt.Println(listener.Input("protocol"), listener.Input("port"))
	}
	for _, record := range recorder.Find("aws:route53/record:Record") {
		fmt.Println(record.Input("type"), record.Input("name"))
	}
	for _, rule := range recorder.Find("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
		fmt.Println(rule.Input("description"))
	}
	// Output:
	// HTTP 80
	// HTTPS 443
	// A app.acme.example
	// CNAME _x.app.acme.example.
	// from edge to service, tcp 8080
}

// A certificate of another region is refused before anything exists, and so is plain HTTP that nobody asked for.
func ExampleNewLoadBalancer_mistakes() {
	program := func(ctx *pulumi.Context) error {
		args := &loadbalancing.LoadBalancerArgs{
			Labels:    labels,
			VpcId:     pulumi.String("vpc-0123456789abcdef0"),
			SubnetIds: pulumi.ToStringArray([]string{"subnet-00000000000000000", "subnet-00000000000000001"}),
			Logging:   toggle.Disabled,
		}
		lines := strings.NewReplacer(": expected", ":\n  expected", "; fix", ";\n  fix")
		_, err := loadbalancing.NewLoadBalancer(ctx, "edge", args)
		fmt.Println(lines.Replace(err.Error()))
		args.CertificateArn = pulumi.String("arn:aws:acm:us-east-1:123456789012:certificate/1234")
		_, err = loadbalancing.NewLoadBalancer(ctx, "edge", args)
		fmt.Println(lines.Replace(err.Error()))
		return nil
	}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", &componenttest.Recorder{})); err != nil {
		fmt.Println(err)
	}
	// Output:
	// bulwark:loadbalancing:LoadBalancer "edge": certificateArn: missing:
	//   expected a certificate, or domain names and their hosted zone to make one;
	//   fix: give certificateArn, or domainNames and hostedZone; without a domain, set listenerProtocol to HTTP
	// bulwark:loadbalancing:LoadBalancer "edge": certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1234":
	//   expected one in eu-west-1, the region of the load balancer;
	//   fix: request or import one there: a certificate cannot be moved
}
