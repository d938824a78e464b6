package validate

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFargateSize(t *testing.T) {
	for cpu, amounts := range map[int][]int{
		256: {512, 1024, 2048}, 512: {1024, 4096}, 1024: {2048, 8192}, 2048: {4096, 16384}, 4096: {8192, 30720},
		8192: {16384, 20480, 61440}, 16384: {32768, 40960, 122880}, 32768: {61440, 122880, 249856},
	} {
		assert.Equal(t, amounts[0], FargateMemory(cpu))
		for _, memory := range amounts {
			assert.Empty(t, FargateSize("memoryMiB", cpu, memory), "%d with %d", cpu, memory)
		}
		assert.NotEmpty(t, FargateSize("memoryMiB", cpu, amounts[0]-1), cpu)
		assert.NotEmpty(t, FargateSize("memoryMiB", cpu, amounts[len(amounts)-1]+1024), cpu)
	}
	assert.Zero(t, FargateMemory(300))
	for want, asked := range map[string][2]int{
		"memoryMiB: 1500: expected what Fargate offers with 256 CPU units: 512, 1024, 2048 MiB; fix: use 2048":                               {256, 1500},
		"memoryMiB: 3072: expected what Fargate offers with 256 CPU units: 512, 1024, 2048 MiB; fix: use 512 CPU units, or at most 2048 MiB": {256, 3072},
		"memoryMiB: 1024: expected what Fargate offers with 1024 CPU units: 2048 to 8192 in steps of 1024 MiB; fix: use 2048":                {1024, 1024},
	} {
		found := FargateSize("memoryMiB", asked[0], asked[1])
		require.Len(t, found, 1)
		assert.Equal(t, want, found[0].String())
	}
}

func TestECRRepository(t *testing.T) {
	const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
	for image, want := range map[string]string{
		registry + "/acme/api@sha256:1":   "arn:aws:ecr:eu-west-1:123456789012:repository/acme/api",
		registry + "/api:1.2":             "arn:aws:ecr:eu-west-1:123456789012:repository/api",
		"public.ecr.aws/acme/api:1":       "",
		"nginx":                           "",
		"123456789012.dkr.acme.example/a": "",
	} {
		assert.Equal(t, want, ECRRepository(image, "aws"), image)
	}
}

// TestSecretsAreNotQuoted is about values that somebody pasted where everybody can read them.
func TestSecretsAreNotQuoted(t *testing.T) {
	const horse = "correct horse"
	for _, found := range []Problems{
		EnvironmentValue("environment", "DB_PASSWORD", horse, false),
		EnvironmentValue("environment", "URL", "postgres://app:correct%20horse@db/acme", true),
		SecretReference("valueFrom", horse),
		Arguments("command", []string{"--password=" + horse}),
	} {
		require.Len(t, found, 1)
		assert.NotContains(t, found[0].String(), "correct")
	}
	for _, value := range []string{"info", "8080", "https://acme.example", "arn:aws:s3:::acme", "eu-west-1", ""} {
		assert.Empty(t, EnvironmentValue("environment", "SETTING", value, false), value)
	}
	assert.Empty(t, EnvironmentValue("environment", "FEATURE_TOKEN", "blue", true), "the program says that it is none")
}

func TestSchedule(t *testing.T) {
	for _, text := range []string{
		"cron(0 3 * * ? *)", "cron(0/15 8-18 ? * MON-FRI *)", "cron(30 2 L * ? 2027)", "rate(1 day)", "rate(15 minutes)",
		"at(2027-01-31T03:00:00)",
	} {
		assert.Empty(t, Schedule("expression", text), text)
	}
	for _, text := range []string{
		"", "daily", "cron(0 3 * * *)", "cron(0 3 * * * *)", "cron(0 3 ? * ? *)", "cron(60 3 * * ? *)", "cron(0 24 * * ? *)",
		"cron(0 3 * * ? *", "rate(0 days)", "rate(1 week)", "at(2027-02-31T03:00:00)", "at(tomorrow)", "every(1 day)",
	} {
		assert.NotEmpty(t, Schedule("expression", text), text)
	}
}

func TestContainerUser(t *testing.T) {
	for user, rules := range map[string][]string{
		"65532": nil, "65532:65532": nil, "app": nil, "app:staff": nil, "": {"container-user"}, "root": {"container-root"},
		"0": {"container-root"}, "0:1000": {"container-root"}, "a b": {"container-user"}, "app:": {"container-user"},
	} {
		assert.ElementsMatch(t, rules, ContainerUser("user", user, false).Rules(), user)
	}
	assert.Empty(t, ContainerUser("user", "", true))
	assert.NotEmpty(t, ContainerUser("user", "app", true))
}
