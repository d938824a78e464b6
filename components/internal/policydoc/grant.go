package policydoc

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Source is who hands a grant out.
type Source struct {
	// Type is the type token of a component, Name its name.
	Type, Name string
	// Location is where the component is. The zero value is nowhere: the grant names resources by their ARNs only.
	Location account.Output
}

// String names the component as errors do.
func (s Source) String() string {
	if s.Type == "" {
		return s.Name
	}
	return fmt.Sprintf("%s %q", s.Type, s.Name)
}

// Grant is what an identity may do, as statements for its IAM policy. Components hand grants out as values; whoever
// makes a role composes them.
type Grant struct {
	source     Source
	words      string
	statements Statements
	err        error
	accounts   []string
}

// To lets a grant name resources of these accounts beside those of the identity's own.
func (g Grant) To(accounts ...string) Grant {
	g.accounts = accounts
	return g
}

// NewGrant makes a grant of statements. The words are those of the program, such as Read("uploads/"): with them and the
// source, messages name the grant.
func NewGrant(from Source, words string, statements Statements) Grant {
	return Grant{source: from, words: words, statements: statements}
}

// Refuse makes a grant that reports an error wherever it is used.
func Refuse(from Source, words string, err error) Grant {
	return Grant{source: from, words: words, err: err}
}

// Err is the reason why there is no such grant, or nil.
func (g Grant) Err() error {
	if g.err == nil && g.statements.OutputState == nil {
		return errNoGrant
	}
	return g.err
}

// String names the grant: Read("uploads/") of bulwark:storage:Bucket "audio".
func (g Grant) String() string {
	if g.words == "" {
		return g.source.String()
	}
	return g.words + " of " + g.source.String()
}

// PolicyJSON is the grant as a policy document, for the policy of a role or user. It fails with Err.
func (g Grant) PolicyJSON() pulumi.StringOutput {
	if err := g.Err(); err != nil {
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
