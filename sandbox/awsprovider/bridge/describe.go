//go:build provider

package bridge

import (
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/terraform"
)

// Describe returns the Terraform schemas of a provider as plain data.
func Describe(provider shim.Provider) *terraform.Provider {
	description := &terraform.Provider{
		Config:      describeBlock(provider.Schema()),
		Resources:   map[string]terraform.Block{},
		DataSources: map[string]terraform.Block{},
	}
	provider.ResourcesMap().Range(func(name string, resource shim.Resource) bool {
		description.Resources[name] = describeBlock(resource.Schema())
		return true
	})
	provider.DataSourcesMap().Range(func(name string, source shim.Resource) bool {
		description.DataSources[name] = describeBlock(source.Schema())
		return true
	})
	return description
}

func describeBlock(fields shim.SchemaMap) terraform.Block {
	block := terraform.Block{}
	fields.Range(func(name string, field shim.Schema) bool {
		block[name] = describeField(field)
		return true
	})
	return block
}

var kinds = map[shim.ValueType]string{
	shim.TypeBool: "bool", shim.TypeInt: "int", shim.TypeFloat: "float", shim.TypeString: "string",
	shim.TypeList: "list", shim.TypeSet: "set", shim.TypeMap: "map", shim.TypeDynamic: "dynamic",
}

func describeField(field shim.Schema) *terraform.Field {
	described := &terraform.Field{
		Kind:     kinds[field.Type()],
		Required: field.Required(),
		Optional: field.Optional(),
		Computed: field.Computed(),
		Secret:   field.Sensitive(),
		MaxItems: field.MaxItems(),
	}
	switch elem := field.Elem().(type) {
	case shim.Resource:
		described.Block = describeBlock(elem.Schema())
	case shim.Schema:
		described.Elem = describeField(elem)
	}
	return described
}
