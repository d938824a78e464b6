package config

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var good = map[string]string{
	"AUDIO_BUCKET":        "acme-audio",
	"JWT_SECRET_ARN":      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:jwt-AbCdEf",
	"JWT_ISSUER":          "https://login.acme.example",
	"JWT_AUDIENCE":        "audio-api",
	"DATABASE_SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-AbCdEf",
}

func with(changes map[string]string) func(string) string {
	env := maps.Clone(good)
	maps.Copy(env, changes)
	return func(name string) string { return env[name] }
}

func TestDefaults(t *testing.T) {
	c, err := Load(with(nil))
	require.NoError(t, err)
	assert.Equal(t, ":8080", c.Listen)
	assert.Equal(t, "uploads/", c.Prefix)
	assert.Equal(t, "verify-full", c.Database.TLS)
	assert.Less(t, c.ShutdownDelay+c.ShutdownTimeout, 120*time.Second)
}

func TestEveryProblemAtOnce(t *testing.T) {
	_, err := Load(func(string) string { return "" })
	require.Error(t, err)
	for name := range good {
		assert.ErrorContains(t, err, name+": expected")
	}
}

func TestBadValues(t *testing.T) {
	for name, value := range map[string]string{
		"AUDIO_PREFIX": "/uploads", "MAX_UPLOAD_BYTES": "6000000000", "LINK_EXPIRY": "1s", "DATABASE_TLS": "prefer",
		"DATABASE_CA_FILE": "/nowhere.pem", "DATABASE_PORT": "postgres", "SHUTDOWN_TIMEOUT": "115s",
		"JWT_SECRET_ARN": "c29tZS1zZWNyZXQta2V5LW9mLXNvbWVib2R5", "DATABASE_SECRET_ARN": "postgres://audio:hunter2@db/audio",
	} {
		_, err := Load(with(map[string]string{name: value}))
		require.Error(t, err, name)
		assert.Equal(t, 1, strings.Count(err.Error(), "expected"), "%s: %v", name, err)
		assert.ErrorContains(t, err, name+": expected")
		if strings.HasSuffix(name, "ARN") {
			assert.NotContains(t, err.Error(), value, "a secret is not quoted")
		}
	}
}
