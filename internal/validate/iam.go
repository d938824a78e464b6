package validate

import (
	"regexp"
	"strings"
)

var (
	roleName = regexp.MustCompile(`^[A-Za-z0-9_+=,.@-]{1,64}$`)
	sid      = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)
)

// RoleName checks the name of an IAM role.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
func RoleName(path Path, name string) Problems {
	if roleName.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, name, "the name of a role, 1 to 64 letters, digits and + = , . @ _ -",
		"use the role's name, not its ARN").By("role-name")}
}

// Sid checks the name of a statement in the policy of an identity.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func Sid(path Path, name string) Problems {
	if sid.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, name, "1 to 64 letters and digits", "remove the other characters").By("policy-sid")}
}

// PermissionsBoundary checks the ARN of the managed policy that limits a role: one of the role's account, or of AWS's. An
// empty account is not known yet.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func PermissionsBoundary(path Path, text, account string) Problems {
	arn, ok := ParseARN(text)
	name, policy := strings.CutPrefix(arn.Resource, "policy/")
	if !ok || !policy || name == "" || arn.Service != "iam" || strings.ContainsAny(text, "*?") ||
		arn.Account != "aws" && !accountID.MatchString(arn.Account) {
		return Problems{Invalid(path, text,
			"the ARN of a managed policy, such as arn:aws:iam::123456789012:policy/boundary",
			"give the policy's ARN, not its name").By("permissions-boundary")}
	}
	if account != "" && arn.Account != "aws" && arn.Account != account {
		return Problems{Invalid(path, text, "a policy of account "+account+", that of the role",
			"create the policy there: a boundary of another account cannot be set").By("permissions-boundary")}
	}
	return nil
}

// ExactAction checks an action that is to be allowed: of one service, without wildcards. Whether AWS has it is for
// package iamref to say.
func ExactAction(path Path, action string) Problems {
	service, name, ok := strings.Cut(action, ":")
	switch {
	case strings.ContainsAny(action, "*?"):
		return Problems{Forbidden(path, action, "an action without wildcards: with them, what AWS adds tomorrow is allowed too",
			"list the actions one by one").By("action-wildcard")}
	case !ok || service == "" || name == "":
		return Problems{Invalid(path, action, "an action of a service, such as sqs:SendMessage",
			"write service:Action").By("action-form")}
	}
	return nil
}
