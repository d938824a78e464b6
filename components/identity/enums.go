package identity

// Operator is an operator of a condition.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
type Operator string

// The operators.
const (
	StringEquals            Operator = "StringEquals"
	StringNotEquals         Operator = "StringNotEquals"
	StringLike              Operator = "StringLike"
	StringNotLike           Operator = "StringNotLike"
	ArnEquals               Operator = "ArnEquals"
	ArnLike                 Operator = "ArnLike"
	Bool                    Operator = "Bool"
	NumericEquals           Operator = "NumericEquals"
	NumericLessThanEquals   Operator = "NumericLessThanEquals"
	NumericGreaterThan      Operator = "NumericGreaterThanEquals"
	DateLessThan            Operator = "DateLessThan"
	DateGreaterThan         Operator = "DateGreaterThan"
	IpAddress               Operator = "IpAddress"
	NotIpAddress            Operator = "NotIpAddress"
	Null                    Operator = "Null"
	ForAllValuesStringLike  Operator = "ForAllValues:StringLike"
	ForAllValuesStringEqual Operator = "ForAllValues:StringEquals"
	ForAnyValueStringEquals Operator = "ForAnyValue:StringEquals"
)

// Values lists the operators.
func (Operator) Values() []Operator {
	return []Operator{
		StringEquals, StringNotEquals, StringLike, StringNotLike, ArnEquals, ArnLike, Bool, NumericEquals,
		NumericLessThanEquals, NumericGreaterThan, DateLessThan, DateGreaterThan, IpAddress, NotIpAddress, Null,
		ForAllValuesStringLike, ForAllValuesStringEqual, ForAnyValueStringEquals,
	}
}
