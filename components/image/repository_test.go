package image_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

const (
	someKey = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	someURL = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"
)

func repository(name string, args image.RepositoryArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := image.NewRepository(ctx, name, &args)
		return err
	}
}

func TestRepositoryConforms(t *testing.T) {
	minimal := image.RepositoryArgs{Labels: labels}
	with := func(change func(*image.RepositoryArgs)) pulumi.RunFunc {
		args := minimal
		change(&args)
		return repository("api", args)
	}
	withKey := func(uses ...encryption.Use) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			key, err := encryption.NewKey(ctx, "images", &encryption.KeyArgs{Labels: labels, Uses: uses})
			if err != nil {
				return err
			}
			_, err = image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels, Key: key})
			return err
		}
	}
	componenttest.Conform(t, componenttest.Case{
		Token: image.RepositoryType, Golden: "repository", Args: image.RepositoryArgs{}, Component: image.Repository{},
		Minimal: repository("api", minimal),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := image.NewRepository(ctx, "api", nil)
			return err
		},
		Unknown:    with(func(a *image.RepositoryArgs) { a.KeyArn = componenttest.UnknownString() }),
		Disposable: with(func(a *image.RepositoryArgs) { a.Lifecycle = lifecycle.Disposable }),
		Variants: map[string]pulumi.RunFunc{
			"key": withKey(encryption.UseECR),
			"everything": with(func(a *image.RepositoryArgs) {
				a.RepositoryName, a.KeyArn = "acme/api", pulumi.String(someKey)
				a.TagMutability, a.ScanOnPush = image.Mutable, toggle.Disabled
				a.Retention = &image.Retention{
					TaggedImages: 20, UntaggedDays: 90,
					Tags: []image.TagRetention{{Pattern: "pr-*", Days: 7}, {Pattern: "release-*", Images: 50}},
				}
				a.PullAccess = []image.PullAccess{
					{AccountId: "111122223333"},
					{
						AccountId: "444455556666", OrganizationId: "o-a1b2c3d4e5",
						RoleArns: []string{"arn:aws:iam::444455556666:role/api-execution"},
					},
				}
			}),
		},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: with(func(a *image.RepositoryArgs) {
				a.Labels.Owner, a.Lifecycle, a.RepositoryName = "", "temporary", "Acme/api"
				a.KeyArn, a.TagMutability, a.ScanOnPush = pulumi.String("alias/x"), "IMMUTABLE_WITH_EXCLUSION", "off"
				a.Retention = &image.Retention{
					TaggedImages: -1, UntaggedDays: 40000,
					Tags: []image.TagRetention{
						{Pattern: "*", Images: 1}, {Pattern: "a*b*c*d*e*", Days: 1}, {Pattern: "", Days: 1}, {Pattern: "pr-*"},
						{Pattern: "pr-1*", Images: 1, Days: 1}, {Pattern: "a/b", Images: -1},
					},
				}
				a.PullAccess = []image.PullAccess{
					{AccountId: "1", OrganizationId: "acme"},
					{AccountId: "111122223333", RoleArns: []string{
						"arn:aws:iam::444455556666:role/x", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::444455556666:role/x",
					}},
					{AccountId: "111122223333"},
				}
			}), Problems: []string{
				"labels.owner: label-required", "lifecycle: not-supported", "repositoryName: repository-name", "keyArn: key-arn",
				"tagMutability: not-supported", "scanOnPush: not-supported",
				"retention.taggedImages: out-of-range", "retention.untaggedDays: out-of-range",
				"retention.tags[0].pattern: retention-pattern", "retention.tags[1].pattern: retention-pattern",
				"retention.tags[2].pattern: required", "retention.tags[3].images: required",
				"retention.tags[4].days: alternatives", "retention.tags[4].pattern: retention-shadowed",
				"retention.tags[5].images: out-of-range", "retention.tags[5].pattern: retention-pattern",
				"pullAccess[0].accountId: account-id", "pullAccess[0].organizationId: organization-id",
				"pullAccess[1].roleArns[0]: pull-account", "pullAccess[1].roleArns[1]: principal-arn",
				"pullAccess[1].roleArns[2]: pull-account", "pullAccess[1].roleArns[2]: duplicate", "pullAccess[2]: duplicate",
			}},
			{Name: "mutable without a word on what loses its tag", Program: with(func(a *image.RepositoryArgs) {
				a.TagMutability = image.Mutable
			}), Problems: []string{"retention.untaggedDays: retention-untagged"}},
			{Name: "a pattern that ECR knows already", Program: with(func(a *image.RepositoryArgs) {
				a.Retention = &image.Retention{Tags: []image.TagRetention{{Pattern: "pr-*", Days: 7}, {Pattern: "pr-*", Images: 5}}}
			}), Problems: []string{"retention.tags[1].pattern: retention-shadowed"}},
			{Name: "more rules than ECR takes", Program: with(func(a *image.RepositoryArgs) {
				a.Retention = &image.Retention{}
				for i := range 49 {
					a.Retention.Tags = append(a.Retention.Tags, image.TagRetention{Pattern: strings.Repeat("x", i+1), Days: 1})
				}
			}), Problems: []string{"retention.tags: out-of-range"}},
			{Name: "a key for something else", Program: withKey(encryption.UseS3), Problems: []string{"key: key-use"}},
			{Name: "a name without a letter in front", Program: with(func(a *image.RepositoryArgs) {
				a.Labels.Project = "4ever"
			}), Problems: []string{"repositoryName: repository-name"}},
		},
	})
}

func TestImagesOfARepositoryAreNamedByDigest(t *testing.T) {
	var reference string
	program := func(digest string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			r, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels})
			if err != nil {
				return err
			}
			ctx.Export("image", r.Image(pulumi.String(digest)).ApplyT(func(s string) string { reference = s; return s }))
			return nil
		}
	}
	componenttest.Run(t, program(componenttest.ImageDigest))
	assert.Equal(t, "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme-audio-test-api@"+componenttest.ImageDigest, reference)

	_, err := componenttest.Update(program("1.4.0"))
	require.ErrorContains(t, err, `bulwark:image:Repository "api": digest: "1.4.0": expected sha256: and 64 lower-case hexadecimal digits`)
}

func TestGrants(t *testing.T) {
	var pull, push string
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		r, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels})
		if err != nil {
			return err
		}
		ctx.Export("pull", r.Pull().PolicyJSON().ApplyT(func(s string) string { pull = s; return s }))
		ctx.Export("push", r.Push().PolicyJSON().ApplyT(func(s string) string { push = s; return s }))
		return nil
	})
	const arn = "arn:aws:ecr:eu-west-1:123456789012:repository/acme-audio-test-api"
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"PullLogin","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"},
		{"Sid":"PullImages","Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"`+arn+`"}]}`, pull)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"PushLogin","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"},
		{"Sid":"PushImages","Effect":"Allow","Action":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage",
			"ecr:CompleteLayerUpload","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],"Resource":"`+arn+`"}]}`, push)
}

func TestAKeyOfAnotherRegionIsRefused(t *testing.T) {
	_, err := componenttest.Update(repository("api", image.RepositoryArgs{
		Labels: labels, KeyArn: pulumi.String(strings.Replace(someKey, "eu-west-1", "eu-central-1", 1)),
	}))
	require.ErrorContains(t, err, "expected one in eu-west-1, the region of the repository")
}
