package platform

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// valid are the settings of a stack that sets what it has to.
func valid(change map[string]string) map[string]string {
	settings := map[string]string{
		"aws:region": "eu-west-1", "bulwark:application": "acme-audio", "bulwark:owner": "platform@acme.example",
		"bulwark:costCenter": "1000", "bulwark:repository": "github.com/acme/infra", "bulwark:domain": "app.acme.example",
	}
	maps.Copy(settings, change)
	return settings
}

// run runs a program as the stack of that name with these settings.
func run(stack string, settings map[string]string, program pulumi.RunFunc) (*componenttest.Recorder, error) {
	recorder := &componenttest.Recorder{InStack: stack}
	return recorder, pulumi.RunErr(program, pulumi.WithMocks(namespace, stack, recorder), func(info *pulumi.RunInfo) { info.Config = settings })
}

func load(t *testing.T, stack string, settings map[string]string) (c *Config, err error) {
	t.Helper()
	_, runErr := run(stack, settings, func(ctx *pulumi.Context) error {
		c, err = LoadConfig(ctx)
		return nil
	})
	require.NoError(t, runErr)
	return c, err
}

func TestLoadConfigDefaults(t *testing.T) {
	c, err := load(t, "prod", valid(nil))
	require.NoError(t, err)
	assert.Equal(t, &Config{
		Region: "eu-west-1",
		Labels: tagging.Labels{
			Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "1000",
			DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
		},
		Lifecycle: lifecycle.Permanent,
		Audio:     AudioConfig{InfrequentAfterDays: 90, NoncurrentDays: 90},
		Network:   NetworkConfig{Cidr: "10.0.0.0/16", Zones: []string{"a", "b"}, Egress: network.EgressEndpointsOnly},
		Edge: EdgeConfig{
			ListenerProtocol: loadbalancing.ListenerHTTPS, Domain: "app.acme.example", ServicePort: 8080, HealthPath: "/", WafMode: waf.ModeBlock,
		},
		Service:          ServiceConfig{Cpu: service.Cpu256, MinTasks: 2, MaxTasks: 6},
		LogRetentionDays: 400,
	}, c)
}

func TestLoadConfigReportsEverythingAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		stack    string
		settings map[string]string
		want     []string
	}{
		"nothing is set": {"dev", nil, []string{
			`aws:region: missing: expected the region of the stack, such as eu-west-1; fix: pulumi config set aws:region eu-west-1`,
			`bulwark:application: missing: expected the name of the product, such as acme-audio; fix: pulumi config set bulwark:application <value>`,
			`bulwark:costCenter: missing: expected where the bill goes; fix: pulumi config set bulwark:costCenter <value>`,
			`bulwark:domain: missing: expected the name under which the service is reached, such as app.acme.example; fix: set it, or give up encryption by name: pulumi config set bulwark:listenerProtocol HTTP`,
			`bulwark:owner: missing: expected the team or address that answers for the stack; fix: pulumi config set bulwark:owner <value>`,
			`bulwark:repository: missing: expected the repository of the program, such as github.com/acme/infra; fix: pulumi config set bulwark:repository <value>`,
		}},
		"everything is wrong": {"Prod!", valid(map[string]string{
			"aws:region": "Ireland", "bulwark:accountId": "1234", "bulwark:application": "Acme Audio", "bulwark:owner": "a|b", "bulwark:dataClass": "secret",
			"bulwark:lifecycle": "permanen", "bulwark:audioOrigins": `["http://app.acme.example"]`,
			"bulwark:audioInfrequentAfterDays": "7", "bulwark:audioNoncurrentDays": "soon", "bulwark:logRetentionDays": "30",
			"bulwark:cidr": "10.0.0.0", "bulwark:zones": `["eu-west-1a"]`, "bulwark:egress": "nat", "bulwark:listenerProtocol": "http",
			"bulwark:domain": "acme", "bulwark:servicePort": "0", "bulwark:healthPath": "health", "bulwark:wafMode": "observe",
			"bulwark:imageDigest": "latest", "bulwark:appContext": "nowhere", "bulwark:taskCpu": "1", "bulwark:taskMemoryMiB": "-1",
			"bulwark:minTasks": "7", "bulwark:officeHours": "Berlin",
			"bulwark:uploadPaths": `["recordings"]`, "bulwark:retiredAccessKeys": `["wJalrXUtnFEMI"]`,
		}), []string{
			`aws:region: "Ireland": expected the name of an AWS region, such as eu-west-1; fix: pulumi config set aws:region eu-west-1`,
			`bulwark:accountId: "1234": expected the twelve digits of an account; fix: write it as in 123456789012`,
			`bulwark:appContext: "nowhere": expected a directory that exists, relative to that of Pulumi.yaml; fix: give the directory with the Dockerfile`,
			`bulwark:application: "Acme Audio": expected 2 to 24 lower-case letters, digits and single hyphens, beginning with a letter; fix: bucket and key names begin with it`,
			`bulwark:audioInfrequentAfterDays: 7: expected at least 30 days before a move to STANDARD_IA; fix: use 30 or more, or 0 to keep recordings in Standard`,
			`bulwark:audioNoncurrentDays: "soon": expected a whole number (days); fix: write it as in 90`,
			`bulwark:audioOrigins[0]: "http://app.acme.example": expected https, except for localhost; fix: serve the page over https`,
			`bulwark:cidr: "10.0.0.0": expected an IPv4 block such as 10.0.0.0/16; fix: write address/length`,
			`bulwark:dataClass: "secret": expected one of public, internal, confidential, restricted`,
			`bulwark:domain: "acme": expected a domain name such as app.acme.example; fix: write a full name of at least two labels and at most 253 characters`,
			`bulwark:egress: "nat": expected one of endpointsOnly, natSingle, natPerZone, natSingleAndEndpoints, natPerZoneAndEndpoints, publicAddresses`,
			`bulwark:healthPath: "health": expected a path that begins with / and has at most 1024 visible characters; fix: write it as in /health`,
			`bulwark:imageDigest: "latest": expected sha256: and 64 lower-case hexadecimal digits; fix: copy it from the output of the build, or from aws ecr describe-images`,
			`bulwark:imageDigest: "latest": expected an image of a pipeline, or one that is built here; fix: remove imageDigest or appContext`,
			`bulwark:lifecycle: "permanen": expected one of permanent, disposable; fix: did you mean "permanent"?`,
			`bulwark:listenerProtocol: "http": expected one of HTTPS, HTTP; fix: did you mean "HTTP"?`,
			`bulwark:logRetentionDays: 30: expected 90 to 36500 days; fix: use at least 90`,
			`bulwark:minTasks: 7: expected at most maxTasks; fix: raise maxTasks`,
			`bulwark:officeHours: "Berlin": expected a time zone of the IANA database; fix: write it as in Europe/Berlin`,
			`bulwark:owner: "a|b": expected a tag value of letters, digits, spaces and _ . : / = + - @, without a blank at either end; fix: replace the other characters`,
			`bulwark:retiredAccessKeys[0]: a text of 13 characters (not shown): expected the id of a long-term access key: AKIA and 16 capital letters and digits; fix: use the id, never the secret; aws iam list-access-keys shows it`,
			`bulwark:servicePort: 0: expected 1 to 65535; fix: use at least 1`,
			`bulwark:taskCpu: "1": expected one of 256, 512, 1024, 2048, 4096, 8192, 16384, 32768; fix: did you mean "512"?`,
			`bulwark:taskMemoryMiB: -1: expected 0 to 249856 MiB; fix: use at least 0`,
			`bulwark:uploadPaths[0]: "recordings": expected a path that begins with /; fix: write /recordings`,
			`bulwark:wafMode: "observe": expected one of block, count`,
			`bulwark:zones: "eu-west-1a": expected at least two zones, which load balancers and databases need; fix: add a zone: subnets are free`,
			`bulwark:zones[0]: "eu-west-1a": expected the letter of an availability zone, a to h: there are eight slots in each tier; fix: write a for eu-west-1a`,
			`stack: "Prod!": expected a stack name of 1 to 16 lower-case letters, digits and single hyphens, beginning with a letter; fix: bucket and key names contain it: choose another with pulumi stack init`,
		}},
		"a task that Fargate does not offer": {"dev", valid(map[string]string{"bulwark:taskCpu": "512", "bulwark:taskMemoryMiB": "512"}), []string{
			`bulwark:taskMemoryMiB: 512: expected what Fargate offers with 512 CPU units: 1024 to 4096 in steps of 1024 MiB; fix: use 1024`,
		}},
		"a list that is none": {"dev", valid(map[string]string{"bulwark:audioOrigins": "https://app.acme.example"}), []string{
			`bulwark:audioOrigins: "https://app.acme.example": expected a list of strings; fix: write one - <string> per line`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := load(t, test.stack, test.settings)
			assert.Nil(t, c)
			var invalid *validate.Error
			require.True(t, errors.As(err, &invalid), "%v", err)
			var got []string
			for _, p := range invalid.Problems {
				got = append(got, p.String())
			}
			assert.Equal(t, test.want, got)
			for _, line := range test.want {
				assert.Contains(t, err.Error(), line)
			}
		})
	}
}

