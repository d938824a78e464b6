package secrets

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var secretsCmk = rule.Rule{
	ID:       "secrets-cmk",
	Title:    "Secrets encrypted with a CMK",
	Why:      "The key aws/secretsmanager lets every identity of the account decrypt that may read secrets, cannot be revoked, and shuts out other accounts for good.",
	Severity: rule.Medium,
	References: rule.References{
		Checkov: []string{"CKV_AWS_149"},
		Trivy:   []string{"AWS-0098"},
		CDKNag:  []string{"NIST:SecretsManagerUsingKMSKey"},
		Pulumi:  []string{"aws-secretsmanager-secret-configure-customer-managed-key"},
	},
	Source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey makes the key",
		Plain:   "secretsmanager.SecretArgs{KmsKeyId: key.Arn}",
	},
	Types: []string{secret},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		keys.WantOwn(f, r.Get("kmsKeyId"))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: secrets}
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {kmsKeyId: "${key.arn}"}
`}, {Name: "by alias", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {kmsKeyId: alias/acme-prod-secrets}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
`}, {Name: "AWS's own", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {kmsKeyId: alias/aws/secretsmanager}
`}},
}
