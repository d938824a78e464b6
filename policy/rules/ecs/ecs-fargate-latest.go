package ecs

import (
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsFargateLatest = rule.Rule{
	ID:         "ecs-fargate-latest",
	Title:      "Fargate platform version is LATEST",
	Why:        "Old platform versions get no security fixes for kernel and runtime, and AWS retires them with the tasks that run on them.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECS.10"}, Checkov: []string{"CKV_AWS_332"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-10",
	Fix: rule.Fix{
		Bulwark: "service.NewWebService and service.NewScheduledTask take the latest",
		Plain:   `ecs.ServiceArgs{PlatformVersion: pulumi.String("LATEST")}, or leave it out`,
	},
	Types: []string{service},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if r.Get("launchType").Is("EC2", "EXTERNAL") {
			f.NotApplicable("it does not run on Fargate")
			return
		}
		version := r.Get("platformVersion")
		switch text := version.Text(); {
		case text == "", text == "LATEST":
		case text == "1.0.0": // the latest for Windows; AWS starts nothing else on it
		case !isCurrent(text):
			f.Fail(version, "%s: expected LATEST, or 1.4.0 and later", version)
		}
	},
	Good: []rule.Example{{Name: "by default", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {launchType: FARGATE}
`}, {Name: "written down", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {launchType: FARGATE, platformVersion: LATEST}
`}, {Name: "the present one, by capacity provider", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {capacityProviderStrategies: [{capacityProvider: FARGATE_SPOT}], platformVersion: 1.4.0}
`}},
	Bad: []rule.Example{{YAML: `
api:
  type: aws:ecs/service:Service
  properties: {launchType: FARGATE, platformVersion: 1.3.0}
`}, {Name: "by capacity provider", YAML: `
api:
  type: aws:ecs/service:Service
  properties: {capacityProviderStrategies: [{capacityProvider: FARGATE}], platformVersion: 1.2.0}
`}},
}

// isCurrent tells whether a platform version for Linux is 1.4.0 or later.
func isCurrent(version string) bool {
	parts := strings.Split(version, ".")
	if len(parts) < 2 {
		return false
	}
	major, err := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(parts[1])
	return err == nil && err2 == nil && (major > 1 || major == 1 && minor >= 4)
}
