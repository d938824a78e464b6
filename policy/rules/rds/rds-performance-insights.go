package rds

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var rdsPerformanceInsights = rule.Rule{
	ID:       "rds-performance-insights",
	Title:    "Performance Insights enabled",
	Why:      "When the database is slow, the wait events and statements of that moment are the only answer; what was not recorded cannot be asked.",
	Severity: rule.Low,
	References: rule.References{
		Checkov: []string{"CKV_AWS_353"},
		Trivy:   []string{"AWS-0133"},
		Pulumi:  []string{"aws-rds-instance-enable-performance-insights", "aws-rds-clusterinstance-enable-performance-insights"},
	},
	Source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.html",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{PerformanceInsightsEnabled: pulumi.Bool(true)}",
	},
	Types: []string{instance, clusterInstance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch family(r.Get("engine").Text()) {
		case mysql, mariadb:
			// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
			if class := r.Get("instanceClass").Text(); strings.HasSuffix(class, ".micro") || strings.HasSuffix(class, ".small") {
				f.NotApplicable("the instance class is too small for it")
				return
			}
		}
		f.WantTrue(r.Get("performanceInsightsEnabled"))
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, instanceClass: db.t4g.micro, performanceInsightsEnabled: true}
`}, {Name: "next to one that is too small", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: mysql, instanceClass: db.m8g.large, performanceInsightsEnabled: true}
small:
  type: aws:rds/instance:Instance
  properties: {engine: mysql, instanceClass: db.t4g.micro}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "switched off", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, performanceInsightsEnabled: false}
`}},
}
