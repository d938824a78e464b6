// Package policydoc joins typed policy statements and values that are known late.
package policydoc

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Statements are statements that are known late.
type Statements struct{ *pulumi.OutputState }

// ElementType implements pulumi.Output.
func (Statements) ElementType() reflect.Type { return reflect.TypeFor[[]iampolicy.Statement]() }

func init() { pulumi.RegisterOutputType(Statements{}) }

// JSON renders the statements as one canonical policy document. It fails when the document is longer than AWS accepts
// for a policy of that kind, before AWS has to refuse it.
func (s Statements) JSON(kind iampolicy.Kind) pulumi.StringOutput {
	return s.ApplyT(func(statements []iampolicy.Statement) (string, error) {
		text, err := iampolicy.Document{Statements: statements}.Render()
		if err != nil {
			return "", err
		}
		return text, iampolicy.Err(kind.CheckSize(text))
	}).(pulumi.StringOutput)
}
