package identity

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

func (s Statement) sid() string { return cmp.Or(s.Sid, "Own") }

// render is the statement once its values are known, or an error about all that is wrong with them.
func (s Statement) render(fail func(validate.Problems) error, path validate.Path) policydoc.Statements {
	resources := s.ResourceArns
	if resources == nil {
		resources = pulumi.StringArray{pulumi.String("*")}
	}
	known := []any{resources}
	for _, c := range s.Conditions {
		known = append(known, c.Values)
	}
	return pulumi.All(known...).ApplyT(func(values []any) ([]iampolicy.Statement, error) {
		made := s.policyStatement()
		made.Resources = values[0].([]string)
		for i := range made.Conditions {
			made.Conditions[i].Values = values[i+1].([]string)
		}
		return []iampolicy.Statement{made}, fail(s.checkKnown(path, made))
	}).(policydoc.Statements)
}

// policyStatement is the statement as far as the program wrote it down: values that are known late are missing.
func (s Statement) policyStatement() iampolicy.Statement {
	made := iampolicy.Statement{Sid: s.sid(), Effect: iampolicy.Allow, Actions: s.Actions}
	for _, c := range s.Conditions {
		condition := iampolicy.Condition{Operator: string(c.Operator), Key: c.Key}
		if texts, whole := component.Literals(c.Values); whole {
			for i := range len(texts) {
				condition.Values = append(condition.Values, texts[i])
			}
		}
		made.Conditions = append(made.Conditions, condition)
	}
	return made
}
