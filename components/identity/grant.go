package identity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Grant is what a role may do. Components hand grants out: storage.Grant, encryption.KeyGrant and the others are the
// same type. Err says why a grant cannot be; PolicyJSON is it alone, as the policy of a role that is made elsewhere.
type Grant = policydoc.Grant

// NewGrant makes a grant of statements of your own, for a component of yours to hand out. The name says what it allows
// in messages: "publish orders".
func NewGrant(name string, statements ...Statement) Grant {
	from := policydoc.Source{Name: name}
	ps := checkStatements("grant.statements", statements)
	if len(statements) == 0 {
		ps.Add(validate.Required("grant.statements", "what the grant allows", "give at least one statement"))
	}
	if err := inputerror.Of(ps, "grant", name); err != nil {
		return policydoc.Refuse(from, "", err)
	}
	all := make([]any, len(statements))
	var accounts []string
	for i, s := range statements {
		all[i] = s.render(func(ps validate.Problems) error { return inputerror.Of(ps, "grant", name) },
			validate.Path("grant.statements").Index(i))
		if s.ResourceAccountId != "" {
			accounts = append(accounts, s.ResourceAccountId)
		}
	}
	return policydoc.NewGrant(from, "", joined(all)).To(accounts...)
}

// statementParts are statements of the arguments as parts of a policy. The path is that of the list.
func statementParts(b *component.Base, path validate.Path, statements []Statement) []policydoc.Part {
	parts := make([]policydoc.Part, len(statements))
	for i, s := range statements {
		at := path.Index(i)
		parts[i] = policydoc.Part{Path: at, Name: s.sid(), Statements: joined([]any{s.render(b.Err, at)})}
		if s.ResourceAccountId != "" {
			parts[i].Accounts = []string{s.ResourceAccountId}
		}
	}
	return parts
}

// joined are statements that are known late, as one output.
func joined(all []any) policydoc.Statements {
	return pulumi.All(all...).ApplyT(func(values []any) []iampolicy.Statement {
		statements := make([]iampolicy.Statement, len(values))
		for i, v := range values {
			statements[i] = v.([]iampolicy.Statement)[0]
		}
		return statements
	}).(policydoc.Statements)
}
