package sandbox

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostile is the environment of somebody who works with real accounts all day.
var hostile = []string{
	"PATH=/usr/bin:/bin", "HOME=/home/me", "LANG=de_DE.UTF-8",
	"AWS_PROFILE=production", "AWS_ACCESS_KEY_ID=AKIAREAL", "AWS_SECRET_ACCESS_KEY=real", "AWS_SESSION_TOKEN=real",
	"AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1", "AWS_ENDPOINT_URL_S3=https://real.example", "AWS_CONFIG_FILE=/home/me/.aws/other",
	"AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.2/x", "AWS_CA_BUNDLE=/ca.pem",
	"PULUMI_ACCESS_TOKEN=pul-real", "PULUMI_BACKEND_URL=s3://real", "PULUMI_STACK=prod", "PULUMI_CONFIG_PASSPHRASE=real", "PULUMI_HOME=/home/me/.pulumi",
	"HTTP_PROXY=http://proxy.example:3128", "HTTPS_PROXY=http://proxy.example:3128", "NO_PROXY=internal.example",
	"BULWARK_PACE=1000", "BULWARK_PORT=1",
}

func TestEngineEnvironmentOfTheEmbeddedSandbox(t *testing.T) {
	env := EngineEnvironment(EnvironmentOptions{
		Base: hostile, Endpoint: "http://127.0.0.1:23456", Embedded: true, Region: "eu-west-1",
		Backend: "/c/state", PulumiHome: "/cache/home", Engine: "/cache/engine/bin/pulumi", Provider: "/cache/provider/pulumi-resource-aws",
	})
	for name, want := range map[string]string{
		"AWS_ENDPOINT_URL": "http://127.0.0.1:23456", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_EC2_METADATA_DISABLED": "true", "BULWARK_PACE": "25",
		"PULUMI_BACKEND_URL": "file:///c/state", "PULUMI_HOME": "/cache/home", "PULUMI_CONFIG_PASSPHRASE": passphrase,
		"HTTP_PROXY": "http://127.0.0.1:23456", "http_proxy": "http://127.0.0.1:23456", "NO_PROXY": "localhost,127.0.0.1,::1",
		"HTTPS_PROXY": "http://proxy.example:3128",
		"PATH":        "/cache/provider:/cache/engine/bin:/usr/bin:/bin", "HOME": "/home/me", "LANG": "de_DE.UTF-8",
	} {
		assert.Equal(t, want, env[name], name)
	}
	for name, value := range env {
		assert.NotContains(t, strings.ToLower(value), "real", name)
	}
	aws := slices.Sorted(maps.Keys(env))
	aws = slices.DeleteFunc(aws, func(name string) bool { return !strings.HasPrefix(name, "AWS_") })
	assert.Equal(t, []string{
		"AWS_ACCESS_KEY_ID", "AWS_CONFIG_FILE", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED", "AWS_ENDPOINT_URL", "AWS_REGION",
		"AWS_SECRET_ACCESS_KEY", "AWS_SHARED_CREDENTIALS_FILE",
	}, aws, "nothing of the user's gets through")
}

func TestEngineEnvironmentOfTheUsersEndpoint(t *testing.T) {
	o := EnvironmentOptions{
		Base: hostile, Endpoint: "http://localhost:4566", Region: "eu-west-1", Backend: "/c/state", PulumiHome: "/cache/home",
		Engine: "/e/pulumi", Provider: "/p/aws", Passphrase: "open sesame",
	}
	env := EngineEnvironment(o)
	assert.Equal(t, "AKIAREAL", env["AWS_ACCESS_KEY_ID"], "the user's endpoint, the user's credentials")
	assert.Equal(t, "/ca.pem", env["AWS_CA_BUNDLE"])
	assert.Equal(t, "https://real.example", env["AWS_ENDPOINT_URL_S3"])
	assert.Equal(t, "eu-west-1", env["AWS_REGION"], "but the stack's region")
	assert.Equal(t, "http://proxy.example:3128", env["HTTP_PROXY"])
	assert.NotContains(t, env, "BULWARK_PACE", "its waiters go at AWS's pace")
	assert.Equal(t, "open sesame", env["PULUMI_CONFIG_PASSPHRASE"])
	assert.NotContains(t, env, "PULUMI_ACCESS_TOKEN", "the state is the sandbox's all the same")
	assert.NotContains(t, env, "PULUMI_STACK")

	o.BulwarkEmulator = true
	env = EngineEnvironment(o)
	assert.Equal(t, "http://localhost:4566", env["HTTP_PROXY"], "S3 Control of a Bulwark emulator is reached as through a proxy")
	assert.Equal(t, "AKIAREAL", env["AWS_ACCESS_KEY_ID"])
}

