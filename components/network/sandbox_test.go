//go:build sandbox

package network_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// describe asks EC2 with a Query request, and decodes the answer. The SDK's client of EC2 would take longer to compile
// than all the tests of this package to run.
func describe(t testing.TB, env *sandboxtest.Env, action string, params map[string]string, into any) {
	t.Helper()
	form := url.Values{"Action": {action}, "Version": {"2016-11-15"}}
	for key, value := range params {
		form.Set(key, value)
	}
	body := form.Encode()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, env.Endpoint, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	cfg := env.AWSConfig("")
	credentials, err := cfg.Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	hash := sha256.Sum256([]byte(body))
	payload := hex.EncodeToString(hash[:])
	signed := v4.NewSigner().SignHTTP(t.Context(), credentials, request, payload, "ec2", cfg.Region, time.Now())
	require.NoError(t, signed)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, "%s: %s", action, text)
	require.NoError(t, xml.Unmarshal(text, into), "%s: %s", action, text)
}

// inVPC filters by VPC.
func inVPC(id string) map[string]string {
	return map[string]string{"Filter.1.Name": "vpc-id", "Filter.1.Value.1": id}
}

type tag struct {
	Key   string `xml:"key"`
	Value string `xml:"value"`
}

func tagged(t testing.TB, what string, tags []tag) {
	t.Helper()
	found := map[string]string{}
	for _, tag := range tags {
		found[tag.Key] = tag.Value
	}
	for _, key := range componenttest.TagKeys {
		assert.NotEmpty(t, found[key], "%s: tag %s", what, key)
	}
}

// deployed makes a VPC with all that it can have, and connections of each kind, all disposable.
func deployed(ctx *pulumi.Context) error {
	v, err := newVpc(ctx, func(a *network.VpcArgs) {
		a.Lifecycle = lifecycle.Disposable
		a.Cidr, a.PeerCidrs, a.Zones = "10.1.0.0/16", []string{"10.2.0.0/16", "fd00:2::/48"}, []string{"a", "b", "c"}
		a.Ipv6, a.Egress = true, network.EgressNATPerZoneAndEndpoints
		a.EndpointServices = network.EndpointService("").Values()
		a.TrustedAccounts, a.ReadableBuckets = []string{"210987654321"}, []string{"al2023-repos-eu-west-1-de612dc2"}
		a.NetworkAcls = network.NetworkAclsPerTier
	})
	if err != nil {
		return err
	}
	g, err := groups(ctx, v.Network(), "web", "service", "database")
	if err != nil {
		return err
	}
	for _, c := range []struct {
		from, to network.Peer
		port     network.Port
	}{
		{network.Internet(), g["web"], 443},
		{network.Addresses("office", "198.51.100.0/24", "2001:db8:7::/48"), g["web"], 8444},
		{g["web"], g["service"], 8080},
		{g["service"], g["database"], 5432},
		{g["service"], network.Internet(), 443},
	} {
		if _, err := network.Allow(ctx, c.from, c.to, c.port); err != nil {
			return err
		}
	}
	if _, err := network.AllowAWS(ctx, g["service"]); err != nil {
		return err
	}
	ctx.Export("vpc", v.VpcId)
	ctx.Export("service", g["service"].SecurityGroupId)
	ctx.Export("endpoints", v.EndpointSecurityGroupId)
	ctx.Export("database", g["database"].SecurityGroupId)
	ctx.Export("s3", v.S3PrefixListId)
	return nil
}

func TestVpcDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, deployed, sandboxtest.Options{})

	stack.Preview(t)
	events, err := os.ReadFile(filepath.Join(stack.Dir(), "events.json"))
	require.NoError(t, err)
	assert.Contains(t, string(events), "the network's ways out cost $", "the preview says what it costs")

	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		vpc := up.Output(t, "vpc")
		for _, attribute := range []string{"enableDnsSupport", "enableDnsHostnames"} {
			var out struct {
				Support   string `xml:"enableDnsSupport>value"`
				Hostnames string `xml:"enableDnsHostnames>value"`
			}
			describe(t, env, "DescribeVpcAttribute", map[string]string{"VpcId": vpc, "Attribute": attribute}, &out)
			assert.Equal(t, "true", out.Support+out.Hostnames, attribute)
		}
		subnetsDeployed(t, env, vpc)
		routesDeployed(t, env, vpc)
		defaultGroupDeployed(t, env, vpc)
		aclsDeployed(t, env, vpc)
		endpointsDeployed(t, env, vpc)
		rulesDeployed(t, env, up)
		flowLogsDeployed(t, env, vpc, "cloud-watch-logs", flowLogGroup)
	})
}

