package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var secretsDescription = rule.Rule{
	ID:         "secrets-description",
	Title:      "Secrets are described",
	Why:        "Who finds a secret in an incident has to know what it opens before it is rotated or deleted.",
	Severity:   rule.Low,
	References: rule.References{Pulumi: []string{"aws-secretsmanager-secret-missing-description"}},
	Source:     "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-secret.html",
	Fix: rule.Fix{
		Bulwark: "set Description on the secret",
		Plain:   `secretsmanager.SecretArgs{Description: pulumi.String("signs the tokens of the API")}`,
	},
	Types:    []string{secret},
	Resource: rule.WantSet("description", "a description"),
	Good: []rule.Example{{YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {description: signs the tokens of the API}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
`}, {Name: "empty", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {description: ""}
`}},
}
