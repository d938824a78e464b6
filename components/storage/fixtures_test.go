package storage_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

const (
	bucketResource = "aws:s3/bucketV2:BucketV2"
	policyResource = "aws:s3/bucketPolicy:BucketPolicy"
	someKey        = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// bucket makes a bucket that logs into an existing one, unless the arguments say otherwise.
func bucket(change func(*storage.BucketArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &storage.BucketArgs{Labels: labels, LogBucketName: pulumi.String("acme-logs")}
		change(args)
		_, err := storage.NewBucket(ctx, "audio", args)
		return err
	}
}

func logBucket(change func(*storage.LogBucketArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{
			AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}},
		}}
		change(args)
		_, err := storage.NewLogBucket(ctx, "logs", args)
		return err
	}
}

// policies are the registered bucket policies by the name of the bucket.
func policies(t *testing.T, r *componenttest.Recorder) map[string]map[string]statement {
	t.Helper()
	found := map[string]map[string]statement{}
	for _, reg := range r.Find(policyResource) {
		var document struct {
			Version   string
			Statement []statement
		}
		require.NoError(t, json.Unmarshal([]byte(reg.Input("policy").(string)), &document))
		require.Equal(t, "2012-10-17", document.Version)
		found[reg.Name] = map[string]statement{}
		for _, s := range document.Statement {
			found[reg.Name][s.Sid] = s
		}
	}
	return found
}

type statement struct {
	Sid, Effect                 string
	Principal, Action, Resource any
	Condition                   map[string]map[string]any
}
