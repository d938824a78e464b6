// Package keychoice is the key that arguments name, or leave out: the fields Key and KeyArn that components share.
package keychoice

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Choice are the fields Key and KeyArn of arguments. At most one of them is given.
type Choice struct {
	Key *encryption.Key
	Arn pulumi.StringInput
}

// Given says whether the arguments name a key.
func (c Choice) Given() bool { return c.Key != nil || c.Arn != nil }

// Check reports two keys, a key that does not serve the uses, and what is no key's ARN. The path is that of the struct
// with the two fields, empty for the arguments themselves.
func (c Choice) Check(path validate.Path, uses ...encryption.Use) validate.Problems {
	ps := validate.AtMostOne(
		validate.Alternative{Path: path.Field("key"), Given: c.Key != nil},
		validate.Alternative{Path: path.Field("keyArn"), Given: c.Arn != nil},
	)
	if c.Key != nil {
		for _, use := range uses {
			if !c.Key.Serves(use) {
				ps.Add(validate.Invalid(path.Field("key"), "a key without the use "+string(use), "a key that serves "+string(use),
					"add it to the key's uses").By("key-use"))
			}
		}
	}
	if text, ok := component.Literal(c.Arn); ok {
		ps.Add(validate.KeyARN(path.Field("keyArn"), text)...)
	}
	return ps
}

// OrMake is the key that was chosen and its ARN, or a key that the component makes for itself: a child called
// <encrypts>-key, after the resource that it encrypts. The key is nil where only an ARN is known.
func (c Choice) OrMake(
	b *component.Base, encrypts string, args encryption.KeyArgs,
) (*encryption.Key, pulumi.StringOutput, error) {
	if c.Arn != nil {
		return nil, c.Arn.ToStringOutput(), nil
	}
	key := c.Key
	if key == nil {
		var err error
		if key, err = encryption.NewKey(b.Ctx, encrypts+"-key", &args, b.Parent); err != nil {
			return nil, pulumi.StringOutput{}, err
		}
	}
	return key, key.KeyArn, nil
}

// CheckedArn is the ARN of a key, once it is known to be that of a key in the component's region. path is that of the
// field, whose completes the message: "the trail".
func CheckedArn(b *component.Base, path validate.Path, arn pulumi.StringInput, whose string) pulumi.StringOutput {
	return b.Checked(arn, func(text string, in account.Info) validate.Problems {
		if ps := validate.KeyARN(path, text); len(ps) > 0 {
			return ps
		}
		return validate.SameRegion(path, text, in.Region, whose)
	})
}