func subnetsDeployed(t testing.TB, env *sandboxtest.Env, vpc string) {
	var out struct {
		Subnets []struct {
			Zone     string `xml:"availabilityZone"`
			Cidr     string `xml:"cidrBlock"`
			PublicIP bool   `xml:"mapPublicIpOnLaunch"`
			IPv6     bool   `xml:"assignIpv6AddressOnCreation"`
			IPv6s    []struct {
				Cidr string `xml:"ipv6CidrBlock"`
			} `xml:"ipv6CidrBlockAssociationSet>item"`
			Tags []tag `xml:"tagSet>item"`
		} `xml:"subnetSet>item"`
	}
	describe(t, env, "DescribeSubnets", inVPC(vpc), &out)
	blocks := map[string]string{}
	for _, s := range out.Subnets {
		tagged(t, s.Cidr, s.Tags)
		for _, tag := range s.Tags {
			if tag.Key == "Name" {
				blocks[tag.Value] = s.Zone + " " + s.Cidr
				assert.Equal(t, strings.HasPrefix(tag.Value, "main-private"), s.IPv6, tag.Value)
				if assert.Len(t, s.IPv6s, 1, tag.Value) {
					assert.True(t, strings.HasSuffix(s.IPv6s[0].Cidr, "::/64"), s.IPv6s[0].Cidr)
				}
			}
		}
		assert.False(t, s.PublicIP, s.Cidr)
	}
	assert.Equal(t, map[string]string{
		"main-private-a": "eu-west-1a 10.1.0.0/20", "main-private-b": "eu-west-1b 10.1.16.0/20",
		"main-private-c": "eu-west-1c 10.1.32.0/20", "main-public-a": "eu-west-1a 10.1.128.0/22",
		"main-public-b": "eu-west-1b 10.1.132.0/22", "main-public-c": "eu-west-1c 10.1.136.0/22",
		"main-isolated-a": "eu-west-1a 10.1.160.0/22", "main-isolated-b": "eu-west-1b 10.1.164.0/22",
		"main-isolated-c": "eu-west-1c 10.1.168.0/22",
	}, blocks)
}

func routesDeployed(t testing.TB, env *sandboxtest.Env, vpc string) {
	var out struct {
		Tables []struct {
			Routes []struct {
				Cidr   string `xml:"destinationCidrBlock"`
				IPv6   string `xml:"destinationIpv6CidrBlock"`
				Prefix string `xml:"destinationPrefixListId"`
				Gate   string `xml:"gatewayId"`
				Nat    string `xml:"natGatewayId"`
				Egress string `xml:"egressOnlyInternetGatewayId"`
			} `xml:"routeSet>item"`
			Tags []tag `xml:"tagSet>item"`
		} `xml:"routeTableSet>item"`
	}
	describe(t, env, "DescribeRouteTables", inVPC(vpc), &out)
	nats := map[string]bool{}
	routes := map[string][]string{}
	for _, table := range out.Tables {
		name := ""
		for _, tag := range table.Tags {
			if tag.Key == "Name" {
				name = tag.Value
			}
		}
		for _, r := range table.Routes {
			if r.Gate == "local" {
				continue
			}
			kind, _, _ := strings.Cut(r.Gate+r.Nat+r.Egress, "-")
			if r.Nat != "" {
				nats[r.Nat] = true
			}
			if r.Prefix != "" {
				continue
			}
			routes[name] = append(routes[name], r.Cidr+r.IPv6+" "+kind)
		}
	}
	assert.Len(t, nats, 3, "each zone has its own NAT gateway")
	assert.Len(t, routes, 4, "%v", routes)
	assert.ElementsMatch(t, []string{"0.0.0.0/0 igw", "::/0 igw"}, routes["main-public"])
	assert.ElementsMatch(t, []string{"0.0.0.0/0 nat", "::/0 eigw"}, routes["main-private-b"])
}

