package validate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func TestRoleNames(t *testing.T) {
	for value, want := range map[string]string{
		"acme-audio-prod-api-task": "", "a+b=c,d.e@f_g": "", strings.Repeat("a", 64): "",
		"": "role-name", strings.Repeat("a", 65): "role-name", "a role": "role-name", "path/role": "role-name",
		"arn:aws:iam::123456789012:role/x": "role-name",
	} {
		check(t, value, want, validate.RoleName("roleName", value))
	}
}

func TestBoundaries(t *testing.T) {
	for value, want := range map[string]string{
		"arn:aws:iam::123456789012:policy/boundary":      "",
		"arn:aws:iam::123456789012:policy/path/boundary": "",
		"arn:aws:iam::aws:policy/PowerUserAccess":        "",
		"arn:aws:iam::210987654321:policy/boundary":      "permissions-boundary",
		"arn:aws:iam::123456789012:policy/*":             "permissions-boundary",
		"arn:aws:iam::123456789012:policy/":              "permissions-boundary",
		"arn:aws:iam::123456789012:role/boundary":        "permissions-boundary",
		"boundary": "permissions-boundary",
		"":         "permissions-boundary",
	} {
		check(t, value, want, validate.PermissionsBoundary("boundary", value, "123456789012"))
	}
	assert.Empty(t, validate.PermissionsBoundary("boundary", "arn:aws:iam::210987654321:policy/boundary", ""), "the account is not known yet")
}

func TestActions(t *testing.T) {
	for value, want := range map[string]string{
		"s3:GetObject": "", "s3:*": "action-wildcard", "*": "action-wildcard", "s3:Get?bject": "action-wildcard",
		"GetObject": "action-form", "s3:": "action-form", ":GetObject": "action-form", "": "action-form",
	} {
		check(t, value, want, validate.ExactAction("action", value))
	}
}

func TestSecretARNs(t *testing.T) {
	const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf"
	for value, want := range map[string]string{
		arn: "", arn + ":username::": "", arn + "::AWSPREVIOUS:": "", arn + ":::id": "", arn + ":username::id": "",
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1a2b-AbCdEf": "",
		arn + ":username": "secret-suffix", arn + ":username:": "secret-suffix", arn + ":": "secret-suffix",
		arn + "::": "secret-suffix", arn + ":::": "secret-suffix", arn + ":a:b:c:d": "secret-suffix",
		arn + ":username:AWSCURRENT:id":                                       "secret-suffix",
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db":        "secret-arn",
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:*":              "secret-arn",
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-??????": "secret-arn",
		"arn:aws:secretsmanager::123456789012:secret:acme/db-AbCdEf":          "secret-arn",
		"arn:aws:ssm:eu-west-1:123456789012:parameter/acme":                   "secret-arn",
		"acme/db": "secret-arn", "": "secret-arn",
	} {
		check(t, value, want, validate.SecretARN("secretArns[0]", value))
	}
	for value, want := range map[string]string{
		arn: arn, arn + ":username::": arn, arn + ":::id": arn, "acme/db": "acme/db",
	} {
		assert.Equal(t, want, validate.BareSecretARN(value))
	}
}

func TestARNsOfATask(t *testing.T) {
	for value, want := range map[string]string{
		"arn:aws:ssm:eu-west-1:123456789012:parameter/acme/db-host": "",
		"arn:aws:ssm:eu-west-1:123456789012:parameter/acme/*":       "parameter-arn",
		"arn:aws:ssm:eu-west-1:123456789012:parameter/":             "parameter-arn",
		"/acme/db-host": "parameter-arn",
	} {
		check(t, value, want, validate.ParameterARN("parameterArns[0]", value))
	}
	for value, want := range map[string]string{
		"arn:aws:ecr:eu-west-1:123456789012:repository/acme/api":                 "",
		"arn:aws:ecr:eu-west-1:123456789012:repository/*":                        "repository-arn",
		"arn:aws:ecr:eu-west-1:123456789012:repository/acme/api:latest":          "repository-arn",
		"123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api":                  "repository-arn",
		"arn:aws:ecr-public::123456789012:repository/acme":                       "repository-arn",
		"arn:aws:ecr:eu-west-1:123456789012:repository/Acme":                     "repository-arn",
		"arn:aws:ecr:eu-west-1:123456789012:repository/acme/api@sha256:01234567": "repository-arn",
	} {
		check(t, value, want, validate.RepositoryARN("repositoryArns[0]", value))
	}
	for value, want := range map[string]string{
		"arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme":                  "",
		"arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme:*":                "",
		"arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/*":                     "log-group-arn",
		"arn:aws:logs:eu-west-1:123456789012:log-group:*":                          "log-group-arn",
		"arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme:log-stream:one":   "log-group-arn",
		"arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme:log-stream:one:*": "log-group-arn",
		"/ecs/acme": "log-group-arn",
	} {
		check(t, value, want, validate.ExactLogGroupARN("logGroupArns[0]", value))
	}
}

func FuzzSecretARN(f *testing.F) {
	f.Add("arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf:username::")
	f.Add("arn:aws:secretsmanager:eu-west-1:123456789012:secret:")
	f.Fuzz(func(t *testing.T, text string) {
		bare := validate.BareSecretARN(text)
		if len(validate.SecretARN("secretArns[0]", text)) == 0 {
			assert.Empty(t, validate.SecretARN("secretArns[0]", bare), "what a policy names is a secret itself")
			assert.True(t, strings.HasPrefix(text, bare))
			assert.NotContains(t, bare, "*")
		}
	})
}
