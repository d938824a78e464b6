package network_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// everyEdge makes a connection of each kind.
func everyEdge(ctx *pulumi.Context) error {
	v, err := newVpc(ctx, func(a *network.VpcArgs) {
		a.Ipv6, a.Egress = true, network.EgressNATSingleAndEndpoints
		a.EndpointServices = services{network.EndpointSecretsManager}
	})
	if err != nil {
		return err
	}
	g, err := groups(ctx, v.Network(), "web", "service", "database")
	if err != nil {
		return err
	}
	office := network.Addresses("office", "198.51.100.0/24", "2001:db8:7::/48")
	for _, c := range []struct {
		from, to network.Peer
		ports    []network.Port
	}{
		{network.Internet(), g["web"], []network.Port{80, 443}},
		{network.PrefixList("cloudfront", pulumi.String("pl-0123456789abcdef0")), g["web"], []network.Port{8443}},
		{office, g["web"], []network.Port{8444}},
		{network.Addresses("vpn", "10.9.0.0/16"), g["database"], []network.Port{5432}},
		{g["web"], g["service"], []network.Port{8080}},
		{g["service"], g["service"], []network.Port{7946}},
		{g["service"], g["database"], []network.Port{5432}},
		{g["service"], network.Internet(), []network.Port{443}},
		{g["service"], network.Addresses("mail", "203.0.113.9/32"), []network.Port{587}},
	} {
		if _, err := network.Allow(ctx, c.from, c.to, c.ports...); err != nil {
			return err
		}
	}
	_, err = network.AllowAWS(ctx, g["service"])
	return err
}

func TestRules(t *testing.T) {
	recorder := componenttest.Run(t, everyEdge)
	peers := []string{"cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"}
	made := func(typ string) map[string]any {
		found := map[string]any{}
		for _, r := range recorder.Find(typ) {
			var other any
			for _, p := range peers {
				if v := r.Input(p); v != nil {
					assert.Nil(t, other, "%s has two peers", r.Name)
					other = v
				}
			}
			assert.Equal(t, "tcp", r.Input("ipProtocol"))
			assert.Equal(t, r.Input("fromPort"), r.Input("toPort"))
			found[r.Name] = []any{r.Input("securityGroupId"), other, r.Input("fromPort")}
		}
		return found
	}
	assert.Equal(t, map[string]any{
		"internet-to-web-80":               []any{"web-id", "0.0.0.0/0", 80.0},
		"internet-to-web-80-ipv6":          []any{"web-id", "::/0", 80.0},
		"internet-to-web-443":              []any{"web-id", "0.0.0.0/0", 443.0},
		"internet-to-web-443-ipv6":         []any{"web-id", "::/0", 443.0},
		"pl-0123456789abcdef0-to-web-8443": []any{"web-id", "pl-0123456789abcdef0", 8443.0},
		"198.51.100.0_24-to-web-8444":      []any{"web-id", "198.51.100.0/24", 8444.0},
		"2001-db8-7--_48-to-web-8444":      []any{"web-id", "2001:db8:7::/48", 8444.0},
		"10.9.0.0_16-to-database-5432":     []any{"database-id", "10.9.0.0/16", 5432.0},
		"web-to-service-8080":              []any{"service-id", "web-id", 8080.0},
		"service-to-service-7946":          []any{"service-id", "service-id", 7946.0},
		"service-to-database-5432":         []any{"database-id", "service-id", 5432.0},
		"service-to-endpoints-443":         []any{"main-endpoints-id", "service-id", 443.0},
	}, made(ingressRule))
	assert.Equal(t, map[string]any{
		"web-to-service-8080":           []any{"web-id", "service-id", 8080.0},
		"service-to-service-7946":       []any{"service-id", "service-id", 7946.0},
		"service-to-database-5432":      []any{"service-id", "database-id", 5432.0},
		"service-to-internet-443":       []any{"service-id", "0.0.0.0/0", 443.0},
		"service-to-internet-443-ipv6":  []any{"service-id", "::/0", 443.0},
		"service-to-203.0.113.9_32-587": []any{"service-id", "203.0.113.9/32", 587.0},
		"service-to-s3-443":             []any{"service-id", "main-endpoints-s3-prefixes", 443.0},
		"service-to-endpoints-443":      []any{"service-id", "main-endpoints-id", 443.0},
	}, made(egressRule))
	descriptions := inputs(recorder, ingressRule, "description")
	assert.Equal(t, "from service to database, tcp 5432", descriptions["service-to-database-5432"])
}