func TestEngineEnvironmentCredentials(t *testing.T) {
	for entry, own := range map[string]bool{
		"AWS_ACCESS_KEY_ID=AKIA": true, "AWS_PROFILE=localstack": true, "AWS_WEB_IDENTITY_TOKEN_FILE=/t": true,
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/x": true, "AWS_PROFILE=": false, "AWS_REGION=x": false, "LANG=C": false,
	} {
		env := EngineEnvironment(EnvironmentOptions{Base: []string{entry}, Endpoint: "http://localhost:4566"})
		assert.Equal(t, !own, env["AWS_ACCESS_KEY_ID"] == "test", entry)
	}
}

func TestEmulatorEnvironment(t *testing.T) {
	got := emulatorEnvironment([]string{
		"PATH=/bin", "AWS_PROFILE=x", "MOTO_PORT=1", "PYTHONHOME=/p", "PYTHONSTARTUP=/s", "http_proxy=x", "HTTPS_PROXY=x", "ALL_PROXY=x", "LANG=C",
	})
	assert.Equal(t, []string{"PATH=/bin", "LANG=C"}, got)
}

func TestCheckEndpoint(t *testing.T) {
	for endpoint, good := range map[string]bool{
		"http://localhost:4566": true, "https://aws.example": true, "http://[::1]:4566": true,
		"localhost:4566": false, "4566": false, "ftp://localhost": false, "http://": false, "http://a b": false, "//localhost": false,
	} {
		err := checkEndpoint(endpoint)
		if good {
			require.NoError(t, err, endpoint)
			continue
		}
		assert.Equal(t, KindUsage, KindOf(err), endpoint)
		assert.ErrorContains(t, err, `AWS_ENDPOINT_URL is "`+endpoint+`"`)
		assert.ErrorContains(t, err, "unset it, and the embedded emulator is used")
	}
}

func TestTargetName(t *testing.T) {
	seen := map[string]string{}
	for _, endpoint := range []string{
		"http://localhost:4566", "https://localhost:4566", "http://localhost:4567", "http://127.0.0.1:4566", "http://[::1]:4566", "http://localhost:4566/prefix",
	} {
		name := targetName(endpoint)
		assert.Regexp(t, `^[a-z0-9.-]+-[0-9a-f]{6}$`, name, endpoint)
		assert.NotEqual(t, embeddedTarget, name)
		assert.Empty(t, seen[name], endpoint)
		seen[name] = endpoint
	}
	assert.Contains(t, targetName("http://localhost:4566"), "localhost-4566-", "one sees what it is")
}

func TestTargets(t *testing.T) {
	b := newBench(t)
	targetOf := func(endpoint string) target {
		b.machine.vars["AWS_ENDPOINT_URL"] = endpoint
		got, err := b.target(t.Context())
		require.NoError(t, err)
		return got
	}
	assert.Equal(t, target{name: "embedded", embedded: true}, targetOf(""))
	assert.Equal(t, targetOf("http://localhost:4566"), targetOf("http://localhost:4566/"), "a slash makes no other endpoint")

	delete(b.machine.vars, "AWS_ENDPOINT_URL")
	own := b.mustUp(t, "dev").Endpoint
	assert.Equal(t, target{name: "embedded", embedded: true}, targetOf(own), "whoever exports the sandbox's endpoint means the sandbox")
	b.emulators.running = nil
	assert.False(t, targetOf(own).embedded, "not when it has ended: nothing may be started at an endpoint of the user's")
}

func TestUpAtAnEndpointThatDoesNotAnswer(t *testing.T) {
	b := newBench(t)
	b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:4566"
	b.mustUp(t, "dev")
	b.emulators.silent = map[string]bool{"http://localhost:4566": true}
	b.engine.did = nil
	for what, do := range map[string]func() error{
		"up":   func() error { _, err := b.Up(t.Context(), UpOptions{Stack: "dev"}); return err },
		"down": func() error { _, err := b.Down(t.Context(), DownOptions{Stack: "dev"}); return err },
	} {
		err := do()
		assert.Equal(t, KindMissing, KindOf(err), what)
		assert.ErrorContains(t, err, "nothing answers at http://localhost:4566, which AWS_ENDPOINT_URL names: connection refused", what)
		assert.ErrorContains(t, err, "unset AWS_ENDPOINT_URL", what)
	}
	assert.Empty(t, b.engine.did)
	st, err := b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.False(t, st.Running)
	assert.Len(t, st.Stacks, 1, "what is deployed there may still be")
}

func TestUpAtAnEndpointKeepsToItsProvider(t *testing.T) {
	b := newBench(t)
	b.machine.vars["AWS_ENDPOINT_URL"] = "http://localhost:4566"
	first := b.mustUp(t, "dev")
	b.kind = ProviderOfficial // what auto would choose now
	assert.Equal(t, first.Paths.State, b.mustUp(t, "dev").Paths.State, "a second state would deploy everything a second time")
	assert.NotEqual(t, first.Paths.State, b.mustUp(t, "prod").Paths.State, "a stack that is not deployed yet is free to choose")
}
