package network

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// VpcArgs are the arguments of NewVpc.
type VpcArgs struct {
	// Labels become the tags of everything in the VPC.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the VPC is protected, its flow logs and their key are retained.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`

	// Cidr is the block of private IPv4 addresses, /16 to /20. Default: 10.0.0.0/16. Changing it replaces the VPC.
	Cidr string `pulumi:"cidr,optional"`
	// PeerCidrs are the blocks of networks that are connected, or that may be later: other VPCs, an office, a VPN. None
	// may overlap with Cidr, and the network ACLs let them in.
	PeerCidrs []string `pulumi:"peerCidrs,optional"`
	// Zones are the letters of the availability zones, at least two. Default: a and b. Zones can be added later, which
	// moves nothing. A single NAT gateway is in the first one.
	Zones []string `pulumi:"zones,optional"`
	// Tiers are the kinds of subnets. Default: all. Tiers can be added later, which moves nothing.
	Tiers []Tier `pulumi:"tiers,optional"`
	// Ipv6 adds IPv6 addresses, with a way out that lets nothing in where Egress has a NAT gateway. Off by default.
	Ipv6 bool `pulumi:"ipv6,optional"`

	// Egress is how workloads reach AWS's services and the internet. Default: EgressEndpointsOnly.
	Egress Egress `pulumi:"egress,optional"`
	// EndpointServices are the AWS services that the workloads use. An Egress with endpoints makes those that they need;
	// with any other the list changes nothing, so that it can be the same for every stack.
	EndpointServices []EndpointService `pulumi:"endpointServices,optional"`
	// TrustedAccounts are the ids of further accounts whose buckets, images, secrets and other resources may be reached
	// through the endpoints. The VPC's own account always is one.
	TrustedAccounts []string `pulumi:"trustedAccounts,optional"`
	// ReadableBuckets are the names of buckets, whoever owns them, that may be read through the S3 endpoint, such as
	// package repositories. The buckets with the layers of ECR images always are among them.
	ReadableBuckets []string `pulumi:"readableBuckets,optional"`

	// PublicPorts are the TCP ports that may be opened to the internet. Default: 80 and 443. Ports of databases, logins
	// and consoles are refused.
	PublicPorts []int `pulumi:"publicPorts,optional"`
	// NetworkAcls is NetworkAclsShared unless set.
	NetworkAcls NetworkAcls `pulumi:"networkAcls,optional"`
	// FlowLogs says where the record of all connections goes. Default: a log group of CloudWatch Logs with its own key,
	// for 400 days.
	FlowLogs *FlowLogs `pulumi:"flowLogs,optional"`
}

func (a *VpcArgs) cidr() string { return cmp.Or(a.Cidr, "10.0.0.0/16") }

func (a *VpcArgs) zones() []string { return component.OrDefault(a.Zones, "a", "b") }

func (a *VpcArgs) tiers() []Tier { return component.OrDefault(a.Tiers, Tier("").Values()...) }

// endpointServices are the services that get interface endpoints.
func (a *VpcArgs) endpointServices() []EndpointService {
	if !a.Egress.plan().HasEndpoints() {
		return nil
	}
	return a.EndpointServices
}

// natZones are the zones that get a NAT gateway.
func (a *VpcArgs) natZones() []string { return a.zones()[:a.Egress.plan().NATGateways(len(a.zones()))] }

