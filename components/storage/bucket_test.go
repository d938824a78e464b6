package storage_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestBucketConforms(t *testing.T) {
	minimal := bucket(func(*storage.BucketArgs) {})
	componenttest.Conform(t, componenttest.Case{
		Token: storage.BucketType, Golden: "bucket", Args: storage.BucketArgs{}, Component: storage.Bucket{},
		Minimal: minimal,
		NoArgs:  func(ctx *pulumi.Context) error { _, err := storage.NewBucket(ctx, "audio", nil); return err },
		Unknown: bucket(func(a *storage.BucketArgs) {
			a.KeyArn, a.LogBucketName = componenttest.UnknownString(), componenttest.UnknownString()
			a.PolicyStatements = []storage.PolicyStatement{reader(pulumi.StringArray{componenttest.UnknownString()})}
		}),
		Disposable: bucket(func(a *storage.BucketArgs) {
			a.Lifecycle = lifecycle.Disposable
			a.AccessLogs, a.LogBucketName = toggle.Disabled, nil
		}),
		Variants: map[string]pulumi.RunFunc{
			"everything": everything,
			"key-arn":    bucket(func(a *storage.BucketArgs) { a.KeyArn = pulumi.String(someKey) }),
		},
		Bad: badBuckets,
	})
}

// reader lets CloudFront read, from the distributions given.
func reader(distributions pulumi.StringArrayInput) storage.PolicyStatement {
	return storage.PolicyStatement{
		Sid: "Distribution", Effect: storage.Allow, Services: []string{"cloudfront.amazonaws.com"},
		Actions: []string{"s3:GetObject"}, OnObjects: []string{"public/*"},
		Conditions: []storage.PolicyCondition{{Operator: "ArnEquals", Key: "aws:SourceArn", Values: distributions}},
	}
}

// everything makes a bucket with all that it can have, its log bucket included.
func everything(ctx *pulumi.Context) error {
	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{
		AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}, Prefix: "access/"},
	}})
	if err != nil {
		return err
	}
	key, err := encryption.NewKey(ctx, "data",
		&encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseS3}})
	if err != nil {
		return err
	}
	_, err = storage.NewBucket(ctx, "audio", &storage.BucketArgs{
		Labels: labels.With(map[string]string{"Purpose": "recordings"}), Key: key, LogBucket: logs, LogPrefix: "access/",
		AbortMultipartDays: 2,
		Retention: &storage.Retention{
			Transitions: []storage.Transition{
				{Days: 30, Class: storage.StandardIA},
				{Days: 90, Class: storage.GlacierIR},
				{Days: 365, Class: storage.DeepArchive},
			},
			ExpiryDays: 3650, NoncurrentExpiryDays: 60, NewerNoncurrentVersions: 2,
		},
		PrefixRetention:   []storage.PrefixRetention{{Prefix: "tmp/", ExpiryDays: 1, NoncurrentExpiryDays: 1}},
		MinimumObjectSize: storage.VariesByStorageClass,
		ObjectLock:        &storage.ObjectLock{Mode: storage.Governance, Days: 7},
		Cors: []storage.CorsRule{
			{Origins: []string{"https://app.acme.example", "http://localhost:3000"}},
			{
				AnyOrigin: true, Methods: []storage.CorsMethod{storage.CorsGet}, Headers: []string{"range"},
				ExposeHeaders: []string{"Content-Range"}, MaxAgeSeconds: 60,
			},
		},
		EventBridge: true,
		PolicyStatements: []storage.PolicyStatement{
			reader(pulumi.ToStringArray([]string{"arn:aws:cloudfront::123456789012:distribution/E1"})),
		},
	})
	return err
}

