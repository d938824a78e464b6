package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

const (
	someRepository = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"
	someContext    = "../components/image/testdata/app"
)

var _ = addTwins(map[string]twin{
	image.RepositoryType: {
		inputs: object{
			"labels": labelsObject, "keyArn": someKey, "repositoryName": "acme/api", "tagMutability": "MUTABLE",
			"scanOnPush": "disabled",
			"retention": object{
				"taggedImages": 20.0, "untaggedDays": 90.0,
				"tags": []any{object{"pattern": "pr-*", "days": 7.0}, object{"pattern": "release-*", "images": 50.0}},
			},
			"pullAccess": []any{object{
				"accountId": "444455556666", "organizationId": "o-a1b2c3d4e5",
				"roleArns": []any{"arn:aws:iam::444455556666:role/api-execution"},
			}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := image.NewRepository(ctx, "it", &image.RepositoryArgs{
				Labels: labels, KeyArn: pulumi.String(someKey), RepositoryName: "acme/api", TagMutability: image.Mutable,
				ScanOnPush: toggle.Disabled,
				Retention: &image.Retention{
					TaggedImages: 20, UntaggedDays: 90,
					Tags: []image.TagRetention{{Pattern: "pr-*", Days: 7}, {Pattern: "release-*", Images: 50}},
				},
				PullAccess: []image.PullAccess{{
					AccountId: "444455556666", OrganizationId: "o-a1b2c3d4e5",
					RoleArns: []string{"arn:aws:iam::444455556666:role/api-execution"},
				}},
			})
			return err
		},
	},
	image.ImageType: {
		inputs: object{
			"repositoryUrl": someRepository, "context": someContext, "dockerfile": someContext + "/Dockerfile",
			"target": "release", "platform": "linux/amd64", "args": object{"VERSION": "1.4.0"},
			"cacheFrom": []any{someRepository + ":main"}, "tag": "1.4.0",
		},
		program: func(ctx *pulumi.Context) error {
			_, err := image.NewImage(ctx, "it", &image.ImageArgs{
				RepositoryUrl: pulumi.String(someRepository), Context: someContext, Dockerfile: someContext + "/Dockerfile",
				Target: "release", Platform: image.LinuxAmd64, Args: map[string]string{"VERSION": "1.4.0"},
				CacheFrom: []string{someRepository + ":main"}, Tag: "1.4.0",
			})
			return err
		},
	},
})
