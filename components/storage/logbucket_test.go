package storage_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func allSources() storage.LogSources {
	return storage.LogSources{
		AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio", "assets"}, BucketNames: []string{"acme-legacy"}},
		LoadBalancers: &storage.LoadBalancerSource{
			Names: []string{"acme", "acme-*"}, Prefixes: []string{"alb", "alb-connections"},
		},
		CloudTrail: &storage.CloudTrailSource{TrailNames: []string{"acme-audio-test"}},
		Waf:        &storage.WafSource{Global: true},
		FlowLogs:   &storage.FlowLogSource{HivePartitions: true},
	}
}

func TestLogBucketConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: storage.LogBucketType, Golden: "logbucket", Args: storage.LogBucketArgs{}, Component: storage.LogBucket{},
		Minimal: logBucket(func(*storage.LogBucketArgs) {}),
		NoArgs:  func(ctx *pulumi.Context) error { _, err := storage.NewLogBucket(ctx, "logs", nil); return err },
		Unknown: logBucket(func(a *storage.LogBucketArgs) {
			a.Sources = storage.LogSources{FlowLogs: &storage.FlowLogSource{}}
			a.KeyArn = componenttest.UnknownString()
		}),
		Disposable: logBucket(func(a *storage.LogBucketArgs) { a.Lifecycle = lifecycle.Disposable }),
		Variants: map[string]pulumi.RunFunc{
			"every-source": logBucket(func(a *storage.LogBucketArgs) {
				a.Sources = allSources()
				a.RetentionDays = 730
				a.Transitions = []storage.Transition{{Days: 90, Class: storage.GlacierIR}}
			}),
			"locked-with-key": func(ctx *pulumi.Context) error {
				key, err := encryption.NewKey(ctx, "logs-key", &encryption.KeyArgs{
					Labels: labels, TrailNames: []string{"acme"},
					Uses: []encryption.Use{encryption.UseS3, encryption.UseCloudTrail, encryption.UseLogDelivery},
				})
				if err != nil {
					return err
				}
				return logBucket(func(a *storage.LogBucketArgs) {
					a.BucketName = "acme-audit"
					a.Sources = storage.LogSources{
						CloudTrail: &storage.CloudTrailSource{TrailNames: []string{"acme"}}, FlowLogs: &storage.FlowLogSource{},
					}
					a.Key = key
					a.ObjectLock = &storage.ObjectLock{Mode: storage.Compliance, Days: 365, AcknowledgeIrreversible: true}
				})(ctx)
			},
		},
		Bad: []componenttest.Bad{
			{
				Name: "no source", Program: logBucket(func(a *storage.LogBucketArgs) { a.Sources = storage.LogSources{} }),
				Problems: []string{"sources: log-bucket-sources"},
			},
			{Name: "empty sources", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.Sources = storage.LogSources{AccessLogs: &storage.AccessLogSource{}, CloudTrail: &storage.CloudTrailSource{}}
			}), Problems: []string{
				"sources.accessLogs.buckets: log-bucket-sources",
				"sources.cloudTrail.trailNames: log-bucket-sources",
			}},
			{Name: "KMS where load balancers and buckets deliver", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.Sources = allSources()
				a.KeyArn = pulumi.String(someKey)
			}), Problems: []string{"keyArn: log-bucket-kms"}},
			{Name: "a lock where buckets deliver", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.ObjectLock = &storage.ObjectLock{Mode: storage.Governance, Days: 30}
			}), Problems: []string{"objectLock: log-bucket-lock"}},
			{Name: "a lock beyond retention", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.Sources, a.RetentionDays = storage.LogSources{FlowLogs: &storage.FlowLogSource{}}, 30
				a.ObjectLock = &storage.ObjectLock{Mode: storage.Governance, Days: 31}
			}), Problems: []string{"objectLock.days: log-bucket-lock-days"}},
			{Name: "a lock on a disposable bucket", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.Sources, a.Lifecycle = storage.LogSources{FlowLogs: &storage.FlowLogSource{}}, lifecycle.Disposable
				a.ObjectLock = &storage.ObjectLock{Mode: storage.Governance, Days: 1}
			}), Problems: []string{"objectLock: object-lock-disposable"}},
			{Name: "WAF and another name", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.Sources, a.BucketName = storage.LogSources{Waf: &storage.WafSource{}}, "acme-logs"
			}), Problems: []string{"bucketName: log-bucket-waf-name"}},
			{Name: "logging into itself", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.BucketName, a.Sources.AccessLogs.BucketNames = "acme-logs", []string{"acme-logs"}
			}), Problems: []string{"sources.accessLogs.bucketNames[0]: access-logs-loop"}},
			{Name: "names of sources", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.Sources = storage.LogSources{
					AccessLogs:    &storage.AccessLogSource{Buckets: []string{"a b"}, BucketNames: []string{"A"}, Prefix: "x"},
					LoadBalancers: &storage.LoadBalancerSource{Names: []string{"app/x/1"}, Prefixes: []string{"", "alb/", "x*"}},
					CloudTrail:    &storage.CloudTrailSource{TrailNames: []string{"*"}},
				}
			}), Problems: []string{
				"sources.accessLogs.buckets[0]: resource-name", "sources.accessLogs.bucketNames[0]: bucket-name-length",
				"sources.accessLogs.prefix: access-logs-prefix", "sources.loadBalancers.names[0]: load-balancer-name",
				"sources.loadBalancers.prefixes[0]: load-balancer-prefix",
				"sources.loadBalancers.prefixes[1]: load-balancer-prefix",
				"sources.loadBalancers.prefixes[2]: key-prefix-wildcard", "sources.cloudTrail.trailNames[0]: trail-name",
			}},
			{
				Name: "retention", Program: logBucket(func(a *storage.LogBucketArgs) { a.RetentionDays = 36501 }),
				Problems: []string{"retentionDays: out-of-range"},
			},
			{
				Name: "negative retention", Program: logBucket(func(a *storage.LogBucketArgs) { a.RetentionDays = -1 }),
				Problems: []string{"retentionDays: out-of-range"},
			},
			{Name: "transitions", Program: logBucket(func(a *storage.LogBucketArgs) {
				a.RetentionDays = 100
				a.Transitions = []storage.Transition{{Days: 20, Class: storage.StandardIA}, {Days: 90, Class: storage.Glacier}}
			}), Problems: []string{
				"transitions[0].days: s3-lifecycle-class-minimum",
				"retentionDays: s3-lifecycle-class-minimum",
			}},
			{Name: "a key that CloudFront's web ACLs cannot use", Program: func(ctx *pulumi.Context) error {
				key, err := encryption.NewKey(ctx, "k", &encryption.KeyArgs{
					Labels: labels, Uses: []encryption.Use{encryption.UseS3, encryption.UseLogDelivery},
				})
				if err != nil {
					return err
				}
				return logBucket(func(a *storage.LogBucketArgs) {
					a.Key, a.Sources = key, storage.LogSources{Waf: &storage.WafSource{Global: true}}
				})(ctx)
			}, Problems: []string{"key: key-use"}},
			{Name: "a key that does not serve the sources", Program: func(ctx *pulumi.Context) error {
				key, err := encryption.NewKey(ctx, "k",
					&encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseS3}})
				if err != nil {
					return err
				}
				return logBucket(func(a *storage.LogBucketArgs) {
					a.Key = key
					a.Sources.AccessLogs, a.Sources.Waf = nil, &storage.WafSource{}
					a.Sources.CloudTrail = &storage.CloudTrailSource{TrailNames: []string{"acme"}}
				})(ctx)
			}, Problems: []string{"key: key-use", "key: key-use"}},
		},
	})
}

