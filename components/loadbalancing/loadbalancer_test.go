package loadbalancing_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestLoadBalancerConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: loadbalancing.LoadBalancerType, Args: lbArgs{}, Component: loadbalancing.LoadBalancer{},
		Golden:  "loadbalancer",
		Minimal: balancer(func(*lbArgs) {}),
		Variants: map[string]pulumi.RunFunc{
			"everything": inNetwork(everything),
			"http-only": balancer(func(a *lbArgs) {
				a.CertificateArn, a.ListenerProtocol = nil, loadbalancing.ListenerHTTP
				a.Scheme = loadbalancing.InternetFacing
				a.AllowedClients = []loadbalancing.AllowedClient{
					{Name: "office", Cidrs: []string{"198.51.100.0/24", "2001:db8::/32"}},
				}
				a.TargetGroups = []loadbalancing.TargetGroup{{Name: "app", Port: 80}}
				a.Rules = []loadbalancing.Rule{{Name: "app", Priority: 1, Paths: []string{"/app/*"}, TargetGroup: "app"}}
			}),
		},
		Disposable: balancer(func(a *lbArgs) {
			a.Lifecycle, a.Logging, a.LogBucketName = lifecycle.Disposable, toggle.Disabled, nil
		}),
		Unknown: balancer(func(a *lbArgs) {
			everything(a)
			unknown := componenttest.UnknownString()
			a.VpcId, a.SubnetIds, a.LogBucketName = unknown, pulumi.StringArray{unknown, unknown}, unknown
			a.HostedZone.Id, a.AdditionalCertificates[0].Arn = unknown, unknown
		}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := loadbalancing.NewLoadBalancer(ctx, "edge", nil)
			return err
		},
		Bad: bad(),
	})
}

// inNetwork makes a load balancer in a network, with a log bucket.
func inNetwork(change func(*lbArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		in, err := existing(ctx)
		if err != nil {
			return err
		}
		logs, err := logBucket(ctx)
		if err != nil {
			return err
		}
		return balancer(func(a *lbArgs) {
			a.Network, a.VpcId, a.SubnetIds, a.LogBucket, a.LogBucketName = in, nil, nil, logs, nil
			change(a)
		})(ctx)
	}
}

// Listener rules are called after their priorities, certificates after their ARNs: a label may change, and two rules may
// swap their places, without a second resource for what AWS takes for one.
func TestChildrenAreNamedByWhatAWSTellsThemApartBy(t *testing.T) {
	r := componenttest.Run(t, inNetwork(func(a *lbArgs) {
		everything(a)
		a.TargetGroups[0].FormerNames = []string{"web"}
		a.AdditionalCertificates = append(a.AdditionalCertificates, loadbalancing.Certificate{
			Name: "late", Arn: componenttest.UnknownString(), FormerNames: []string{"early"},
		})
	}))
	aliases := map[string]string{}
	for _, typ := range []string{ruleType, targetGroupType, "aws:lb/listenerCertificate:ListenerCertificate"} {
		for _, made := range r.Find(typ) {
			aliases[made.Name] = strings.Join(made.Aliases, " ")
		}
	}
	for name, former := range map[string]string{
		"edge-rule-100": "edge-api", "edge-rule-200": "edge-health", "edge-app": "edge-web", "edge-late": "edge-early",
		"edge-certificate-1234abcd-12ab-34cd-56ef-1234567890ab": "edge-other",
	} {
		assert.Contains(t, aliases[name], former, name)
	}
}

// What browsers and strangers are told, and the way out of it.
func TestHeaders(t *testing.T) {
	const hsts, server = "routingHttpResponseStrictTransportSecurityHeaderValue", "routingHttpResponseServerEnabled"
	told := func(change func(*lbArgs)) (map[string]any, map[string]any) {
		r := componenttest.Run(t, inNetwork(change))
		return inputs(r, listenerType, hsts), inputs(r, listenerType, server)
	}
	remember, name := told(func(*lbArgs) {})
	assert.Equal(t, map[string]any{"edge-https": "max-age=31536000", "edge-http": nil}, remember)
	assert.Equal(t, map[string]any{"edge-https": false, "edge-http": false}, name)
	remember, name = told(func(a *lbArgs) {
		a.StrictTransportSecurity, a.ServerHeader = loadbalancing.StrictTransportForget, true
	})
	assert.Equal(t, "max-age=0", remember["edge-https"])
	assert.Equal(t, true, name["edge-https"])
	remember, _ = told(func(a *lbArgs) { a.StrictTransportSecurity = loadbalancing.StrictTransportByTarget })
	assert.Nil(t, remember["edge-https"])
}

