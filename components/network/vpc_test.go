package network_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestVpcConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: network.VpcType, Golden: "vpc", Args: network.VpcArgs{}, Component: network.Vpc{},
		Beside:  []string{"pulumi:providers:aws"},
		Minimal: vpc(func(*network.VpcArgs) {}),
		NoArgs:  func(ctx *pulumi.Context) error { _, err := network.NewVpc(ctx, "main", nil); return err },
		Unknown: vpc(func(a *network.VpcArgs) {
			a.FlowLogs = &network.FlowLogs{LogBucketName: componenttest.UnknownString()}
		}),
		Disposable: vpc(func(a *network.VpcArgs) {
			a.Lifecycle = lifecycle.Disposable
			a.Egress = network.EgressPublicAddresses
			a.EndpointServices = network.EndpointService("").Values()
		}),
		Variants: map[string]pulumi.RunFunc{
			"everything": everything,
			"bucket":     intoBucket,
			"single-nat": vpc(func(a *network.VpcArgs) {
				a.Cidr, a.Zones, a.Egress = "10.20.0.0/20", []string{"b", "a"}, network.EgressNATSingle
				a.Tiers = []network.Tier{network.TierPublic, network.TierPrivate}
				a.FlowLogs = &network.FlowLogs{KeyArn: pulumi.String(someKey), RetentionDays: 365}
			}),
		},
		Bad: badVpcs,
	})
}

// everything makes a VPC with all that it can have.
func everything(ctx *pulumi.Context) error {
	key, err := encryption.NewKey(ctx, "logs", &encryption.KeyArgs{
		Labels: labels, Uses: []encryption.Use{encryption.UseLogs},
	})
	if err != nil {
		return err
	}
	_, err = newVpc(ctx, func(a *network.VpcArgs) {
		a.Cidr = "10.1.0.0/16"
		a.PeerCidrs = []string{"10.2.0.0/16", "fd00:2::/48"}
		a.Zones = []string{"a", "b", "c"}
		a.Ipv6 = true
		a.Egress = network.EgressNATPerZoneAndEndpoints
		a.EndpointServices = network.EndpointService("").Values()
		a.TrustedAccounts = []string{"210987654321"}
		a.ReadableBuckets = []string{"al2023-repos-eu-west-1-de612dc2"}
		a.PublicPorts = []int{443}
		a.NetworkAcls = network.NetworkAclsPerTier
		a.FlowLogs = &network.FlowLogs{Key: key, RetentionDays: 731}
	})
	return err
}

// intoBucket sends the flow logs of a VPC into a log bucket.
func intoBucket(ctx *pulumi.Context) error {
	logs, err := logBucket(ctx, storage.LogSources{FlowLogs: &storage.FlowLogSource{HivePartitions: true}})
	if err != nil {
		return err
	}
	_, err = newVpc(ctx, func(a *network.VpcArgs) {
		a.Ipv6, a.Egress = true, network.EgressNATSingleAndEndpoints
		a.FlowLogs = &network.FlowLogs{LogBucket: logs, HivePartitions: true}
	})
	return err
}

