package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Principals are whom a statement is about. The zero value is nobody, as in an identity's policy, which has no such
// element.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
type Principals struct {
	// Any is "*" in place of the whole element: everybody, anonymous callers included.
	Any bool
	// AWS are account ids, ARNs of accounts, roles, users and sessions, or "*", which is Any by another name.
	AWS []string
	// Service are service principals, such as ecs-tasks.amazonaws.com.
	Service []string
	// Federated are identity providers: their ARNs, or the domains of those that need none.
	Federated []string
	// CanonicalUser are the long ids of accounts that S3 knows.
	CanonicalUser []string
}

// IsZero says whether there is no such element.
func (p Principals) IsZero() bool {
	return !p.Any && len(p.AWS)+len(p.Service)+len(p.Federated)+len(p.CanonicalUser) == 0
}

// Everybody says whether the principals include every caller: "*" or {"AWS": "*"}, which mean the same.
func (p Principals) Everybody() bool {
	return p.Any || slices.Contains(p.AWS, "*")
}

// open says whether an AWS principal names no particular account: "*", or an ARN with a wildcard for the account, which
// AWS should refuse.
func open(principal string) bool {
	if principal == "*" {
		return true
	}
	if !strings.ContainsAny(principal, "*?") {
		return false
	}
	arn, ok := validate.SplitARN(principal)
	return !ok || strings.ContainsAny(arn.Account, "*?")
}

func (p Principals) canonical() Principals {
	return Principals{Any: p.Any, AWS: set(p.AWS), Service: set(p.Service), Federated: set(p.Federated), CanonicalUser: set(p.CanonicalUser)}
}

// Accounts are the ids of the accounts that the AWS principals belong to, sorted. "*" belongs to none, and neither do
// the identities that AWS itself keeps, such as those of CloudFront.
func (p Principals) Accounts() []string {
	var accounts []string
	for _, principal := range p.AWS {
		if id := principalAccount(principal); id != "" {
			accounts = append(accounts, id)
		}
	}
	return set(accounts)
}

// principalAccount is the account of an AWS principal; empty if it names none.
func principalAccount(principal string) string {
	if isAccountID(principal) {
		return principal
	}
	if arn, ok := validate.SplitARN(principal); ok && isAccountID(arn.Account) {
		return arn.Account
	}
	return ""
}

func isAccountID(text string) bool {
	if len(text) != 12 {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
