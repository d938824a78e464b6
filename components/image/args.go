package image

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

// RepositoryArgs are the arguments of NewRepository.
type RepositoryArgs struct {
	// Labels become the tags of the repository and of its key.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: protected, retained, never deleted with images in it.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// RepositoryName is the name within the registry: 2 to 256 lower-case letters, digits and single . _ - /, a letter
	// first. Default: <project>-<environment>-<name>.
	RepositoryName string `pulumi:"repositoryName,optional"`

	// Key encrypts the images; it has to serve encryption.UseECR. It cannot be changed later. Default: a key that the
	// repository creates for itself.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key of the same region, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`

	// TagMutability is Immutable unless set. Mutable lets whoever may push put another program under your version, and
	// needs Retention.UntaggedDays.
	TagMutability TagMutability `pulumi:"tagMutability,optional"`
	// ScanOnPush looks for known holes in the operating system of every image that is pushed. Enabled unless set. A
	// registry that scans continuously, with Amazon Inspector, decides over it.
	ScanOnPush toggle.Toggle `pulumi:"scanOnPush,optional"`
	// Retention says which images ECR deletes. Default: all but the 100 newest with a tag, and what has had none for 14
	// days.
	Retention *Retention `pulumi:"retention,optional"`
	// PullAccess lets other accounts pull. Default: nobody but the own account, as far as its IAM policies say.
	PullAccess []PullAccess `pulumi:"pullAccess,optional"`
}

func (a *RepositoryArgs) key() keychoice.Choice { return keychoice.Choice{Key: a.Key, Arn: a.KeyArn} }

func (a *RepositoryArgs) repositoryName(name string) string {
	return cmp.Or(a.RepositoryName, naming.Base(a.Labels.Project, a.Labels.Environment, name))
}

func (a *RepositoryArgs) tagMutability() TagMutability { return cmp.Or(a.TagMutability, Immutable) }

func (a *RepositoryArgs) retention() Retention {
	r := *component.OrEmpty(a.Retention)
	r.TaggedImages = cmp.Or(r.TaggedImages, defaultTaggedImages)
	r.UntaggedDays = cmp.Or(r.UntaggedDays, defaultUntaggedDays)
	return r
}

const (
	defaultTaggedImages = 100
	defaultUntaggedDays = 14
)

// Retention says which images ECR deletes, within a day. ECR does not know which image runs: keep more than a service
// can fall back to, and let CI push less often than that.
type Retention struct {
	// TaggedImages is how many of the newest images with a tag stay, by the time of their push; 1 to 100000, which is as
	// many as a repository holds. Default: 100.
	TaggedImages int `pulumi:"taggedImages,optional"`
	// UntaggedDays is after how many days an image without a tag is deleted, at least 1. Default: 14. A mutable
	// repository has to say it: a task that runs an image which has lost its tag cannot start again then.
	UntaggedDays int `pulumi:"untaggedDays,optional"`
	// Tags are rules for some tags, before the two others and in this order. An image that one of them matches is deleted
	// by none that follows. At most 48.
	Tags []TagRetention `pulumi:"tags,optional"`
}

// TagRetention is a rule for the images with a tag. Exactly one of Images and Days is given.
type TagRetention struct {
	// Pattern is matched against the tags; * stands for any characters, up to four times: pr-*.
	Pattern string `pulumi:"pattern"`
	// Images is how many of the newest such images stay.
	Images int `pulumi:"images,optional"`
	// Days is the age, since its push, at which such an image is deleted.
	Days int `pulumi:"days,optional"`
}

// PullAccess lets another account pull. Its identities need an IAM policy that allows it too.
type PullAccess struct {
	// AccountId is the account.
	AccountId string `pulumi:"accountId"`
	// RoleArns narrow it down to these roles of the account, such as the execution roles of its services. Default: all.
	RoleArns []string `pulumi:"roleArns,optional"`
	// OrganizationId narrows it down to an account that is still in this organization: o-1234567890.
	OrganizationId string `pulumi:"organizationId,optional"`
}

// ImageArgs are the arguments of NewImage.
type ImageArgs struct {
	// Repository receives the image. Required, unless RepositoryUrl is given.
	Repository *Repository `sibling:"repositoryUrl"`
	// RepositoryUrl is the address of an existing repository, without a tag, instead of Repository:
	// 123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api.
	RepositoryUrl pulumi.StringInput `pulumi:"repositoryUrl,optional"`
	// Context is the directory that is built, relative to the one in which the program runs.
	Context string `pulumi:"context"`
	// Dockerfile is its path, relative to the directory in which the program runs. Default: Dockerfile in the context.
	Dockerfile string `pulumi:"dockerfile,optional"`
	// Target is the stage of the Dockerfile that is built. Default: the last one.
	Target string `pulumi:"target,optional"`
	// Platform is what the image is built for. Default: linux/arm64.
	Platform Platform `pulumi:"platform,optional"`
	// Args are values for the ARG lines of the Dockerfile. They stay in the image, for everybody who can pull it: what
	// looks like a secret is refused.
	Args map[string]string `pulumi:"args,optional"`
	// CacheFrom are images whose layers are reused, with a tag. Every image that is pushed can serve.
	CacheFrom []string `pulumi:"cacheFrom,optional"`
	// Tag is the tag of the image, such as the commit. Default: content- and digits that follow from what is built, so
	// that another content is another tag, and an immutable repository takes every push.
	Tag string `pulumi:"tag,optional"`
}