var badVpcs = []componenttest.Bad{
	{Name: "everything at once", Program: vpc(func(a *network.VpcArgs) {
		a.Labels.Owner, a.Labels.Extra = "", map[string]string{"Tier": "x"}
		a.Lifecycle = "temporary"
		a.Cidr = "10.0.0.0/24"
		a.PeerCidrs = []string{"office"}
		a.Zones = []string{"a", "a", "i", "d"}
		a.Tiers = []network.Tier{"public", "dmz", "public", ""}
		a.Egress = "nat"
		a.EndpointServices = services{"ecr", "s3", "ecr", ""}
		a.TrustedAccounts = []string{"acme"}
		a.ReadableBuckets = []string{"al2023-*"}
		a.PublicPorts = []int{443, 5432, 0, 443}
		a.NetworkAcls = "none"
		a.FlowLogs = &network.FlowLogs{RetentionDays: 100, KeyArn: pulumi.String("alias/logs"), HivePartitions: true}
	}), Problems: []string{
		"labels.owner: label-required", `labels.extra["Tier"]: label-own-key`, "lifecycle: not-supported", "cidr: vpc-size",
		"peerCidrs[0]: cidr-form", "zones[1]: duplicate", "zones[2]: zone-slot",
		"tiers[1]: not-supported", "tiers[3]: not-supported", "tiers[2]: duplicate", "egress: not-supported",
		"endpointServices[1]: not-supported", "endpointServices[3]: not-supported", "endpointServices[2]: duplicate",
		"trustedAccounts[0]: account-id", "readableBuckets[0]: bucket-name-characters",
		"publicPorts[1]: port-high-risk", "publicPorts[2]: out-of-range", "publicPorts[3]: duplicate",
		"networkAcls: not-supported", "flowLogs.hivePartitions: flow-logs-bucket", "flowLogs.retentionDays: log-retention",
		"flowLogs.keyArn: key-arn", "zones[3]: zone-region",
	}},
	{Name: "a name that cannot be described", Program: func(ctx *pulumi.Context) error {
		_, err := network.NewVpc(ctx, "the main <VPC>", &network.VpcArgs{Labels: labels})
		return err
	}, Problems: []string{"name: resource-name"}},
	{Name: "overlapping peers", Program: vpc(func(a *network.VpcArgs) {
		a.PeerCidrs = []string{"10.0.128.0/24"}
	}), Problems: rules{"peerCidrs[0]: peer-overlap"}},
	{Name: "IPv6 peers without IPv6", Program: vpc(func(a *network.VpcArgs) {
		a.PeerCidrs = []string{"10.9.0.0/16", "fd00:2::/48"}
	}), Problems: rules{"peerCidrs[1]: peer-ipv6"}},
	{Name: "more peers than a network ACL has room for", Program: vpc(func(a *network.VpcArgs) {
		for i := range 12 {
			a.PeerCidrs = append(a.PeerCidrs, fmt.Sprintf("10.%d.0.0/16", 10+i))
		}
	}), Problems: []string{"peerCidrs: network-acl-rules"}},
	{Name: "one zone", Program: vpc(func(a *network.VpcArgs) {
		a.Zones = []string{"a"}
	}), Problems: rules{"zones: zone-count"}},
	{Name: "NAT without its tiers", Program: vpc(func(a *network.VpcArgs) {
		a.Egress, a.Tiers = network.EgressNATSingle, []network.Tier{network.TierIsolated}
	}), Problems: []string{"tiers: egress-tier", "tiers: egress-tier"}},
	{Name: "endpoints without their tier", Program: vpc(func(a *network.VpcArgs) {
		a.EndpointServices, a.Tiers = services{network.EndpointKMS}, []network.Tier{network.TierPublic}
	}), Problems: []string{"tiers: egress-tier"}},
	{Name: "public addresses without public subnets", Program: vpc(func(a *network.VpcArgs) {
		a.Egress, a.Tiers = network.EgressPublicAddresses, []network.Tier{network.TierPrivate}
	}), Problems: []string{"tiers: egress-tier"}},
	{Name: "tags", Program: vpc(func(a *network.VpcArgs) {
		a.Labels.Extra = map[string]string{}
		for i := range 42 {
			a.Labels.Extra[fmt.Sprintf("key%d", i)] = "x"
		}
	}), Problems: []string{"labels.extra: tag-count"}},
	{Name: "a bucket and a log group", Program: vpc(func(a *network.VpcArgs) {
		a.FlowLogs = &network.FlowLogs{LogBucketName: pulumi.String("Acme_Logs"), KeyArn: pulumi.String(someKey)}
	}), Problems: []string{"flowLogs.logBucketName: bucket-name-characters", "flowLogs.keyArn: flow-logs-bucket"}},
	{Name: "a bucket with a prefix and a retention", Program: vpc(func(a *network.VpcArgs) {
		a.FlowLogs = &network.FlowLogs{LogBucketName: pulumi.String("acme-logs/vpc"), RetentionDays: 400}
	}), Problems: []string{"flowLogs.logBucketName: bucket-name-characters", "flowLogs.retentionDays: flow-logs-bucket"}},
	{Name: "a bucket that has no place for them", Program: func(ctx *pulumi.Context) error {
		logs, err := logBucket(ctx, storage.LogSources{Waf: &storage.WafSource{}})
		if err != nil {
			return err
		}
		return vpc(func(a *network.VpcArgs) { a.FlowLogs = &network.FlowLogs{LogBucket: logs} })(ctx)
	}, Problems: []string{"flowLogs.logBucket: flow-logs-source"}},
	{Name: "a bucket with other prefixes", Program: func(ctx *pulumi.Context) error {
		logs, err := logBucket(ctx, storage.LogSources{FlowLogs: &storage.FlowLogSource{}})
		if err != nil {
			return err
		}
		return vpc(func(a *network.VpcArgs) { a.FlowLogs = &network.FlowLogs{LogBucket: logs, HivePartitions: true} })(ctx)
	}, Problems: []string{"flowLogs.logBucket: flow-logs-source"}},
	{Name: "two buckets", Program: func(ctx *pulumi.Context) error {
		logs, err := logBucket(ctx, storage.LogSources{FlowLogs: &storage.FlowLogSource{}})
		if err != nil {
			return err
		}
		return vpc(func(a *network.VpcArgs) {
			a.FlowLogs = &network.FlowLogs{LogBucket: logs, LogBucketName: pulumi.String("acme-logs")}
		})(ctx)
	}, Problems: []string{"flowLogs.logBucketName: alternatives"}},
	{Name: "a key for something else", Program: func(ctx *pulumi.Context) error {
		key, err := encryption.NewKey(ctx, "other", &encryption.KeyArgs{
			Labels: labels, Uses: []encryption.Use{encryption.UseS3},
		})
		if err != nil {
			return err
		}
		return vpc(func(a *network.VpcArgs) {
			a.FlowLogs = &network.FlowLogs{Key: key, KeyArn: pulumi.String(someKey)}
		})(ctx)
	}, Problems: []string{"flowLogs.keyArn: alternatives", "flowLogs.key: key-use"}},
	{
		Name: "what a region does not have",
		Program: vpcInSmallRegion(network.VpcArgs{
			Zones: []string{"a", "b", "c"}, EndpointServices: services{network.EndpointECR, network.EndpointXRay},
		}),
		Problems: rules{"zones[1]: zone-region", "endpointServices[1]: endpoint-service-region"},
	},
	{
		Name: "an endpoint service in none of the zones",
		Program: vpcInSmallRegion(network.VpcArgs{
			Zones: []string{"a", "c"}, EndpointServices: services{network.EndpointSNS},
		}),
		Problems: rules{"endpointServices[0]: endpoint-service-zone"},
	},
}

