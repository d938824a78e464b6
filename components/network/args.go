package network

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
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

	// Cidr is the block of private IPv4 addresses, /16 to /20. Default: 10.0.0.0/16. Another block is another VPC.
	Cidr string `pulumi:"cidr,optional"`
	// PeerCidrs are the blocks of networks that are connected or shall be able to be: other VPCs, an office, a VPN. None
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
	// Features are what the workloads use. Choices of Egress with endpoints make those that they need; for the others
	// the list changes nothing, so that it can be the same for every stack.
	Features []Feature `pulumi:"features,optional"`
	// TrustedAccounts are the ids of further accounts whose buckets, images, secrets and other resources may be reached
	// through the endpoints. The VPC's own account always is one.
	TrustedAccounts []string `pulumi:"trustedAccounts,optional"`
	// ReadableBuckets are names of buckets of anybody that may be read through the S3 endpoint, such as package
	// repositories. The buckets with the layers of ECR images always are among them.
	ReadableBuckets []string `pulumi:"readableBuckets,optional"`

	// PublicPorts are the TCP ports that may be opened to the internet. Default: 80 and 443. Ports of databases, logins
	// and consoles are refused.
	PublicPorts []int `pulumi:"publicPorts,optional"`
	// NetworkAcls is NetworkAclsShared unless set.
	NetworkAcls NetworkAcls `pulumi:"networkAcls,optional"`
	// FlowLogs says where the record of all connections goes. Default: a log group of CloudWatch Logs with a key of its
	// own, for 400 days.
	FlowLogs *FlowLogs `pulumi:"flowLogs,optional"`
}

// FlowLogs says where the record of all connections goes: into a bucket, or into a log group otherwise.
type FlowLogs struct {
	// Bucket receives the flow logs as Parquet files. It has to have flow logs among its sources.
	Bucket *storage.LogBucket `sibling:"bucketArn"`
	// BucketArn is the ARN of an existing bucket, instead of Bucket: its policy has to let delivery.logs.amazonaws.com
	// write.
	BucketArn pulumi.StringInput `pulumi:"bucketArn,optional"`
	// HivePartitions writes Hive-compatible prefixes, as the bucket's source has to say too.
	HivePartitions bool `pulumi:"hivePartitions,optional"`

	// Key encrypts the log group; it has to serve encryption.UseLogs. Default: a key that the VPC creates for it.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
	// RetentionDays is how long the log group keeps records, one of the numbers that CloudWatch Logs knows. Default: 400.
	RetentionDays int `pulumi:"retentionDays,optional"`
}

// EndpointsArgs are the arguments of NewEndpoints.
type EndpointsArgs struct {
	// Labels become the tags of the endpoints and of their security group.
	Labels tagging.Labels `pulumi:"labels"`
	// VpcId is the VPC.
	VpcId pulumi.StringInput `pulumi:"vpcId"`
	// RouteTableIds are the route tables that get a route to S3.
	RouteTableIds pulumi.StringArrayInput `pulumi:"routeTableIds"`
	// SubnetIds are where the interface endpoints get addresses: one subnet a zone. Required with Features.
	SubnetIds pulumi.StringArrayInput `pulumi:"subnetIds,optional"`
	// Features are what the workloads use: they decide on the interface endpoints, each of which costs by zone and hour.
	Features []Feature `pulumi:"features,optional"`
	// TrustedAccounts are the ids of further accounts whose resources may be reached through the endpoints.
	TrustedAccounts []string `pulumi:"trustedAccounts,optional"`
	// ReadableBuckets are names of buckets of anybody that may be read through the S3 endpoint.
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
	// EndpointSecurityGroupId is the security group of the interface endpoints that the VPC has already. Rules are added
	// to it.
	EndpointSecurityGroupId pulumi.StringInput `pulumi:"endpointSecurityGroupId,optional"`
	// PublicPorts are the TCP ports that may be opened to the internet. Default: 80 and 443.
	PublicPorts []int `pulumi:"publicPorts,optional"`
	// Ipv6 says that the VPC has IPv6 addresses, so that what is open to the internet is so for both.
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
	// Description says what the group is for. AWS cannot change it: another one is another group.
	// Default: <project>-<environment>-<name>.
	Description string `pulumi:"description,optional"`
}