// Two labels for the same addresses are one rule to AWS, which refuses the second.
func TestTheSameAddressesUnderTwoLabelsAreRefused(t *testing.T) {
	program := func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(a *network.VpcArgs) { a.Egress = network.EgressNATSingle })
		if err != nil {
			return err
		}
		g, err := groups(ctx, v.Network(), "web")
		if err != nil {
			return err
		}
		web := g["web"]
		if _, err := network.Allow(ctx, network.Addresses("office", "198.51.100.0/24", "2001:db8:7::/48"), web, 443); err != nil {
			return err
		}
		if _, err := network.Allow(ctx, web, network.Addresses("office", "198.51.100.0/24"), 443); err != nil {
			return err // the other direction is another rule
		}
		_, err = network.Allow(ctx, network.Addresses("branch", "203.0.113.0/24", "2001:DB8:7::/48"), web, 443, 80)
		return err
	}
	_, err := componenttest.Update(program)
	require.ErrorContains(t, err, "ports[0]: 443: expected each connection once: there is \"2001-db8-7--_48-to-web-443\" already")
	assert.NotContains(t, err.Error(), "ports[1]")
}

// A label may change: the rule stays, and stacks that know it under a name made of labels keep it too.
func TestRulesAreNamedByWhatTheyLetIn(t *testing.T) {
	rule := func(label string) componenttest.Registration {
		recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
			v, err := newVpc(ctx, func(*network.VpcArgs) {})
			if err != nil {
				return err
			}
			g, err := groups(ctx, v.Network(), "web")
			if err != nil {
				return err
			}
			_, err = network.Allow(ctx, network.Addresses(label, "198.51.100.0/24"), g["web"], 443)
			return err
		})
		found := recorder.Find(ingressRule)
		require.Len(t, found, 1)
		return found[0]
	}
	office, branch := rule("office"), rule("branch")
	assert.Equal(t, "198.51.100.0_24-to-web-443", office.Name)
	assert.Equal(t, office.Name, branch.Name)
	assert.Contains(t, office.Aliases[0], "office-to-web-443-198.51.100.0_24")
	assert.Equal(t, "from branch to web, tcp 443", branch.Input("description"))
}

func TestAllowAWSTakesTheWayThatThereIs(t *testing.T) {
	const s3 = "service-to-s3-443"
	kms := services{network.EndpointKMS}
	for name, c := range map[string]struct {
		egress   network.Egress
		services services
		want     []string
	}{
		"endpoints":           {network.EgressEndpointsOnly, kms, []string{s3, "service-to-endpoints-443"}},
		"no services":         {network.EgressEndpointsOnly, nil, []string{s3}},
		"NAT":                 {network.EgressNATSingle, kms, []string{s3, "service-to-internet-443"}},
		"public addresses":    {network.EgressPublicAddresses, nil, []string{s3, "service-to-internet-443"}},
		"NAT and endpoints":   {network.EgressNATPerZoneAndEndpoints, kms, []string{s3, "service-to-endpoints-443"}},
		"NAT and no services": {network.EgressNATPerZoneAndEndpoints, nil, []string{s3}},
	} {
		recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
			v, err := newVpc(ctx, func(a *network.VpcArgs) { a.Egress, a.EndpointServices = c.egress, c.services })
			if err != nil {
				return err
			}
			g, err := groups(ctx, v.Network(), "service")
			if err != nil {
				return err
			}
			made, err := network.AllowAWS(ctx, g["service"])
			assert.Len(t, made.Egress, len(c.want), name)
			return err
		})
		var got []string
		for _, r := range recorder.Find(egressRule) {
			got = append(got, r.Name)
		}
		assert.ElementsMatch(t, c.want, got, name)
	}
}

