// Package loggroup makes CloudWatch log groups: encrypted with a key of the account, kept for a time that was chosen,
// retained where they are permanent.
package loggroup

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// DefaultRetentionDays are a year of evidence, and time to look at it.
const DefaultRetentionDays = 400

// Args say how to make a log group.
type Args struct {
	Labels    tagging.Labels
	Lifecycle lifecycle.Lifecycle
	// GroupName is the name at AWS. It is fixed, because the key's policy names the group and the group names the key.
	GroupName string
	// RetentionDays is DefaultRetentionDays unless set.
	RetentionDays int
	// Key is the key that the arguments name, if any.
	Key keychoice.Choice
}

// Group is a log group and what it is encrypted with.
type Group struct {
	*cloudwatch.LogGroup
	// Key is nil where only its ARN is known.
	Key    *encryption.Key
	KeyArn pulumi.StringOutput
}

// Check reports what is wrong with the retention and the key. The path is that of the struct with the fields
// retentionDays, key and keyArn, empty for the arguments themselves.
func Check(path validate.Path, retentionDays int, key keychoice.Choice) validate.Problems {
	ps := validate.LogRetention(path.Field("retentionDays"), retentionDays)
	return append(ps, key.Check(path, encryption.UseLogs)...)
}

// New makes a log group with that resource name, and a key for it where none is given.
func New(b *component.Base, name string, args Args) (*Group, error) {
	key, keyArn, err := args.Key.OrMake(b, name, encryption.KeyArgs{
		Labels: args.Labels, Lifecycle: args.Lifecycle,
		Uses: []encryption.Use{encryption.UseLogs}, LogGroups: []string{args.GroupName},
	})
	if err != nil {
		return nil, err
	}
	group, err := cloudwatch.NewLogGroup(b.Ctx, name, &cloudwatch.LogGroupArgs{
		Name: pulumi.String(args.GroupName), KmsKeyId: keyArn,
		RetentionInDays: pulumi.Int(cmp.Or(args.RetentionDays, DefaultRetentionDays)), Tags: args.Labels.Tags(name),
	}, b.Child(args.Lifecycle.Stateful()...)...)
	return &Group{LogGroup: group, Key: key, KeyArn: keyArn}, err
}
