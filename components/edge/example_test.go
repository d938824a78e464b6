package edge_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/edge"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// frontDoor makes the load balancer of a service, its archive for logs, and the way from the one to the other.
func frontDoor(ctx *pulumi.Context, in *network.Network, service *network.SecurityGroup, zoneID pulumi.StringInput) (*edge.LoadBalancer, error) {
	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels: labels,
		Sources: storage.LogSources{LoadBalancers: &storage.LoadBalancerSource{
			Names: []string{"edge-*"}, Prefixes: []string{edge.AccessLogPrefix, edge.ConnectionLogPrefix},
		}},
	})
	if err != nil {
		return nil, err
	}
	door, err := edge.NewLoadBalancer(ctx, "edge", &edge.LoadBalancerArgs{
		Labels:        labels,
		Network:       in,
		Scheme:        edge.InternetFacing,
		DomainNames:   []string{"app.acme.example"},
		Zone:          &edge.Zone{Id: zoneID, Name: "acme.example"},
		Targets:       []edge.Target{{Name: "app", Port: 8080, HealthCheck: &edge.HealthCheck{Path: "/health"}}},
		DefaultTarget: "app",
		LogBucket:     logs,
	})
	if err != nil {
		return nil, err
	}
	_, err = network.Allow(ctx, door.SecurityGroup, service, 8080)
	return door, err
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
		service, err := network.NewSecurityGroup(ctx, "service", &network.SecurityGroupArgs{Labels: labels, Network: main.Network()})
		if err != nil {
			return err
		}
		door, err := frontDoor(ctx, main.Network(), service, pulumi.String("Z0123456789ABCDEFGHIJ"))
		if err != nil {
			return err
		}
		ctx.Export("url", door.Url)
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
		args := &edge.LoadBalancerArgs{
			Labels:    labels,
			VpcId:     pulumi.String("vpc-0123456789abcdef0"),
			SubnetIds: pulumi.ToStringArray([]string{"subnet-00000000000000000", "subnet-00000000000000001"}),
			Logging:   edge.LoggingOff,
		}
		_, err := edge.NewLoadBalancer(ctx, "edge", args)
		fmt.Println(err)
		args.CertificateArn = pulumi.String("arn:aws:acm:us-east-1:123456789012:certificate/1234")
		_, err = edge.NewLoadBalancer(ctx, "edge", args)
		fmt.Println(err)
		return nil
	}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", &componenttest.Recorder{})); err != nil {
		fmt.Println(err)
	}
	// Output:
	// bulwark:edge:LoadBalancer "edge": certificateArn: missing: expected a certificate, or domain names and their zone to make one; fix: give certificateArn, or domainNames and zone; without a domain, set listener to httpOnly by name
	// bulwark:edge:LoadBalancer "edge": certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1234": expected a certificate of eu-west-1, the region of the load balancer; fix: request or import one there: a certificate cannot be moved
}
