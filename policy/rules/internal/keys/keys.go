package keys

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// WantOwn reports unless the value names a KMS key that the account owns. The alias of a key that AWS manages
// (alias/aws/rds) gives it away; its ARN does not.
func WantOwn(f *rule.Findings, key rule.Value) {
	switch name := key.Text(); {
	case name == "":
		f.Fail(key, "%s: expected a customer managed key", key)
	case strings.Contains(name, "alias/aws/"):
		f.Fail(key, "%s: expected a customer managed key, not the one that AWS manages", key)
	}
}
