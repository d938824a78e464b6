package ecs

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var ecsExecKMS = rule.Rule{
	ID:         "ecs-exec-kms",
	Title:      "ECS Exec sessions are encrypted with a CMK",
	Why:        "A session shows what the container has: secrets that are printed, rows that are read. A key of your own decides who can open a session, and who can read its log.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_224"}},
	Source:     "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
	Fix: rule.Fix{
		Bulwark: "service.NewCluster encrypts sessions and their log where ClusterArgs.Exec allows them",
		Plain:   "ecs.ClusterConfigurationExecuteCommandConfigurationArgs{KmsKeyId: key.Arn, LogConfiguration: ... CloudWatchEncryptionEnabled: pulumi.Bool(true)}",
	},
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		exec := r.Get("configuration.executeCommandConfiguration")
		if !exec.Exists() {
			f.NotApplicable("the cluster is not set up for ECS Exec")
			return
		}
		log := exec.Get("logConfiguration")
		if log.Get("cloudWatchLogGroupName").Text() != "" {
			f.WantTrue(log.Get("cloudWatchEncryptionEnabled"))
		}
		if log.Get("s3BucketName").Text() != "" {
			f.WantTrue(log.Get("s3BucketEncryptionEnabled"))
		}
		keys.WantOwn(f, exec.Get("kmsKeyId"))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
cluster:
  type: aws:ecs/cluster:Cluster
  properties:
    configuration:
      executeCommandConfiguration:
        kmsKeyId: ${key.arn}
        logging: OVERRIDE
        logConfiguration: {cloudWatchLogGroupName: exec, cloudWatchEncryptionEnabled: true}
`}, {Name: "in a bucket", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties:
    configuration:
      executeCommandConfiguration:
        kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
        logging: OVERRIDE
        logConfiguration: {s3BucketName: acme-exec, s3BucketEncryptionEnabled: true}
`}},
	Bad: []rule.Example{{Name: "no key", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {executeCommandConfiguration: {logging: DEFAULT}}}
`}, {Name: "a log group that need not be encrypted", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties:
    configuration:
      executeCommandConfiguration:
        kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
        logging: OVERRIDE
        logConfiguration: {cloudWatchLogGroupName: exec}
`}, {Name: "a bucket that need not be encrypted", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties:
    configuration:
      executeCommandConfiguration:
        kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
        logging: OVERRIDE
        logConfiguration: {s3BucketName: acme-exec, s3BucketEncryptionEnabled: false}
`}},
}
