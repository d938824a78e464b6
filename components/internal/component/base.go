package component

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Base is what every builder knows of the component that it makes.
type Base struct {
	Ctx *pulumi.Context
	// Type is the type token of the component, Name its name.
	Type, Name string
	// Parent makes a resource a child of the component, and a question one of its provider. Build sets it.
	Parent pulumi.ResourceOrInvokeOption

	self     pulumi.ComponentResource
	location *account.Output
}

// NewBase is the base of a component that does not exist yet.
func NewBase(ctx *pulumi.Context, typ, name string) Base {
	return Base{Ctx: ctx, Type: typ, Name: name}
}

// Err is nil if there are no problems, otherwise one error about all of them.
func (b *Base) Err(problems validate.Problems) error { return inputerror.Of(problems, b.Type, b.Name) }

// Build registers the component, runs the steps that make its children, and registers its outputs. It stops at the
// first error.
func Build[C pulumi.ComponentResource](b *Base, out C, opts []pulumi.ResourceOption, steps ...func() error) (C, error) {
	var none C
	if err := b.Ctx.RegisterComponentResource(b.Type, b.Name, out, opts...); err != nil {
		return none, err
	}
	b.self, b.Parent = out, pulumi.Parent(out)
	for _, step := range steps {
		if err := step(); err != nil {
			return none, err
		}
	}
	outputs, err := Outputs(out)
	if err != nil {
		return none, err
	}
	return out, b.Ctx.RegisterResourceOutputs(out, outputs)
}

// Location is the account, region and partition in which the component is built. The provider is asked once.
func (b *Base) Location() account.Output {
	if b.location == nil {
		location := account.Lookup(b.Ctx, b.self)
		b.location = &location
	}
	return *b.location
}

// Child are the options of a child: those given, and the component as its parent.
func (b *Base) Child(opts ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append(slices.Clone(opts), b.Parent)
}

// PolicyJSON renders the statements of a policy that depends on where the component is.
func (b *Base) PolicyJSON(
	kind iampolicy.Kind, statements func(account.Info) []iampolicy.Statement,
) pulumi.StringOutput {
	return b.Location().ApplyT(statements).(policydoc.Statements).JSON(kind)
}

// Checked is a value that may be known late: itself, or the error about all that the check reports once it is known.
func (b *Base) Checked(
	value pulumi.StringInput, check func(value string, in account.Info) validate.Problems,
) pulumi.StringOutput {
	return pulumi.All(value, b.Location()).ApplyT(func(values []any) (string, error) {
		text := values[0].(string)
		return text, b.Err(check(text, values[1].(account.Info)))
	}).(pulumi.StringOutput)
}

// InRegion is a property of something else, such as the name of a log bucket: itself, or an error if that lives in
// another region than the component. whose completes the message: "the load balancer".
func (b *Base) InRegion(path validate.Path, value, region pulumi.StringOutput, whose string) pulumi.StringOutput {
	return pulumi.All(value, region, b.Location()).ApplyT(func(values []any) (string, error) {
		text, region, own := values[0].(string), values[1].(string), values[2].(account.Info).Region
		if region == own {
			return text, nil
		}
		return "", b.Err(validate.Problems{validate.OtherRegion(path, text+" in "+region, own, whose)})
	}).(pulumi.StringOutput)
}
