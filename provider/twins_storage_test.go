package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

var _ = addTwins(map[string]twin{
	storage.BucketType: {
		inputs: object{
			"labels": labelsObject, "keyArn": someKey, "logBucketName": "acme-logs", "eventBridge": true,
			"retention":  object{"transitions": []any{object{"days": 30.0, "class": "STANDARD_IA"}}, "noncurrentExpiryDays": 60.0},
			"objectLock": object{"mode": "GOVERNANCE", "days": 1.0},
			"cors":       []any{object{"origins": []any{"https://app.acme.example"}, "methods": []any{"GET"}}},
			"policyStatements": []any{object{
				"sid": "Reports", "effect": "Allow", "services": []any{"reports.amazonaws.com"}, "actions": []any{"s3:GetObject"},
				"onObjects":  []any{"reports/*"},
				"conditions": []any{object{"operator": "StringEquals", "key": "aws:SourceAccount", "values": []any{"123456789012"}}},
			}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := storage.NewBucket(ctx, "it", &storage.BucketArgs{
				Labels: labels, KeyArn: pulumi.String(someKey), LogBucketName: pulumi.String("acme-logs"), EventBridge: true,
				Retention:  &storage.Retention{Transitions: []storage.Transition{{Days: 30, Class: storage.StandardIA}}, NoncurrentExpiryDays: 60},
				ObjectLock: &storage.ObjectLock{Mode: storage.Governance, Days: 1},
				Cors:       []storage.CorsRule{{Origins: []string{"https://app.acme.example"}, Methods: []storage.CorsMethod{storage.CorsGet}}},
				PolicyStatements: []storage.PolicyStatement{{
					Sid: "Reports", Effect: storage.Allow, Services: []string{"reports.amazonaws.com"}, Actions: []string{"s3:GetObject"},
					OnObjects:  []string{"reports/*"},
					Conditions: []storage.PolicyCondition{{Operator: "StringEquals", Key: "aws:SourceAccount", Values: pulumi.ToStringArray([]string{"123456789012"})}},
				}},
			})
			return err
		},
	},
	storage.LogBucketType: {
		inputs: object{
			"labels": labelsObject, "retentionDays": 30.0,
			"sources": object{"accessLogs": object{"buckets": []any{"audio"}}, "waf": object{"global": true}, "flowLogs": object{}},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := storage.NewLogBucket(ctx, "it", &storage.LogBucketArgs{Labels: labels, RetentionDays: 30, Sources: storage.LogSources{
				AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}}, Waf: &storage.WafSource{Global: true}, FlowLogs: &storage.FlowLogSource{},
			}})
			return err
		},
	},
	storage.ReplicaBucketType: {
		inputs: object{"labels": labelsObject, "accessLogs": "disabled"},
		program: func(ctx *pulumi.Context) error {
			_, err := storage.NewReplicaBucket(ctx, "it", &storage.ReplicaBucketArgs{Labels: labels, AccessLogs: toggle.Disabled})
			return err
		},
	},
})
