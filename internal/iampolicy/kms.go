package iampolicy

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// isKey says whether the request is about a KMS key.
func (e *evaluation) isKey() bool {
	arn, ok := validate.SplitARN(e.request.Resource)
	return ok && arn.Service == "kms" && strings.HasPrefix(arn.Resource, "key/")
}

// isTrust says whether the request is to assume a role, or about the session to be.
func (e *evaluation) isTrust() bool {
	arn, ok := validate.SplitARN(e.request.Resource)
	if !ok || arn.Service != "iam" || !strings.HasPrefix(arn.Resource, "role/") {
		return false
	}
	action := strings.ToLower(e.request.Action)
	return strings.HasPrefix(action, "sts:assumerole") || action == "sts:tagsession" || action == "sts:setsourceidentity"
}

// mustNameCaller says whether the policy of the resource has to let the caller in even within an account: by its name, or
// by naming the account, which leaves it to the identity's policies. It is so with keys and with roles. It is so even for
// the root user.
//
// Sources: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
func (e *evaluation) mustNameCaller() bool { return e.isKey() || e.isTrust() }

// DelegatesToAccount says whether a key's policy leaves an action on the key to the IAM policies of an account: it allows
// it to the account as such. Without a statement of that kind, IAM policies have no effect on the key.
// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
func (d Document) DelegatesToAccount(account, action string) bool {
	found := false
	d.each(Allow, func(_ int, s Statement) {
		found = found || s.Principals.hasAccount(account) && s.coversActions(Statement{Actions: []string{action}})
	})
	return found
}
