//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

var labels = tagging.Labels{
	Project: "acme-audio", Environment: "fidelity", Owner: "platform@acme.example", CostCenter: "1000",
	DataClass: tagging.Confidential, Repository: "github.com/acme/infra", Extra: map[string]string{"Purpose": "fidelity"},
}

// everything makes each component with all that it can have.
func everything(ctx *pulumi.Context) error {
	second, err := pulumiaws.NewProvider(ctx, "second", &pulumiaws.ProviderArgs{Region: pulumi.String("eu-central-1"), S3UsePathStyle: pulumi.Bool(true)})
	if err != nil {
		return err
	}
	for _, domain := range []func(*pulumi.Context, *pulumiaws.Provider) error{keys, buckets, permanent, networks, edges, webACLs, audits, containers, identities} {
		if err := domain(ctx, second); err != nil {
			return err
		}
	}
	return nil
}

func keys(ctx *pulumi.Context, second *pulumiaws.Provider) error {
	_, err := encryption.NewKey(ctx, "everything", &encryption.KeyArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Uses: encryption.Use("").Values(), RotationDays: 180,
		Description: "every use", TrailNames: []string{"acme-audio-fidelity"}, LogGroups: []string{"/acme/*"}, SecondRegion: second,
		ClusterNames: []string{"acme-audio-fidelity"}, LogDeliveryRegions: []string{"us-east-1"},
	})
	return err
}

func buckets(ctx *pulumi.Context, second *pulumiaws.Provider) error {
	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable,
		Sources: storage.LogSources{
			AccessLogs:    &storage.AccessLogSource{Buckets: []string{"audio"}, BucketNames: []string{"acme-site"}, Prefix: "access/"},
			LoadBalancers: &storage.LoadBalancerSource{Names: []string{"acme-*"}, Prefixes: []string{"alb", "connections"}},
			CloudTrail:    &storage.CloudTrailSource{TrailNames: []string{"acme-audio-fidelity"}},
			Waf:           &storage.WafSource{Global: true},
			FlowLogs:      &storage.FlowLogSource{HivePartitions: true},
		},
		RetentionDays: 500,
		Transitions:   []storage.Transition{{Days: 90, Class: storage.GlacierIR}},
	})
	if err != nil {
		return err
	}
	if _, err = storage.NewBucket(ctx, "audio", &storage.BucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, LogBucket: logs, LogPrefix: "access/", AbortMultipartDays: 2,
		Retention: &storage.Retention{
			Transitions: []storage.Transition{
				{Days: 30, Class: storage.StandardIA}, {Days: 90, Class: storage.GlacierIR}, {Days: 365, Class: storage.DeepArchive},
			},
			ExpiryDays: 3650, NoncurrentExpiryDays: 60, NewerNoncurrentVersions: 2,
		},
		PrefixRetention: []storage.PrefixRetention{
			{Prefix: "tmp/", ExpiryDays: 1, NoncurrentExpiryDays: 1},
			{Prefix: "archive/", Transitions: []storage.Transition{{Days: 0, Class: storage.Glacier}}},
		},
		MinimumObjectSize: storage.VariesByStorageClass,
		Cors: []storage.CorsRule{
			{Origins: []string{"https://app.acme.example", "http://localhost:3000"}},
			{AnyOrigin: true, Methods: []storage.CorsMethod{storage.CorsGet}, Headers: []string{"range"}, ExposeHeaders: []string{"Content-Range"}, MaxAgeSeconds: 60},
		},
		EventBridge: true,
		PolicyStatements: []storage.PolicyStatement{{
			Sid: "Distribution", Effect: storage.Allow, Services: []string{"cloudfront.amazonaws.com"},
			Actions: []string{"s3:GetObject"}, OnObjects: []string{"public/*"},
			Conditions: []storage.PolicyCondition{{
				Operator: "ArnEquals", Key: "aws:SourceArn",
				Values: pulumi.ToStringArray([]string{"arn:aws:cloudfront::123456789012:distribution/E1"}),
			}},
		}},
	}); err != nil {
		return err
	}
	_, err = storage.NewReplicaBucket(ctx, "audio-replica", &storage.ReplicaBucketArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled,
	}, pulumi.Provider(second))
	return err
}

// permanent makes what only a permanent bucket can have.
func permanent(ctx *pulumi.Context, _ *pulumiaws.Provider) error {
	_, err := storage.NewLogBucket(ctx, "trails", &storage.LogBucketArgs{
		Labels:     labels,
		Sources:    storage.LogSources{CloudTrail: &storage.CloudTrailSource{TrailNames: []string{"acme-audio-fidelity"}}},
		ObjectLock: &storage.ObjectLock{Mode: storage.Governance, Days: 30},
	})
	if err != nil {
		return err
	}
	_, err = storage.NewBucket(ctx, "scratch", &storage.BucketArgs{
		Labels: labels, AccessLogs: toggle.Disabled, Versioning: storage.VersioningSuspended,
	})
	return err
}
