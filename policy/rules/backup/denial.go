package backup

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// exempting are the keys by which a denial may leave out who breaks the glass.
var exempting = []string{"aws:PrincipalArn", "aws:userId", "aws:PrincipalIsAWSService"}

// deniesEverybody tells whether a policy denies an action to everybody but those whom it names.
func deniesEverybody(d iampolicy.Document, action string) bool {
	return slices.ContainsFunc(d.Statements, func(s iampolicy.Statement) bool {
		everybody := s.Principals.Everybody() || !s.NotPrincipals.IsZero() && !s.NotPrincipals.Everybody()
		return s.Effect == iampolicy.Deny && everybody && s.AboutAction(action) &&
			!slices.ContainsFunc(s.Conditions, func(c iampolicy.Condition) bool { return !exempts(c) })
	})
}

// exempts tells whether a condition of a denial leaves out nobody but those whom it names.
func exempts(c iampolicy.Condition) bool {
	o, ok := iampolicy.ParseOperator(c.Operator)
	return ok && slices.ContainsFunc(exempting, c.On) && !slices.Contains(c.Values, "*") &&
		(o.Negated() || o.Base == "Bool" && slices.Equal(c.Values, []string{"false"}))
}
