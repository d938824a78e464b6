package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsEnabled = rule.Rule{
	ID:         "kms-enabled",
	Title:      "Keys are enabled",
	Why:        "Everything under a disabled key is out of reach, and stays so unnoticed until the next restart or restore needs it.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV_AWS_227"}},
	Source:     "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey leaves keys enabled",
		Plain:   "kms.KeyArgs{IsEnabled: pulumi.Bool(true)}, or leave it out",
	},
	Types: []string{key, replicaKey, externalKey, replicaExternalKey},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		property := "enabled"
		if r.Is(key) {
			property = "isEnabled"
		}
		f.WantNotFalse(r.Get(property))
	},
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
`}, {Name: "said", YAML: `
key:
  type: aws:kms/key:Key
  properties: {isEnabled: true}
`}},
	Bad: []rule.Example{{Name: "disabled", YAML: `
key:
  type: aws:kms/key:Key
  properties: {isEnabled: false}
`}, {Name: "a copy in another region", YAML: `
there:
  type: aws:kms/replicaKey:ReplicaKey
  properties: {primaryKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", enabled: false}
`}},
}