func TestLoadConfigRefusesUnknownSettings(t *testing.T) {
	all := valid(map[string]string{"bulwark:audioOrigin": "x", "bulwark:zebra": "y", "other:thing": "z"})
	raw, err := json.Marshal(all)
	require.NoError(t, err)
	t.Setenv(pulumi.EnvConfig, string(raw))
	_, err = load(t, "dev", all)
	require.Error(t, err)
	assert.Contains(t, err.Error(), `bulwark:audioOrigin: "audioOrigin": expected one of accountId, application, owner`)
	assert.Contains(t, err.Error(), `did you mean "audioOrigins"?`)
	assert.Contains(t, err.Error(), "pulumi config rm bulwark:zebra")
	assert.NotContains(t, err.Error(), "other:thing")
}

func TestAWrongConfigurationCreatesNothing(t *testing.T) {
	recorder, err := run("dev", valid(map[string]string{"bulwark:lifecycle": "for ever"}), Program)
	require.Error(t, err)
	assert.Empty(t, recorder.Registrations())
}

// Pulumi.yaml is where users look settings up: it has to declare those that the program reads, with their types and
// defaults.
func TestPulumiYAMLDeclaresTheSettings(t *testing.T) {
	type declaration struct {
		Type, Description string
		Default           any
	}
	var project struct {
		Name   string
		Config map[string]declaration
	}
	readYAML(t, "Pulumi.yaml", &project)
	assert.Equal(t, namespace, project.Name)

	read := map[string]bool{}
	for _, s := range (&Config{}).settings() {
		read[s.name] = true
		declared, ok := project.Config[s.name]
		if !assert.True(t, ok, "Pulumi.yaml does not declare %s", s.name) {
			continue
		}
		assert.NotEmpty(t, declared.Description, s.name)
		assert.Equal(t, s.typ, declared.Type, s.name)
		ours, err := json.Marshal(s.byDefault)
		require.NoError(t, err)
		theirs, err := json.Marshal(declared.Default)
		require.NoError(t, err)
		assert.Equal(t, strings.Replace(string(ours), "null", "[]", 1), string(theirs), "the default of %s", s.name)
	}
	for name := range project.Config {
		assert.True(t, read[name], "nobody reads %s", name)
	}
}

// Whoever pastes a secret into any setting does not find it in the error.
func TestAPastedSecretIsNotQuoted(t *testing.T) {
	for _, secret := range []string{
		"wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY", "AKIA" + "IOSFODNN7EXAMPLE|", "postgres://app:" + "horse9@db.internal/acme",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA" + "7bq",
	} {
		settings := valid(map[string]string{"aws:region": secret, "bulwark:" + secret: "x"})
		for _, s := range (&Config{}).settings() {
			settings[string(at(s.name))] = secret
			if s.typ == "array" {
				raw, err := json.Marshal([]string{secret})
				require.NoError(t, err)
				settings[string(at(s.name))] = string(raw)
			}
		}
		all, err := json.Marshal(settings)
		require.NoError(t, err)
		t.Setenv(pulumi.EnvConfig, string(all))
		_, err = load(t, "dev", settings)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), strings.TrimSuffix(secret, "|"))
	}
	_, err := load(t, "dev", valid(map[string]string{"bulwark:retiredAccessKeys": `["hunter2"]`}))
	require.ErrorContains(t, err, "bulwark:retiredAccessKeys[0]: a text of 7 characters (not shown)")
	assert.NotContains(t, err.Error(), "hunter2")
}

func readYAML(t testing.TB, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", name))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(raw, into))
}

// stackSettings reads a stack's file as the engine hands it to the program.
func stackSettings(t testing.TB, stack string) map[string]string {
	t.Helper()
	var file struct{ Config map[string]any }
	readYAML(t, "Pulumi."+stack+".yaml", &file)
	settings := map[string]string{}
	for key, value := range file.Config {
		if list, ok := value.([]any); ok {
			raw, err := json.Marshal(list)
			require.NoError(t, err)
			settings[key] = string(raw)
			continue
		}
		settings[key] = fmt.Sprint(value)
	}
	return settings
}