func defaultGroupDeployed(t testing.TB, env *sandboxtest.Env, vpc string) {
	var out struct {
		Groups []struct {
			ID string `xml:"groupId"`
		} `xml:"securityGroupInfo>item"`
	}
	filter := inVPC(vpc)
	filter["Filter.2.Name"], filter["Filter.2.Value.1"] = "group-name", "default"
	describe(t, env, "DescribeSecurityGroups", filter, &out)
	require.Len(t, out.Groups, 1)
	assert.Empty(t, rulesOf(t, env, out.Groups[0].ID))
}

func aclsDeployed(t testing.TB, env *sandboxtest.Env, vpc string) {
	var out struct {
		ACLs []struct {
			Default bool `xml:"default"`
			Entries []struct {
				Number int  `xml:"ruleNumber"`
				Egress bool `xml:"egress"`
			} `xml:"entrySet>item"`
			Subnets []struct {
				ID string `xml:"subnetId"`
			} `xml:"associationSet>item"`
		} `xml:"networkAclSet>item"`
	}
	describe(t, env, "DescribeNetworkAcls", inVPC(vpc), &out)
	require.Len(t, out.ACLs, 4)
	for _, acl := range out.ACLs {
		rules := 0
		for _, e := range acl.Entries {
			if e.Number < 32767 {
				rules++
			}
		}
		if acl.Default {
			assert.Zero(t, rules, "the default one lets nothing through")
			assert.Empty(t, acl.Subnets)
			continue
		}
		assert.Greater(t, rules, 4)
		assert.Len(t, acl.Subnets, 3)
	}
}

func endpointsDeployed(t testing.TB, env *sandboxtest.Env, vpc string) {
	var out struct {
		Endpoints []struct {
			Service string   `xml:"serviceName"`
			Kind    string   `xml:"vpcEndpointType"`
			State   string   `xml:"state"`
			Policy  string   `xml:"policyDocument"`
			DNS     bool     `xml:"privateDnsEnabled"`
			Tables  []string `xml:"routeTableIdSet>item"`
			Subnets []string `xml:"subnetIdSet>item"`
			Tags    []tag    `xml:"tagSet>item"`
		} `xml:"vpcEndpointSet>item"`
	}
	describe(t, env, "DescribeVpcEndpoints", inVPC(vpc), &out)
	require.Len(t, out.Endpoints, 14)
	for _, e := range out.Endpoints {
		tagged(t, e.Service, e.Tags)
		assert.Contains(t, e.Policy, `"aws:ResourceAccount":["123456789012","210987654321"]`, e.Service)
		if e.Service == "com.amazonaws.eu-west-1.s3" {
			assert.Equal(t, "Gateway", e.Kind)
			assert.Len(t, e.Tables, 5)
			assert.Contains(t, e.Policy, "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*")
			continue
		}
		assert.True(t, e.DNS, e.Service)
		assert.Len(t, e.Subnets, 3, e.Service)
	}
}

type deployedRule struct {
	Egress      bool   `xml:"isEgress"`
	Description string `xml:"description"`
	From        int    `xml:"fromPort"`
	To          int    `xml:"toPort"`
	IPv4        string `xml:"cidrIpv4"`
	IPv6        string `xml:"cidrIpv6"`
	Prefix      string `xml:"prefixListId"`
	Group       string `xml:"referencedGroupInfo>groupId"`
}

func rulesOf(t testing.TB, env *sandboxtest.Env, group string) []deployedRule {
	var out struct {
		Rules []deployedRule `xml:"securityGroupRuleSet>item"`
	}
	filter := map[string]string{"Filter.1.Name": "group-id", "Filter.1.Value.1": group}
	describe(t, env, "DescribeSecurityGroupRules", filter, &out)
	return out.Rules
}

