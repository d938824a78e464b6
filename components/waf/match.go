package waf

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Short names for long types.
type (
	statement  = wafv2.WebAclRuleStatementArgs
	and        = wafv2.WebAclRuleStatementAndStatementArgs
	or         = wafv2.WebAclRuleStatementOrStatementArgs
	byteMatch  = wafv2.WebAclRuleStatementByteMatchStatementArgs
	field      = wafv2.WebAclRuleStatementByteMatchStatementFieldToMatchArgs
	uriPath    = wafv2.WebAclRuleStatementByteMatchStatementFieldToMatchUriPathArgs
	method     = wafv2.WebAclRuleStatementByteMatchStatementFieldToMatchMethodArgs
	header     = wafv2.WebAclRuleStatementByteMatchStatementFieldToMatchSingleHeaderArgs
	transform  = wafv2.WebAclRuleStatementByteMatchStatementTextTransformationArgs
	transforms = wafv2.WebAclRuleStatementByteMatchStatementTextTransformationArray
)

// What statements need, in WCU. A string match costs 2, and 10 more for each text transformation.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html
const (
	ipSetCapacity     = 1
	geoCapacity       = 1
	labelCapacity     = 1
	rateCapacity      = 2
	stringCapacity    = 2
	transformCapacity = 10
)

// term is a statement and what it needs.
type term struct {
	statement statement
	capacity  int
}

// pathIs holds for one path, or for everything below it if it ends in a slash. The path of the request is URL-decoded
// and normalised first: otherwise /recordings/../admin would begin like an upload, and /%61dmin would not be /admin.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
func pathIs(path string) term {
	position := "EXACTLY"
	if strings.HasSuffix(path, "/") {
		position = "STARTS_WITH"
	}
	return stringIs(path, position, field{UriPath: uriPath{}}, "URL_DECODE", "NORMALIZE_PATH")
}

func methodIs(m Method) term { return stringIs(string(m), "EXACTLY", field{Method: method{}}) }

func hostIs(host string) term {
	part := field{SingleHeader: header{Name: pulumi.String("host")}}
	return stringIs(strings.ToLower(host), "EXACTLY", part, "LOWERCASE")
}

// stringIs compares a part of the request, after the transformations in their order.
func stringIs(text, position string, part field, transformations ...string) term {
	capacity := stringCapacity + len(transformations)*transformCapacity
	if transformations == nil {
		transformations = []string{"NONE"}
	}
	steps := make(transforms, len(transformations))
	for i, name := range transformations {
		steps[i] = transform{Priority: pulumi.Int(i), Type: pulumi.String(name)}
	}
	return term{capacity: capacity, statement: statement{ByteMatchStatement: byteMatch{
		FieldToMatch: part, PositionalConstraint: pulumi.String(position), SearchString: pulumi.String(text),
		TextTransformations: steps,
	}}}
}

func countryIn(codes []string) term {
	return term{capacity: geoCapacity, statement: statement{
		GeoMatchStatement: wafv2.WebAclRuleStatementGeoMatchStatementArgs{CountryCodes: pulumi.ToStringArray(codes)},
	}}
}

func labelled(label string) term {
	return term{capacity: labelCapacity, statement: statement{
		LabelMatchStatement: wafv2.WebAclRuleStatementLabelMatchStatementArgs{
			Scope: pulumi.String("LABEL"), Key: pulumi.String(label),
		},
	}}
}

func inIPSet(arn pulumi.StringInput) statement {
	return statement{IpSetReferenceStatement: wafv2.WebAclRuleStatementIpSetReferenceStatementArgs{Arn: arn}}
}

// ruleGroupIs refers to a rule group of the account.
func ruleGroupIs(arn pulumi.StringInput) statement {
	return statement{RuleGroupReferenceStatement: wafv2.WebAclRuleStatementRuleGroupReferenceStatementArgs{Arn: arn}}
}

// anyOf holds when one of the terms does, allOf when all do. WAF wants at least two statements in either.
func anyOf(terms ...term) term {
	if len(terms) == 1 {
		return terms[0]
	}
	nested, capacity := join(terms)
	return term{capacity: capacity, statement: statement{OrStatement: or{Statements: nested}}}
}