func TestDeliveriesAreTiedToTheirSources(t *testing.T) {
	recorder := componenttest.Run(t, logBucket(func(a *storage.LogBucketArgs) { a.Sources = allSources() }))
	got := policies(t, recorder)["logs"]
	const arn = "arn:aws:s3:::aws-waf-logs-acme-audio-test-logs-123456789012-eu-west-1"

	s := got["S3AccessLogs"]
	assert.Equal(t, map[string]any{"Service": "logging.s3.amazonaws.com"}, s.Principal)
	assert.Equal(t, arn+"/s3-access/*", s.Resource)
	assert.Equal(t, "123456789012", s.Condition["StringEquals"]["aws:SourceAccount"])
	assert.Equal(t, []any{
		"arn:aws:s3:::acme-audio-test-assets-123456789012-eu-west-1",
		"arn:aws:s3:::acme-audio-test-audio-123456789012-eu-west-1",
		"arn:aws:s3:::acme-legacy",
	}, s.Condition["ArnEquals"]["aws:SourceArn"])

	s = got["LoadBalancerLogs"]
	assert.Equal(t, map[string]any{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}, s.Principal)
	assert.Equal(t, []any{arn + "/alb-connections/AWSLogs/123456789012/*", arn + "/alb/AWSLogs/123456789012/*"},
		s.Resource)

	s = got["CloudTrailWrite"]
	assert.Equal(t, "arn:aws:cloudtrail:eu-west-1:123456789012:trail/acme-audio-test",
		s.Condition["StringEquals"]["aws:SourceArn"])

	s = got["AWSLogDeliveryWrite"]
	assert.Equal(t, arn+"/AWSLogs/123456789012/*", s.Resource)
	assert.Equal(t, "bucket-owner-full-control", s.Condition["StringEquals"]["s3:x-amz-acl"])
	assert.Contains(t, got, "AWSLogDeliveryAclCheck", "AWS adds it where it is missing")
	withoutACL := got["LogDeliveryWithoutAcl"]
	assert.NotContains(t, withoutACL.Condition["StringEquals"], "s3:x-amz-acl")
	assert.Equal(t, s.Condition["ArnLike"], withoutACL.Condition["ArnLike"])
	assert.Equal(t, []any{"arn:aws:logs:eu-west-1:123456789012:*", "arn:aws:logs:us-east-1:123456789012:*"},
		s.Condition["ArnLike"]["aws:SourceArn"])

	for id, s := range got {
		if s.Effect == "Allow" {
			assert.NotEmpty(t, s.Condition, "%s: a service may be used for the account only", id)
		}
	}
}

func TestTheSourceArnIsTheBucketsOwn(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	var audio string
	for _, r := range recorder.Find(bucketResource) {
		if r.Name == "audio" {
			audio = r.Input("bucket").(string)
		}
	}
	require.NotEmpty(t, audio)
	s := policies(t, recorder)["logs"]["S3AccessLogs"]
	assert.Equal(t, "arn:aws:s3:::"+audio, s.Condition["ArnEquals"]["aws:SourceArn"])
	assert.Equal(t, "arn:aws:s3:::aws-waf-logs-acme-audio-test-logs-123456789012-eu-west-1/access/*", s.Resource)
}

func TestLogBucketsDoNotDenyOtherKeys(t *testing.T) {
	recorder := componenttest.Run(t, logBucket(func(a *storage.LogBucketArgs) {
		a.Sources, a.KeyArn = storage.LogSources{FlowLogs: &storage.FlowLogSource{}}, pulumi.String(someKey)
	}))
	got := policies(t, recorder)["logs"]
	assert.Contains(t, got, "DenyInsecureTransport")
	assert.Contains(t, got, "DenyOldTls")
	assert.NotContains(t, got, "DenyOtherKey", "CloudTrail and others name the key that their own settings say")
}
