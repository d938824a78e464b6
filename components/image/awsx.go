package image

import (
	"context"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// awsx's component ecr.Image, which its plugin builds with BuildKit. awsx's Go SDK is not imported: its package compiles
// the SDKs of two Docker providers, which would cost every importer of this one 30 s for nothing. A test compares what
// is registered with what the SDK registers.
const (
	awsxImageType = "awsx:ecr:Image"
	// awsxVersion is the last one for pulumi-aws v6.
	awsxVersion = "2.22.0"

	dockerBuildImageType = "docker-build:index:Image"
	// dockerBuildVersion is in place of 0.0.8, which awsx asks for: before 0.0.13 an upgrade of Pulumi replaced the image
	// by the same one, and deleted it then, and before 0.0.21 a refresh with expired credentials forgot it.
	// Source: https://github.com/pulumi/pulumi-docker-build/blob/main/CHANGELOG.md
	dockerBuildVersion = "0.0.22"
)

// awsxImage are the outputs of the component.
type awsxImage struct {
	pulumi.ResourceState

	// ImageUri is the image by its digest, or by its tag as long as there is none.
	ImageUri pulumi.StringOutput `pulumi:"imageUri"`
}

// awsxImageArgs are its inputs.
type awsxImageArgs struct {
	RepositoryUrl pulumi.StringInput
	Context       pulumi.StringInput
	Dockerfile    pulumi.StringInput
	Target        pulumi.StringPtrInput
	Platform      pulumi.StringInput
	Args          pulumi.StringMapInput
	CacheFrom     pulumi.StringArrayInput
	ImageTag      pulumi.StringInput
}

// ElementType implements pulumi.Input.
func (awsxImageArgs) ElementType() reflect.Type {
	return reflect.TypeFor[struct {
		RepositoryUrl string            `pulumi:"repositoryUrl"`
		Context       string            `pulumi:"context"`
		Dockerfile    string            `pulumi:"dockerfile"`
		Target        *string           `pulumi:"target"`
		Platform      string            `pulumi:"platform"`
		Args          map[string]string `pulumi:"args"`
		CacheFrom     []string          `pulumi:"cacheFrom"`
		ImageTag      string            `pulumi:"imageTag"`
	}]()
}

func newAwsxImage(
	ctx *pulumi.Context, name string, args *awsxImageArgs, opts ...pulumi.ResourceOption,
) (*awsxImage, error) {
	out := &awsxImage{}
	opts = append(opts, pulumi.Version(awsxVersion), pulumi.Transforms([]pulumi.ResourceTransform{newerDockerBuild}))
	return out, ctx.RegisterRemoteComponentResource(awsxImageType, name, args, out, opts...)
}

// newerDockerBuild lets a newer plugin make the image that awsx asks for.
func newerDockerBuild(_ context.Context, r *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
	if r.Type != dockerBuildImageType {
		return nil
	}
	opts := r.Opts
	opts.Version = dockerBuildVersion
	return &pulumi.ResourceTransformResult{Props: r.Props, Opts: opts}
}
