//go:build sandbox

package loadbalancing_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/acm"
	acmtypes "github.com/aws/aws-sdk-go-v2/service/acm/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	provideracm "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// deploy makes a network, a log bucket, a hosted zone acme.example and a load balancer, all disposable.
func deploy(ctx *pulumi.Context, name string, change func(*lbArgs) error) error {
	logs, err := storage.NewLogBucket(ctx, name+"-logs", &storage.LogBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable,
		Sources: storage.LogSources{
			FlowLogs: &storage.FlowLogSource{},
			LoadBalancers: &storage.LoadBalancerSource{
				Names: []string{name + "-*"}, Prefixes: []string{loadbalancing.AccessLogPrefix, loadbalancing.ConnectionLogPrefix},
			},
		},
	})
	if err != nil {
		return err
	}
	main, err := network.NewVpc(ctx, name, &network.VpcArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Ipv6: true, Egress: network.EgressPublicAddresses,
		Tiers: []network.Tier{network.TierPublic}, FlowLogs: &network.FlowLogs{LogBucket: logs},
	})
	if err != nil {
		return err
	}
	zone, err := dns.NewHostedZone(ctx, name, &dns.HostedZoneArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, ZoneName: "acme.example",
	})
	if err != nil {
		return err
	}
	args := &loadbalancing.LoadBalancerArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Network: main.Network(), LogBucket: logs,
		Scheme:     loadbalancing.InternetFacing,
		HostedZone: zone.Zone(),
	}
	if err := change(args); err != nil {
		return err
	}
	balancer, err := loadbalancing.NewLoadBalancer(ctx, name, args)
	if err != nil {
		return err
	}
	ctx.Export("balancer", balancer.LoadBalancerArn)
	ctx.Export("suffix", balancer.LoadBalancerArnSuffix)
	ctx.Export("dns", balancer.DnsName)
	ctx.Export("aliasZone", balancer.ZoneId)
	ctx.Export("listener", balancer.ListenerArn)
	ctx.Export("certificate", balancer.CertificateArn)
	ctx.Export("groups", balancer.TargetGroupArns)
	ctx.Export("securityGroup", balancer.SecurityGroupId)
	ctx.Export("url", balancer.Url)
	ctx.Export("bucket", logs.BucketName)
	ctx.Export("zone", zone.ZoneId)
	return nil
}

func TestLoadBalancerDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	body, key := selfSigned(t, "acme.test")
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		other, err := provideracm.NewCertificate(ctx, "other", &provideracm.CertificateArgs{
			CertificateBody: pulumi.String(body), PrivateKey: pulumi.String(key),
		})
		if err != nil {
			return err
		}
		return deploy(ctx, "deployed", func(a *lbArgs) error {
			zone := a.HostedZone
			everything(a)
			a.HostedZone, a.AdditionalCertificates[0].Arn = zone, other.Arn
			return nil
		})
	}, sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		cfg := env.AWSConfig("eu-west-1")
		balancers, certificates, dns := elb.NewFromConfig(cfg), acm.NewFromConfig(cfg), route53.NewFromConfig(cfg)

		found, err := balancers.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{
			LoadBalancerArns: []string{up.Output(t, "balancer")},
		})
		require.NoError(t, err)
		made := found.LoadBalancers[0]
		assert.Equal(t, types.LoadBalancerSchemeEnumInternetFacing, made.Scheme)
		assert.Equal(t, types.IpAddressTypeDualstack, made.IpAddressType)
		assert.Equal(t, []string{up.Output(t, "securityGroup")}, made.SecurityGroups)
		zones := map[string]bool{}
		for _, zone := range made.AvailabilityZones {
			zones[*zone.ZoneName] = true
		}
		assert.Equal(t, map[string]bool{"eu-west-1a": true, "eu-west-1b": true}, zones)
		attributes := balancerAttributes(t, balancers, *made.LoadBalancerArn)
		for key, want := range map[string]string{
			"access_logs.s3.enabled": "true", "access_logs.s3.bucket": up.Output(t, "bucket"),
			"access_logs.s3.prefix":      "alb-access",
			"connection_logs.s3.enabled": "true", "connection_logs.s3.bucket": up.Output(t, "bucket"),
			"connection_logs.s3.prefix":           "alb-connections",
			"routing.http.desync_mitigation_mode": "defensive", "routing.http.drop_invalid_header_fields.enabled": "true",
			"routing.http.preserve_host_header.enabled": "true", "routing.http2.enabled": "true",
			"deletion_protection.enabled":  "false",
			"idle_timeout.timeout_seconds": "120", "client_keep_alive.seconds": "600",
		} {
			assert.Equal(t, want, attributes[key], key)
		}
		policy, logging := env.Calls(t, "s3", "PutBucketPolicy"), env.Calls(t, "elbv2", "CreateLoadBalancer")
		require.NotEmpty(t, policy)
		require.NotEmpty(t, logging)
		assert.Less(t, policy[len(policy)-1].N, logging[len(logging)-1].N,
			"the bucket's policy lets the logs in before the load balancer exists")

		byPort := listeners(t, balancers, *made.LoadBalancerArn)
		require.Len(t, byPort, 2)
		redirect := byPort[80].DefaultActions[0]
		assert.Equal(t, types.ActionTypeEnumRedirect, redirect.Type)
		assert.Equal(t, types.RedirectActionStatusCodeEnumHttp301, redirect.RedirectConfig.StatusCode)
		assert.Equal(t, "443", *redirect.RedirectConfig.Port)
		assert.Equal(t, string(loadbalancing.TLS13Only), *byPort[443].SslPolicy)
		assert.Equal(t, up.Output(t, "certificate"), *byPort[443].Certificates[0].CertificateArn)
		assert.Equal(t, groups(t, up)["app"], *byPort[443].DefaultActions[0].TargetGroupArn)
		sni, err := balancers.DescribeListenerCertificates(t.Context(), &elb.DescribeListenerCertificatesInput{
			ListenerArn: byPort[443].ListenerArn,
		})
		require.NoError(t, err)
		assert.Len(t, sni.Certificates, 2)

		rules, err := balancers.DescribeRules(t.Context(), &elb.DescribeRulesInput{ListenerArn: byPort[443].ListenerArn})
		require.NoError(t, err)
		targets := map[string]string{}
		for _, rule := range rules.Rules {
			targets[*rule.Priority] = *rule.Actions[0].TargetGroupArn
		}
		assert.Equal(t, map[string]string{
			"100": groups(t, up)["api"], "200": groups(t, up)["app"],
			"default": groups(t, up)["app"],
		}, targets)

		group, err := balancers.DescribeTargetGroups(t.Context(), &elb.DescribeTargetGroupsInput{
			TargetGroupArns: []string{groups(t, up)["api"]},
		})
		require.NoError(t, err)
		assert.Equal(t, "/health?deep=1", *group.TargetGroups[0].HealthCheckPath)
		assert.Equal(t, "200,204-206", *group.TargetGroups[0].Matcher.HttpCode)
		assert.Equal(t, types.TargetTypeEnumIp, group.TargetGroups[0].TargetType)
		settings, err := balancers.DescribeTargetGroupAttributes(t.Context(), &elb.DescribeTargetGroupAttributesInput{
			TargetGroupArn: group.TargetGroups[0].TargetGroupArn,
		})
		require.NoError(t, err)
		values := map[string]string{}
		for _, attribute := range settings.Attributes {
			values[*attribute.Key] = *attribute.Value
		}
		assert.Equal(t, "120", values["deregistration_delay.timeout_seconds"])
		assert.Equal(t, "60", values["slow_start.duration_seconds"])
		assert.Equal(t, "false", values["stickiness.enabled"])

		arn := up.Output(t, "certificate")
		certificate, err := certificates.DescribeCertificate(t.Context(), &acm.DescribeCertificateInput{CertificateArn: &arn})
		require.NoError(t, err)
		assert.Equal(t, acmtypes.CertificateStatusIssued, certificate.Certificate.Status)
		assert.ElementsMatch(t, []string{"acme.example", "*.acme.example", "api.eu.acme.example"},
			certificate.Certificate.SubjectAlternativeNames)

		zone := up.Output(t, "zone")
		records, err := dns.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: &zone})
		require.NoError(t, err)
		aliases, validations := map[string]string{}, 0
		for _, record := range records.ResourceRecordSets {
			switch {
			case record.AliasTarget != nil:
				assert.Equal(t, up.Output(t, "aliasZone"), *record.AliasTarget.HostedZoneId)
				assert.Contains(t, *record.AliasTarget.DNSName, up.Output(t, "dns"))
				aliases[*record.Name+" "+string(record.Type)] = up.Output(t, "dns")
			case record.Type == "CNAME":
				validations++
			}
		}
		assert.Len(t, aliases, 6)
		assert.Contains(t, aliases, "api.eu.acme.example. AAAA")
		assert.Equal(t, 2, validations)
		assert.Equal(t, "https://acme.example", up.Output(t, "url"))
	})
}

