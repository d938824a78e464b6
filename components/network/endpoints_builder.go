package network

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// endpointsBuilder makes the endpoints of one VPC, of a new one or of one that exists.
type endpointsBuilder struct {
	component.Base
	labels      tagging.Labels
	region      string
	vpc         *vpcIdentity
	routeTables pulumi.StringArrayInput
	services    []*service
	// subnets are where a service's endpoint gets addresses.
	subnets           func(*service) pulumi.StringArrayInput
	trusted, readable []string
	out               *Endpoints
}

// checkRegion asks for the services, and reports those that the region does not have.
func (b *endpointsBuilder) checkRegion(
	wanted []EndpointService, opts []pulumi.ResourceOption,
) (problems validate.Problems, err error) {
	in, err := lookupRegion(b.Ctx, opts)
	if err != nil {
		return nil, err
	}
	b.region = in.name
	b.services, problems, err = in.services(wanted, nil)
	return problems, err
}

func (b *endpointsBuilder) build(opts []pulumi.ResourceOption) (*Endpoints, error) {
	b.out = &Endpoints{vpc: b.vpc, interfaces: map[string]*ec2.VpcEndpoint{}}
	return component.Build(&b.Base, b.out, opts, b.s3, b.securityGroup, b.interfaceEndpoints)
}

// s3 makes the gateway endpoint.
func (b *endpointsBuilder) s3() (err error) {
	name := b.Name + "-s3"
	b.out.S3, err = ec2.NewVpcEndpoint(b.Ctx, name, &ec2.VpcEndpointArgs{
		VpcId: b.vpc.id, ServiceName: pulumi.String("com.amazonaws." + b.region + ".s3"),
		VpcEndpointType: pulumi.String("Gateway"), RouteTableIds: b.routeTables, Tags: b.labels.Tags(name),
		Policy: b.PolicyJSON(iampolicy.EndpointPolicy, func(in account.Info) []iampolicy.Statement {
			return s3Policy(in, b.trusted, b.readable)
		}),
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.S3PrefixListId = b.out.S3.PrefixListId
	return nil
}

// securityGroup makes the group that all interface endpoints share.
func (b *endpointsBuilder) securityGroup() (err error) {
	b.out.SecurityGroupId = component.None()
	if len(b.services) == 0 {
		return nil
	}
	group := &securityGroupBuilder{
		Base: component.NewBase(b.Ctx, SecurityGroupType, b.Name), labels: b.labels, vpc: b.vpc,
	}
	b.out.SecurityGroup, err = group.build([]pulumi.ResourceOption{b.Parent})
	if err != nil {
		return err
	}
	b.out.SecurityGroupId = b.out.SecurityGroup.SecurityGroupId
	return nil
}

// interfaceEndpoints makes one for each service.
func (b *endpointsBuilder) interfaceEndpoints() (err error) {
	for _, s := range b.services {
		name := b.Name + "-" + strings.ReplaceAll(s.suffix, ".", "-")
		args := &ec2.VpcEndpointArgs{
			VpcId: b.vpc.id, ServiceName: pulumi.String(s.name), VpcEndpointType: pulumi.String("Interface"),
			PrivateDnsEnabled: pulumi.Bool(true), SubnetIds: b.subnets(s),
			SecurityGroupIds: pulumi.StringArray{b.out.SecurityGroupId}, Tags: b.labels.Tags(name),
		}
		if s.policies {
			args.Policy = b.PolicyJSON(iampolicy.EndpointPolicy, func(in account.Info) []iampolicy.Statement {
				return []iampolicy.Statement{ownAccount(in, s.actions, b.trusted)}
			})
		}
		if b.out.interfaces[s.suffix], err = ec2.NewVpcEndpoint(b.Ctx, name, args, b.Parent); err != nil {
			return err
		}
	}
	return nil
}
