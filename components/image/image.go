package image

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// ImageType is the type token of Image.
const ImageType = "bulwark:image:Image"

// Image is a container image that the deployment builds and pushes. See NewImage.
type Image struct {
	pulumi.ResourceState

	// ImageRef is the image by its digest, as a task definition takes it:
	// 123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api@sha256: and 64 digits. A preview does not know it when the
	// image is about to be built.
	ImageRef pulumi.StringOutput `pulumi:"imageRef"`
	// ImageTag is the tag under which the image is pushed.
	ImageTag pulumi.StringOutput `pulumi:"imageTag"`
}

// NewImage builds an image from a directory with BuildKit and pushes it, in every deployment that finds another
// content. Images that were pushed before stay, so that a service can fall back to them. It reports all problems with
// the arguments at once, before it creates anything.
func NewImage(ctx *pulumi.Context, name string, args *ImageArgs, opts ...pulumi.ResourceOption) (*Image, error) {
	b := &imageBuilder{Base: component.NewBase(ctx, ImageType, name), args: component.OrEmpty(args)}
	problems, tag := b.args.check()
	if err := b.Err(problems); err != nil {
		return nil, err
	}
	b.tag = tag
	return b.build(opts)
}
