package image

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// RepositoryType is the type token of Repository.
const RepositoryType = "bulwark:image:Repository"

// Repository is a private ECR repository with its key, retention and policy. See NewRepository.
type Repository struct {
	pulumi.ResourceState

	// RepositoryArn is the ARN of the repository.
	RepositoryArn pulumi.StringOutput `pulumi:"repositoryArn"`
	// RepositoryName is the name within the registry.
	RepositoryName pulumi.StringOutput `pulumi:"repositoryName"`
	// RepositoryUrl is what names of images begin with: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api.
	RepositoryUrl pulumi.StringOutput `pulumi:"repositoryUrl"`
	// KeyArn is the ARN of the key that encrypts the images.
	KeyArn pulumi.StringOutput `pulumi:"keyArn"`

	// Repository is the repository itself.
	Repository *ecr.Repository `pulumi:"repository" provider:"type=aws@6.83.2:ecr/repository:Repository"`
	// LifecyclePolicy says which images ECR deletes.
	LifecyclePolicy *ecr.LifecyclePolicy `pulumi:"lifecyclePolicy" provider:"type=aws@6.83.2:ecr/lifecyclePolicy:LifecyclePolicy"`
	// Policy lets other accounts pull; nil without RepositoryArgs.PullAccess.
	Policy *ecr.RepositoryPolicy
	// Key is the key that the repository made for itself, or was given; nil where only its ARN is known.
	Key *encryption.Key

	name     string
	location account.Output
}

// NewRepository creates a repository whose tags do not move, whose images are scanned and encrypted with a key of the
// account, and which keeps the newest of them. It reports all problems with the arguments at once, before it creates
// anything.
func NewRepository(
	ctx *pulumi.Context, name string, args *RepositoryArgs, opts ...pulumi.ResourceOption,
) (*Repository, error) {
	b := &repositoryBuilder{Base: component.NewBase(ctx, RepositoryType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Image is the reference of an image in the repository by its digest, sha256: and 64 hexadecimal digits: what a
// service runs when CI builds and pushes. A malformed digest is an error.
func (r *Repository) Image(digest pulumi.StringInput) pulumi.StringOutput {
	return pulumi.All(r.RepositoryUrl, digest).ApplyT(func(values []any) (string, error) {
		url, digest := values[0].(string), values[1].(string)
		return url + "@" + digest, inputerror.Of(validate.ImageDigest("digest", digest), RepositoryType, r.name)
	}).(pulumi.StringOutput)
}