func rulesDeployed(t testing.TB, env *sandboxtest.Env, up sandboxtest.Result) {
	service, database, endpoints := up.Output(t, "service"), up.Output(t, "database"), up.Output(t, "endpoints")
	assert.Equal(t, []deployedRule{
		{Description: "from service to database, tcp 5432", From: 5432, To: 5432, Group: service},
	}, rulesOf(t, env, database), "the database answers the service, and calls nobody")
	assert.ElementsMatch(t, []deployedRule{
		{Egress: true, Description: "from service to database, tcp 5432", From: 5432, To: 5432, Group: database},
		{Egress: true, Description: "from service to endpoints, tcp 443", From: 443, To: 443, Group: endpoints},
		{Egress: true, Description: "from service to s3, tcp 443", From: 443, To: 443, Prefix: up.Output(t, "s3")},
		{Egress: true, Description: "from service to internet, tcp 443", From: 443, To: 443, IPv4: "0.0.0.0/0"},
		{Egress: true, Description: "from service to internet, tcp 443", From: 443, To: 443, IPv6: "::/0"},
	}, outgoing(rulesOf(t, env, service)))
}

func outgoing(rules []deployedRule) []deployedRule {
	var out []deployedRule
	for _, r := range rules {
		if r.Egress {
			out = append(out, r)
		}
	}
	return out
}

func flowLogsDeployed(t testing.TB, env *sandboxtest.Env, vpc, kind, destination string) {
	var out struct {
		Logs []struct {
			Traffic     string `xml:"trafficType"`
			Kind        string `xml:"logDestinationType"`
			Destination string `xml:"logDestination"`
			Interval    int    `xml:"maxAggregationInterval"`
			Format      string `xml:"destinationOptions>fileFormat"`
			Hive        bool   `xml:"destinationOptions>hiveCompatiblePartitions"`
			Hourly      bool   `xml:"destinationOptions>perHourPartition"`
			Tags        []tag  `xml:"tagSet>item"`
		} `xml:"flowLogSet>item"`
	}
	describe(t, env, "DescribeFlowLogs", map[string]string{"Filter.1.Name": "resource-id", "Filter.1.Value.1": vpc}, &out)
	require.Len(t, out.Logs, 1)
	l := out.Logs[0]
	got := []any{l.Traffic, l.Kind, strings.TrimSuffix(l.Destination, ":*"), l.Interval}
	assert.Equal(t, []any{"ALL", kind, destination, 60}, got)
	if kind == "s3" {
		assert.Equal(t, []any{"parquet", true, true}, []any{l.Format, l.Hive, l.Hourly})
	}
	tagged(t, "flow log", l.Tags)
}

// The cheap one: public addresses, flow logs in the bucket, the shared network ACL. Then it grows.
func TestAGrowingVpcDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	zones, egress := []string{"a", "b"}, network.EgressPublicAddresses
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable,
			Sources: storage.LogSources{FlowLogs: &storage.FlowLogSource{HivePartitions: true}},
		})
		if err != nil {
			return err
		}
		v, err := newVpc(ctx, func(a *network.VpcArgs) {
			a.Lifecycle, a.Zones, a.Egress = lifecycle.Disposable, zones, egress
			a.EndpointServices = services{network.EndpointLogs}
			a.FlowLogs = &network.FlowLogs{LogBucket: logs, HivePartitions: true}
		})
		if err != nil {
			return err
		}
		ctx.Export("vpc", v.VpcId)
		ctx.Export("bucket", logs.BucketArn)
		return nil
	}, sandboxtest.Options{})

	up := stack.Up(t)
	flowLogsDeployed(t, env, up.Output(t, "vpc"), "s3", up.Output(t, "bucket"))
	stack.UpUnchanged(t)
	stack.RefreshUnchanged(t)

	zones, egress = []string{"a", "b", "c"}, network.EgressNATSingleAndEndpoints
	grown := stack.Up(t)
	assert.Zero(t, grown.Replaced+grown.Deleted, "%v", grown.Changes)
	assert.Equal(t, up.Output(t, "vpc"), grown.Output(t, "vpc"))
	for _, change := range grown.Changes {
		if strings.Contains(change.URN, "aws:ec2/subnet:Subnet") {
			assert.True(t, strings.HasSuffix(change.URN, "-c"), "%v", change)
		}
	}
	stack.UpUnchanged(t)
	stack.RefreshUnchanged(t)

	zones, egress = []string{"a", "b", "c"}, network.EgressPublicAddresses
	assert.Zero(t, stack.Up(t).Replaced)
	stack.Destroy(t)
}

