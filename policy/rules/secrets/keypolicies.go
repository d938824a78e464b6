package secrets

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// isDefault tells whether a key's policy is the one that KMS writes when it is given none: everything for the account, and
// nothing else.
//
// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
func isDefault(d iampolicy.Document) bool {
	if len(d.Statements) != 1 {
		return false
	}
	s := d.Statements[0]
	return s.Effect == iampolicy.Allow && len(s.Conditions) == 0 && slices.Equal(s.Actions, []string{"kms:*"}) &&
		len(s.Principals.AWS) == 1 && strings.HasSuffix(s.Principals.AWS[0], ":root")
}

// decryption are the actions that turn ciphertext into plaintext, or into ciphertext of another key.
//
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1
var decryption = []string{"kms:Decrypt", "kms:ReEncryptFrom"}

// noDecryptionOfAll reports the statements of an identity's policy that allow decryption with every key.
func noDecryptionOfAll(f *rule.Findings, at rule.Value) {
	d, _ := policies.Read(at)
	for _, grant := range policies.Wide(d) {
		if allowed := grant.AnyOf(decryption); len(allowed) > 0 {
			f.Fail(at, "%s: %s: allows %s with every key: expected the ARNs of the keys", grant.Path, grant.Resource, policies.Brief(allowed))
		}
	}
}