func TestWhoCanReachIt(t *testing.T) {
	office := []loadbalancing.AllowedClient{
		{Name: "office", Cidrs: []string{"198.51.100.0/24"}}, {Name: "vpn", Cidrs: []string{"10.8.0.0/16"}},
	}
	for name, c := range map[string]struct {
		change  func(*lbArgs)
		ipv4    map[string]any
		subnets []any
	}{
		"nobody, when internal": {
			change: func(*lbArgs) {}, ipv4: map[string]any{},
			subnets: []any{componenttest.ExistingSubnet + "2", componenttest.ExistingSubnet + "3"},
		},
		"everybody, when internet-facing": {
			change: func(a *lbArgs) { a.Scheme = loadbalancing.InternetFacing },
			ipv4: map[string]any{
				"internet-to-edge-443": "0.0.0.0/0", "internet-to-edge-443-ipv6": nil,
				"internet-to-edge-80": "0.0.0.0/0", "internet-to-edge-80-ipv6": nil,
			},
			subnets: []any{componenttest.ExistingSubnet + "0", componenttest.ExistingSubnet + "1"},
		},
		"allowedClients only": {
			change: func(a *lbArgs) {
				a.Scheme, a.AllowedClients = loadbalancing.InternetFacing, office
			},
			ipv4: map[string]any{
				"198.51.100.0_24-to-edge-443": "198.51.100.0/24", "198.51.100.0_24-to-edge-80": "198.51.100.0/24",
				"10.8.0.0_16-to-edge-443": "10.8.0.0/16", "10.8.0.0_16-to-edge-80": "10.8.0.0/16",
			},
			subnets: []any{componenttest.ExistingSubnet + "0", componenttest.ExistingSubnet + "1"},
		},
		"CloudFront only": {
			change: func(a *lbArgs) {
				a.Scheme = loadbalancing.InternetFacing
				a.AllowedClients = []loadbalancing.AllowedClient{{Name: "cloudfront", PrefixListId: pulumi.String("pl-3b927c52")}}
			},
			ipv4:    map[string]any{"pl-3b927c52-to-edge-443": nil},
			subnets: []any{componenttest.ExistingSubnet + "0", componenttest.ExistingSubnet + "1"},
		},
		"nobody, until somebody is let in": {
			change: func(a *lbArgs) {
				a.Scheme, a.ClientAccess = loadbalancing.InternetFacing, loadbalancing.AccessAllowedClients
			},
			ipv4:    map[string]any{},
			subnets: []any{componenttest.ExistingSubnet + "0", componenttest.ExistingSubnet + "1"},
		},
		"on port 80 only, when http": {
			change: func(a *lbArgs) {
				a.AllowedClients, a.ListenerProtocol, a.CertificateArn = office[1:], loadbalancing.ListenerHTTP, nil
			},
			ipv4:    map[string]any{"10.8.0.0_16-to-edge-80": "10.8.0.0/16"},
			subnets: []any{componenttest.ExistingSubnet + "2", componenttest.ExistingSubnet + "3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := componenttest.Run(t, inNetwork(c.change))
			assert.Equal(t, c.ipv4, inputs(r, ingressType, "cidrIpv4"))
			assert.Empty(t, r.Find(egressType), "nothing may go out before somebody allows it")
			made := only(t, r, balancerType)
			assert.Equal(t, c.subnets, made.Input("subnets"))
			assert.Equal(t, "dualstack", made.Input("ipAddressType"))
		})
	}
}

func TestAllowConnectsItWithItsTargets(t *testing.T) {
	r := componenttest.Run(t, func(ctx *pulumi.Context) error {
		in, err := existing(ctx)
		if err != nil {
			return err
		}
		made, err := newBalancer(ctx, "edge", func(a *lbArgs) { a.Network, a.VpcId = in, nil })
		if err != nil {
			return err
		}
		app, err := network.NewSecurityGroup(ctx, "app", &network.SecurityGroupArgs{Labels: labels, Network: in})
		if err != nil {
			return err
		}
		_, err = network.Allow(ctx, made.SecurityGroup, app, 8080)
		return err
	})
	out := only(t, r, egressType)
	assert.Equal(t, "from edge to app, tcp 8080", out.Input("description"))
	assert.Equal(t, "app-id", out.Input("referencedSecurityGroupId"))
}

