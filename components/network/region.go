package network

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// region answers what a component has to know of its region before it registers anything.
type region struct {
	ctx  *pulumi.Context
	ask  []pulumi.InvokeOption
	name string
}

// lookupRegion asks the provider that the component's children will use.
func lookupRegion(ctx *pulumi.Context, opts []pulumi.ResourceOption) (*region, error) {
	ask, err := component.InvokeOptions(opts)
	if err != nil {
		return nil, err
	}
	name, err := component.Region(ctx, ask)
	if err != nil {
		return nil, err
	}
	return &region{ctx: ctx, ask: ask, name: name}, nil
}

// zones are the names of the region's availability zones that the account can use, without local zones.
func (r *region) zones() ([]string, error) {
	state := "available"
	found, err := aws.GetAvailabilityZones(r.ctx, &aws.GetAvailabilityZonesArgs{
		State:   &state,
		Filters: []aws.GetAvailabilityZonesFilter{{Name: "opt-in-status", Values: []string{"opt-in-not-required"}}},
	}, r.ask...)
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
func (r *region) service(suffix string) (*service, error) {
	name, kind := "com.amazonaws."+r.name+"."+suffix, "Interface"
	found, err := ec2.LookupVpcEndpointService(r.ctx, &ec2.LookupVpcEndpointServiceArgs{
		// A filter finds nothing where a name would be an error that is hard to tell from others.
		Filters:     []ec2.GetVpcEndpointServiceFilter{{Name: "service-name", Values: []string{name}}},
		ServiceType: &kind,
	}, r.ask...)
	switch {
	case err != nil && strings.Contains(err.Error(), "no matching"):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &service{
		suffix: suffix, name: name, zones: found.AvailabilityZones, policies: found.VpcEndpointPolicySupported,
	}, nil
}

// services asks for the services that are reached through interface endpoints. One that the region has no endpoint for
// is a problem, and so is one that has none in any of the zones, by their letters. Without zones that is left to AWS.
func (r *region) services(wanted []EndpointService, zones []string) ([]*service, validate.Problems, error) {
	var found []*service
	var ps validate.Problems
	for i, endpointService := range wanted {
		if slices.Contains(wanted[:i], endpointService) {
			continue
		}
		path := validate.Path("endpointServices").Index(i)
		for _, e := range interfaceEndpoints[endpointService] {
			s, err := r.service(e.suffix)
			if err != nil {
				return nil, nil, err
			}
			switch {
			case s == nil:
				ps.Add(validate.Invalid(path, string(endpointService),
					fmt.Sprintf("a service that has an endpoint in %s: com.amazonaws.%s.%s does not exist", r.name, r.name, e.suffix),
					"remove the service, or reach it through an egress with a NAT gateway and without endpoints").
					By("endpoint-service-region"))
			case len(zones) > 0 && !slices.ContainsFunc(zones, func(zone string) bool { return s.serves(r.name + zone) }):
				ps.Add(validate.Invalid(path, string(endpointService),
					"a service that has an endpoint in one of the VPC's zones: "+s.name+" is in "+strings.Join(s.zones, ", "),
					"add one of these zones, or remove the service").By("endpoint-service-zone"))
			default:
				s.actions = e.actionPrefix + ":*"
				found = append(found, s)
			}
		}
	}
	return found, ps, nil
}
