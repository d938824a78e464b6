package policydoc

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Grant is what an identity may do, as statements for its IAM policy. Components hand grants out as values; whoever
// makes a role composes them.
type Grant struct {
	statements Statements
	err        error
}

// NewGrant makes a grant of statements.
func NewGrant(statements Statements) Grant { return Grant{statements: statements} }

// Refuse makes a grant that reports an error wherever it is used.
func Refuse(err error) Grant { return Grant{err: err} }

// Err is the reason why there is no such grant, or nil.
func (g Grant) Err() error { return g.err }

// PolicyJSON is the grant as a policy document, for the policy of a role or user. It fails with Err.
func (g Grant) PolicyJSON() pulumi.StringOutput {
	if g.err != nil {
		err := g.err
		fail := func(string) (string, error) { return "", err }
		return pulumi.String("").ToStringOutput().ApplyT(fail).(pulumi.StringOutput)
	}
	return g.statements.JSON(iampolicy.RolePolicy)
}

// KeyUse lets an identity use a key through a service (a kms:ViaService value), narrowed down by the encryption context
// that the service sends. Empty arguments narrow nothing.
func KeyUse(sid, keyArn, service string, actions []string, context []iampolicy.Condition) iampolicy.Statement {
	s := iampolicy.Statement{Sid: sid, Effect: iampolicy.Allow, Actions: actions, Resources: []string{keyArn}}
	if service != "" {
		s.Conditions = append(s.Conditions, iampolicy.Condition{
			Operator: "StringEquals", Key: "kms:ViaService", Values: []string{service},
		})
	}
	s.Conditions = append(s.Conditions, context...)
	return s
}
