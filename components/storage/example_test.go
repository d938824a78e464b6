package storage_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// An audio bucket that browsers upload to, and the archive for its access logs. In a program of your own, pulumi.Run
// takes the place of pulumi.RunErr and of the mocks.
func ExampleNewBucket() {
	program := func(ctx *pulumi.Context) error {
		labels := tagging.Labels{
			Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
			DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
		}
		logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
			Labels:  labels,
			Sources: storage.LogSources{AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}}},
		})
		if err != nil {
			return err
		}
		audio, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{
			Labels:    labels,
			LogBucket: logs,
			Retention: &storage.Retention{Transitions: []storage.Transition{{Days: 90, Class: storage.StandardIA}}},
			Cors:      []storage.CorsRule{{Origins: []string{"https://app.acme.example"}}},
		})
		if err != nil {
			return err
		}
		ctx.Export("bucket", audio.BucketName)
		ctx.Export("uploaderPolicy", audio.Write("uploads/").PolicyJSON())
		return nil
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, bucket := range recorder.Find("aws:s3/bucketV2:BucketV2") {
		fmt.Println(bucket.Name, bucket.Input("bucket"))
	}
	// Output:
	// audio acme-audio-prod-audio-123456789012-eu-west-1
	// logs aws-waf-logs-acme-audio-prod-logs-123456789012-eu-west-1
}

// What contradicts itself is refused before anything exists, all of it at once.
func ExampleNewBucket_mistakes() {
	program := func(ctx *pulumi.Context) error {
		_, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{
			Labels: tagging.Labels{
				Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
				DataClass: "confidental", Repository: "github.com/acme/infra",
			},
			AccessLogs: toggle.Disabled,
			Retention: &storage.Retention{
				Transitions: []storage.Transition{{Days: 7, Class: storage.StandardIA}},
				ExpiryDays:  5,
			},
		})
		fmt.Println(err)
		return nil
	}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", &componenttest.Recorder{})); err != nil {
		fmt.Println(err)
	}
	// Output:
	// bulwark:storage:Bucket "audio": 3 problems:
	//   - labels.dataClass: "confidental": expected one of public, internal, confidential, restricted; fix: did you mean "confidential"?
	//   - retention.transitions[0].days: 7: expected at least 30 days before a move to STANDARD_IA; fix: use at least 30
	//   - retention.expiryDays: 5: expected more than the 7 days after which objects move to STANDARD_IA; fix: delete later, or remove the transition
}
