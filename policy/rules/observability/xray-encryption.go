package observability

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var xrayEncryption = rule.Rule{
	ID:       "xray-encryption",
	Title:    "X-Ray encrypted with a CMK",
	Why:      "Traces name users, queries and addresses. With the key that AWS manages, whoever may read traces may decrypt them.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-encryption.html",
	Fix: rule.Fix{
		Plain: `xray.EncryptionConfigArgs{Type: pulumi.String("KMS"), KeyId: key.Arn}`,
	},
	Types: []string{"aws:xray/encryptionConfig:EncryptionConfig"},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantOneOf(r.Get("type"), "KMS")
		if r.Get("type").Is("KMS") {
			keys.WantOwn(f, r.Get("keyId"))
		}
	},
	Good: []rule.Example{{YAML: `
traces:
  type: aws:xray/encryptionConfig:EncryptionConfig
  properties: {type: KMS, keyId: arn:aws:kms:eu-west-1:111122223333:key/k}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
traces:
  type: aws:xray/encryptionConfig:EncryptionConfig
  properties: {type: NONE}
`}, {Name: "no key", YAML: `
traces:
  type: aws:xray/encryptionConfig:EncryptionConfig
  properties: {type: KMS}
`}},
}
