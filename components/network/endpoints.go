package network

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// EndpointsType is the type token of Endpoints.
const EndpointsType = "bulwark:network:Endpoints"

// Endpoints are the private ways to AWS's services. See NewEndpoints.
type Endpoints struct {
	pulumi.ResourceState

	// S3PrefixListId is the prefix list with the addresses of S3, for rules of security groups.
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// SecurityGroupId is the security group of the interface endpoints; empty without endpoint services.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`

	// S3 is the gateway endpoint.
	S3 *ec2.VpcEndpoint `pulumi:"s3" provider:"type=aws@6.83.2:ec2/vpcEndpoint:VpcEndpoint"`
	// SecurityGroup is the group of the interface endpoints: closed, until Allow or AllowAWS lets a group in. Nil without
	// endpoint services.
	SecurityGroup *SecurityGroup

	vpc        *vpcIdentity
	interfaces map[string]*ec2.VpcEndpoint
}

// NewEndpoints creates the S3 gateway endpoint, and the interface endpoints of the endpoint services, in a VPC that
// exists. NewVpc makes them by itself. It reports all problems with the arguments at once, before it creates anything.
func NewEndpoints(
	ctx *pulumi.Context, name string, args *EndpointsArgs, opts ...pulumi.ResourceOption,
) (*Endpoints, error) {
	args = component.OrEmpty(args)
	b := &endpointsBuilder{Base: component.NewBase(ctx, EndpointsType, name), labels: args.Labels}
	problems := args.check(name)
	lacking, err := b.checkRegion(args.EndpointServices, opts)
	if err := errors.Join(b.Err(append(problems, lacking...)), err); err != nil {
		return nil, err
	}
	b.vpc, b.routeTables = existingVPC(args.VpcId), args.RouteTableIds
	b.subnets = func(*service) pulumi.StringArrayInput { return args.SubnetIds }
	b.trusted, b.readable = args.TrustedAccounts, args.ReadableBuckets
	return b.build(opts)
}

// Interface is the interface endpoint of a service by the end of its name, such as ecr.api; nil where there is none.
func (e *Endpoints) Interface(service string) *ec2.VpcEndpoint { return e.interfaces[service] }

// group is where connections to the interface endpoints lead; nil where there are none.
func (e *Endpoints) group() *group {
	if e.SecurityGroup == nil {
		return nil
	}
	return e.SecurityGroup.group
}