func TestWhatIsServed(t *testing.T) {
	served := func(change func(*lbArgs)) map[string]any {
		actions := map[string]any{}
		for name, action := range inputs(componenttest.Run(t, balancer(change)), listenerType, "defaultActions") {
			actions[name] = action.([]any)[0].(map[string]any)["type"]
		}
		return actions
	}
	app := []loadbalancing.TargetGroup{{Name: "app", Port: 8080}}
	assert.Equal(t, map[string]any{"edge-https": "fixed-response", "edge-http": "redirect"}, served(func(*lbArgs) {}))
	assert.Equal(t, map[string]any{"edge-https": "forward", "edge-http": "redirect"}, served(func(a *lbArgs) {
		a.TargetGroups, a.DefaultTargetGroup = app, "app"
	}))
	assert.Equal(t, map[string]any{"edge-http": "forward"}, served(func(a *lbArgs) {
		a.TargetGroups, a.DefaultTargetGroup, a.ListenerProtocol, a.CertificateArn = app, "app", loadbalancing.ListenerHTTP,
			nil
	}))
}

func TestCertificateOfDomainNames(t *testing.T) {
	r := componenttest.Run(t, inNetwork(everything))
	certificate := only(t, r, certificateType)
	assert.Equal(t, "acme.example", certificate.Input("domainName"))
	assert.Equal(t, []any{"*.acme.example", "api.eu.acme.example"}, certificate.Input("subjectAlternativeNames"))
	assert.Equal(t, map[string]any{
		"edge-validation-acme.example":        "_x.acme.example.",
		"edge-validation-api.eu.acme.example": "_x.api.eu.acme.example.",
		"edge-acme.example-a":                 "acme.example",
		"edge-acme.example-aaaa":              "acme.example",
		"edge-wildcard.acme.example-a":        "*.acme.example",
		"edge-wildcard.acme.example-aaaa":     "*.acme.example",
		"edge-api.eu.acme.example-a":          "api.eu.acme.example",
		"edge-api.eu.acme.example-aaaa":       "api.eu.acme.example",
	}, inputs(r, recordType, "name"), "a wildcard shares the validation record of its domain")
	for _, listener := range r.Find(listenerType) {
		if listener.Name == "edge-https" {
			assert.Equal(t, certificate.Name, lastPart(listener.Input("certificateArn")),
				"the listener waits for the certificate to be valid")
		}
	}
}

func lastPart(arn any) string {
	text := arn.(string)
	return text[len("arn:aws:acm:eu-west-1:123456789012:certificate/"):]
}

func TestNoIpv6RecordsWithoutIpv6(t *testing.T) {
	r := componenttest.Run(t, balancer(func(a *lbArgs) {
		a.DomainNames, a.HostedZone = []string{"app.acme.example"},
			&dns.Zone{Id: pulumi.String(someZone), Name: "acme.example"}
	}))
	assert.Equal(t, "A", only(t, r, recordType).Input("type"))
	assert.Empty(t, r.Find(certificateType), "a certificate is given")
	assert.Equal(t, "ipv4", only(t, r, balancerType).Input("ipAddressType"))
}

func TestOutputs(t *testing.T) {
	for want, change := range map[string]func(*lbArgs){
		"https://edge-0123456-1234567890.eu-west-1.elb.amazonaws.com": func(*lbArgs) {},
		"https://app.acme.example": func(a *lbArgs) {
			a.DomainNames = []string{"*.acme.example", "app.acme.example"}
		},
		"http://edge-0123456-1234567890.eu-west-1.elb.amazonaws.com": func(a *lbArgs) {
			a.ListenerProtocol, a.CertificateArn = loadbalancing.ListenerHTTP, nil
		},
	} {
		var url string
		var arns map[string]string
		done := make(chan struct{})
		componenttest.Run(t, func(ctx *pulumi.Context) error {
			made, err := newBalancer(ctx, "edge", func(a *lbArgs) {
				change(a)
				a.TargetGroups = []loadbalancing.TargetGroup{{Name: "app", Port: 8080}}
			})
			if err != nil {
				return err
			}
			assert.NotNil(t, made.TargetGroup("app"))
			assert.Nil(t, made.TargetGroup("api"))
			pulumi.All(made.Url, made.TargetGroupArns).ApplyT(func(values []any) string {
				url, arns = values[0].(string), values[1].(map[string]string)
				close(done)
				return ""
			})
			return nil
		})
		<-done
		assert.Equal(t, want, url)
		const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/edge-app-0123456/73e2d6bc24d8a067"
		assert.Equal(t, map[string]string{"app": arn}, arns)
	}
}