func allOf(terms ...term) term {
	if len(terms) == 1 {
		return terms[0]
	}
	nested, capacity := join(terms)
	return term{capacity: capacity, statement: statement{AndStatement: and{Statements: nested}}}
}

func not(t term) term {
	nested, capacity := join([]term{t})
	return term{capacity: capacity, statement: statement{
		NotStatement: wafv2.WebAclRuleStatementNotStatementArgs{Statements: nested},
	}}
}

func join(terms []term) (wafv2.WebAclRuleStatementArray, int) {
	nested, capacity := make(wafv2.WebAclRuleStatementArray, len(terms)), 0
	for i, t := range terms {
		nested[i] = t.statement
		capacity += t.capacity
	}
	return nested, capacity
}

// kinds are the conditions, a list for each kind.
func (m *Match) kinds() [][]term {
	if m == nil {
		return nil
	}
	var out [][]term
	add := func(terms []term) {
		if len(terms) > 0 {
			out = append(out, terms)
		}
	}
	add(each(m.Paths, pathIs))
	add(each(m.Methods, methodIs))
	add(each(m.Hosts, hostIs))
	if len(m.Countries) > 0 {
		add([]term{countryIn(m.Countries)})
	}
	add(each(m.Labels, labelled))
	return out
}

func each[T any](values []T, f func(T) term) []term {
	terms := make([]term, len(values))
	for i, v := range values {
		terms[i] = f(v)
	}
	return terms
}

// matches is what the conditions of a rule say: never deeper than and, not, or, as deep as Terraform's schema goes.
func (r Rule) matches() term {
	var all []term
	for _, kind := range r.When.kinds() {
		all = append(all, anyOf(kind...))
	}
	var exceptions []term
	for _, kind := range r.Unless.kinds() {
		exceptions = append(exceptions, kind...)
	}
	if len(exceptions) > 0 {
		all = append(all, not(anyOf(exceptions...)))
	}
	return allOf(all...)
}

// perAddress counts the requests of each address; a scope of nil counts all.
func perAddress(limit, window int, scope *term) term {
	rate := wafv2.WebAclRuleStatementRateBasedStatementArgs{
		AggregateKeyType: pulumi.String("IP"), Limit: pulumi.Int(limit), EvaluationWindowSec: pulumi.Int(window),
	}
	capacity := rateCapacity
	if scope != nil {
		rate.ScopeDownStatement = scopeDown(scope.statement)
		capacity += scope.capacity
	}
	return term{capacity: capacity, statement: statement{RateBasedStatement: rate}}
}

// scopeDown is the statement in the types of a rate-based statement, which are others at the first level. That level is
// a combination of statements, or one path.
func scopeDown(s statement) wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementArgs {
	type (
		scope      = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementArgs
		scopeAnd   = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementAndStatementArgs
		scopeOr    = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementOrStatementArgs
		scopeMatch = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementByteMatchStatementArgs
		scopePart  = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementByteMatchStatementFieldToMatchArgs
		scopePath  = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementByteMatchStatementFieldToMatchUriPathArgs
		scopeStep  = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementByteMatchStatementTextTransformationArgs
		scopeSteps = wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementByteMatchStatementTextTransformationArray
	)
	if all, ok := s.AndStatement.(and); ok {
		return scope{AndStatement: scopeAnd(all)}
	}
	if one, ok := s.OrStatement.(or); ok {
		return scope{OrStatement: scopeOr(one)}
	}
	match, _ := s.ByteMatchStatement.(byteMatch)
	var steps scopeSteps
	given, _ := match.TextTransformations.(transforms)
	for _, step := range given {
		steps = append(steps, scopeStep(step.(transform)))
	}
	return scope{ByteMatchStatement: scopeMatch{
		FieldToMatch: scopePart{UriPath: scopePath{}}, PositionalConstraint: match.PositionalConstraint,
		SearchString: match.SearchString, TextTransformations: steps,
	}}
}
