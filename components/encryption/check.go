package encryption

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a key of that name.
func (a *KeyArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	if len(a.Uses) == 0 {
		ps.Add(validate.Required("uses", "what the key is for; nothing else can use it",
			"give at least one use, such as s3").By("key-uses"))
	}
	ps.Add(validate.Enums("uses", a.Uses)...)
	ps.Add(validate.OptionalRange("rotationDays", a.RotationDays, 90, 2560, "days")...)
	if len(a.Description) > 8192 {
		ps.Add(validate.Invalid("description", a.Description, "at most 8192 characters", "shorten it"))
	}
	ps.Add(validate.KeyAlias("alias", a.alias(name))...)
	for i, arn := range a.Administrators {
		ps.Add(validate.PrincipalARN(validate.Path("administrators").Index(i), arn)...)
	}
	ps.Add(validate.Distinct("administrators", a.Administrators)...)
	ps.Add(a.checkTrails()...)
	ps.Add(a.checkLogGroups()...)
	ps.Add(a.checkClusters()...)
	ps.Add(a.checkLogDelivery()...)
	return ps
}

func (a *KeyArgs) checkTrails() validate.Problems {
	var ps validate.Problems
	switch serves := slices.Contains(a.Uses, UseCloudTrail); {
	case serves && len(a.TrailNames) == 0:
		ps.Add(validate.Required("trailNames", "the names of the trails that encrypt with the key",
			"name them: the key policy lets in exactly these").By("key-trails"))
	case !serves && len(a.TrailNames) > 0:
		ps.Add(validate.Conflict("trailNames", strings.Join(a.TrailNames, ", "), "the use cloudtrail",
			"add it to uses, or remove trailNames").By("key-trails"))
	}
	for i, name := range a.TrailNames {
		ps.Add(validate.TrailName(validate.Path("trailNames").Index(i), name)...)
	}
	ps.Add(validate.Distinct("trailNames", a.TrailNames)...)
	return ps
}

func (a *KeyArgs) checkLogDelivery() validate.Problems {
	var ps validate.Problems
	if len(a.LogDeliveryRegions) > 0 && !slices.Contains(a.Uses, UseLogDelivery) {
		ps.Add(validate.Conflict("logDeliveryRegions", strings.Join(a.LogDeliveryRegions, ", "), "the use logDelivery",
			"add it to uses, or remove logDeliveryRegions").By("key-log-delivery"))
	}
	for i, region := range a.LogDeliveryRegions {
		ps.Add(validate.RegionName(validate.Path("logDeliveryRegions").Index(i), region)...)
	}
	return append(ps, validate.Distinct("logDeliveryRegions", a.LogDeliveryRegions)...)
}

func (a *KeyArgs) checkLogGroups() validate.Problems {
	var ps validate.Problems
	if len(a.LogGroups) > 0 && !slices.Contains(a.Uses, UseLogs) {
		ps.Add(validate.Conflict("logGroups", strings.Join(a.LogGroups, ", "), "the use logs",
			"add it to uses, or remove logGroups").By("key-log-groups"))
	}
	for i, name := range a.LogGroups {
		ps.Add(validate.LogGroupPattern(validate.Path("logGroups").Index(i), name)...)
	}
	ps.Add(validate.Distinct("logGroups", a.LogGroups)...)
	return ps
}

func (a *KeyArgs) checkClusters() validate.Problems {
	var ps validate.Problems
	switch serves := slices.Contains(a.Uses, UseFargateStorage); {
	case serves && len(a.ClusterNames) == 0:
		ps.Add(validate.Required("clusterNames", "the names of the clusters whose tasks encrypt with the key",
			"name them: the key policy lets in exactly these").By("key-clusters"))
	case !serves && len(a.ClusterNames) > 0:
		ps.Add(validate.Conflict("clusterNames", strings.Join(a.ClusterNames, ", "), "the use fargateStorage",
			"add it to uses, or remove clusterNames").By("key-clusters"))
	}
	for i, name := range a.ClusterNames {
		ps.Add(validate.ECSName(validate.Path("clusterNames").Index(i), name, "cluster")...)
	}
	ps.Add(validate.Distinct("clusterNames", a.ClusterNames)...)
	return ps
}
