package encryption

import (
	"cmp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// KeyArgs are the arguments of NewKey.
type KeyArgs struct {
	// Labels become the tags of the key.
	Labels tagging.Labels `pulumi:"labels"`
	// Uses say what the key is for; at least one. They can be changed later.
	Uses []Use `pulumi:"uses"`
	// Lifecycle is Permanent unless set: protected, retained, 30 days to bring it back. Disposable: 7 days.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// Description is shown in the console. Default: the name and the uses.
	Description string `pulumi:"description,optional"`
	// Alias is the name behind "alias/". Default: <project>-<environment>-<name>.
	Alias string `pulumi:"alias,optional"`
	// RotationDays is the time between two rotations of the key material, 90 to 2560 days. Default: 365.
	RotationDays int `pulumi:"rotationDays,optional"`
	// Administrators are ARNs of the IAM roles and users that may change the key and its policy. Default: whoever the
	// account's IAM policies allow to. The role that deploys has to be among them, or KMS refuses to create the key.
	Administrators []string `pulumi:"administrators,optional"`
	// TrailNames are the CloudTrail trails of this account and region that encrypt with the key; at least one with
	// UseCloudTrail.
	TrailNames []string `pulumi:"trailNames,optional"`
	// LogGroups narrow UseLogs down to these log groups. A closing * stands for any ending. Default: all of the account
	// in this region.
	LogGroups []string `pulumi:"logGroups,optional"`
	// ClusterNames are the ECS clusters of this account whose Fargate tasks encrypt their ephemeral storage with the key;
	// at least one with UseFargateStorage.
	ClusterNames []string `pulumi:"clusterNames,optional"`
	// LogDeliveryRegions are further regions from which UseLogDelivery lets logs come: us-east-1 for web ACLs of CloudFront.
	// Default: the key's own region only.
	LogDeliveryRegions []string `pulumi:"logDeliveryRegions,optional"`
	// SecondRegion is a provider of another region. It gets a key of its own with the same policy, for replicated
	// buckets, secrets, backups. Programs in other languages create a second Key under that provider.
	SecondRegion pulumi.ProviderResource `sibling:"a second Key under the provider of that region"`
}

func (a *KeyArgs) description(name string) string {
	if a.Description != "" {
		return a.Description
	}
	uses := make([]string, len(a.Uses))
	for i, u := range a.Uses {
		uses[i] = string(u)
	}
	return name + ": " + strings.Join(uses, ", ")
}

func (a *KeyArgs) rotationDays() int { return cmp.Or(a.RotationDays, 365) }

func (a *KeyArgs) alias(name string) string {
	return cmp.Or(a.Alias, naming.Base(a.Labels.Project, a.Labels.Environment, name))
}
