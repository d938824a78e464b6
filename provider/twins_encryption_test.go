package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
)

var _ = addTwins(map[string]twin{
	encryption.KeyType: {
		inputs: object{
			"labels": labelsObject, "uses": []any{"s3", "cloudtrail"}, "trailNames": []any{"audit"}, "rotationDays": 180.0,
			"lifecycle": "disposable",
		},
		program: func(ctx *pulumi.Context) error {
			_, err := encryption.NewKey(ctx, "it", &encryption.KeyArgs{
				Labels: labels, Uses: []encryption.Use{encryption.UseS3, encryption.UseCloudTrail}, TrailNames: []string{"audit"},
				RotationDays: 180, Lifecycle: lifecycle.Disposable,
			})
			return err
		},
	},
})