func TestTheMessageOfAVpc(t *testing.T) {
	_, err := componenttest.Update(vpcInSmallRegion(network.VpcArgs{
		Cidr: "10.0.0.0/22", PeerCidrs: []string{"10.0.0.0/8"}, EndpointServices: services{network.EndpointXRay},
	}))
	require.ErrorContains(t, err, `bulwark:network:Vpc "main": 3 problems:
  - cidr: "10.0.0.0/22": expected a block of /16 to /20: this one is too small for a subnet in each `+
		`tier and zone; fix: use 10.0.0.0/20 or a larger block
  - zones[1]: "b": expected a zone that xx-small-1 has for this account: a, c; fix: choose among them
  - endpointServices[0]: "xray": expected a service that has an endpoint in xx-small-1: `+
		`com.amazonaws.xx-small-1.xray does not exist; fix: remove the service, or reach it through an egress with a NAT `+
		`gateway and without endpoints`)
}

// The region is asked with the provider of the component, however it got it.
func TestTheVpcAsksItsOwnProvider(t *testing.T) {
	for name, option := range map[string]func(pulumi.ProviderResource) pulumi.ResourceOption{
		"provider":  func(p pulumi.ProviderResource) pulumi.ResourceOption { return pulumi.Provider(p) },
		"providers": func(p pulumi.ProviderResource) pulumi.ResourceOption { return pulumi.Providers(p) },
	} {
		recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
			provider, err := providerIn(ctx, componenttest.SmallRegion)
			if err != nil {
				return err
			}
			parent := &pulumi.ResourceState{}
			if err := ctx.RegisterComponentResource("test:index:Parent", "parent", parent, option(provider)); err != nil {
				return err
			}
			for i, opt := range []pulumi.ResourceOption{option(provider), pulumi.Parent(parent)} {
				_, err := network.NewVpc(ctx, fmt.Sprintf("main%d", i), &network.VpcArgs{
					Labels: labels, Zones: []string{"a", "c"}, EndpointServices: services{network.EndpointKMS},
				}, opt)
				if err != nil {
					return err
				}
			}
			return nil
		})
		for _, zone := range inputs(recorder, "aws:ec2/subnet:Subnet", "availabilityZone") {
			assert.Contains(t, []any{"xx-small-1a", "xx-small-1c"}, zone, name)
		}
		for _, invoke := range recorder.Invokes() {
			assert.Contains(t, invoke.Provider, "::elsewhere::", "%s: %s", name, invoke.Token)
		}
	}
}

