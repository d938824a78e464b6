// Package part is read by the tests of gosource.
package part

import (
	"example.com/elsewhere/pulumi"

	"example.com/module/other"
)

// Thing is a component
// on two lines.
type Thing struct {
	pulumi.ResourceState

	// Name is its name.
	Name   pulumi.StringOutput `pulumi:"name"`
	hidden int
}

type ThingArgs struct {
	// Size is the size.
	Size, Weight int `pulumi:"size,optional"`
	// Other takes the place of OtherName.
	Other *Thing `sibling:"otherName"`
	// First and Last are the ends.
	First string `pulumi:"first,optional"`
	Last  string `pulumi:"last,optional"`
	Las   string `pulumi:"las,optional"`
}

// Kind is a kind of things.
type Kind string

const (
	// KindOne is the first.
	KindOne    Kind = other.First
	KindTwo    Kind = "two" + other.First // not a comment above
	kindHidden Kind = "hidden"
	// Answer is no text.
	Answer = 42
)

func NewThing(ctx *pulumi.Context, name string, args *ThingArgs, opts ...pulumi.ResourceOption) (*Thing, error) {
	return nil, nil
}

// Text has no type of its own.
const Text = "text" + other.First

// NewNothing makes no component: it takes no options.
func NewNothing(name string) *Thing { return nil }

// NewSomething is a method.
func (t *Thing) NewSomething(opts ...pulumi.ResourceOption) (*Thing, error) { return nil, nil }

func newThing(opts ...pulumi.ResourceOption) (*Thing, error) { return nil, nil }
