package iampolicy

import "slices"

// VacuousConditions finds the conditions of statements that allow something which hold if the request lacks the key: with
// ForAllValues, with IfExists, and with negated operators. Another condition of the statement on the same key, which fails
// without it (Null false, say), makes up for that.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func (d Document) VacuousConditions() []Finding {
	var found findings
	d.each(Allow, func(i int, s Statement) {
		for _, c := range s.Conditions {
			o, ok := ParseOperator(c.Operator)
			if !ok || !o.HoldsWithoutKey() || s.asksFor(c.Key) {
				continue
			}
			reason := "a request without " + c.Key + " is allowed too"
			switch {
			case o.Quantifier == ForAllValues:
				reason += ": ForAllValues holds if there is no value"
			case o.IfExists:
				reason += ": IfExists asks for nothing then"
			default:
				reason += ": " + o.Base + " holds if there is nothing to compare"
			}
			found.add(i, s, "Condition."+c.Operator, c.Key, reason)
		}
	})
	return found
}

// asksFor says whether a condition fails for requests without the key.
func (s Statement) asksFor(key string) bool {
	return slices.ContainsFunc(s.conditionsOn(key), func(c Condition) bool {
		o, ok := ParseOperator(c.Operator)
		if !ok {
			return false
		}
		if o.Base == "Null" {
			return len(c.Values) == 1 && c.Values[0] == "false"
		}
		return !o.HoldsWithoutKey()
	})
}
