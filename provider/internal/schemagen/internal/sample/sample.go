// Package sample has one component with everything that a schema has to cope with, mistakes included, for the tests of
// schemagen.
package sample

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// Good is a component as it should be. See NewGood.
type Good struct {
	pulumi.ResourceState

	// Name is the name, empty without GoodArgs.Other.
	Name pulumi.StringOutput `pulumi:"name"`
}

// GoodArgs are the arguments of Good.
type GoodArgs struct {
	// Other is the other one.
	Other *Good `sibling:"otherName"`
	// OtherName is the name of an existing Good, instead of Other.
	OtherName pulumi.StringInput `pulumi:"otherName,optional"`
	// OtherNames are more of them.
	OtherNames pulumi.StringArrayInput `pulumi:"otherNames,optional"`
	// Mode is ModeFast unless set; ModeSafe takes longer.
	Mode Mode `pulumi:"mode,optional"`
	// Parts are made in order. Default: <project>-<name>, see PartName.
	Parts []Part `pulumi:"parts,optional"`
	// S3 is for S3: Anything, what PartName says, or key:<name>. With Other it is ignored (in Go: with Other).
	S3 string `pulumi:"s3,optional"`
}

// Anything is a value of S3.
const Anything = "any"

// PartName is the name of a part.
func PartName(project, name string) string { return project + "-" + name }

// Part of a Good. With OtherName it makes no sense.
type Part struct {
	// Size is the size. Mode is up to GoodArgs.Mode.
	Size int `pulumi:"size"`
	// Values are known late.
	Values pulumi.StringArrayInput `pulumi:"values,optional"`
}

// Mode is how NewGood works.
type Mode string

const (
	// ModeFast is the default.
	ModeFast Mode = "fast"
	// ModeSafe checks twice.
	ModeSafe Mode = "safe"
)

// Values lists the modes.
func (Mode) Values() []Mode { return []Mode{ModeFast, ModeSafe} }

// NewGood makes one.
func NewGood(ctx *pulumi.Context, name string, _ *GoodArgs, opts ...pulumi.ResourceOption) (*Good, error) {
	g := &Good{Name: pulumi.String(name).ToStringOutput()}
	return g, ctx.RegisterComponentResource("bulwark:sample:Good", name, g, opts...)
}

// Bad is a component whose comments and values have gaps.
type Bad struct {
	pulumi.ResourceState

	Silent pulumi.StringOutput `pulumi:"silent"`
}

// BadArgs are the arguments of Bad.
type BadArgs struct {
	// Level is how bad.
	Level Level `pulumi:"level"`
}

// Level is how bad something is.
type Level string

// LevelLow is not returned by Values.
const LevelLow Level = "low"

// Values returns what is no constant.
func (Level) Values() []Level { return []Level{"high"} }

// NewBad makes one.
func NewBad(ctx *pulumi.Context, name string, _ *BadArgs, opts ...pulumi.ResourceOption) (*Bad, error) {
	b := &Bad{}
	return b, ctx.RegisterComponentResource("bulwark:sample:Bad", name, b, opts...)
}
