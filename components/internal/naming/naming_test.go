package naming

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func TestBase(t *testing.T) {
	for want, parts := range map[string][3]string{
		"acme-audio-prod-audio": {"acme-audio", "prod", "audio"},
		"acme-audio-dev-a-b":    {"Acme Audio", "DEV", "a_b"},
		"x-y-z":                 {"--x--", "y", "z!!"},
	} {
		assert.Equal(t, want, Base(parts[0], parts[1], parts[2]))
	}
}

func TestBucketKeepsWithinTheLimit(t *testing.T) {
	assert.Equal(t, "acme-prod-audio-123456789012-eu-west-1", Bucket("", "acme-prod-audio", "123456789012", "eu-west-1"))

	long := Bucket("aws-waf-logs-", strings.Repeat("a", 60), "123456789012", "ap-southeast-1")
	other := Bucket("aws-waf-logs-", strings.Repeat("a", 61), "123456789012", "ap-southeast-1")
	assert.Len(t, long, 63)
	assert.NotEqual(t, long, other)
}

func FuzzBucket(f *testing.F) {
	f.Add("acme-audio", "prod", "audio")
	f.Add("", "", "x")
	f.Add("Ünï", "-", "--9")
	f.Fuzz(func(t *testing.T, project, environment, name string) {
		base := Base(project, environment, name)
		if base == "" {
			return // nothing usable in it, which the labels' own rules refuse
		}
		for _, prefix := range []string{"", "aws-waf-logs-"} {
			bucket := Bucket(prefix, base, "123456789012", "ap-southeast-1")
			if strings.HasPrefix(bucket, "sthree-") || strings.HasPrefix(bucket, "amzn-s3-demo-") {
				return // reserved beginnings are for the constructor to refuse
			}
			assert.Empty(t, validate.BucketName("name", bucket))
		}
	})
}

func TestRoleKeepsWithinTheLimit(t *testing.T) {
	assert.Equal(t, "acme-prod-api-task", Role("acme-prod-api", "-task"))

	long := Role(strings.Repeat("a", 70), "-execution")
	other := Role(strings.Repeat("a", 71), "-execution")
	assert.Len(t, long, 64)
	assert.NotEqual(t, long, other)
	assert.True(t, strings.HasSuffix(long, "-execution"))
}
