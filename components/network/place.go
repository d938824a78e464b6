package network

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// place is what a component has to know of its region before it registers anything.
type place struct {
	ctx    *pulumi.Context
	ask    []pulumi.InvokeOption
	region string
}

// locate asks the provider that the component's children will use.
func locate(ctx *pulumi.Context, opts []pulumi.ResourceOption) (*place, error) {
	ask, err := askAs(opts)
	if err != nil {
		return nil, err
	}
	region, err := aws.GetRegion(ctx, &aws.GetRegionArgs{}, ask...)
	if err != nil {
		return nil, err
	}
	return &place{ctx: ctx, ask: ask, region: region.Name}, nil
}

// askAs turns the options of a component into those of a question: the same parent, the same AWS provider.
func askAs(opts []pulumi.ResourceOption) ([]pulumi.InvokeOption, error) {
	o, err := pulumi.NewResourceOptions(opts...)
	if err != nil {
		return nil, err
	}
	var ask []pulumi.InvokeOption
	if o.Parent != nil {
		ask = append(ask, pulumi.Parent(o.Parent))
	}
	for _, p := range o.Providers {
		if p, ok := p.(*aws.Provider); ok {
			ask = append(ask, pulumi.Provider(p))
		}
	}
	return ask, nil
}

// zones are the names of the region's availability zones that the account can use, without local zones.
func (p *place) zones() ([]string, error) {
	state := "available"
	found, err := aws.GetAvailabilityZones(p.ctx, &aws.GetAvailabilityZonesArgs{
		State: &state, Filters: []aws.GetAvailabilityZonesFilter{{Name: "opt-in-status", Values: []string{"opt-in-not-required"}}},
	}, p.ask...)
	if err != nil {
		return nil, err
	}
	return found.Names, nil
}

// service is an AWS service that can have an interface endpoint in the region.
type service struct {
	// suffix ends the name: ecr.api. Actions are all that the service has: ecr:*.
	suffix, name, actions string
	// zones are the names of the availability zones that it serves; empty when AWS does not say.
	zones []string
	// policies says whether its endpoints can have a policy.
	policies bool
}

// serves says whether the service has endpoints in a zone, by its name.
func (s *service) serves(zone string) bool {
	return len(s.zones) == 0 || slices.Contains(s.zones, zone)
}

// service asks for a service by the end of its name; nil if the region has none.
func (p *place) service(suffix string) (*service, error) {
	name, kind := "com.amazonaws."+p.region+"."+suffix, "Interface"
	found, err := ec2.LookupVpcEndpointService(p.ctx, &ec2.LookupVpcEndpointServiceArgs{
		// A filter finds nothing where a name would be an error that is hard to tell from others.
		Filters:     []ec2.GetVpcEndpointServiceFilter{{Name: "service-name", Values: []string{name}}},
		ServiceType: &kind,
	}, p.ask...)
	switch {
	case err != nil && strings.Contains(err.Error(), "no matching"):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &service{suffix: suffix, name: name, zones: found.AvailabilityZones, policies: found.VpcEndpointPolicySupported}, nil
}
