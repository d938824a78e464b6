package sandbox

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAdminOfDeployments holds the calls to the emulator's interface, which Python tests hold from the other side.
func TestAdminOfDeployments(t *testing.T) {
	t.Run("an outcome", func(t *testing.T) {
		a := admin(t, `{"outcomes":[]}`)
		require.NoError(t, a.PlayDeployment(t.Context(), DeploymentOutcome{
			Cluster: "acme", Service: "web", Result: DeploymentCrashLoops, ExitCode: 3, Logs: []string{"panic"},
		}))
		assert.Equal(t, "POST /_bulwark/ecs/outcomes", a.line)
		assert.JSONEq(t, `{"cluster":"acme","service":"web","outcome":"crash-loop","exitCode":3,"logs":["panic"]}`, a.body)
	})
	t.Run("a refused outcome", func(t *testing.T) {
		err := admin(t, "").PlayDeployment(t.Context(), DeploymentOutcome{})
		assert.ErrorContains(t, err, "count must be a whole number")
	})
	t.Run("no more outcomes", func(t *testing.T) {
		a := admin(t, `{"outcomes":[]}`)
		require.NoError(t, a.ForgetDeploymentOutcomes(t.Context()))
		assert.Equal(t, "DELETE /_bulwark/ecs/outcomes", a.line)
	})
	t.Run("credentials of a task", func(t *testing.T) {
		a := admin(t, `{"RoleArn":"arn:aws:iam::123456789012:role/web","AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t",`+
			`"Expiration":"2026-11-29T12:00:00Z"}`)
		found, err := a.TaskCredentials(t.Context(), "acme/web")
		require.NoError(t, err)
		assert.Equal(t, TaskCredentials{
			RoleArn: "arn:aws:iam::123456789012:role/web", AccessKeyID: "ASIA", SecretAccessKey: "s", Token: "t",
			Expiration: time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC),
		}, found)
		assert.Equal(t, "GET /_bulwark/ecs/credentials/acme/web", a.line)
		assert.Equal(t, a.Endpoint+"/_bulwark/ecs/credentials/acme/web", a.TaskCredentialsURI("acme/web"))
	})
}
