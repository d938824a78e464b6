//go:build provider

package bridge

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/inputs"
)

// findNumbers finds the properties of a resource that are numbers in Pulumi and text in Terraform, or returns nil.
func findNumbers(block shim.SchemaMap, infos map[string]*tfbridge.SchemaInfo) *inputs.Numbers {
	found := &inputs.Numbers{Here: map[resource.PropertyKey]bool{}, Nested: map[resource.PropertyKey]*inputs.Numbers{}}
	for key, info := range infos {
		property, ok := block.GetOk(key)
		if !ok {
			continue
		}
		name := resource.PropertyKey(tfbridge.TerraformToPulumiNameV2(key, block, infos))
		switch info.Type {
		case "integer", "number", "boolean":
			found.Here[name] = true
		}
		if object, ok := property.Elem().(shim.Resource); ok && info.Elem != nil {
			if inner := findNumbers(object.Schema(), info.Elem.Fields); inner != nil {
				found.Nested[name] = inner
			}
		}
	}
	if len(found.Here)+len(found.Nested) == 0 {
		return nil
	}
	return found
}