// FlowLogs says where the record of all connections goes: to a log bucket, or to a log group if there is none.
type FlowLogs struct {
	// LogBucket receives the flow logs as Parquet files. It has to have flow logs among its sources.
	LogBucket *storage.LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing bucket, instead of LogBucket: its policy has to let
	// delivery.logs.amazonaws.com write.
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`
	// HivePartitions writes Hive-compatible prefixes, as the bucket's source has to say too.
	HivePartitions bool `pulumi:"hivePartitions,optional"`

	// Key encrypts the log group; it has to serve encryption.UseLogs. Default: a key that the VPC creates for it.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
	// RetentionDays is how long the log group keeps records, one of the numbers that CloudWatch Logs knows. Default: 400.
	RetentionDays int `pulumi:"retentionDays,optional"`
}

// intoBucket says whether the flow logs go to a bucket.
func (f *FlowLogs) intoBucket() bool { return f.LogBucket != nil || f.LogBucketName != nil }

func (f *FlowLogs) keyChoice() keychoice.Choice { return keychoice.Choice{Key: f.Key, Arn: f.KeyArn} }

// EndpointsArgs are the arguments of NewEndpoints.
type EndpointsArgs struct {
	// Labels become the tags of the endpoints and of their security group.
	Labels tagging.Labels `pulumi:"labels"`
	// VpcId is the VPC.
	VpcId pulumi.StringInput `pulumi:"vpcId"`
	// RouteTableIds are the route tables that get a route to S3.
	RouteTableIds pulumi.StringArrayInput `pulumi:"routeTableIds"`
	// SubnetIds are where the interface endpoints get addresses: one subnet per zone. Required with EndpointServices.
	SubnetIds pulumi.StringArrayInput `pulumi:"subnetIds,optional"`
	// EndpointServices are the AWS services that the workloads use: they decide on the interface endpoints, each of which
	// costs by zone and hour.
	EndpointServices []EndpointService `pulumi:"endpointServices,optional"`
	// TrustedAccounts are the ids of further accounts whose resources may be reached through the endpoints.
	TrustedAccounts []string `pulumi:"trustedAccounts,optional"`
	// ReadableBuckets are the names of buckets, whoever owns them, that may be read through the S3 endpoint.
	ReadableBuckets []string `pulumi:"readableBuckets,optional"`
}

// ExistingVpcArgs are the arguments of NewExistingVpc.
type ExistingVpcArgs struct {
	// VpcId is the VPC.
	VpcId pulumi.StringInput `pulumi:"vpcId"`
	// PublicSubnetIds are subnets with a route to an internet gateway, where load balancers live.
	PublicSubnetIds pulumi.StringArrayInput `pulumi:"publicSubnetIds,optional"`
	// PrivateSubnetIds are subnets without a way in, where workloads live.
	PrivateSubnetIds pulumi.StringArrayInput `pulumi:"privateSubnetIds,optional"`
	// IsolatedSubnetIds are subnets without any route to the internet, where databases live.
	IsolatedSubnetIds pulumi.StringArrayInput `pulumi:"isolatedSubnetIds,optional"`
	// Egress is how workloads reach AWS's services and the internet: it decides where they live and what AllowAWS opens.
	// It builds nothing. Default: EgressEndpointsOnly.
	Egress Egress `pulumi:"egress,optional"`
	// Endpoints are the VPC's endpoints, made by NewEndpoints. Required, or EndpointSecurityGroupId, where Egress has
	// endpoints.
	Endpoints *Endpoints `sibling:"endpointSecurityGroupId"`
	// EndpointSecurityGroupId is the security group of the interface endpoints that the VPC already has. Rules are added
	// to it.
	EndpointSecurityGroupId pulumi.StringInput `pulumi:"endpointSecurityGroupId,optional"`
	// PublicPorts are the TCP ports that may be opened to the internet. Default: 80 and 443.
	PublicPorts []int `pulumi:"publicPorts,optional"`
	// Ipv6 says that the VPC has IPv6 addresses, so that what is open to the internet is open over IPv6 too.
	Ipv6 bool `pulumi:"ipv6,optional"`
}

// SecurityGroupArgs are the arguments of NewSecurityGroup.
type SecurityGroupArgs struct {
	// Labels become the tags of the group and of its rules.
	Labels tagging.Labels `pulumi:"labels"`
	// Network is where the group lives.
	Network *Network `sibling:"vpcId"`
	// VpcId is the VPC of the group, instead of Network.
	VpcId pulumi.StringInput `pulumi:"vpcId,optional"`
	// Description says what the group is for. AWS cannot change it: another description replaces the group.
	// Default: <project>-<environment>-<name>.
	Description string `pulumi:"description,optional"`
}
