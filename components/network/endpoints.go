package network

import (
	"errors"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Endpoints are the private ways to AWS's services. See NewEndpoints.
type Endpoints struct {
	pulumi.ResourceState

	// S3PrefixListId is the prefix list with the addresses of S3, for rules of security groups.
	S3PrefixListId pulumi.StringOutput `pulumi:"s3PrefixListId"`
	// SecurityGroupId is the security group of the interface endpoints; empty without features.
	SecurityGroupId pulumi.StringOutput `pulumi:"securityGroupId"`

	// S3 is the gateway endpoint.
	S3 *ec2.VpcEndpoint `pulumi:"s3" provider:"type=aws@6.83.2:ec2/vpcEndpoint:VpcEndpoint"`
	// SecurityGroup is the group of the interface endpoints: closed, until Allow or AllowAWS lets a group in. Nil without
	// features.
	SecurityGroup *SecurityGroup

	vpc        *home
	interfaces map[string]*ec2.VpcEndpoint
}

// NewEndpoints creates the S3 gateway endpoint, and the interface endpoints of the features, in a VPC that exists. NewVpc
// makes them by itself. It reports all problems with the arguments at once, before it creates anything.
func NewEndpoints(ctx *pulumi.Context, name string, args *EndpointsArgs, opts ...pulumi.ResourceOption) (*Endpoints, error) {
	if args == nil {
		args = &EndpointsArgs{}
	}
	ps := args.check(name)
	in, err := locate(ctx, opts)
	if err != nil {
		return nil, errors.Join(ps.Err(EndpointsType, name), err)
	}
	services, problems, err := in.services(args.Features, nil)
	if err != nil {
		return nil, errors.Join(ps.Err(EndpointsType, name), err)
	}
	ps.Add(problems...)
	if err := ps.Err(EndpointsType, name); err != nil {
		return nil, err
	}
	return newEndpoints(ctx, name, endpointSet{
		labels: args.Labels, region: in.region, vpc: existing(args.VpcId), tables: args.RouteTableIds, services: services,
		subnets: func(*service) pulumi.StringArrayInput { return args.SubnetIds },
		trusted: args.TrustedAccounts, readable: args.ReadableBuckets,
	}, opts...)
}

func (a *EndpointsArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(a.Labels.Check("labels")...)
	if a.VpcId == nil {
		ps.Add(validate.Required("vpcId", "the VPC", "give its id"))
	}
	ps.Add(checkID("vpcId", "vpc", "VPC", a.VpcId)...)
	if a.RouteTableIds == nil {
		ps.Add(validate.Required("routeTableIds", "the route tables that shall have a route to S3", "give their ids"))
	}
	ps.Add(checkIDs("routeTableIds", "rtb", "route table", a.RouteTableIds)...)
	if a.SubnetIds == nil && len(a.Features) > 0 {
		ps.Add(validate.Required("subnetIds", "the subnets in which interface endpoints get addresses", "give one a zone"))
	}
	ps.Add(checkIDs("subnetIds", "subnet", "subnet", a.SubnetIds)...)
	ps.Add(checkList("features", a.Features, Feature("").Values())...)
	ps.Add(checkAccounts(a.TrustedAccounts)...)
	return append(ps, checkBuckets(a.ReadableBuckets)...)
}

// endpointSet says which endpoints to make.
type endpointSet struct {
	labels   tagging.Labels
	region   string
	vpc      *home
	tables   pulumi.StringArrayInput
	services []*service
	// subnets are where a service's endpoint gets addresses.
	subnets           func(*service) pulumi.StringArrayInput
	trusted, readable []string
}

func newEndpoints(ctx *pulumi.Context, name string, set endpointSet, opts ...pulumi.ResourceOption) (*Endpoints, error) {
	e := &Endpoints{vpc: set.vpc, interfaces: map[string]*ec2.VpcEndpoint{}}
	if err := ctx.RegisterComponentResource(EndpointsType, name, e, opts...); err != nil {
		return nil, err
	}
	location, parent := account.Lookup(ctx, e), pulumi.Parent(e)
	policy := func(statements func(account.Info) []iampolicy.Statement) pulumi.StringOutput {
		return location.ApplyT(statements).(policydoc.Statements).JSON(iampolicy.EndpointPolicy)
	}

	var err error
	e.S3, err = ec2.NewVpcEndpoint(ctx, name+"-s3", &ec2.VpcEndpointArgs{
		VpcId: set.vpc.id, ServiceName: pulumi.String("com.amazonaws." + set.region + ".s3"), VpcEndpointType: pulumi.String("Gateway"),
		RouteTableIds: set.tables, Tags: set.labels.Tags(name + "-s3"),
		Policy: policy(func(in account.Info) []iampolicy.Statement { return s3Policy(in, set.trusted, set.readable) }),
	}, parent)
	if err != nil {
		return nil, err
	}
	e.SecurityGroupId = pulumi.String("").ToStringOutput()
	if len(set.services) > 0 {
		e.SecurityGroup, err = newSecurityGroup(ctx, name, set.labels, "", set.vpc, nil, parent)
		if err != nil {
			return nil, err
		}
		e.SecurityGroupId = e.SecurityGroup.SecurityGroupId
	}
	for _, s := range set.services {
		child := name + "-" + strings.ReplaceAll(s.suffix, ".", "-")
		args := &ec2.VpcEndpointArgs{
			VpcId: set.vpc.id, ServiceName: pulumi.String(s.name), VpcEndpointType: pulumi.String("Interface"), PrivateDnsEnabled: pulumi.Bool(true),
			SubnetIds: set.subnets(s), SecurityGroupIds: pulumi.StringArray{e.SecurityGroupId}, Tags: set.labels.Tags(child),
		}
		if s.policies {
			args.Policy = policy(func(in account.Info) []iampolicy.Statement {
				return []iampolicy.Statement{ownAccount(in, s.actions, set.trusted)}
			})
		}
		if e.interfaces[s.suffix], err = ec2.NewVpcEndpoint(ctx, child, args, parent); err != nil {
			return nil, err
		}
	}
	e.S3PrefixListId = e.S3.PrefixListId
	return e, ctx.RegisterResourceOutputs(e, pulumi.Map{
		"s3PrefixListId":  e.S3PrefixListId,
		"securityGroupId": e.SecurityGroupId,
		"s3":              e.S3,
	})
}

// Interface is the interface endpoint of a service by the end of its name, such as ecr.api; nil where there is none.
func (e *Endpoints) Interface(service string) *ec2.VpcEndpoint { return e.interfaces[service] }

// group is where edges to the interface endpoints lead; nil where there are none.
func (e *Endpoints) group() *group {
	if e.SecurityGroup == nil {
		return nil
	}
	return e.SecurityGroup.group
}

// endpoints makes the endpoints of the VPC, each in the zones that its service has.
func (b *builder) endpoints() (err error) {
	b.out.Endpoints, err = newEndpoints(b.ctx, b.name+"-endpoints", endpointSet{
		labels: b.args.Labels, region: b.region, vpc: b.identity, tables: b.tables(), services: b.services,
		trusted: b.args.TrustedAccounts, readable: b.args.ReadableBuckets,
		subnets: func(s *service) pulumi.StringArrayInput {
			ids := pulumi.StringArray{}
			for _, p := range b.planned(TierPrivate) {
				if s.serves(b.region + p.Zone) {
					ids = append(ids, b.out.subnets[spot{TierPrivate, p.Zone}].ID().ToStringOutput())
				}
			}
			return ids
		},
	}, b.parent)
	return err
}