// TestFoundOutLate is about values that the program does not know when it makes the load balancer.
func TestFoundOutLate(t *testing.T) {
	late := func(text string) pulumi.StringOutput { return pulumi.String(text).ToStringOutput() }
	zone := func(id, name string) func(*lbArgs) {
		return func(a *lbArgs) {
			a.DomainNames, a.HostedZone = []string{"app." + name}, &dns.Zone{Id: late(id), Name: name}
		}
	}
	for want, change := range map[string]func(*lbArgs){
		"expected one subnet per zone: another one is in eu-west-1a too": func(a *lbArgs) {
			a.SubnetIds = subnets("0", "3").ToStringArrayOutput()
		},
		"expected subnets in at least two availability zones": func(a *lbArgs) {
			a.SubnetIds = subnets("0").ToStringArrayOutput()
		},
		"expected one in eu-west-1, the region of the load balancer": func(a *lbArgs) {
			a.CertificateArn = late(farCertificate)
		},
		"expected the ARN of an ACM certificate": func(a *lbArgs) { a.CertificateArn = late("acme.example") },
		"additionalCertificates[0].arn: \"arn:aws:acm:us-east-1": func(a *lbArgs) {
			a.AdditionalCertificates = []loadbalancing.Certificate{{Name: "other", Arn: late(farCertificate)}}
		},
		"expected the zone acme.test, and not acme.example": zone(someZone, "acme.test"),
		"expected a public hosted zone":                     zone(componenttest.PrivateZone, "acme.example"),
	} {
		_, err := componenttest.Update(balancer(change))
		assert.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, `bulwark:loadbalancing:LoadBalancer "edge": `, "it reads like an early one")
	}
}

func TestLogBucketOfAnotherRegion(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		logs, err := logBucket(ctx)
		if err != nil {
			return err
		}
		far, err := aws.NewProvider(ctx, "far", &aws.ProviderArgs{Region: pulumi.String("us-east-1")})
		if err != nil {
			return err
		}
		_, err = newBalancer(ctx, "edge", func(a *lbArgs) {
			a.LogBucket, a.LogBucketName, a.CertificateArn = logs, nil, pulumi.String(farCertificate)
		}, pulumi.Provider(far))
		return err
	})
	assert.ErrorContains(t, err, "expected one in us-east-1, the region of the load balancer")
}

func TestLogBucketThatWouldRefuse(t *testing.T) {
	prefixes := []string{loadbalancing.AccessLogPrefix, loadbalancing.ConnectionLogPrefix}
	for name, c := range map[string]struct {
		source  *storage.LoadBalancerSource
		refused int
	}{
		"no load balancers at all": {nil, 2},
		"no prefixes":              {&storage.LoadBalancerSource{}, 2},
		"one prefix":               {&storage.LoadBalancerSource{Prefixes: prefixes[:1]}, 1},
		"other names": {&storage.LoadBalancerSource{
			Prefixes: prefixes,
			Names:    []string{"edge", "edgy-*", "edge-1*"},
		}, 2},
		"all names":           {&storage.LoadBalancerSource{Prefixes: prefixes}, 0},
		"this name":           {&storage.LoadBalancerSource{Prefixes: prefixes, Names: []string{"web-*", "edge-*"}}, 0},
		"a shorter beginning": {&storage.LoadBalancerSource{Prefixes: prefixes, Names: []string{"ed*"}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := componenttest.Update(func(ctx *pulumi.Context) error {
				logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
					Labels: labels, Sources: storage.LogSources{LoadBalancers: c.source, FlowLogs: &storage.FlowLogSource{}},
				})
				if err != nil {
					return err
				}
				return balancer(func(a *lbArgs) { a.LogBucket, a.LogBucketName = logs, nil })(ctx)
			})
			if c.refused == 0 {
				require.NoError(t, err)
				return
			}
			assert.Equal(t, repeat("log-bucket-source", c.refused), rules(t, err))
		})
	}
}

func TestHostedZoneServesALoadBalancer(t *testing.T) {
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		zone, err := dns.NewHostedZone(ctx, "zone", &dns.HostedZoneArgs{Labels: labels, ZoneName: "acme.example"})
		if err != nil {
			return err
		}
		return balancer(func(a *lbArgs) {
			a.CertificateArn, a.DomainNames, a.HostedZone = nil, []string{"app.acme.example"}, zone.Zone()
		})(ctx)
	})
	for _, record := range recorder.Find(recordType) {
		assert.Equal(t, "zone-id", record.Input("zoneId"), record.Name)
	}
	assert.NotEmpty(t, recorder.Find(recordType))
}
