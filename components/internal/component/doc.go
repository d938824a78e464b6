// Package component is the frame in which every component of the library is built.
//
// A constructor checks its arguments and hands over to a builder, which embeds Base:
//
//	func NewKey(ctx *pulumi.Context, name string, args *KeyArgs, opts ...pulumi.ResourceOption) (*Key, error) {
//		b := &builder{Base: component.NewBase(ctx, KeyType, name), args: component.OrEmpty(args)}
//		if err := b.Err(b.args.check(name)); err != nil {
//			return nil, err
//		}
//		return b.build(opts)
//	}
//
//	func (b *builder) build(opts []pulumi.ResourceOption) (*Key, error) {
//		b.out = &Key{}
//		return component.Build(&b.Base, b.out, opts, b.key, b.alias)
//	}
//
// Build registers the component, runs the steps in their order, and registers the outputs once, from the pulumi tags of
// the struct. What can be checked only when a value is known goes through Base.Checked or Base.InRegion, so that an
// error that comes late reads like one that comes early.
//
// Packages beside this one make what several components need: loggroup a log group with its key, keychoice the key that
// arguments name or leave out.
package component
