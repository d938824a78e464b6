package image

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// repositoryBuilder makes one repository.
type repositoryBuilder struct {
	component.Base
	args *RepositoryArgs
	out  *Repository
}

func (b *repositoryBuilder) build(opts []pulumi.ResourceOption) (*Repository, error) {
	b.out = &Repository{name: b.Name}
	return component.Build(&b.Base, b.out, opts, b.key, b.repository, b.lifecyclePolicy, b.policy)
}

// key is the one that was chosen, or one of the repository's own.
func (b *repositoryBuilder) key() (err error) {
	b.out.location = b.Location()
	b.out.Key, b.out.KeyArn, err = b.args.key().OrMake(&b.Base, b.Name, encryption.KeyArgs{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, Uses: []encryption.Use{encryption.UseECR},
	})
	if b.args.KeyArn != nil {
		b.out.KeyArn = keychoice.CheckedArn(&b.Base, "keyArn", b.args.KeyArn, "the repository")
	}
	return err
}

// repository makes the repository. Its name is fixed, so that policies can name it before it exists.
func (b *repositoryBuilder) repository() (err error) {
	b.out.Repository, err = ecr.NewRepository(b.Ctx, b.Name, &ecr.RepositoryArgs{
		Name:               pulumi.String(b.args.repositoryName(b.Name)),
		ImageTagMutability: pulumi.String(b.args.tagMutability()),
		ImageScanningConfiguration: &ecr.RepositoryImageScanningConfigurationArgs{
			ScanOnPush: pulumi.Bool(b.args.ScanOnPush.On()),
		},
		EncryptionConfigurations: ecr.RepositoryEncryptionConfigurationArray{
			&ecr.RepositoryEncryptionConfigurationArgs{EncryptionType: pulumi.String("KMS"), KmsKey: b.out.KeyArn},
		},
		ForceDelete: pulumi.Bool(b.args.Lifecycle.ForceDestroy()),
		Tags:        b.args.Labels.Tags(b.Name),
	}, b.Child(b.args.Lifecycle.Stateful()...)...)
	if err != nil {
		return err
	}
	b.out.RepositoryArn, b.out.RepositoryName = b.out.Repository.Arn, b.out.Repository.Name
	b.out.RepositoryUrl = b.out.Repository.RepositoryUrl
	return nil
}

// lifecyclePolicy says which images ECR deletes.
func (b *repositoryBuilder) lifecyclePolicy() (err error) {
	text, err := b.args.retention().policyJSON()
	if err != nil {
		return err
	}
	b.out.LifecyclePolicy, err = ecr.NewLifecyclePolicy(b.Ctx, b.Name, &ecr.LifecyclePolicyArgs{
		Repository: b.out.RepositoryName, Policy: pulumi.String(text),
	}, b.setting()...)
	return err
}

// policy lets other accounts pull.
func (b *repositoryBuilder) policy() (err error) {
	if len(b.args.PullAccess) == 0 {
		return nil
	}
	b.out.Policy, err = ecr.NewRepositoryPolicy(b.Ctx, b.Name, &ecr.RepositoryPolicyArgs{
		Repository: b.out.RepositoryName, Policy: b.PolicyJSON(iampolicy.RepositoryPolicy, b.args.pulls),
	}, b.setting()...)
	return err
}

func (b *repositoryBuilder) setting() []pulumi.ResourceOption {
	return b.Child(b.args.Lifecycle.Setting(b.out.Repository)...)
}
