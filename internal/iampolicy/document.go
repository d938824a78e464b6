package iampolicy

import (
	"fmt"
	"slices"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The versions of the policy language. Policy variables are plain text in the older one.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
const (
	Version2012 = "2012-10-17"
	Version2008 = "2008-10-17"
)

// Effect is what a statement does.
type Effect string

// The effects. They are case sensitive.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Document is one policy. The zero value has no statements.
type Document struct {
	// Version is Version2012 or Version2008; empty is Version2012. Parse turns a missing Version into Version2008, which
	// is what AWS takes it for.
	Version string
	// ID is optional, and for policies of resources only.
	ID string
	// Statements keep the order in which they were written. The order means nothing to AWS.
	Statements []Statement
}

// Statement is one statement of a policy. A list that is empty stands for an element that is not there.
type Statement struct {
	Sid    string
	Effect Effect
	// Principals are whom a resource's policy is about. An identity's policy has none.
	Principals Principals
	// NotPrincipals are everybody but these.
	NotPrincipals Principals
	// Actions are matched without regard to case, NotActions are all but these.
	Actions, NotActions []string
	// Resources are ARNs or "*", NotResources all but these. The policy of a role's trust has neither.
	Resources, NotResources []string
	// Conditions all have to hold. Each pair of operator and key occurs once.
	Conditions []Condition
}

// Condition compares what the request says about Key with Values. One of them has to match; for a negated operator, none
// may.
type Condition struct {
	// Operator is an IAM operator with its qualifiers, such as StringEquals or ForAnyValue:StringLikeIfExists.
	Operator string
	// Key is a condition key, whose case does not matter.
	Key    string
	Values []string
}

// version is the language version in force.
func (d Document) version() string {
	if d.Version == "" {
		return Version2012
	}
	return d.Version
}

// Merge joins documents into one, whose statements stand in the order of the arguments. It reports Sids that two
// statements share, and documents in different versions of the language, whose variables would change their meaning.
func Merge(documents ...Document) (Document, validate.Problems) {
	var merged Document
	var ps validate.Problems
	for i, d := range documents {
		if i == 0 {
			merged.Version = d.version()
		} else if d.version() != merged.Version {
			ps.Add(validate.Problem{
				Rule: RuleVersion, Path: "Version", Value: d.version(), Expected: "the version of the other documents, " + merged.Version,
				Fix: "write all of them in " + Version2012,
			})
		}
		if merged.ID == "" {
			merged.ID = d.ID
		}
		merged.Statements = append(merged.Statements, d.Statements...)
	}
	ps = append(ps, merged.duplicateSids()...)
	return merged, ps
}

func (d Document) duplicateSids() validate.Problems {
	var ps validate.Problems
	first := map[string]int{}
	for i, s := range d.Statements {
		if s.Sid == "" {
			continue
		}
		if j, taken := first[s.Sid]; taken {
			ps.Add(validate.Problem{
				Rule: RuleSid, Path: validate.Path(statementPath(i, "Sid")), Value: validate.Show(s.Sid), Expected: "a Sid that no other statement has",
				Fix: fmt.Sprintf("rename it: Statement[%d] has it already", j),
			})
			continue
		}
		first[s.Sid] = i
	}
	return ps
}

// Canonical is the same policy in the form that Render writes: lists sorted and without duplicates, conditions sorted by
// operator and key, Version set. It shares no memory with d.
func (d Document) Canonical() Document {
	out := Document{Version: d.version(), ID: d.ID, Statements: make([]Statement, len(d.Statements))}
	for i, s := range d.Statements {
		c := Statement{
			Sid: s.Sid, Effect: s.Effect,
			Principals: s.Principals.canonical(), NotPrincipals: s.NotPrincipals.canonical(),
			Actions: set(s.Actions), NotActions: set(s.NotActions),
			Resources: set(s.Resources), NotResources: set(s.NotResources),
		}
		for _, condition := range s.Conditions {
			c.Conditions = append(c.Conditions, Condition{Operator: condition.Operator, Key: condition.Key, Values: set(condition.Values)})
		}
		slices.SortStableFunc(c.Conditions, compareConditions)
		out.Statements[i] = c
	}
	return out
}

// set is the list sorted, without duplicates; nil if it is empty.
func set(values []string) []string {
	if len(values) == 0 {
		return nil
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// statementPath leads to an element of a statement.
func statementPath(i int, element string) string {
	if element == "" {
		return fmt.Sprintf("Statement[%d]", i)
	}
	return fmt.Sprintf("Statement[%d].%s", i, element)
}
