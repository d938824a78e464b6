package lambda

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// statement is the statement that Lambda writes into the function's policy for a permission.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
func statement(r *rule.Resource, principals iampolicy.Principals) iampolicy.Document {
	s := iampolicy.Statement{Effect: iampolicy.Allow, Principals: principals, Actions: []string{"lambda:InvokeFunction"}, Resources: []string{"*"}}
	for _, c := range []struct{ property, operator, key string }{
		{"principalOrgId", "StringEquals", "aws:PrincipalOrgID"},
		{"sourceAccount", "StringEquals", "aws:SourceAccount"},
		{"sourceArn", "ArnLike", "aws:SourceArn"},
	} {
		if text := r.Get(c.property).Text(); text != "" {
			s.Conditions = append(s.Conditions, iampolicy.Condition{Operator: c.operator, Key: c.key, Values: []string{text}})
		}
	}
	return iampolicy.Document{Version: iampolicy.Version2012, Statements: []iampolicy.Statement{s}}
}
