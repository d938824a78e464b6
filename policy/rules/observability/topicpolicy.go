package observability

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// checkPolicy reads the policy of a topic, wherever it stands, and has it checked. A topic without a policy has SNS's own,
// which lets in its owner only.
func checkPolicy(r *rule.Resource, f *rule.Findings, check func(policy rule.Value, d iampolicy.Document)) {
	policy := r.Get("policy")
	if policy.Empty() {
		f.NotApplicable("no policy of its own: the owner alone may use the topic")
		return
	}
	document, ok := policies.Read(policy)
	if ok {
		check(policy, document)
		return
	}
	f.Fail(policy, "expected a policy document")
}

// topicAccount is the account in the ARN of the topic that a policy is for; empty if that is not said.
func topicAccount(r *rule.Resource) string {
	if parts := strings.Split(r.Get("arn").Text(), ":"); len(parts) > 4 {
		return parts[4]
	}
	return ""
}
