package rds

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var rdsPerformanceInsightsCmk = rule.Rule{
	ID:       "rds-performance-insights-cmk",
	Title:    "Performance Insights encrypted with a CMK",
	Why:      "Performance Insights keeps the text of statements, with what is written into them; under the key aws/rds nobody can say who may read it.",
	Severity: rule.Low,
	References: rule.References{
		Checkov: []string{"CKV_AWS_354"},
		Trivy:   []string{"AWS-0078"},
		Pulumi:  []string{"aws-rds-instance-disallow-unencrypted-performance-insights", "aws-rds-clusterinstance-disallow-unencrypted-performance-insights"},
	},
	Source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey makes the key",
		Plain:   "rds.InstanceArgs{PerformanceInsightsKmsKeyId: key.Arn}",
	},
	Types: []string{instance, clusterInstance},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("performanceInsightsEnabled").Bool() {
			f.NotApplicable("Performance Insights is off")
			return
		}
		keys.WantOwn(f, r.Get("performanceInsightsKmsKeyId"))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, performanceInsightsEnabled: true, performanceInsightsKmsKeyId: "${key.arn}"}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, performanceInsightsEnabled: true}
`}, {Name: "AWS's own", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties:
    engine: aurora-postgresql
    performanceInsightsEnabled: true
    performanceInsightsKmsKeyId: arn:aws:kms:eu-west-1:111122223333:alias/aws/rds
`}},
}
