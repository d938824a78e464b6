package loadbalancing

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// awsVersion is the version of pulumi-aws, without which the engine would take another provider for the question.
const awsVersion = "6.83.2"

type subnetQuestion struct {
	Id string `pulumi:"id"`
}

type subnetAnswer struct {
	AvailabilityZone string `pulumi:"availabilityZone"`
}

// lookUpZones asks in which availability zones subnets are. It asks by the name of the function, so that the package
// does not have to contain all of EC2.
func lookUpZones(ctx *pulumi.Context, ids []string, ask ...pulumi.InvokeOption) (map[string]string, error) {
	ask = append(slices.Clone(ask), pulumi.Version(awsVersion))
	zones := make(map[string]string, len(ids))
	for _, id := range ids {
		var subnet subnetAnswer
		if err := ctx.Invoke("aws:ec2/getSubnet:getSubnet", &subnetQuestion{Id: id}, &subnet, ask...); err != nil {
			return nil, err
		}
		zones[id] = subnet.AvailabilityZone
	}
	return zones, nil
}

// subnets are where the load balancer gets addresses, and an error once it is known that they are in too few zones.
func (b *builder) subnets() pulumi.StringArrayOutput {
	return b.chosenSubnets().ToStringArrayOutput().ApplyT(func(ids []string) ([]string, error) {
		if len(ids) < 2 {
			return nil, b.Err(validate.Problems{tooFewSubnets(len(ids))})
		}
		zones, err := lookUpZones(b.Ctx, ids, b.Parent)
		if err != nil {
			return nil, err
		}
		return ids, b.Err(checkZones(ids, zones))
	}).(pulumi.StringArrayOutput)
}

func (b *builder) chosenSubnets() pulumi.StringArrayInput {
	switch {
	case b.args.Network == nil:
		return b.vpc.PublicSubnetIds
	case b.args.SubnetIds != nil:
		return b.args.SubnetIds
	case b.args.internal():
		return b.vpc.WorkloadSubnetIds
	}
	return b.vpc.PublicSubnetIds
}
