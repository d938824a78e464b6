package network

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// isFor tells whether an endpoint is for an AWS service, by the end of the service's name: ecr.api.
func isFor(e *rule.Resource, service string) bool {
	return strings.HasSuffix(e.Get("serviceName").Text(), "."+service)
}

// wantInterfaces is the rule that every VPC has an interface endpoint for each of the services.
func wantInterfaces(services ...string) func(*rule.Stack, *rule.Findings) {
	return func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(vpc), func(network *rule.Resource) {
			endpoints := s.Referrers(network, "vpcId", endpoint)
			for _, service := range services {
				if !slices.ContainsFunc(endpoints, func(e *rule.Resource) bool { return isFor(e, service) && e.Get("vpcEndpointType").Is("Interface") }) {
					f.Fail(network, "no interface endpoint for %s: expected one", service)
				}
			}
		})
	}
}

// paidEndpoint is why rules that ask for interface endpoints are off by default.
const paidEndpoint = "an interface endpoint is paid by zone and hour, and a VPC needs those of the services that it uses"
