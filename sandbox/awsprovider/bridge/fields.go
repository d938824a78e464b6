//go:build provider

package bridge

import (
	"encoding/json"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/names"
)

// policyDocument is the token of a policy given as an object.
const policyDocument = "aws:iam/documents:PolicyDocument"

// extraTypes declares the policy object; the official schema spells its parts out, programs in Go give any value.
var extraTypes = map[string]schema.ComplexTypeSpec{
	policyDocument: {ObjectTypeSpec: schema.ObjectTypeSpec{
		Description: "An IAM policy document.",
		Type:        "object",
		Properties: map[string]schema.PropertySpec{
			"Version":   {TypeSpec: schema.TypeSpec{Type: "string"}},
			"Id":        {TypeSpec: schema.TypeSpec{Type: "string"}},
			"Statement": {TypeSpec: schema.TypeSpec{Type: "array", Items: &schema.TypeSpec{Ref: "pulumi.json#/Any"}}},
		},
		Required: []string{"Version", "Statement"},
	}},
}

// fields makes the bridge's form of the differences that the table holds.
func fields(block shim.SchemaMap, differences map[string]*names.Field) map[string]*tfbridge.SchemaInfo {
	infos := map[string]*tfbridge.SchemaInfo{}
	for name, difference := range differences {
		if property, ok := block.GetOk(name); ok {
			infos[name] = field(property, difference)
		}
	}
	return infos
}

func field(property shim.Schema, difference *names.Field) *tfbridge.SchemaInfo {
	info := &tfbridge.SchemaInfo{
		Name:        difference.Name,
		MaxItemsOne: difference.MaxItemsOne,
		Type:        tokens.Type(difference.Type),
		Omit:        difference.Omit,
	}
	switch {
	case difference.Archive:
		info.Asset = &tfbridge.AssetTranslation{Kind: tfbridge.FileArchive, Format: resource.ZIPArchive, HashField: difference.Hash}
	case difference.Asset:
		info.Asset = &tfbridge.AssetTranslation{Kind: tfbridge.FileAsset}
	case difference.Document:
		info.Type, info.AltTypes = "string", []tokens.Type{policyDocument}
		info.Transform = documentText
	case difference.Reference != "":
		info.Type, info.AltTypes = "string", []tokens.Type{tokens.Type(difference.Reference)}
	}
	if difference.Default != nil {
		info.Default = &tfbridge.DefaultInfo{Value: difference.Default}
	}
	switch {
	case difference.Secret:
		info.Secret = tfbridge.True()
	case difference.Plain:
		info.Secret = tfbridge.False()
	}
	if difference.Output {
		info.MarkAsComputedOnly, info.MarkAsOptional = tfbridge.True(), tfbridge.False()
	}
	// The bridge omits optional properties only; an attribute of a computed object is neither optional nor computed.
	if difference.Optional || difference.Omit {
		info.MarkAsOptional = tfbridge.True()
	}
	if difference.ElemReference != "" {
		info.Elem = &tfbridge.SchemaInfo{Type: "string", AltTypes: []tokens.Type{tokens.Type(difference.ElemReference)}}
	}
	if difference.ElemType != "" || len(difference.Fields) > 0 {
		info.Elem = element(property.Elem(), difference)
	}
	return info
}

// element finds the element to which the nested differences belong: an object may stand in lists of lists.
func element(elem any, difference *names.Field) *tfbridge.SchemaInfo {
	switch elem := elem.(type) {
	case shim.Resource:
		return &tfbridge.SchemaInfo{Fields: fields(elem.Schema(), difference.Fields)}
	case shim.Schema:
		if elem.Elem() != nil {
			return &tfbridge.SchemaInfo{Elem: element(elem.Elem(), difference)}
		}
	}
	return &tfbridge.SchemaInfo{Type: tokens.Type(difference.ElemType)}
}

// documentText turns a policy that is given as an object into the JSON text that Terraform takes.
func documentText(value resource.PropertyValue) (resource.PropertyValue, error) {
	switch {
	case value.IsSecret():
		text, err := documentText(value.SecretValue().Element)
		return resource.MakeSecret(text), err
	case value.IsObject() && !value.ContainsUnknowns():
		content, err := json.Marshal(value.MapRepl(nil, nil))
		return resource.NewStringProperty(string(content)), err
	}
	return value, nil
}
