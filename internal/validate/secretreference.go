package validate

// SecretReference checks what the value of a container's secret comes from: the ARN of a secret of Secrets Manager, with
// or without a suffix that picks a key or a version, or the ARN of a parameter of Parameter Store. What is no ARN is not
// quoted: it may be the secret itself.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
func SecretReference(path Path, text string) Problems {
	switch arn, ok := ParseARN(text); {
	case ok && arn.Service == "ssm":
		return ParameterARN(path, text)
	case ok && arn.Service == "secretsmanager":
		return SecretARN(path, text)
	}
	return Problems{Invalid(path, count(len([]rune(text))),
		"the ARN of a secret or parameter, such as arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
		"store the value in Secrets Manager, and give the ARN of the secret").By("secret-reference")}
}
