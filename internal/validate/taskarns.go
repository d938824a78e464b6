package validate

import (
	"regexp"
	"strings"
)

// secretID is the name of a secret with the six characters that Secrets Manager adds.
// Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
var secretID = regexp.MustCompile(`^[A-Za-z0-9/_+=.@!-]+-[A-Za-z0-9]{6}$`)

// SecretARN checks the complete ARN of a secret, as a task definition names it: alone, or followed by
// :json-key:version-stage:version-id, whose colons are all there whatever is left out.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
func SecretARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	name, suffix, selects := strings.Cut(strings.TrimPrefix(arn.Resource, "secret:"), ":")
	if !ok || !arn.regional("secretsmanager", "secret:") || !secretID.MatchString(name) {
		return Problems{Invalid(path, text,
			"the complete ARN of a secret, such as arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/db-AbCdEf",
			"copy it with the six characters at its end: a policy on anything shorter matches nothing").By("secret-arn")}
	}
	if !selects {
		return nil
	}
	parts := strings.Split(suffix, ":")
	switch {
	case len(parts) != 3:
		return Problems{Invalid(path, text, "a secret followed by :json-key:version-stage:version-id, all three colons included",
			"write for example "+arn.upTo(name)+":username::").By("secret-suffix")}
	case parts[1] != "" && parts[2] != "":
		return Problems{Invalid(path, text, "either a version stage or a version id", "remove one of the two").By("secret-suffix")}
	case suffix == "::":
		return Problems{Invalid(path, text, "a JSON key, version stage or version id between the colons",
			"remove the colons for the whole secret").By("secret-suffix")}
	}
	return nil
}

// upTo is the ARN of a secret without what selects a part of it.
func (a ARN) upTo(name string) string {
	a.Resource = "secret:" + name
	return a.String()
}

// BareSecretARN is the ARN of a secret without :json-key:version-stage:version-id: what a policy names.
func BareSecretARN(text string) string {
	arn, ok := SplitARN(text)
	if !ok {
		return text
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(arn.Resource, "secret:"), ":")
	return arn.upTo(name)
}

var parameterName = regexp.MustCompile(`^[A-Za-z0-9/_.-]+$`)

// ParameterARN checks the ARN of one SSM parameter.
// Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
func ParameterARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if ok && arn.regional("ssm", "parameter/") && parameterName.MatchString(arn.Resource) {
		return nil
	}
	return Problems{Invalid(path, text,
		"the ARN of an SSM parameter, such as arn:aws:ssm:eu-west-1:123456789012:parameter/acme/db-host",
		"give the ARN of one parameter, not its name").By("parameter-arn")}
}

var repositoryName = regexp.MustCompile(`^[a-z0-9]+([._/-][a-z0-9]+)*$`)

// RepositoryARN checks the ARN of one ECR repository.
// Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
func RepositoryARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if ok && arn.regional("ecr", "repository/") && repositoryName.MatchString(strings.TrimPrefix(arn.Resource, "repository/")) {
		return nil
	}
	return Problems{Invalid(path, text,
		"the ARN of an ECR repository, such as arn:aws:ecr:eu-west-1:123456789012:repository/acme/api",
		"give the repository's ARN, not the address of an image").By("repository-arn")}
}

var logGroupName = regexp.MustCompile(`^[A-Za-z0-9_./#-]{1,512}$`)

// ExactLogGroupARN is LogGroupARN for one group, which a policy is to name: no wildcard but the closing :*.
func ExactLogGroupARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	name := strings.TrimSuffix(strings.TrimPrefix(arn.Resource, "log-group:"), ":*")
	if ok && arn.regional("logs", "log-group:") && logGroupName.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, text,
		"the ARN of one log group, such as arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/acme",
		"name the group, without a stream and without wildcards").By("log-group-arn")}
}