var badBuckets = []componenttest.Bad{
	{Name: "labels, lifecycle, name", Program: bucket(func(a *storage.BucketArgs) {
		a.Labels = tagging.Labels{
			Project: "acme-audio", Owner: "a|b", DataClass: "secret",
			Extra: map[string]string{"aws:x": "1", "owner": "x"},
		}
		a.Lifecycle = "forever"
		a.BucketName = "Acme_Audio"
		a.Versioning = "off"
		a.MinimumObjectSize = "64K"
	}), Problems: []string{
		"labels.environment: label-required", "labels.owner: tag-value-characters", "labels.costCenter: label-required",
		"labels.repository: label-required", "labels.dataClass: not-supported", `labels.extra["aws:x"]: tag-key-reserved`,
		`labels.extra["owner"]: label-own-key`, "lifecycle: not-supported", "bucketName: bucket-name-characters",
		"versioning: not-supported", "minimumObjectSize: not-supported",
	}},
	{
		Name: "a reserved name", Program: bucket(func(a *storage.BucketArgs) { a.Labels.Project = "sthree" }),
		Problems: []string{"bucketName: bucket-name-reserved"},
	},
	{
		Name: "logging nowhere", Program: bucket(func(a *storage.BucketArgs) { a.LogBucketName = nil }),
		Problems: []string{"logBucketName: access-logs-required"},
	},
	{
		Name: "logging on and off", Program: bucket(func(a *storage.BucketArgs) { a.AccessLogs = toggle.Disabled }),
		Problems: []string{"accessLogs: access-logs-off"},
	},
	{Name: "logging into itself", Program: bucket(func(a *storage.BucketArgs) {
		a.BucketName, a.LogBucketName = "acme-audio-recordings", pulumi.String("acme-audio-recordings")
	}), Problems: []string{"logBucketName: access-logs-loop"}},
	{
		Name: "log prefix", Program: bucket(func(a *storage.BucketArgs) { a.LogPrefix = "logs*" }),
		Problems: []string{"logPrefix: key-prefix-wildcard", "logPrefix: access-logs-prefix"},
	},
	{
		Name: "keys", Program: bucket(func(a *storage.BucketArgs) { a.KeyArn = pulumi.String("alias/audio") }),
		Problems: []string{"keyArn: key-arn"},
	},
	{Name: "lifecycle days that contradict each other", Program: bucket(func(a *storage.BucketArgs) {
		a.AbortMultipartDays = -1
		a.Retention = &storage.Retention{
			Transitions: []storage.Transition{
				{Days: 7, Class: storage.StandardIA},
				{Days: 20, Class: storage.Glacier},
				{Days: 30, Class: storage.GlacierIR},
				{Days: 40, Class: "COLD"},
			},
			ExpiryDays: 35, NoncurrentExpiryDays: -2, NewerNoncurrentVersions: 101,
		}
	}), Problems: []string{
		"abortMultipartDays: out-of-range", "retention.newerNoncurrentVersions: out-of-range",
		"retention.noncurrentExpiryDays: out-of-range",
		"retention.transitions[0].days: s3-lifecycle-class-minimum", "retention.transitions[1].days: s3-lifecycle-class-gap",
		"retention.transitions[2].class: s3-lifecycle-class-order", "retention.transitions[3].class: not-supported",
		"retention.expiryDays: s3-lifecycle-expiry-order",
	}},
	{Name: "expiry within the billed minimum", Program: bucket(func(a *storage.BucketArgs) {
		a.Retention = &storage.Retention{
			Transitions: []storage.Transition{{Days: 10, Class: storage.DeepArchive}},
			ExpiryDays:  100,
		}
	}), Problems: []string{"retention.expiryDays: s3-lifecycle-class-minimum"}},
	{Name: "prefixes", Program: bucket(func(a *storage.BucketArgs) {
		a.Retention = &storage.Retention{ExpiryDays: 100}
		a.PrefixRetention = []storage.PrefixRetention{
			{Prefix: "a/", ExpiryDays: 200},
			{Prefix: "a/", NoncurrentExpiryDays: 91},
			{Prefix: "b*"},
			{ExpiryDays: 1},
			{Prefix: "c/", Transitions: []storage.Transition{{Days: 100, Class: storage.Glacier}}},
		}
	}), Problems: []string{
		"prefixRetention[2].prefix: key-prefix-wildcard", "prefixRetention[2].expiryDays: s3-lifecycle-empty",
		"prefixRetention[3].prefix: required",
		"prefixRetention[0].expiryDays: s3-lifecycle-overlap",
		"prefixRetention[1].noncurrentExpiryDays: s3-lifecycle-overlap",
		"prefixRetention[1].prefix: s3-lifecycle-duplicate-prefix",
		"prefixRetention[4].transitions[0].days: s3-lifecycle-overlap",
	}},
	{Name: "object lock", Program: bucket(func(a *storage.BucketArgs) {
		a.Lifecycle, a.Versioning = lifecycle.Disposable, storage.VersioningSuspended
		a.ObjectLock = &storage.ObjectLock{Mode: storage.Compliance}
	}), Problems: []string{
		"objectLock.days: out-of-range", "objectLock.acknowledgeIrreversible: object-lock-compliance",
		"objectLock: object-lock-disposable",
		"versioning: object-lock-versioning",
	}},
	{Name: "object lock mode", Program: bucket(func(a *storage.BucketArgs) {
		a.ObjectLock = &storage.ObjectLock{Mode: "LOOSE", Days: 1, AcknowledgeIrreversible: true}
	}), Problems: []string{"objectLock.mode: not-supported"}},
	{Name: "cors", Program: bucket(func(a *storage.BucketArgs) {
		a.Cors = []storage.CorsRule{
			{},
			{Origins: []string{"*", "https://app.example.com/", "http://app.example.com", "app"}, AnyOrigin: true},
			{
				AnyOrigin: true, Methods: []storage.CorsMethod{"PATCH", ""}, Headers: []string{"x y"},
				ExposeHeaders: []string{"x-amz-*"}, MaxAgeSeconds: 90000,
			},
		}
	}), Problems: []string{
		"cors[0].origins: cors-origins", "cors[1].anyOrigin: alternatives", "cors[1].origins[0]: origin-wildcard",
		"cors[1].origins[1]: origin-form",
		"cors[1].origins[2]: origin-http", "cors[1].origins[3]: origin-form", "cors[2].methods[0]: not-supported",
		"cors[2].methods[1]: not-supported",
		"cors[2].headers[0]: cors-header", "cors[2].exposeHeaders[0]: cors-header", "cors[2].maxAgeSeconds: out-of-range",
	}},
	{Name: "a method twice", Program: bucket(func(a *storage.BucketArgs) {
		a.Cors = []storage.CorsRule{{AnyOrigin: true, Methods: []storage.CorsMethod{storage.CorsGet, storage.CorsGet}}}
	}), Problems: []string{"cors[0].methods[1]: duplicate"}},
	{Name: "statements", Program: bucket(func(a *storage.BucketArgs) {
		open := reader(nil)
		open.Conditions = nil
		a.PolicyStatements = []storage.PolicyStatement{
			open, reader(nil),
			{Sid: "DenyOldTls", Effect: "Permit", Principals: []string{"*"}, Services: []string{"evil.example"}},
			{
				Sid: "a b", Effect: storage.Allow, Actions: []string{"s3:*", "ec2:Run"}, OnBucket: true,
				Conditions: []storage.PolicyCondition{{}},
			},
		}
	}), Problems: []string{
		"policyStatements[0].conditions: policy-confused-deputy",
		"policyStatements[1].sid: policy-sid", "policyStatements[1].conditions[0].values: required",
		"policyStatements[2].sid: policy-sid", "policyStatements[2].effect: not-supported",
		"policyStatements[2].principals[0]: policy-principals",
		"policyStatements[2].services[0]: policy-principals", "policyStatements[2].actions: required",
		"policyStatements[2].onObjects: required",
		"policyStatements[3].sid: policy-sid", "policyStatements[3].principals: policy-principals",
		"policyStatements[3].actions[0]: policy-actions",
		"policyStatements[3].actions[1]: policy-actions", "policyStatements[3].conditions[0].operator: required",
		"policyStatements[3].conditions[0].key: required", "policyStatements[3].conditions[0].values: required",
	}},
	{Name: "statements that AWS takes, and that do something else", Program: bucket(func(a *storage.BucketArgs) {
		with := func(sid, operator, key string, values ...string) storage.PolicyStatement {
			s := reader(pulumi.ToStringArray(values))
			s.Sid, s.Conditions[0].Operator, s.Conditions[0].Key = sid, operator, key
			return s
		}
		onBucket := with("Where", "StringEquals", "aws:SourceAccount", "123456789012")
		onBucket.OnBucket, onBucket.OnObjects = true, nil
		misspelt := with("What", "StringEquals", "aws:SourceAccount", "123456789012")
		misspelt.Actions = []string{"s3:GetObjects"}
		a.PolicyStatements = []storage.PolicyStatement{
			with("Others", "StringNotEquals", "aws:SourceAccount", "123456789012"),
			with("Any", "StringLike", "aws:SourceAccount", "*"),
			with("Operator", "StringEqual", "aws:SourceAccount", "123456789012"),
			with("Key", "StringEquals", "s3:RequestObjectTagKey", "x"),
			onBucket, misspelt,
			{Sid: "Locked", Effect: storage.Deny, Actions: []string{"s3:*"}, OnBucket: true, OnObjects: []string{"*"}},
			{
				Sid: "ABucket", Effect: storage.Allow, Actions: []string{"s3:GetObject"}, OnObjects: []string{"*"},
				Principals: []string{"arn:aws:s3:::other"},
			},
		}
	}), Problems: []string{
		"policyStatements[0].conditions: policy-confused-deputy",
		"policyStatements[1].conditions: policy-confused-deputy",
		"policyStatements[2].conditions[0].operator: policy-operator",
		"policyStatements[3].conditions.StringEquals[\"s3:RequestObjectTagKey\"]: policy-condition-key",
		"policyStatements[4].actions[0]: policy-resource-form", "policyStatements[4].onObjects[0]: policy-resource-form",
		"policyStatements[5].actions[0]: policy-unknown-action",
		"policyStatements[6].actions[0]: policy-lockout",
		"policyStatements[7].principals[0]: policy-principals",
	}},
	{Name: "a key for something else", Program: func(ctx *pulumi.Context) error {
		key, err := encryption.NewKey(ctx, "other",
			&encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseSNS}})
		if err != nil {
			return err
		}
		return bucket(func(a *storage.BucketArgs) { a.Key, a.KeyArn = key, pulumi.String(someKey) })(ctx)
	}, Problems: []string{"keyArn: alternatives", "key: key-use"}},
	{Name: "two log buckets", Program: func(ctx *pulumi.Context) error {
		logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{
			AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}},
		}})
		if err != nil {
			return err
		}
		return bucket(func(a *storage.BucketArgs) { a.LogBucket = logs })(ctx)
	}, Problems: []string{"logBucketName: alternatives"}},
	{Name: "a log bucket that does not know it", Program: func(ctx *pulumi.Context) error {
		logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{
			AccessLogs: &storage.AccessLogSource{Buckets: []string{"video"}, Prefix: "access/"},
		}})
		if err != nil {
			return err
		}
		return bucket(func(a *storage.BucketArgs) { a.LogBucketName, a.LogBucket = nil, logs })(ctx)
	}, Problems: []string{"logBucketName: access-logs-source", "logPrefix: access-logs-prefix"}},
}

