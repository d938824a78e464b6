package loadbalancing_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

type lbArgs = loadbalancing.LoadBalancerArgs

const (
	balancerType    = "aws:lb/loadBalancer:LoadBalancer"
	listenerType    = "aws:lb/listener:Listener"
	ruleType        = "aws:lb/listenerRule:ListenerRule"
	targetGroupType = "aws:lb/targetGroup:TargetGroup"
	certificateType = "aws:acm/certificate:Certificate"
	recordType      = "aws:route53/record:Record"
	ingressType     = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressType      = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"

	someVPC         = "vpc-0123456789abcdef0"
	someZone        = "Z0123456789ABCDEFGHIJ"
	someCertificate = "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
	farCertificate  = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
)

func subnets(digits ...string) pulumi.StringArray {
	var ids pulumi.StringArray
	for _, digit := range digits {
		ids = append(ids, pulumi.String(componenttest.ExistingSubnet+digit))
	}
	return ids
}

// balancer makes a load balancer with what is required, as the change says.
func balancer(change func(*lbArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := newBalancer(ctx, "edge", change)
		return err
	}
}

func newBalancer(
	ctx *pulumi.Context, name string, change func(*lbArgs), opts ...pulumi.ResourceOption,
) (*loadbalancing.LoadBalancer, error) {
	args := &loadbalancing.LoadBalancerArgs{
		Labels: labels, VpcId: pulumi.String(someVPC), SubnetIds: subnets("0", "1"),
		CertificateArn: pulumi.String(someCertificate), LogBucketName: pulumi.String("acme-logs"),
	}
	change(args)
	return loadbalancing.NewLoadBalancer(ctx, name, args, opts...)
}

// existing is a network that somebody else made, with IPv6 addresses.
func existing(ctx *pulumi.Context) (*network.Network, error) {
	v, err := network.NewExistingVpc(ctx, "main", &network.ExistingVpcArgs{
		VpcId: pulumi.String(someVPC), PublicSubnetIds: subnets("0", "1"), PrivateSubnetIds: subnets("2", "3"),
		Egress: network.EgressNATPerZone, Ipv6: true,
	})
	if err != nil {
		return nil, err
	}
	return v.Network(), nil
}

// logBucket accepts the logs of load balancers whose names begin with edge-.
func logBucket(ctx *pulumi.Context) (*storage.LogBucket, error) {
	return storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels: labels,
		Sources: storage.LogSources{LoadBalancers: &storage.LoadBalancerSource{
			Names: []string{"edge-*"}, Prefixes: []string{loadbalancing.AccessLogPrefix, loadbalancing.ConnectionLogPrefix},
		}},
	})
}

// everything fills in all arguments that can stand beside one another.
func everything(a *lbArgs) {
	a.Scheme, a.SecurityPolicy, a.DesyncMitigationMode = loadbalancing.InternetFacing, loadbalancing.TLS13Only,
		loadbalancing.Defensive
	a.CertificateArn, a.HostedZone = nil, &dns.Zone{Id: pulumi.String(someZone), Name: "acme.example"}
	a.DomainNames = []string{"acme.example", "*.acme.example", "api.eu.acme.example"}
	a.AdditionalCertificates = []loadbalancing.Certificate{{Name: "other", Arn: pulumi.String(someCertificate)}}
	a.TargetGroups = []loadbalancing.TargetGroup{
		{Name: "app", Port: 8080},
		{
			Name: "api", Port: 8443, Protocol: loadbalancing.TargetGroupHTTPS, DeregistrationDelaySeconds: 120,
			SlowStartSeconds: 60,
			HealthCheck: &loadbalancing.HealthCheck{
				Path: "/health?deep=1", SuccessCodes: "200,204-206", IntervalSeconds: 10, TimeoutSeconds: 3, HealthyThreshold: 3,
				UnhealthyThreshold: 4,
			},
		},
	}
	a.DefaultTargetGroup = "app"
	a.Rules = []loadbalancing.Rule{
		{
			Name: "api", Priority: 100, Hosts: []string{"api.*.acme.example"}, Paths: []string{"/v1/*", "/v2/?*"},
			TargetGroup: "api",
		},
		{Name: "health", Priority: 200, Paths: []string{"/health"}, TargetGroup: "app"},
	}
	a.IdleTimeoutSeconds, a.ClientKeepAliveSeconds = 120, 600
}

// only is the single registration of a type.
func only(t *testing.T, r *componenttest.Recorder, typ string) componenttest.Registration {
	t.Helper()
	found := r.Find(typ)
	require.Len(t, found, 1, typ)
	return found[0]
}

// inputs are one input of every resource of a type, by name.
func inputs(r *componenttest.Recorder, typ, input string) map[string]any {
	found := map[string]any{}
	for _, reg := range r.Find(typ) {
		found[reg.Name] = reg.Input(input)
	}
	return found
}
