package storage_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// TestASecretIsNotRepeated pastes secrets where names, prefixes and ARNs belong: messages say that they are wrong
// there, and do not show them.
func TestASecretIsNotRepeated(t *testing.T) {
	const (
		secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
		keyID     = "AKIAIOSFODNN7EXAMPLE"
		// slack is a token with the form of a bucket's name.
		slack = "xoxb-123456789012-abcdefghij"
	)
	for name, program := range map[string]pulumi.RunFunc{
		"bucket": bucket(func(a *storage.BucketArgs) {
			a.BucketName, a.LogPrefix = secretKey, secretKey
			a.LogBucketName, a.KeyArn = pulumi.String(secretKey), pulumi.String(secretKey)
			a.Cors = []storage.CorsRule{{
				Origins: []string{secretKey}, Methods: []storage.CorsMethod{secretKey}, Headers: []string{secretKey},
				ExposeHeaders: []string{secretKey},
			}}
			a.PolicyStatements = []storage.PolicyStatement{{
				Sid: secretKey, Effect: secretKey, Principals: []string{secretKey}, Services: []string{secretKey},
				Actions: []string{secretKey},
			}}
			a.PrefixRetention = []storage.PrefixRetention{{Prefix: "/" + secretKey, ExpiryDays: 1}}
		}),
		"sources": logBucket(func(a *storage.LogBucketArgs) {
			a.Sources = storage.LogSources{
				AccessLogs: &storage.AccessLogSource{
					Buckets: []string{secretKey}, BucketNames: []string{secretKey}, Prefix: secretKey,
				},
				LoadBalancers: &storage.LoadBalancerSource{Names: []string{secretKey}, Prefixes: []string{secretKey + "/"}},
				CloudTrail:    &storage.CloudTrailSource{TrailNames: []string{secretKey}},
			}
		}),
		// What a message says is expected, and how to fix it, comes from another argument.
		"expected and fix": func(ctx *pulumi.Context) error {
			logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{
				AccessLogs: &storage.AccessLogSource{Buckets: []string{"video"}, Prefix: keyID + "/"},
			}})
			if err != nil {
				return err
			}
			return bucket(func(a *storage.BucketArgs) { a.BucketName, a.LogBucketName, a.LogBucket = slack, nil, logs })(ctx)
		},
		"known late": bucket(func(a *storage.BucketArgs) { a.LogBucketName = pulumi.String(secretKey).ToStringOutput() }),
		"a key that is known late": bucket(func(a *storage.BucketArgs) {
			a.KeyArn = pulumi.String(secretKey).ToStringOutput()
		}),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := componenttest.Update(program)
			require.ErrorContains(t, err, "not shown: it may be")
			for _, secret := range []string{secretKey, keyID, slack} {
				assert.NotContains(t, err.Error(), secret)
			}
		})
	}
}