func TestTheMessageOfABucket(t *testing.T) {
	_, err := componenttest.Update(bucket(func(a *storage.BucketArgs) {
		a.AbortMultipartDays = -1
		a.Retention = &storage.Retention{Transitions: []storage.Transition{{Days: 7, Class: storage.StandardIA}}}
	}))
	require.ErrorContains(t, err, `bulwark:storage:Bucket "audio": 2 problems:
  - abortMultipartDays: -1: expected 1 to 365 days; fix: use at least 1
  - retention.transitions[0].days: 7: expected at least 30 days before a move to STANDARD_IA; fix: use at least 30`)
}

func TestALoopThatIsFoundLateFailsTheProgram(t *testing.T) {
	_, err := componenttest.Update(bucket(func(a *storage.BucketArgs) {
		a.LogBucketName = pulumi.String("acme-audio-test-audio-123456789012-eu-west-1").ToStringOutput()
	}))
	require.ErrorContains(t, err, `bulwark:storage:Bucket "audio": logBucketName: `+
		`"acme-audio-test-audio-123456789012-eu-west-1": expected another bucket`)
}

func TestNamesAndPoliciesAreKnownInPreviews(t *testing.T) {
	recorder, err := componenttest.Preview(everything)
	require.NoError(t, err)
	names := map[string]any{}
	for _, r := range recorder.Find(bucketResource) {
		names[r.Name] = r.Input("bucket")
	}
	assert.Equal(t, map[string]any{
		"audio": "acme-audio-test-audio-123456789012-eu-west-1",
		"logs":  "aws-waf-logs-acme-audio-test-logs-123456789012-eu-west-1",
	}, names)
	for _, r := range recorder.Find(policyResource) {
		if r.Name == "logs" {
			assert.Contains(t, r.Input("policy"), "DenyInsecureTransport",
				"a policy pack can evaluate it before anything exists")
		}
	}
}

func TestOnlyWhatNeverGoesAwayIsRetained(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	for _, r := range recorder.Registrations() {
		switch r.Type {
		case "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2", "aws:s3/bucketLoggingV2:BucketLoggingV2",
			"aws:s3/bucketNotification:BucketNotification",
			"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2":
			assert.False(t, r.RetainOnDelete, "%s: it would stay in force when its argument goes", r.Type)
		case policyResource, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
			assert.True(t, r.RetainOnDelete, "%s: a retained bucket keeps its protection", r.Type)
			assert.False(t, r.Protect)
		}
	}
}

func TestObjectLockDoesNotReplaceTheBucket(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	for _, r := range recorder.Find(bucketResource) {
		assert.Nil(t, r.Input("objectLockEnabled"))
	}
}

func TestWhatTheCallerPutsOnADisposableBucketHolds(t *testing.T) {
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		_, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{
			Labels: labels, AccessLogs: toggle.Disabled, Lifecycle: lifecycle.Disposable,
		}, pulumi.Protect(true))
		return err
	})
	assert.True(t, recorder.Find(bucketResource)[0].Protect)
}
