// Package policydoc joins typed policy statements and values that are known late.
package policydoc

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Statements are statements that are known late.
type Statements struct{ *pulumi.OutputState }

// ElementType implements pulumi.Output.
func (Statements) ElementType() reflect.Type { return reflect.TypeFor[[]Statement]() }

func init() { pulumi.RegisterOutputType(Statements{}) }

// JSON renders the statements as one canonical policy document.
func (s Statements) JSON() pulumi.StringOutput {
	return s.ApplyT(Render).(pulumi.StringOutput)
}
