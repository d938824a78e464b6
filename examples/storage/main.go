// Command storage is a Pulumi program of another project that takes one thing from Bulwark: a bucket for recordings,
// hardened by default, and an existing role that may write into it.
//
//	pulumi config set owner platform@acme.example
//	pulumi config set uploaderRole uploader
//	pulumi up
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

func main() { pulumi.Run(recordings) }

// recordings makes the bucket and the archive for its access logs, and lets a role upload.
func recordings(ctx *pulumi.Context) error {
	labels := tagging.Labels{
		Project: "acme-audio", Environment: ctx.Stack(), Owner: config.Require(ctx, "owner"), CostCenter: "1000",
		DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
	}
	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels:  labels,
		Sources: storage.LogSources{AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}}},
	})
	if err != nil {
		return err
	}
	audio, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, LogBucket: logs})
	if err != nil {
		return err
	}
	ctx.Export("bucket", audio.BucketName)

	// A grant covers one prefix, and the key that encrypts what lies there.
	_, err = iam.NewRolePolicy(ctx, "upload", &iam.RolePolicyArgs{
		Role:   pulumi.String(config.Require(ctx, "uploaderRole")),
		Policy: audio.Write("uploads/").PolicyJSON(),
	})
	return err
}