// TestFromHTTPToHTTPS gives a development stack a domain, then another name: each step an update of the same load
// balancer.
func TestFromHTTPToHTTPS(t *testing.T) {
	env := sandboxtest.New(t)
	client := elb.NewFromConfig(env.AWSConfig("eu-west-1"))
	var change func(*lbArgs)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		return deploy(ctx, "steps", func(a *lbArgs) error {
			a.TargetGroups, a.DefaultTargetGroup = []loadbalancing.TargetGroup{{Name: "app", Port: 8080}}, "app"
			a.Rules = []loadbalancing.Rule{{Name: "health", Priority: 100, Paths: []string{"/health"}, TargetGroup: "app"}}
			change(a)
			return nil
		})
	}, sandboxtest.Options{})

	change = func(a *lbArgs) {
		a.ListenerProtocol, a.HostedZone = loadbalancing.ListenerHTTP, nil
	}
	first := stack.Up(t)
	plain := listeners(t, client, first.Output(t, "balancer"))
	require.Len(t, plain, 1)
	assert.Equal(t, types.ActionTypeEnumForward, plain[80].DefaultActions[0].Type)
	assert.Equal(t, "http://"+first.Output(t, "dns"), first.Output(t, "url"))

	change = func(a *lbArgs) { a.DomainNames = []string{"app.acme.example"} }
	second := stack.Up(t)
	both := listeners(t, client, first.Output(t, "balancer"))
	require.Len(t, both, 2)
	assert.Equal(t, plain[80].ListenerArn, both[80].ListenerArn)
	assert.Equal(t, types.ActionTypeEnumRedirect, both[80].DefaultActions[0].Type)
	rules, err := client.DescribeRules(t.Context(), &elb.DescribeRulesInput{ListenerArn: both[443].ListenerArn})
	require.NoError(t, err)
	assert.Len(t, rules.Rules, 2, "the rules moved to the listener that serves")

	change = func(a *lbArgs) {
		a.DomainNames = []string{"www.acme.example", "app.acme.example"}
		a.TargetGroups[0].Port = 9090
	}
	third := stack.Up(t)
	assert.NotEqual(t, second.Output(t, "certificate"), third.Output(t, "certificate"))
	assert.NotEqual(t, groups(t, second)["app"], groups(t, third)["app"])
	both = listeners(t, client, first.Output(t, "balancer"))
	assert.Equal(t, third.Output(t, "certificate"), *both[443].Certificates[0].CertificateArn)
	assert.Equal(t, groups(t, third)["app"], *both[443].DefaultActions[0].TargetGroupArn)
	stack.UpUnchanged(t)
	stack.Destroy(t)
}

func TestPermanentIsProtected(t *testing.T) {
	env := sandboxtest.New(t)
	client := elb.NewFromConfig(env.AWSConfig("eu-west-1"))
	lc := lifecycle.Permanent
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		return deploy(ctx, "permanent", func(a *lbArgs) error {
			a.ListenerProtocol, a.HostedZone, a.Lifecycle = loadbalancing.ListenerHTTP, nil, lc
			return nil
		})
	}, sandboxtest.Options{})
	arn := stack.Up(t).Output(t, "balancer")
	_, err := client.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &arn})
	assert.ErrorContains(t, err, "OperationNotPermitted")
	lc = lifecycle.Disposable
	stack.Up(t)
	stack.Destroy(t)
}

// selfSigned is a certificate to import, and its key.
func selfSigned(t testing.TB, domain string) (body, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: domain}, DNSNames: []string{domain},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
}

func balancerAttributes(t testing.TB, client *elb.Client, arn string) map[string]string {
	t.Helper()
	out, err := client.DescribeLoadBalancerAttributes(t.Context(), &elb.DescribeLoadBalancerAttributesInput{
		LoadBalancerArn: &arn,
	})
	require.NoError(t, err)
	values := map[string]string{}
	for _, attribute := range out.Attributes {
		values[*attribute.Key] = *attribute.Value
	}
	return values
}

// listeners are the listeners of a load balancer, by port.
func listeners(t testing.TB, client *elb.Client, arn string) map[int32]types.Listener {
	t.Helper()
	out, err := client.DescribeListeners(t.Context(), &elb.DescribeListenersInput{LoadBalancerArn: &arn})
	require.NoError(t, err)
	byPort := map[int32]types.Listener{}
	for _, listener := range out.Listeners {
		byPort[*listener.Port] = listener
	}
	return byPort
}

// groups are the target groups by the names of the targets.
func groups(t testing.TB, up sandboxtest.Result) map[string]string {
	t.Helper()
	arns := map[string]string{}
	for name, arn := range up.Outputs["groups"].(map[string]any) {
		arns[name] = arn.(string)
	}
	return arns
}
