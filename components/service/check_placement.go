package service

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports what is wrong with where tasks run.
func (p *Placement) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	ps.Add(p.checkCluster(path)...)
	ps.Add(validate.ExactlyOne(
		validate.Required(path.Field("subnetIds"), "where the tasks live", "give subnetIds (in Go: Network)"),
		validate.Alternative{Path: path.Field("network"), Given: p.Network != nil},
		validate.Alternative{Path: path.Field("subnetIds"), Given: p.SubnetIds != nil},
	)...)
	if p.Network != nil && (p.Network.VpcId == (pulumi.StringOutput{})) {
		ps.Add(validate.Invalid(path.Field("network"), "a network without a VPC",
			"what Vpc.Network or ExistingVpc.Network returns", "call NewVpc or NewExistingVpc").By("network"))
	}
	groups := validate.AtMostOne(
		validate.Alternative{Path: path.Field("securityGroup"), Given: p.SecurityGroup != nil},
		validate.Alternative{Path: path.Field("securityGroupIds"), Given: p.SecurityGroupIds != nil},
	)
	if p.Network == nil && p.SecurityGroup == nil && p.SecurityGroupIds == nil {
		groups.Add(validate.Required(path.Field("securityGroupIds"), "the security groups of the tasks",
			"give them, or a network, in which the component makes one"))
	}
	ps.Add(groups...)
	if p.Network != nil && p.AssignPublicIps {
		ps.Add(validate.Conflict(path.Field("assignPublicIps"), p.AssignPublicIps, "what the network decides", "remove it"))
	}
	ps.Add(checkIDs(path.Field("subnetIds"), p.SubnetIds, "subnet", "subnet", 16)...)
	ps.Add(checkIDs(path.Field("securityGroupIds"), p.SecurityGroupIds, "sg", "security group", 5)...)
	return append(ps, p.checkShares(path.Field("capacityProviders"))...)
}

func (p *Placement) checkCluster(path validate.Path) validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required(path.Field("clusterArn"), "the cluster in which the tasks run", "give clusterArn (in Go: Cluster)"),
		validate.Alternative{Path: path.Field("cluster"), Given: p.Cluster != nil},
		validate.Alternative{Path: path.Field("clusterArn"), Given: p.ClusterArn != nil},
	)
	if text, ok := component.Literal(p.ClusterArn); ok {
		ps.Add(validate.ClusterARN(path.Field("clusterArn"), text)...)
	}
	return ps
}

// checkIDs checks ids that the program wrote down, and how many there are where it wrote down all of them.
func checkIDs(path validate.Path, in pulumi.StringArrayInput, prefix, what string, most int) validate.Problems {
	if in == nil {
		return nil
	}
	var ps validate.Problems
	texts, whole := component.Literals(in)
	seen := map[string]bool{}
	for _, i := range slices.Sorted(maps.Keys(texts)) {
		problems := validate.ResourceID(path.Index(i), prefix, what, texts[i])
		if len(problems) == 0 && seen[texts[i]] {
			problems.Add(validate.Duplicate(path.Index(i), texts[i]))
		}
		ps.Add(problems...)
		seen[texts[i]] = true
	}
	if whole && (len(texts) == 0 || len(texts) > most) {
		ps.Add(validate.Range(path, len(texts), 1, most, "ids")...)
	}
	return ps
}

// checkShares checks how tasks are spread over capacity providers.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
func (p *Placement) checkShares(path validate.Path) validate.Problems {
	var ps validate.Problems
	var providers []CapacityProvider
	based, weighed := false, len(p.CapacityProviders) == 0
	for i, share := range p.CapacityProviders {
		at := path.Index(i)
		provider := share.CapacityProvider
		switch {
		case !slices.Contains(provider.Values(), provider):
			ps.Add(validate.NotSupported(at.Field("capacityProvider"), provider, provider.Values()))
		case slices.Contains(providers, provider):
			ps.Add(validate.Duplicate(at.Field("capacityProvider"), provider))
		case p.Cluster != nil && !slices.Contains(p.Cluster.providers, provider):
			ps.Add(validate.Conflict(at.Field("capacityProvider"), provider, "a capacity provider of the cluster",
				"add it to the cluster's capacityProviders").By("capacity-provider"))
		}
		providers = append(providers, provider)
		ps.Add(validate.Range(at.Field("base"), share.Base, 0, 100000, "tasks")...)
		ps.Add(validate.Range(at.Field("weight"), share.Weight, 0, 1000, "")...)
		if share.Base > 0 && based {
			ps.Add(validate.Conflict(at.Field("base"), share.Base, "a base for one of the shares only",
				"remove one of the two").By("capacity-base"))
		}
		based, weighed = based || share.Base > 0, weighed || share.Weight > 0
	}
	if !weighed {
		ps.Add(validate.Required(path, "a weight above zero for one of the shares, or no task has a place",
			"give one of them a weight").By("capacity-weight"))
	}
	return ps
}
