package image_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var prod = tagging.Labels{
	Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
	DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
}

// A repository that CI pushes to, and the image that a service runs. In a program of your own, pulumi.Run takes the
// place of pulumi.RunErr and of the mocks.
func ExampleNewRepository() {
	run(func(ctx *pulumi.Context) error { return ci(ctx, componenttest.ImageDigest) })
	// Output:
	// aws:ecr/lifecyclePolicy:LifecyclePolicy api
	// aws:ecr/repository:Repository api
	// aws:kms/alias:Alias api-key
	// aws:kms/key:Key api-key
	// bulwark:encryption:Key api-key
	// bulwark:image:Repository api
}

// ci takes the digest from CI, which has built and pushed: pulumi config set digest sha256:...
func ci(ctx *pulumi.Context, digest string) error {
	repository, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{
		Labels: prod,
		Retention: &image.Retention{
			TaggedImages: 200,
			Tags:         []image.TagRetention{{Pattern: "pr-*", Days: 14}},
		},
	})
	if err != nil {
		return err
	}
	ctx.Export("pushPolicy", repository.Push().PolicyJSON()) // of the role of CI
	ctx.Export("image", repository.Image(pulumi.String(digest)))
	return nil
}

// The deployment builds the image itself.
func ExampleNewImage() {
	run(deployment)
	// Output:
	// aws:ecr/lifecyclePolicy:LifecyclePolicy api
	// aws:ecr/repository:Repository api
	// aws:kms/alias:Alias api-key
	// aws:kms/key:Key api-key
	// awsx:ecr:Image api
	// bulwark:encryption:Key api-key
	// bulwark:image:Image api
	// bulwark:image:Repository api
}

// deployment builds what lies in a directory beside the program.
func deployment(ctx *pulumi.Context) error {
	repository, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: prod})
	if err != nil {
		return err
	}
	built, err := image.NewImage(ctx, "api", &image.ImageArgs{
		Repository: repository,
		Context:    "testdata/app",
		Args:       map[string]string{"VERSION": "1.4.0"},
	})
	if err != nil {
		return err
	}
	ctx.Export("image", built.ImageRef)
	return nil
}

func run(program pulumi.RunFunc) {
	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, r := range recorder.Registrations() {
		fmt.Println(r.Type, r.Name)
	}
}
