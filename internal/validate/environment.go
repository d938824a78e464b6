package validate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
)

// credentialVariables are where AWS's SDKs look for credentials before they ask for those of the task role. A container
// that has one of them uses it instead of its role, or none at all.
// Sources: https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html,
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
var credentialVariables = []string{
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ACCESS_KEY", "AWS_SECRET_KEY",
	"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CREDENTIAL_FILE", "AWS_CONFIG_FILE",
	"AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
	"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
	"AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
}

var environmentName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// EnvironmentName checks the name of a container's environment variable, be its value plain or a secret.
func EnvironmentName(path Path, name string) Problems {
	switch {
	case name == "":
		return Problems{Required(path, "the name of the environment variable", "name it as in LOG_LEVEL")}
	case slices.Contains(credentialVariables, strings.ToUpper(name)):
		return Problems{{
			Rule: "environment-credentials", Path: path, Value: name,
			Expected: "no credentials of AWS: the SDKs take those of the task role by themselves, which expire and rotate",
			Fix:      "remove it, and give the task role what the application may do (grants)",
		}}
	case !environmentName.MatchString(name) || len(name) > 255:
		return Problems{Invalid(path, name, "a name of letters, digits, underscores, dots and hyphens that begins with a letter or underscore",
			"replace the other characters").By("environment-name")}
	}
	return nil
}

// EnvironmentValue checks that the plain value of an environment variable is no secret, by its name and its form. The
// value is never quoted. plain says that the program calls it harmless by name; the forms that leave no doubt are refused
// nevertheless.
func EnvironmentValue(path Path, name, value string, plain bool) Problems {
	kind := secretwords.Kind(value)
	switch {
	case kind == "" && plain:
		return nil
	case kind == "" && secretwords.Named(name, value):
		kind = "a secret by its name"
	case kind == "":
		kind = secretwords.Suspect(value)
	}
	if kind == "" {
		return nil
	}
	fix := "store it in Secrets Manager, and name its ARN under secrets; if it is no secret, name the variable under plainVariables"
	if kind == "an AWS access key" || kind == "an AWS secret access key" {
		fix = "remove it: the task role gives the application credentials that expire and rotate (grants); " +
			"if it is none, name the variable under plainVariables"
	}
	return Problems{{
		Rule: "environment-secret", Path: path, Value: hidden(value, kind), Fix: fix,
		Expected: "no secret in clear: whoever may describe a task definition reads it, in every old revision too",
	}}
}

// Arguments checks that the command line of a container has no secret in it.
func Arguments(path Path, arguments []string) Problems {
	var ps Problems
	for i, argument := range arguments {
		kind := secretwords.Suspect(argument)
		if name, value, ok := strings.Cut(argument, "="); kind == "" && ok && secretwords.Named(strings.TrimLeft(name, "-"), value) {
			kind = "a secret by its name"
		}
		if kind != "" {
			ps.Add(Problem{
				Rule: "environment-secret", Path: path.Index(i), Value: hidden(argument, kind),
				Expected: "no secret in clear: whoever may describe a task definition reads it, in every old revision too",
				Fix:      "store it in Secrets Manager, name its ARN under secrets, and let the application read the variable",
			})
		}
	}
	return ps
}

// hidden describes a value that may be a secret.
func hidden(value, kind string) string {
	return fmt.Sprintf("a text of %d characters (not shown: it may be %s)", len([]rune(value)), kind)
}
