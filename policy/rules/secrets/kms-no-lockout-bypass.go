package secrets

import "github.com/bulwark-iac/bulwark/policy/rule"

var kmsNoLockoutBypass = rule.Rule{
	ID:         "kms-no-lockout-bypass",
	Title:      "Lockout safety check not bypassed",
	Why:        "The check keeps a policy out under which nobody may change the policy any more: without it one mistake makes the key unmanageable, and only AWS Support helps.",
	Severity:   rule.Critical,
	References: rule.References{Pulumi: []string{"aws-kms-key-disallow-bypass-policy-lockout-safety-check"}},
	Source:     "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey never bypasses it",
		Plain:   "kms.KeyArgs without BypassPolicyLockoutSafetyCheck",
	},
	Types:     []string{key, replicaKey, externalKey, replicaExternalKey, keyPolicy},
	Resource:  rule.WantNotTrue("bypassPolicyLockoutSafetyCheck"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("bypassPolicyLockoutSafetyCheck", false) },
	Good: []rule.Example{{YAML: `
key:
  type: aws:kms/key:Key
  properties: {description: data}
`}, {Name: "said", YAML: `
policy:
  type: aws:kms/keyPolicy:KeyPolicy
  properties: {keyId: key, bypassPolicyLockoutSafetyCheck: false}
`}},
	Bad: []rule.Example{{Name: "of the key", YAML: `
key:
  type: aws:kms/key:Key
  properties: {bypassPolicyLockoutSafetyCheck: true}
`}, {Name: "of the policy", YAML: `
policy:
  type: aws:kms/keyPolicy:KeyPolicy
  properties: {keyId: key, bypassPolicyLockoutSafetyCheck: true}
`}},
}
