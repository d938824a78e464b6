package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var secretsNoLiteral = rule.Rule{
	ID:       "secrets-no-literal",
	Title:    "Secret versions carry no literal",
	Why:      "What is not marked as secret stands in clear in the state of the stack, in the output of every preview and in the logs of the pipeline.",
	Severity: rule.Critical,
	Source:   "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
	Fix: rule.Fix{
		Plain: `secretsmanager.SecretVersionArgs{SecretString: cfg.RequireSecret("jwt")}, or pulumi.ToSecret(...)`,
	},
	Types:      []string{secretVersion},
	AsksSecret: true,
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, name := range []string{"secretString", "secretBinary"} {
			// The value stays out of the message.
			if value := r.Get(name); !value.Secret() && !value.Empty() {
				f.Fail(value, "is in clear: expected a value that is marked as secret")
			}
		}
	},
	Good: []rule.Example{{YAML: `
it:
  type: aws:secretsmanager/secretVersion:SecretVersion
  properties: {secretId: jwt, secretString: {"fn::secret": generated}}
`}, {Name: "put in later", YAML: `
it:
  type: aws:secretsmanager/secretVersion:SecretVersion
  properties: {secretId: jwt}
`}},
	Bad: []rule.Example{{Name: "text", YAML: `
it:
  type: aws:secretsmanager/secretVersion:SecretVersion
  properties: {secretId: jwt, secretString: "correct horse battery staple"}
`}, {Name: "binary", YAML: `
it:
  type: aws:secretsmanager/secretVersion:SecretVersion
  properties: {secretId: jwt, secretBinary: Y29ycmVjdCBob3JzZQ==}
`}},
}
