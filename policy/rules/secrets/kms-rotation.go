package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsRotation = rule.Rule{
	ID:       "kms-rotation",
	Title:    "Key rotation on symmetric CMKs",
	Why:      "Without rotation one key encrypts everything for ever: whoever gets at that material once reads the past and the future.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"KMS.4*"},
		CIS:     []string{"v3:3.6", "v5:3.6"},
		Checkov: []string{"CKV_AWS_7"},
		Trivy:   []string{"AWS-0065"},
		CDKNag:  []string{"AwsSolutions-KMS5", "NIST:KMSBackingKeyRotationEnabled"},
		Pulumi:  []string{"aws-kms-key-enable-key-rotation", "awsguard:cmkBackingKeyRotationEnabled"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey rotates every key, once a year unless it is told otherwise",
		Plain:   "kms.KeyArgs{EnableKeyRotation: pulumi.Bool(true)}",
	},
	Types: []string{key},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !rotates(r) {
			f.NotApplicable("KMS rotates symmetric keys that it has made itself only")
			return
		}
		f.WantTrue(r.Get("enableKeyRotation"))
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		if rotates(r) {
			c.Set("enableKeyRotation", true)
		}
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {enableKeyRotation: true}
`}, {Name: "with one that signs", YAML: `
key:
  type: aws:kms/key:Key
  properties: {enableKeyRotation: true}
sign:
  type: aws:kms/key:Key
  properties: {keyUsage: SIGN_VERIFY, customerMasterKeySpec: ECC_NIST_P256}
`}, {Name: "with one in a key store of its own", YAML: `
key:
  type: aws:kms/key:Key
  properties: {enableKeyRotation: true}
own:
  type: aws:kms/key:Key
  properties: {customKeyStoreId: cks-1234}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
`}, {Name: "switched off", YAML: `
key:
  type: aws:kms/key:Key
  properties: {enableKeyRotation: false, keyUsage: ENCRYPT_DECRYPT, customerMasterKeySpec: SYMMETRIC_DEFAULT}
`}},
}

// rotates tells whether KMS can rotate the key by itself.
//
// Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
func rotates(r *rule.Resource) bool {
	return r.Get("customerMasterKeySpec").TextOr("SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT" &&
		r.Get("keyUsage").TextOr("ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT" && r.Get("customKeyStoreId").Text() == ""
}
