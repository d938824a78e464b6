package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

var _ = addTwins(map[string]twin{
	audit.AccountBaselineType: {
		inputs: object{
			"labels": labelsObject, "lifecycle": "disposable", "ebsEncryption": "disabled", "maxPasswordAgeDays": 30.0, "unusedAccessDays": 180.0,
		},
		program: func(ctx *pulumi.Context) error {
			_, err := audit.NewAccountBaseline(ctx, "it", &audit.AccountBaselineArgs{
				Labels: labels, Lifecycle: lifecycle.Disposable, EbsEncryption: toggle.Disabled, MaxPasswordAgeDays: 30, UnusedAccessDays: 180,
			})
			return err
		},
	},
	audit.TrailType: {
		inputs: object{
			"labels": labelsObject, "logBucketName": "acme-trails", "keyArn": someKey,
			"dataEvents": []any{object{"bucketArn": "arn:aws:s3:::acme-audio", "events": "write"}}, "insights": []any{"ApiCallRateInsight"},
			"excludedEvents": []any{"vpc-changes"}, "alarmActions": []any{someTopic}, "alarmThresholds": object{"unauthorized-calls": 10.0},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := audit.NewTrail(ctx, "it", &audit.TrailArgs{
				Labels: labels, LogBucketName: pulumi.String("acme-trails"), KeyArn: pulumi.String(someKey),
				DataEvents: []audit.DataEvents{{BucketArn: pulumi.String("arn:aws:s3:::acme-audio"), Events: audit.ObjectEventsWrite}},
				Insights:   []audit.Insight{audit.InsightCallRate}, ExcludedEvents: []audit.Event{audit.EventVPCChanges},
				AlarmActions:    pulumi.ToStringArray([]string{someTopic}),
				AlarmThresholds: map[string]int{string(audit.EventUnauthorizedCalls): 10},
			})
			return err
		},
	},
})
