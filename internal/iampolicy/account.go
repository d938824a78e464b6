package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Accounts are the ids of all accounts that the statements which allow something let in, sorted: those of their principals,
// and those that confine everybody.
func (d Document) Accounts() []string {
	var accounts []string
	d.each(Allow, func(_ int, s Statement) {
		accounts = append(accounts, s.Principals.Accounts()...)
		if s.Principals.Everybody() {
			for _, c := range s.ConfinedBy() {
				for _, value := range c.Values {
					if id := principalAccount(value); id != "" {
						accounts = append(accounts, id)
					}
				}
			}
		}
	})
	return set(accounts)
}

// CrossAccount finds the statements that let in other accounts than one's own: by principals that belong to them, by
// canonical user ids, which do not tell their account, and by letting in everybody on a condition that fixes another
// account or an organization. Statements for strangers are for Public to find.
func (d Document) CrossAccount(own string) []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		for j, principal := range s.Principals.AWS {
			if id := principalAccount(principal); id != "" && id != own {
				found.add(i, s, indexed("Principal.AWS", j), principal, "account "+id+" may do "+s.shownActions())
			}
		}
		for j, id := range s.Principals.CanonicalUser {
			found.add(i, s, indexed("Principal.CanonicalUser", j), id, "an account that is named by its canonical user id only may do "+s.shownActions())
		}
		if s.Principals.Everybody() {
			s.foreignConditions(i, own, &found)
		}
	})
	return found
}

// foreignConditions adds what the conditions of a statement for everybody let in, unless one of them keeps to the own
// account.
func (s Statement) foreignConditions(i int, own string, found *findings) {
	foreign := func(value string) bool {
		id := principalAccount(value)
		return id != own && (id != "" || strings.HasPrefix(value, "o-"))
	}
	confined := s.ConfinedBy()
	if slices.ContainsFunc(confined, func(c Condition) bool { return !slices.ContainsFunc(c.Values, foreign) }) {
		return
	}
	for _, c := range confined {
		for j, value := range c.Values {
			switch id := principalAccount(value); {
			case !foreign(value):
			case id != "":
				found.add(i, s, indexed("Condition."+c.Operator+"["+validate.Show(c.Key)+"]", j), value, "account "+id+" may do "+s.shownActions())
			default:
				found.add(i, s, indexed("Condition."+c.Operator+"["+validate.Show(c.Key)+"]", j), value, "every account of organization "+value+" may do "+s.shownActions())
			}
		}
	}
}
