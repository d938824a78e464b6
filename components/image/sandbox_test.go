//go:build sandbox

package image_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

func TestRepositoryDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		r, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable,
			Retention: &image.Retention{
				TaggedImages: 50, UntaggedDays: 7,
				Tags: []image.TagRetention{{Pattern: "pr-*", Days: 14}, {Pattern: "release-*", Images: 20}},
			},
			PullAccess: []image.PullAccess{{
				AccountId: "444455556666", RoleArns: []string{"arn:aws:iam::444455556666:role/api-execution"},
				OrganizationId: "o-a1b2c3d4e5",
			}},
		})
		if err != nil {
			return err
		}
		ctx.Export("name", r.RepositoryName)
		ctx.Export("url", r.RepositoryUrl)
		ctx.Export("key", r.KeyArn)
		return nil
	}, sandboxtest.Options{})

	client := ecr.NewFromConfig(env.AWSConfig("eu-west-1"))
	var name string
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		name = up.Output(t, "name")
		assert.Equal(t, "acme-audio-test-api", name)
		found, err := client.DescribeRepositories(t.Context(), &ecr.DescribeRepositoriesInput{RepositoryNames: []string{name}})
		require.NoError(t, err)
		repository := found.Repositories[0]
		assert.Equal(t, up.Output(t, "url"), *repository.RepositoryUri)
		assert.Equal(t, types.ImageTagMutabilityImmutable, repository.ImageTagMutability)
		assert.True(t, repository.ImageScanningConfiguration.ScanOnPush)
		assert.Equal(t, types.EncryptionTypeKms, repository.EncryptionConfiguration.EncryptionType)
		assert.Equal(t, up.Output(t, "key"), *repository.EncryptionConfiguration.KmsKey)

		kept, err := client.GetLifecyclePolicy(t.Context(), &ecr.GetLifecyclePolicyInput{RepositoryName: &name})
		require.NoError(t, err)
		assert.Equal(t, []string{"pr-*", "release-*", "*", ""}, patterns(t, *kept.LifecyclePolicyText))

		policy, err := client.GetRepositoryPolicy(t.Context(), &ecr.GetRepositoryPolicyInput{RepositoryName: &name})
		require.NoError(t, err)
		assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"PullFrom444455556666","Effect":"Allow",
			"Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],
			"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/api-execution"},
			"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}]}`, *policy.PolicyText)

		tags, err := client.ListTagsForResource(t.Context(), &ecr.ListTagsForResourceInput{ResourceArn: repository.RepositoryArn})
		require.NoError(t, err)
		values := map[string]string{}
		for _, tag := range tags.Tags {
			values[*tag.Key] = aws.ToString(tag.Value)
		}
		assert.Equal(t, "platform@acme.example", values["Owner"])
		assert.Equal(t, "api", values["Name"])
	})
	_, err := client.DescribeRepositories(t.Context(), &ecr.DescribeRepositoriesInput{RepositoryNames: []string{name}})
	var gone *types.RepositoryNotFoundException
	assert.ErrorAs(t, err, &gone)
}

// patterns are those of the rules in the order of their priorities, empty for the rule about images without a tag.
func patterns(t testing.TB, text string) []string {
	var policy struct {
		Rules []struct {
			RulePriority int
			Selection    struct{ TagPatternList []string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &policy))
	ordered := make([]string, len(policy.Rules))
	for _, rule := range policy.Rules {
		for _, pattern := range rule.Selection.TagPatternList {
			ordered[rule.RulePriority-1] = pattern
		}
	}
	return ordered
}

// A disposable repository is deleted with the images in it; a tag does not move before that.
func TestDisposableRepositoryTakesItsImagesAlong(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		r, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels, Lifecycle: lifecycle.Disposable})
		if err != nil {
			return err
		}
		ctx.Export("name", r.RepositoryName)
		return nil
	}, sandboxtest.Options{})
	name := stack.Up(t).Output(t, "name")
	client := ecr.NewFromConfig(env.AWSConfig("eu-west-1"))
	put := func(tag, config string) error {
		_, err := client.PutImage(t.Context(), &ecr.PutImageInput{
			RepositoryName: &name, ImageTag: &tag, ImageManifest: aws.String(manifest(config)),
		})
		return err
	}
	require.NoError(t, put("1.4.0", "a"))
	require.NoError(t, put("1.4.1", "b"))
	var exists *types.ImageTagAlreadyExistsException
	assert.ErrorAs(t, put("1.4.0", "c"), &exists)
	stack.Destroy(t)
	var gone *types.RepositoryNotFoundException
	_, err := client.DescribeImages(t.Context(), &ecr.DescribeImagesInput{RepositoryName: &name})
	assert.ErrorAs(t, err, &gone)
}

func manifest(config string) string {
	return `{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{
		"mediaType":"application/vnd.docker.container.image.v1+json","size":1,"digest":"sha256:` + config + `"},"layers":[]}`
}