type (
	peers = map[string]*network.SecurityGroup
	// pick chooses a peer among the groups and what else a network has.
	pick = func(peers, *network.Network) network.Peer
)

// refused is what Allow says about two peers. No rule may exist afterwards.
func refused(t *testing.T, from, to pick, ports ...network.Port) rules {
	t.Helper()
	var found rules
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(a *network.VpcArgs) { a.PublicPorts = []int{443} })
		if err != nil {
			return err
		}
		g, err := groups(ctx, v.Network(), "service", "database")
		if err != nil {
			return err
		}
		other, err := network.NewVpc(ctx, "other", &network.VpcArgs{Labels: labels})
		if err != nil {
			return err
		}
		inOther, err := groups(ctx, other.Network(), "elsewhere")
		if err != nil {
			return err
		}
		maps.Copy(g, inOther)
		for name, id := range map[string]string{"theirs": someVPC, "others": "vpc-11111111"} {
			if g[name], err = groupIn(ctx, pulumi.String(id), name); err != nil {
				return err
			}
		}
		_, err = network.Allow(ctx, from(g, v.Network()), to(g, v.Network()), ports...)
		var invalid *validate.Error
		require.True(t, errors.As(err, &invalid), "expected a validation error, got: %v", err)
		for _, p := range invalid.Problems {
			found = append(found, string(p.Path)+": "+p.Rule)
		}
		return nil
	})
	assert.Empty(t, recorder.Find(ingressRule))
	assert.Empty(t, recorder.Find(egressRule))
	return found
}

func TestRefusedConnections(t *testing.T) {
	type ports = []network.Port
	group := func(name string) pick { return func(g peers, _ *network.Network) network.Peer { return g[name] } }
	given := func(p network.Peer) pick { return func(peers, *network.Network) network.Peer { return p } }
	list := func(name, id string) pick { return given(network.PrefixList(name, pulumi.String(id))) }
	s3 := func(_ peers, n *network.Network) network.Peer { return n.S3() }
	endpoints := func(_ peers, n *network.Network) network.Peer { return n.Endpoints() }
	nobodysS3 := func(peers, *network.Network) network.Peer { return (&network.Network{}).S3() }
	internet, service, database := given(network.Internet()), group("service"), group("database")
	office, office6 := network.Addresses("office", "198.51.100.0/24"), network.Addresses("office", "2001:db8::/48")
	for name, c := range map[string]struct {
		from, to pick
		ports    ports
		want     rules
	}{
		"a database for everybody": {
			internet, database, ports{5432, 3306}, rules{"ports[0]: edge-public-database", "ports[1]: edge-public-database"},
		},
		"a database for an office":      {given(office), database, ports{5432}, rules{"ports[0]: edge-public-database"}},
		"a database for an IPv6 office": {given(office6), database, ports{6379}, rules{"ports[0]: edge-public-database"}},
		"a database for a prefix list": {
			list("partners", "pl-01234567"), database, ports{1433}, rules{"ports[0]: edge-public-database"},
		},
		"a port that is not public": {
			internet, service, ports{443, 80, 8080}, rules{"ports[1]: edge-public-port", "ports[2]: edge-public-port"},
		},
		"another VPC":                  {service, group("elsewhere"), ports{443}, rules{"to: edge-vpc"}},
		"a VPC that exists":            {service, group("theirs"), ports{443}, rules{"to: edge-vpc"}},
		"from a VPC that exists":       {group("theirs"), service, ports{443}, rules{"to: edge-vpc"}},
		"two VPCs that exist":          {group("theirs"), group("others"), ports{443}, rules{"to: edge-vpc"}},
		"S3 of another VPC":            {group("elsewhere"), s3, ports{443}, rules{"to: edge-vpc"}},
		"S3 without TLS":               {service, s3, ports{80}, rules{"ports[0]: edge-aws-port"}},
		"from S3":                      {s3, service, ports{443}, rules{"from: edge-direction"}},
		"endpoints that there are not": {service, endpoints, ports{443}, rules{"to: no-endpoints"}},
		"nobody's rules":               {internet, given(office), ports{443}, rules{"from: edge-group"}},
		"nobody": {
			given(nil), given((*network.SecurityGroup)(nil)), nil,
			rules{"from: required", "to: required", "ports: required"},
		},
		"ports": {
			service, database,
			ports{0, 65536, 5432, 5432},
			rules{"ports[0]: out-of-range", "ports[1]: out-of-range", "ports[3]: duplicate"},
		},
		"addresses": {
			given(network.Addresses("the office", "0.0.0.0/0", "office", "198.51.100.1/24", "0.0.0.0/1", "::/3")), service,
			ports{443},
			rules{
				"from.name: resource-name", "from.addresses[1]: cidr-form", "from.addresses[2]: cidr-host-bits",
				"from.addresses[0]: addresses-wide", "from.addresses[3]: addresses-wide", "from.addresses[4]: addresses-wide",
			},
		},
		"no addresses": {service, given(network.Addresses("office")), ports{443}, rules{"to.addresses: required"}},
		"a prefix list": {
			list("cloudfront", "com.amazonaws.global.cloudfront"), service, ports{443}, rules{"from.prefixListId: id-form"},
		},
		"no prefix list": {
			given(network.PrefixList("cloudfront", nil)), service, ports{443}, rules{"from.prefixListId: required"},
		},
		"S3 of a network that nobody made": {service, nobodysS3, ports{443}, rules{"to: network"}},
	} {
		assert.Equal(t, c.want, refused(t, c.from, c.to, c.ports...), name)
	}
}

