package audit_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// TestASecretIsNotRepeated pastes secrets where ids, names and ARNs belong.
func TestASecretIsNotRepeated(t *testing.T) {
	const (
		secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
		// password has no form that would give it away.
		password = "correct horse"
	)
	for name, change := range map[string]func(*audit.TrailArgs){
		"the secret for the id": func(a *audit.TrailArgs) { a.RetiredAccessKeyIds = []string{secretKey, secretKey} },
		"a password for the id": func(a *audit.TrailArgs) { a.RetiredAccessKeyIds = []string{password, password} },
		"names": func(a *audit.TrailArgs) {
			a.TrailName, a.LogBucketName, a.KeyArn = secretKey, pulumi.String(secretKey), pulumi.String(secretKey)
			a.ExcludedEvents, a.Insights = []audit.Event{secretKey}, []audit.Insight{secretKey}
			a.DataEvents = []audit.DataEvents{{BucketArn: pulumi.String(secretKey), Events: secretKey}}
			a.AlarmActions = pulumi.ToStringArray([]string{secretKey})
			a.AlarmThresholds = map[string]int{secretKey: 1}
		},
		"known late": func(a *audit.TrailArgs) {
			late := pulumi.String(secretKey).ToStringOutput()
			a.LogBucketName, a.KeyArn = late, late
			a.DataEvents = []audit.DataEvents{{BucketArn: late}}
			a.AlarmActions = pulumi.StringArray{late}
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := componenttest.Update(trail(change))
			require.ErrorContains(t, err, "not shown")
			assert.NotContains(t, err.Error(), secretKey)
			assert.NotContains(t, err.Error(), password)
		})
	}
}
