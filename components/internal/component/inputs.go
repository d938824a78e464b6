package component

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// OrEmpty are the arguments given, or empty ones, whose check says what is required.
func OrEmpty[A any](args *A) *A {
	if args == nil {
		return new(A)
	}
	return args
}

// OrDefault is a list, or its default where it is empty.
func OrDefault[T any](list []T, byDefault ...T) []T {
	if len(list) == 0 {
		return byDefault
	}
	return list
}

// Literal is a text that the program wrote down, which can be checked before anything exists.
func Literal(in pulumi.StringInput) (string, bool) {
	text, ok := in.(pulumi.String)
	return string(text), ok
}

// Literals are texts that the program wrote down, by their places; texts that are known late are left out. whole says
// that the program wrote down all of them.
func Literals(in pulumi.StringArrayInput) (texts map[int]string, whole bool) {
	list, whole := in.(pulumi.StringArray)
	texts = make(map[int]string, len(list))
	for i, element := range list {
		if text, ok := Literal(element); ok {
			texts[i] = text
		} else {
			whole = false
		}
	}
	return texts, whole
}

// InvokeOptions turn the options of a component into those of a question before it exists: the same parent, the same
// AWS provider.
func InvokeOptions(opts []pulumi.ResourceOption) ([]pulumi.InvokeOption, error) {
	o, err := pulumi.NewResourceOptions(opts...)
	if err != nil {
		return nil, err
	}
	var ask []pulumi.InvokeOption
	if o.Parent != nil {
		ask = append(ask, pulumi.Parent(o.Parent))
	}
	for _, p := range o.Providers {
		if p, ok := p.(*aws.Provider); ok {
			ask = append(ask, pulumi.Provider(p))
		}
	}
	return ask, nil
}

// Region asks for the region in which a component with these options would be built.
func Region(ctx *pulumi.Context, ask []pulumi.InvokeOption) (string, error) {
	region, err := aws.GetRegion(ctx, &aws.GetRegionArgs{}, ask...)
	if err != nil {
		return "", err
	}
	return region.Name, nil
}