// subnets are the blocks and zones of all subnets.
func subnets(t *testing.T, change func(*network.VpcArgs)) map[string]any {
	t.Helper()
	recorder := componenttest.Run(t, vpc(change))
	blocks := inputs(recorder, "aws:ec2/subnet:Subnet", "cidrBlock")
	zones := inputs(recorder, "aws:ec2/subnet:Subnet", "availabilityZone")
	for name, block := range blocks {
		blocks[name] = fmt.Sprint(zones[name], " ", block)
	}
	return blocks
}

func TestAddingMovesNoSubnet(t *testing.T) {
	before := subnets(t, func(a *network.VpcArgs) {
		a.Zones, a.Tiers = []string{"a", "c"}, []network.Tier{network.TierPrivate, network.TierPublic}
	})
	assert.Equal(t, map[string]any{
		"main-private-a": "eu-west-1a 10.0.0.0/20", "main-private-c": "eu-west-1c 10.0.32.0/20",
		"main-public-a": "eu-west-1a 10.0.128.0/22", "main-public-c": "eu-west-1c 10.0.136.0/22",
	}, before)
	after := subnets(t, func(a *network.VpcArgs) {
		a.Zones, a.Egress = []string{"b", "a", "c"}, network.EgressNATPerZone
		a.Ipv6, a.PeerCidrs = true, []string{"10.9.0.0/16"}
	})
	assert.Len(t, after, 9)
	for name, where := range before {
		assert.Equal(t, where, after[name])
	}
}

func TestWaysOut(t *testing.T) {
	natRoutes := []string{"main-private-a", "main-private-b", "main-public"}
	for egress, want := range map[network.Egress]struct {
		nats       []string
		routes     []string
		interfaces int
		workloads  string
	}{
		"":                            {routes: []string{"main-public"}, interfaces: 2, workloads: "private"},
		network.EgressEndpointsOnly:   {routes: []string{"main-public"}, interfaces: 2, workloads: "private"},
		network.EgressNATSingle:       {nats: []string{"main-nat-b"}, routes: natRoutes, workloads: "private"},
		network.EgressNATPerZone:      {nats: []string{"main-nat-a", "main-nat-b"}, routes: natRoutes, workloads: "private"},
		network.EgressPublicAddresses: {routes: []string{"main-public"}, workloads: "public"},
		network.EgressNATSingleAndEndpoints: {
			nats: []string{"main-nat-b"}, routes: natRoutes, interfaces: 2, workloads: "private",
		},
		network.EgressNATPerZoneAndEndpoints: {
			nats: []string{"main-nat-a", "main-nat-b"}, routes: natRoutes, interfaces: 2, workloads: "private",
		},
	} {
		var workloads []string
		var public bool
		recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
			v, err := newVpc(ctx, func(a *network.VpcArgs) {
				a.Egress, a.Zones, a.EndpointServices = egress, []string{"b", "a"}, services{network.EndpointECR}
			})
			if err != nil {
				return err
			}
			public = v.Network().AssignPublicIps
			ctx.Export("workloads", v.Network().WorkloadSubnetIds.ApplyT(func(ids []string) []string {
				workloads = ids
				return ids
			}))
			return nil
		})
		nats, routes := inputs(recorder, natType, "subnetId"), inputs(recorder, "aws:ec2/route:Route", "natGatewayId")
		assert.ElementsMatch(t, want.nats, slices.Collect(maps.Keys(nats)), egress)
		assert.ElementsMatch(t, want.routes, slices.Collect(maps.Keys(routes)), egress)
		assert.Len(t, recorder.Find(endpointType), 1+want.interfaces, egress)
		assert.Equal(t, []string{"main-" + want.workloads + "-a-id", "main-" + want.workloads + "-b-id"}, workloads, egress)
		assert.Equal(t, egress == network.EgressPublicAddresses, public, egress)

		for name, subnet := range nats {
			zone := strings.TrimPrefix(name, "main-nat-")
			assert.Equal(t, "main-public-"+zone+"-id", subnet, "a NAT gateway is in the public subnet of its zone")
		}
		for name, nat := range routes {
			if len(want.nats) == 2 && name != "main-public" {
				assert.Equal(t, "main-nat-"+strings.TrimPrefix(name, "main-private-")+"-id", nat, "each zone uses its own")
			}
		}
	}
}

