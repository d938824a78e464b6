package loadbalancing_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// Secrets of the documentation's, in two parts so that no scanner takes them for real ones.
const (
	accessKey = "AKIA" + "IOSFODNN7EXAMPLE"
	pemKey    = "-----BEGIN " + "PRIVATE KEY-----"
	password  = "hunter2"
	address   = "https://user:" + password + ",x@acme.example/health"
)

// TestPastedSecretIsNeverQuoted is about secrets in the wrong field: neither its own problem nor that of another field
// shows them.
func TestPastedSecretIsNeverQuoted(t *testing.T) {
	app := loadbalancing.TargetGroup{Name: "app", Port: 8080}
	for name, c := range map[string]struct {
		secret string
		change func(*lbArgs)
	}{
		"a private key for a certificate": {pemKey, func(a *lbArgs) { a.CertificateArn = pulumi.String(pemKey) }},
		"a private key that is known late": {pemKey, func(a *lbArgs) {
			a.CertificateArn = pulumi.String(pemKey).ToStringOutput()
		}},
		"a zone, whose name would be an example": {accessKey, func(a *lbArgs) {
			a.HostedZone = &dns.Zone{Id: pulumi.String(someZone), Name: accessKey}
		}},
		"a rule, whose priority is taken": {accessKey, func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{app}
			a.Rules = []loadbalancing.Rule{
				{Name: accessKey, Priority: 1, Paths: []string{"/a"}, TargetGroup: "app"},
				{Name: "b", Priority: 1, Paths: []string{"/b"}, TargetGroup: "app"},
			}
		}},
		"a health check": {password, func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{{
				Name: "app", Port: 80, HealthCheck: &loadbalancing.HealthCheck{Path: address, SuccessCodes: address},
			}}
		}},
		"an allowed client": {password, func(a *lbArgs) {
			a.AllowedClients = []loadbalancing.AllowedClient{{Name: address, Cidrs: []string{address}}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := componenttest.Update(balancer(c.change))
			require.Error(t, err)
			assert.NotContains(t, err.Error(), c.secret)
			assert.Contains(t, err.Error(), "not shown")
		})
	}
}

// TestNamesLikeSecretsAreNotSuggested is about names that AWS would accept, in the problem of another one.
func TestNamesLikeSecretsAreNotSuggested(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		_, err := newBalancer(ctx, "lb", func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{{Name: accessKey, Port: 80}, {Name: "app", Port: 80}}
			a.DefaultTargetGroup = accessKey[:len(accessKey)-1]
		})
		return err
	})
	require.Equal(t, []string{"target-unknown"}, rules(t, err))
	assert.NotContains(t, err.Error(), accessKey)
	assert.Contains(t, err.Error(), "expected the name of a target group: app;")
}

func TestLogPrefixLikeASecretIsNotRepeated(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		logs, err := logBucket(ctx)
		if err != nil {
			return err
		}
		return balancer(func(a *lbArgs) { a.LogBucket, a.LogBucketName, a.AccessLogPrefix = logs, nil, accessKey })(ctx)
	})
	require.Equal(t, []string{"log-bucket-source"}, rules(t, err))
	assert.NotContains(t, err.Error(), accessKey)
}
