//go:build provider

package bridge

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/names"
)

// autoname makes a property fill itself in by a rule.
func autoname(info *tfbridge.ResourceInfo, rule names.AutoName) {
	options := tfbridge.AutoNameOptions{
		Separator: "-",
		Maxlen:    rule.Max,
		Randlen:   7,
		PostTransform: func(of *tfbridge.PulumiResource, name string) (string, error) {
			fifo := of.Properties[resource.PropertyKey(rule.Fifo)]
			return rule.Finish(name, fifo.IsBool() && fifo.BoolValue()), nil
		},
	}
	if rule.Bare {
		options.Separator = ""
	}
	if rule.Fixed {
		options.Randlen = 0
	}
	if rule.Lower {
		options.Transform = strings.ToLower
	}
	if info.Fields == nil {
		info.Fields = map[string]*tfbridge.SchemaInfo{}
	}
	if info.Fields[rule.Field] == nil {
		info.Fields[rule.Field] = &tfbridge.SchemaInfo{}
	}
	field := info.Fields[rule.Field]
	field.Name = rule.Property
	field.Default = &tfbridge.DefaultInfo{
		AutoNamed: true,
		ComputeDefault: func(ctx context.Context, defaults tfbridge.ComputeDefaultOptions) (any, error) {
			return tfbridge.ComputeAutoNameDefault(ctx, options, defaults)
		},
	}
}
