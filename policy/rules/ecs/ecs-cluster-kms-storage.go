package ecs

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var ecsClusterKMSStorage = rule.Rule{
	ID:       "ecs-cluster-kms-storage",
	Title:    "Fargate ephemeral storage encrypted with a CMK",
	Why:      "What tasks write to their disks is under a key of AWS's: nobody can revoke it, or say who may use it.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-storage-encryption.html",
	Fix: rule.Fix{
		Bulwark: "service.NewCluster encrypts it with a key of its own, or with ClusterArgs.StorageKey",
		Plain:   "ecs.ClusterConfigurationManagedStorageConfigurationArgs{FargateEphemeralStorageKmsKeyId: key.Arn}",
	},
	OptIn: "Fargate encrypts the storage with a key of its own already, and the storage goes with the task",
	Types: []string{cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		keys.WantOwn(f, r.Get("configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId"))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {managedStorageConfiguration: {fargateEphemeralStorageKmsKeyId: "${key.arn}"}}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
`}, {Name: "AWS's own", YAML: `
cluster:
  type: aws:ecs/cluster:Cluster
  properties: {configuration: {managedStorageConfiguration: {fargateEphemeralStorageKmsKeyId: alias/aws/ecs}}}
`}},
}
