package iampolicy

import (
	"cmp"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Quantifier is how an operator treats keys that have several values in a request.
type Quantifier string

// The quantifiers.
const (
	// ForAllValues asks that every value of the request matches. It holds if the request has none.
	ForAllValues Quantifier = "ForAllValues"
	// ForAnyValue asks that at least one value of the request matches. It fails if the request has none.
	ForAnyValue Quantifier = "ForAnyValue"
)

// Operator is a condition operator in its parts.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
type Operator struct {
	// Quantifier is empty for keys with one value.
	Quantifier Quantifier
	// Base is the operator without qualifiers, such as StringNotEquals.
	Base string
	// IfExists makes the condition hold if the request lacks the key.
	IfExists bool
}

// family is the sort of values that an operator compares.
type family int

const (
	familyString family = iota
	familyNumeric
	familyDate
	familyBool
	familyBinary
	familyIP
	familyARN
	familyNull
)

type operatorInfo struct {
	family  family
	negated bool
}

var operators = map[string]operatorInfo{
	"StringEquals": {family: familyString}, "StringNotEquals": {familyString, true},
	"StringEqualsIgnoreCase": {family: familyString}, "StringNotEqualsIgnoreCase": {familyString, true},
	"StringLike": {family: familyString}, "StringNotLike": {familyString, true},
	"NumericEquals": {family: familyNumeric}, "NumericNotEquals": {familyNumeric, true},
	"NumericLessThan": {family: familyNumeric}, "NumericLessThanEquals": {family: familyNumeric},
	"NumericGreaterThan": {family: familyNumeric}, "NumericGreaterThanEquals": {family: familyNumeric},
	"DateEquals": {family: familyDate}, "DateNotEquals": {familyDate, true},
	"DateLessThan": {family: familyDate}, "DateLessThanEquals": {family: familyDate},
	"DateGreaterThan": {family: familyDate}, "DateGreaterThanEquals": {family: familyDate},
	"Bool": {family: familyBool}, "BinaryEquals": {family: familyBinary},
	"IpAddress": {family: familyIP}, "NotIpAddress": {familyIP, true},
	"ArnEquals": {family: familyARN}, "ArnLike": {family: familyARN},
	"ArnNotEquals": {familyARN, true}, "ArnNotLike": {familyARN, true},
	"Null": {family: familyNull},
}

// ParseOperator takes an operator apart. It reports false for one that AWS does not know, in this spelling, and for Null
// with IfExists, which would mean nothing.
func ParseOperator(text string) (Operator, bool) {
	var o Operator
	base := text
	if quantifier, rest, found := strings.Cut(text, ":"); found {
		o.Quantifier, base = Quantifier(quantifier), rest
		if o.Quantifier != ForAllValues && o.Quantifier != ForAnyValue {
			return Operator{}, false
		}
	}
	o.Base, o.IfExists = strings.CutSuffix(base, "IfExists")
	info, known := operators[o.Base]
	if !known || info.family == familyNull && o.IfExists {
		return Operator{}, false
	}
	return o, true
}

// String puts the operator together again.
func (o Operator) String() string {
	text := o.Base
	if o.Quantifier != "" {
		text = string(o.Quantifier) + ":" + text
	}
	if o.IfExists {
		text += "IfExists"
	}
	return text
}

// Negated says whether the operator holds for all values but those given.
func (o Operator) Negated() bool { return operators[o.Base].negated }

// HoldsWithoutKey says whether a condition with this operator holds if the request lacks the key: with IfExists, with
// ForAllValues, and for negated operators. Null is a question about the key itself, and not one of them.
func (o Operator) HoldsWithoutKey() bool {
	switch {
	case o.Base == "Null":
		return false
	case o.IfExists || o.Quantifier == ForAllValues:
		return true
	default:
		return o.Negated() && o.Quantifier != ForAnyValue
	}
}

func (o Operator) family() family { return operators[o.Base].family }

// wildcards says whether "*" and "?" in the values are wildcards.
func (o Operator) wildcards() bool {
	switch o.Base {
	case "StringLike", "StringNotLike", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike":
		return true
	}
	return false
}

// variables says whether policy variables in the values are replaced. The pages on operators allow them with Bool too.
func (o Operator) variables() bool {
	f := o.family()
	return f == familyString || f == familyARN || f == familyBool
}

// On says whether the condition is about a key. The case of keys does not matter.
func (c Condition) On(key string) bool { return strings.EqualFold(c.Key, key) }

// Conditions on a key, in their order.
func (s Statement) conditionsOn(key string) []Condition {
	var found []Condition
	for _, c := range s.Conditions {
		if c.On(key) {
			found = append(found, c)
		}
	}
	return found
}

func compareConditions(a, b Condition) int {
	return cmp.Or(cmp.Compare(a.Operator, b.Operator), cmp.Compare(a.Key, b.Key))
}

// conditionPath leads to a condition of a statement.
func conditionPath(i int, c Condition) string {
	return statementPath(i, "Condition."+c.Operator) + "[" + validate.Show(c.Key) + "]"
}
