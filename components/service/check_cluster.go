package service

import (
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a cluster of that name.
func (a *ClusterArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	if a.ClusterName != "" || len(ps) == 0 {
		ps.Add(validate.ECSName("clusterName", a.clusterName(name), "cluster")...)
	}
	ps.Add(validate.Enum("containerInsights", a.ContainerInsights)...)
	ps.Add(validate.Enums("capacityProviders", a.CapacityProviders)...)
	ps.Add(a.checkStorageKey(name)...)
	if a.Exec != nil {
		ps.Add(loggroup.Check("exec", a.Exec.RetentionDays, a.Exec.key())...)
		if key := a.Exec.Key; key != nil && !key.Serves(encryption.UseDirect) {
			ps.Add(validate.Invalid("exec.key", "a key without the use direct",
				"a key that serves direct: containers and clients call KMS themselves", "add it to the key's uses").By("key-use"))
		}
	}
	return ps
}

// checkStorageKey reports keys that the ephemeral storage of the cluster cannot be encrypted with.
func (a *ClusterArgs) checkStorageKey(name string) validate.Problems {
	ps := validate.AtMostOne(
		validate.Alternative{Path: "storageKey", Given: a.StorageKey != nil},
		validate.Alternative{Path: "storageKeyArn", Given: a.StorageKeyArn != nil},
	)
	if key := a.StorageKey; key != nil && !key.ServesCluster(a.clusterName(name)) {
		ps.Add(validate.Invalid("storageKey", "a key that does not serve the cluster "+a.clusterName(name),
			"a key whose policy lets Fargate in for this cluster",
			"add the use fargateStorage and the name of the cluster to the key").By("key-use"))
	}
	if text, ok := component.Literal(a.StorageKeyArn); ok {
		ps.Add(checkStorageKeyArn(text)...)
	}
	return ps
}

// checkStorageKeyArn reports what is no ARN of a single-Region key.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html
func checkStorageKeyArn(text string) validate.Problems {
	if ps := validate.KeyARN("storageKeyArn", text); len(ps) > 0 {
		return ps
	}
	return validate.KeyIsSingleRegion("storageKeyArn", text, "ephemeral storage")
}

// storageKey is the key that the arguments name, or none.
func (a *ClusterArgs) storageKey() keychoice.Choice {
	return keychoice.Choice{Key: a.StorageKey, Arn: a.StorageKeyArn}
}
