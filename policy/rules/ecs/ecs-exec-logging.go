package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecsExecLogging = rule.Rule{
	ID:         "ecs-exec-logging",
	Title:      "ECS Exec sessions are logged",
	Why:        "ECS Exec is a shell in production: without a log nobody can tell what was typed there, and what was read.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_223"}},
	Source:     "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
	Fix: rule.Fix{
		Bulwark: "service.NewCluster logs every session where ClusterArgs.Exec allows them",
		Plain:   `ecs.ClusterConfigurationExecuteCommandConfigurationArgs{Logging: pulumi.String("OVERRIDE"), LogConfiguration: ...}`,
	},
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		exec := r.Get("configuration.executeCommandConfiguration")
		switch logging := exec.Get("logging"); logging.TextOr("DEFAULT") {
		case "NONE":
			f.Fail(logging, "%s: expected DEFAULT or OVERRIDE", logging)
		case "OVERRIDE":
			group, bucket := exec.Get("logConfiguration.cloudWatchLogGroupName"), exec.Get("logConfiguration.s3BucketName")
			if group.Text() == "" && bucket.Text() == "" {
				f.Fail(group, "%s: expected a log group, or an S3 bucket", group)
			}
		}
	},
	Good: []rule.Example{{Name: "by default, where the container logs", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
`}, {Name: "in a log group", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {executeCommandConfiguration: {logging: OVERRIDE, logConfiguration: {cloudWatchLogGroupName: exec}}}}
`}, {Name: "in a bucket", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {executeCommandConfiguration: {logging: OVERRIDE, logConfiguration: {s3BucketName: acme-exec}}}}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {executeCommandConfiguration: {logging: NONE}}}
`}, {Name: "nowhere", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {executeCommandConfiguration: {logging: OVERRIDE}}}
`}},
}