func TestTheIsolatedTierHasNoRouteOut(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	for name := range inputs(recorder, "aws:ec2/route:Route", "routeTableId") {
		assert.NotContains(t, name, "isolated")
	}
	for name, table := range inputs(recorder, "aws:ec2/routeTableAssociation:RouteTableAssociation", "routeTableId") {
		if strings.HasPrefix(name, "main-isolated") {
			assert.Equal(t, "main-isolated-id", table)
		}
	}
}

func TestEveryRouteTableReachesS3(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	s3 := inputs(recorder, endpointType, "routeTableIds")["main-endpoints-s3"]
	assert.ElementsMatch(t, []any{
		"main-public-id", "main-private-a-id", "main-private-b-id", "main-private-c-id", "main-isolated-id",
	}, s3)
}

func TestDefaultsLetNothingThrough(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	for typ, lists := range map[string][]string{
		"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {"ingress", "egress"},
		"aws:ec2/defaultRouteTable:DefaultRouteTable":       {"routes"},
		"aws:ec2/defaultNetworkAcl:DefaultNetworkAcl":       {"ingress", "egress", "subnetIds"},
	} {
		for _, list := range lists {
			assert.Equal(t, map[string]any{"main-default": []any{}}, inputs(recorder, typ, list), "%s %s", typ, list)
		}
	}
}

// aclRule is a rule of a network ACL.
type aclRule struct {
	protocol, from string
	low, high      float64
}

func aclRules(list any) []aclRule {
	var rules []aclRule
	for _, r := range list.([]any) {
		m := r.(map[string]any)
		from, _ := m["cidrBlock"].(string)
		if v6, ok := m["ipv6CidrBlock"].(string); ok {
			from = v6
		}
		rules = append(rules, aclRule{m["protocol"].(string), from, m["fromPort"].(float64), m["toPort"].(float64)})
	}
	return rules
}

func TestNetworkAclsLetNobodyLogIn(t *testing.T) {
	for _, program := range []pulumi.RunFunc{everything, vpc(func(a *network.VpcArgs) { a.Ipv6 = true })} {
		recorder := componenttest.Run(t, program)
		lists := inputs(recorder, "aws:ec2/networkAcl:NetworkAcl", "ingress")
		maps.Copy(lists, inputs(recorder, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "ingress"))
		for name, list := range lists {
			numbers := map[any]bool{}
			for _, r := range list.([]any) {
				number := r.(map[string]any)["ruleNo"]
				assert.False(t, numbers[number], "%s: two rules have number %v", name, number)
				numbers[number] = true
			}
			assert.LessOrEqual(t, len(numbers), 18, name)
			for _, r := range aclRules(list) {
				if r.from != "0.0.0.0/0" && r.from != "::/0" {
					continue
				}
				assert.NotEqual(t, "-1", r.protocol, name)
				for _, port := range []float64{20, 21, 22, 3389} {
					open := r.protocol == "tcp" && r.low <= port && port <= r.high
					assert.False(t, open, "%s lets %v in on port %v", name, r.from, port)
				}
			}
		}
	}
}

func TestNetworkAclsPerTier(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	ingress := inputs(recorder, "aws:ec2/networkAcl:NetworkAcl", "ingress")
	egress := inputs(recorder, "aws:ec2/networkAcl:NetworkAcl", "egress")
	assert.Contains(t, aclRules(ingress["main-public"]), aclRule{"tcp", "0.0.0.0/0", 443, 443})
	assert.Contains(t, aclRules(ingress["main-public"]), aclRule{"tcp", "::/0", 443, 443})
	assert.NotContains(t, aclRules(ingress["main-private"]), aclRule{"tcp", "0.0.0.0/0", 443, 443})
	for _, list := range []any{ingress["main-isolated"], egress["main-isolated"]} {
		for _, r := range aclRules(list) {
			assert.NotEqual(t, "::/0", r.from, "S3's gateway endpoint speaks IPv4")
			assert.NotEqual(t, aclRule{"-1", "0.0.0.0/0", 0, 0}, r)
		}
		assert.Contains(t, aclRules(list), aclRule{"-1", "10.1.0.0/16", 0, 0})
		assert.Contains(t, aclRules(list), aclRule{"-1", "10.2.0.0/16", 0, 0})
	}
}