func TestTheMessageOfAConnection(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(*network.VpcArgs) {})
		if err != nil {
			return err
		}
		g, err := groups(ctx, v.Network(), "database")
		if err != nil {
			return err
		}
		_, err = network.Allow(ctx, network.Internet(), g["database"], 5432, 22)
		return err
	})
	require.ErrorContains(t, err, `network.Allow "internet to database": 2 problems:
  - ports[0]: 5432: expected no port of a database: internet has public addresses; fix: let a workload in the VPC `+
		`connect, or come through a VPN with private addresses
  - ports[1]: 22: expected a public port of the network: 80, 443; fix: serve it on one of them, or add it to `+
		`publicPorts`)
}

func TestEachConnectionOnce(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(*network.VpcArgs) {})
		if err != nil {
			return err
		}
		g, err := groups(ctx, v.Network(), "service", "database")
		if err != nil {
			return err
		}
		if _, err := network.Allow(ctx, g["service"], g["database"], 5432); err != nil {
			return err
		}
		_, err = network.Allow(ctx, g["service"], g["database"], 5433, 5432)
		return err
	})
	require.ErrorContains(t, err, "ports[1]: 5432: expected each connection once")
}

// A VPC whose id comes from elsewhere is compared when the id is known, before a rule is made.
func TestAnotherVpcThatIsFoundLateFailsTheProgram(t *testing.T) {
	program := func(id string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			v, err := newVpc(ctx, func(*network.VpcArgs) {})
			if err != nil {
				return err
			}
			g, err := groups(ctx, v.Network(), "service")
			if err != nil {
				return err
			}
			late, err := groupIn(ctx, pulumi.String(id).ToStringOutput(), "late")
			if err != nil {
				return err
			}
			_, err = network.Allow(ctx, g["service"], late, 443)
			return err
		}
	}
	_, err := componenttest.Update(program("vpc-11111111"))
	require.ErrorContains(t, err,
		`network.Allow "service to late": to: "main-id and vpc-11111111": expected a peer in the VPC of service`)

	recorder, err := componenttest.Update(program("main-id"))
	require.NoError(t, err)
	assert.Len(t, recorder.Find(ingressRule), 1)
}

func TestAllowAWSNeedsTheNetwork(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		g, err := groupIn(ctx, pulumi.String(someVPC), "service")
		if err != nil {
			return err
		}
		_, err = network.AllowAWS(ctx, nil)
		require.ErrorContains(t, err, `network.AllowAWS "?": from: missing`)
		_, err = network.AllowAWS(ctx, g)
		return err
	})
	require.ErrorContains(t, err, `network.AllowAWS "service": from: missing: expected a security group that knows its `+
		`network; fix: give NewSecurityGroup a Network instead of a VpcId`)
}
