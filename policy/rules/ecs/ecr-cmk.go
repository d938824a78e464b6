package ecs

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var ecrCmk = rule.Rule{
	ID:       "ecr-cmk",
	Title:    "Repository encrypted with a CMK",
	Why:      "Under a key of AWS's nobody can say who may decrypt an image, or take it back at once when one must not run any more.",
	Severity: rule.Low,
	References: rule.References{
		FSBP:    []string{"ECR.5*"},
		Checkov: []string{"CKV_AWS_136"},
		Trivy:   []string{"AWS-0033"},
		Pulumi:  []string{"aws-ecr-repository-configure-customer-managed-key", "aws-ecr-repository-disallow-unencrypted-repository"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-5",
	Fix: rule.Fix{
		Bulwark: "image.NewRepository encrypts with a key of its own, or with RepositoryArgs.Key",
		Plain:   `ecr.RepositoryArgs{EncryptionConfigurations: ecr.RepositoryEncryptionConfigurationArray{{EncryptionType: pulumi.String("KMS"), KmsKey: key.Arn}}}`,
	},
	OptIn: "ECR encrypts images with a key of its own already; Security Hub leaves this control off too",
	Types: []string{repository},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		configuration := r.Get("encryptionConfigurations").Get("[0]")
		kind := configuration.Get("encryptionType")
		if !kind.Is("KMS", "KMS_DSSE") {
			f.Fail(kind, "%s: expected KMS", kind)
			return
		}
		keys.WantOwn(f, configuration.Get("kmsKey"))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
api:
  type: aws:ecr/repository:Repository
  properties: {encryptionConfigurations: [{encryptionType: KMS, kmsKey: "${key.arn}"}]}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
api:
  type: aws:ecr/repository:Repository
`}, {Name: "ECR's key", YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {encryptionConfigurations: [{encryptionType: AES256}]}
`}, {Name: "AWS's own", YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {encryptionConfigurations: [{encryptionType: KMS}]}
`}},
}