func TestPermanentVpcsAreProtected(t *testing.T) {
	recorder := componenttest.Run(t, vpc(func(*network.VpcArgs) {}))
	assert.True(t, recorder.Find("aws:ec2/vpc:Vpc")[0].Protect)
	assert.False(t, recorder.Find("aws:ec2/vpc:Vpc")[0].RetainOnDelete)
	for _, typ := range []string{"aws:ec2/subnet:Subnet", "aws:ec2/flowLog:FlowLog"} {
		for _, r := range recorder.Find(typ) {
			assert.False(t, r.Protect, "%s can go when its argument goes", r.Name)
		}
	}
}

func TestTheFlowLogRoleWritesIntoItsGroupOnly(t *testing.T) {
	recorder := componenttest.Run(t, vpc(func(*network.VpcArgs) {}))
	role := inputs(recorder, "aws:iam/role:Role", "assumeRolePolicy")["main-flow-logs"]
	trust := policy(t, role)["FlowLogs"]
	assert.Equal(t, map[string]any{"Service": "vpc-flow-logs.amazonaws.com"}, trust.Principal)
	assert.Equal(t, map[string]map[string]any{
		"StringEquals": {"aws:SourceAccount": "123456789012"},
		"ArnLike":      {"aws:SourceArn": "arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/*"},
	}, trust.Condition)

	statements := policy(t, inputs(recorder, "aws:iam/rolePolicy:RolePolicy", "policy")["main-flow-logs"])
	assert.Equal(t, flowLogGroup+":*", statements["Write"].Resource)
	assert.Equal(t, "logs:DescribeLogGroups", statements["Find"].Action)

	key := policy(t, inputs(recorder, "aws:kms/key:Key", "policy")["main-flow-logs-key"])
	assert.Equal(t, flowLogGroup, key["CloudWatchLogs"].Condition["ArnLike"]["kms:EncryptionContext:aws:logs:arn"])
}

func TestTheEstimateIsAnOutput(t *testing.T) {
	var monthly float64
	var text string
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(a *network.VpcArgs) {
			a.Egress, a.Zones = network.EgressNATPerZone, []string{"a", "b", "c"}
		})
		if err != nil {
			return err
		}
		ctx.Export("monthly", v.MonthlyEstimate.ApplyT(func(f float64) float64 { monthly = f; return f }))
		ctx.Export("text", v.MonthlyEstimateText.ApplyT(func(s string) string { text = s; return s }))
		return nil
	})
	assert.InDelta(t, 116.07, monthly, 0.001)
	assert.Contains(t, text, "3 NAT gateways")
	assert.Contains(t, text, "list prices of eu-west-1")
}

func TestChildrenCanBeReached(t *testing.T) {
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(a *network.VpcArgs) {
			a.Egress, a.NetworkAcls = network.EgressNATSingleAndEndpoints, network.NetworkAclsPerTier
			a.EndpointServices = services{network.EndpointECR}
		})
		if err != nil {
			return err
		}
		assert.NotNil(t, v.Subnet(network.TierIsolated, "b"))
		assert.Nil(t, v.Subnet(network.TierIsolated, "c"))
		assert.NotSame(t, v.RouteTable(network.TierPrivate, "a"), v.RouteTable(network.TierPrivate, "b"))
		assert.Same(t, v.RouteTable(network.TierPublic, "a"), v.RouteTable(network.TierPublic, "b"))
		assert.Nil(t, v.RouteTable(network.TierPublic, ""))
		assert.NotNil(t, v.NatGateway("a"))
		assert.Nil(t, v.NatGateway("b"))
		assert.NotNil(t, v.NetworkAcl(network.TierPrivate))
		assert.NotNil(t, v.Endpoints.Interface("ecr.api"))
		assert.Nil(t, v.Endpoints.Interface("kms"))
		return nil
	})
}
