package audit_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// record makes the trail of an account whose application once used an access key: who reads or writes the audio bucket
// is on record, and whoever subscribes to the topic learns of everything in audit.Event.
func record(
	ctx *pulumi.Context, labels tagging.Labels, audio *storage.Bucket, topicArn pulumi.StringInput,
) (*audit.Trail, error) {
	logs, err := storage.NewLogBucket(ctx, "trails", &storage.LogBucketArgs{
		Labels:  labels,
		Sources: storage.LogSources{CloudTrail: &storage.CloudTrailSource{TrailNames: []string{audit.TrailName(labels)}}},
	})
	if err != nil {
		return nil, err
	}
	return audit.NewTrail(ctx, "trail", &audit.TrailArgs{
		Labels:              labels,
		LogBucket:           logs,
		DataEvents:          []audit.DataEvents{{Bucket: audio}},
		RetiredAccessKeyIds: []string{"AKIAIOSFODNN7EXAMPLE"},
		AlarmActions:        pulumi.StringArray{topicArn},
		AlarmThresholds:     map[string]int{string(audit.EventUnauthorizedCalls): 20},
	})
}

// A trail that watches the key which the application used before it had a role. In a program of your own, pulumi.Run
// takes the place of pulumi.RunErr and of the mocks.
func ExampleNewTrail() {
	program := func(ctx *pulumi.Context) error {
		labels := tagging.Labels{
			Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
			DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
		}
		audio, err := storage.NewBucket(ctx, "audio",
			&storage.BucketArgs{Labels: labels, LogBucketName: pulumi.String("acme-logs")})
		if err != nil {
			return err
		}
		trail, err := record(ctx, labels, audio, pulumi.String("arn:aws:sns:eu-west-1:123456789012:alarms"))
		if err != nil {
			return err
		}
		for _, m := range trail.Metrics()[:3] {
			fmt.Println(m.Namespace, m.Name)
		}
		return nil
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, trail := range recorder.Find("aws:cloudtrail/trail:Trail") {
		fmt.Println(trail.Input("name"), "into", trail.Input("s3BucketName"))
	}
	fmt.Println(len(recorder.Find("aws:cloudwatch/metricAlarm:MetricAlarm")), "alarms")
	// Output:
	// Audit/acme-audio-prod RetiredKeyUse
	// Audit/acme-audio-prod RootUse
	// Audit/acme-audio-prod TrailChanges
	// acme-audio-prod into aws-waf-logs-acme-audio-prod-trails-123456789012-eu-west-1
	// 17 alarms
}

// The account's own settings, with passwords left to the identity provider.
func ExampleNewAccountBaseline() {
	program := func(ctx *pulumi.Context) error {
		_, err := audit.NewAccountBaseline(ctx, "account", &audit.AccountBaselineArgs{
			Labels: tagging.Labels{
				Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
				DataClass: tagging.Internal, Repository: "github.com/acme/infra",
			},
			PasswordPolicy: toggle.Disabled,
		})
		return err
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, r := range recorder.Registrations() {
		fmt.Println(r.Type, r.Name)
	}
	// Output:
	// aws:accessanalyzer/analyzer:Analyzer account-external-access
	// aws:ebs/encryptionByDefault:EncryptionByDefault account
	// aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock account
	// bulwark:audit:AccountBaseline account
}
