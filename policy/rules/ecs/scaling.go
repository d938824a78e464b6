package ecs

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// scalingOf are the parts of Application Auto Scaling that name a service: service/<cluster>/<service>.
func scalingOf(s *rule.Stack, service *rule.Resource, types ...string) []*rule.Resource {
	var found []*rule.Resource
	for _, part := range s.Of(types...) {
		if part.Get("serviceNamespace").TextOr("ecs") != "ecs" {
			continue // of tables, functions and so on
		}
		if slices.Contains(s.Referred(part, "resourceId", service.Type), service) || literally(s, part, service) {
			found = append(found, part)
		}
	}
	return found
}

// literally tells whether the part's resource is the service, by the names of both.
func literally(s *rule.Stack, part, service *rule.Resource) bool {
	if len(s.External(part, "resourceId", service.Type)) == 0 {
		return false
	}
	names := strings.Split(part.Get("resourceId").Text(), "/")
	return len(names) == 3 && names[0] == "service" && names[2] == service.Get("name").Text() &&
		names[1] == lastPart(service.Get("cluster").TextOr("default"))
}

// lastPart is the name in an ARN such as arn:aws:ecs:eu-west-1:111122223333:cluster/acme, or the name itself.
func lastPart(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

// scalingWith are the policies and plans that name the same resource as a target, or take it from the target.
func scalingWith(s *rule.Stack, target *rule.Resource, types ...string) []*rule.Resource {
	var found []*rule.Resource
	for _, part := range s.Of(types...) {
		if part.Get("serviceNamespace").TextOr("ecs") != "ecs" {
			continue
		}
		if slices.Contains(s.Referred(part, "resourceId", target.Type), target) || part.Get("resourceId").Is(target.Get("resourceId").Text()) {
			found = append(found, part)
		}
	}
	return found
}
