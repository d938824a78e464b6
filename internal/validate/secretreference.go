package validate

import "strings"

// SecretReference checks what the value of a container's secret comes from: the ARN of a secret of Secrets Manager, with
// or without a suffix that picks a key or a version, or the ARN of a parameter of Parameter Store.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
func SecretReference(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if ok && arn.regional("ssm", "parameter/") {
		return nil
	}
	if !ok || !arn.regional("secretsmanager", "secret:") || strings.ContainsAny(text, "*? ") {
		return Problems{{
			Rule: "secret-reference", Path: path, Value: Show(count(len([]rune(text)))),
			Expected: "the ARN of a secret or parameter, such as arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
			Fix:      "store the value in Secrets Manager, and give the ARN of the secret",
		}}
	}
	parts := strings.Split(strings.TrimPrefix(arn.Resource, "secret:"), ":")
	suffix := func(expected, fix string) Problems {
		return Problems{Invalid(path, text, expected, fix).By("secret-suffix")}
	}
	switch {
	case len(parts) == 1:
		return nil
	case len(parts) != 4:
		return suffix("all three colons behind the secret as soon as there is one: key:stage:version, each of which may be empty",
			"end it as in :username::")
	case parts[2] != "" && parts[3] != "":
		return suffix("either a stage or a version", "remove one of the two, and keep its colon")
	case parts[1] == "" && parts[2] == "" && parts[3] == "":
		return suffix("a key, a stage or a version between the colons", "remove the colons: without them the whole secret is the value")
	}
	return nil
}

// SecretARN is a secret's ARN without the suffix that picks a key or a version, which IAM does not know.
func SecretARN(text string) string {
	arn, ok := ParseARN(text)
	if !ok || arn.Service != "secretsmanager" {
		return text
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(arn.Resource, "secret:"), ":")
	arn.Resource = "secret:" + name
	return arn.String()
}
