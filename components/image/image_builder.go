package image

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// imageBuilder builds and pushes one image.
type imageBuilder struct {
	component.Base
	args *ImageArgs
	tag  string
	out  *Image
}

func (b *imageBuilder) build(opts []pulumi.ResourceOption) (*Image, error) {
	b.out = &Image{ImageTag: pulumi.String(b.tag).ToStringOutput()}
	return component.Build(&b.Base, b.out, opts, b.image)
}

// image is awsx's. The image that it replaces stays in the registry: tasks of the last deployment still start from it.
func (b *imageBuilder) image() error {
	built, err := newAwsxImage(b.Ctx, b.Name, &awsxImageArgs{
		RepositoryUrl: b.repositoryURL(),
		Context:       pulumi.String(b.args.Context),
		Dockerfile:    pulumi.String(b.args.dockerfile()),
		Target:        pulumi.StringPtrFromPtr(optional(b.args.Target)),
		Platform:      pulumi.String(b.args.platform()),
		Args:          pulumi.ToStringMap(b.args.Args),
		CacheFrom:     pulumi.ToStringArray(b.args.CacheFrom),
		ImageTag:      pulumi.String(b.tag),
	}, b.Child(pulumi.RetainOnDelete(true))...)
	if err != nil {
		return err
	}
	b.out.ImageRef = b.byDigest(built.ImageUri)
	return nil
}

func (b *imageBuilder) repositoryURL() pulumi.StringInput {
	if b.args.Repository != nil {
		return b.args.Repository.RepositoryUrl
	}
	return b.Checked(b.args.RepositoryUrl, func(text string, _ account.Info) validate.Problems {
		return validate.RepositoryURL("repositoryUrl", text)
	})
}

// byDigest is the image's reference. What was not pushed yet has no digest: a preview leaves it unknown, so that it
// does not show a tag that no service will ever run.
func (b *imageBuilder) byDigest(uri pulumi.StringOutput) pulumi.StringOutput {
	return uri.ApplyT(func(text string) pulumi.StringOutput {
		problems := validate.ImageReference("imageRef", text, true)
		if len(problems) == 0 {
			return pulumi.String(text).ToStringOutput()
		}
		if b.Ctx.DryRun() {
			return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
		}
		return pulumi.String(text).ToStringOutput().ApplyT(func(text string) (string, error) {
			return text, b.Err(problems)
		}).(pulumi.StringOutput)
	}).(pulumi.StringOutput)
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
