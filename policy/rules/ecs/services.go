package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

// isDaemon tells whether a service runs once on every instance.
func isDaemon(service *rule.Resource) bool { return service.Get("schedulingStrategy").Is("DAEMON") }

// wantNoPublicIP reports if the tasks of a service or task set get public addresses, except in development.
func wantNoPublicIP(r *rule.Resource, f *rule.Findings) {
	if !f.Prod() {
		f.NotApplicable("in development public addresses behind closed security groups save a NAT gateway")
		return
	}
	f.WantNotTrue(r.Get("networkConfiguration.assignPublicIp"))
}