// A VPC that somebody else made, with endpoints that are added to it.
func TestExistingVpcDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		theirs, err := ec2.NewVpc(ctx, "theirs", &ec2.VpcArgs{
			CidrBlock: pulumi.String("10.7.0.0/16"), EnableDnsHostnames: pulumi.Bool(true),
		})
		if err != nil {
			return err
		}
		subnet, err := ec2.NewSubnet(ctx, "theirs", &ec2.SubnetArgs{
			VpcId: theirs.ID(), CidrBlock: pulumi.String("10.7.1.0/24"), AvailabilityZone: pulumi.String("eu-west-1a"),
		})
		if err != nil {
			return err
		}
		ids := pulumi.StringArray{subnet.ID().ToStringOutput()}
		endpoints, err := network.NewEndpoints(ctx, "aws", &network.EndpointsArgs{
			Labels: labels, VpcId: theirs.ID().ToStringOutput(), SubnetIds: ids,
			RouteTableIds:    pulumi.StringArray{theirs.MainRouteTableId},
			EndpointServices: services{network.EndpointKMS},
		})
		if err != nil {
			return err
		}
		v, err := network.NewExistingVpc(ctx, "theirs", &network.ExistingVpcArgs{
			VpcId: theirs.ID().ToStringOutput(), PrivateSubnetIds: ids, Endpoints: endpoints,
		})
		if err != nil {
			return err
		}
		g, err := groups(ctx, v.Network(), "service")
		if err != nil {
			return err
		}
		if _, err := network.AllowAWS(ctx, g["service"]); err != nil {
			return err
		}
		ctx.Export("cidr", v.Cidr)
		ctx.Export("subnets", v.WorkloadSubnetIds)
		ctx.Export("subnet", subnet.ID())
		ctx.Export("service", g["service"].SecurityGroupId)
		ctx.Export("s3", v.S3PrefixListId)
		ctx.Export("endpoints", v.EndpointSecurityGroupId)
		return nil
	}, sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		assert.Equal(t, "10.7.0.0/16", up.Output(t, "cidr"))
		assert.Equal(t, []any{up.Output(t, "subnet")}, up.Outputs["subnets"])
		s3, endpoints := up.Output(t, "s3"), up.Output(t, "endpoints")
		assert.ElementsMatch(t, []deployedRule{
			{Egress: true, Description: "from service to s3, tcp 443", From: 443, To: 443, Prefix: s3},
			{Egress: true, Description: "from service to endpoints, tcp 443", From: 443, To: 443, Group: endpoints},
		}, rulesOf(t, env, up.Output(t, "service")))
	})
}

// What the region does not have is found before anything is created.
func TestARegionIsAskedFirst(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, vpc(func(a *network.VpcArgs) { a.Zones = []string{"a", "h"} }), sandboxtest.Options{})
	_, err := stack.TryUp(t.Context())
	require.ErrorContains(t, err,
		`zones[1]: "h": expected a zone that eu-west-1 has for this account: a, b, c; fix: choose among them`)
	for _, r := range stack.Resources(t) {
		assert.True(t, strings.HasPrefix(r.Type, "pulumi:"), "%s was created in spite of the error", r.URN)
	}
}

// A subnet of another VPC is found before anything is created in it.
func TestExistingSubnetsAreChecked(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		theirs, err := ec2.NewVpc(ctx, "theirs", &ec2.VpcArgs{CidrBlock: pulumi.String("10.8.0.0/16")})
		if err != nil {
			return err
		}
		v, err := network.NewExistingVpc(ctx, "theirs", &network.ExistingVpcArgs{
			VpcId: theirs.ID().ToStringOutput(), PrivateSubnetIds: existingSubnets("7"), Egress: network.EgressNATSingle,
		})
		if err != nil {
			return err
		}
		ctx.Export("subnets", v.PrivateSubnetIds)
		return nil
	}, sandboxtest.Options{})
	_, err := stack.TryUp(t.Context())
	require.ErrorContains(t, err, `privateSubnetIds[0]: "subnet-00000000000000007": expected a subnet of vpc-`)
	stack.Destroy(t)
}
