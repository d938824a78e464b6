package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsDescription = rule.Rule{
	ID:         "kms-description",
	Title:      "Keys are described",
	Why:        "A key is a number in the console: without a description nobody dares to delete one, or somebody deletes the wrong one.",
	Severity:   rule.Low,
	References: rule.References{Pulumi: []string{"aws-kms-key-missing-description"}},
	Source:     "https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey describes each by its name and uses",
		Plain:   `kms.KeyArgs{Description: pulumi.String("audio files")}`,
	},
	Types:    []string{key, replicaKey, externalKey, replicaExternalKey},
	Resource: rule.WantSet("description", "a description"),
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: audio files}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
key:
  type: aws:kms/key:Key
  properties: {enableKeyRotation: true}
`}, {Name: "empty", YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: ""}
`}},
}
