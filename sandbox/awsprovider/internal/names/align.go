package names

import (
	"sort"
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/terraform"
)

// Report lists what Align found no counterpart for.
type Report struct {
	// Unknown are Terraform types that the official provider does not have; they are left out.
	Unknown []string
	// Unmatched are properties, as type.path, without an official name; they are dropped.
	Unmatched []string
	// Missing are official properties, as token.path, that the Terraform schema does not have.
	Missing []string
}

// Newer is the text of newer.txt: what is left out because the official provider has no name for it. Whoever adds to it
// says that it is newer than the official provider, not renamed: a renamed one belongs into exceptions.go.
func (r *Report) Newer() []byte {
	lines := append(append([]string(nil), r.Unknown...), r.Unmatched...)
	sort.Strings(lines)
	return []byte(strings.Join(lines, "\n") + "\n")
}

// Align works the table out.
func Align(upstream *terraform.Provider, sdk *gosdk.SDK) (*Table, *Report) {
	table := &Table{Resources: map[string]*Item{}, DataSources: map[string]*Item{}}
	a := &aligner{table: table, report: &Report{}}
	table.Config = a.block("provider", upstream.Config, sdk.Provider.Inputs, sdk.Provider)
	for kind, block := range upstream.Resources {
		token := resourceToken(kind, func(token string) bool { return sdk.Resources[token] != nil })
		official := sdk.Resources[token]
		if official == nil {
			a.report.Unknown = append(a.report.Unknown, kind)
			continue
		}
		table.Resources[kind] = &Item{Token: token, Named: named(kind, block), Tagged: tagged(block)}
		table.Resources[kind].Fields = a.block(kind, block, official.All, official)
		table.Resources[kind].Lacks = a.lacking
	}
	for kind, block := range upstream.DataSources {
		token := functionToken(kind, func(token string) bool { return sdk.Functions[token] != nil })
		official := sdk.Functions[token]
		if official == nil {
			a.report.Unknown = append(a.report.Unknown, "data."+kind)
			continue
		}
		table.DataSources[kind] = &Item{Token: token, Fields: a.block("data."+kind, block, official.All, nil)}
	}
	sort.Strings(a.report.Unknown)
	sort.Strings(a.report.Unmatched)
	sort.Strings(a.report.Missing)
	return table, a.report
}

// named applies the official rule: every resource that takes a name gets one.
func named(kind string, block terraform.Block) bool {
	name := block["name"]
	return name != nil && name.Input() && name.Kind == "string" && !unnamed[kind]
}

// tagged finds the resources of the older SDK that merge the provider's default tags; the others do so by themselves.
func tagged(block terraform.Block) bool {
	tags, all := block["tags"], block["tags_all"]
	return tags != nil && tags.Optional && !tags.Computed && all != nil && all.Optional
}

type aligner struct {
	table  *Table
	report *Report
	// lacking are the inputs of the last resource that Terraform does not have.
	lacking []string
}

// block aligns the fields of one object. Item is set at the top of a resource only.
func (a *aligner) block(path string, block terraform.Block, official map[string]*gosdk.Type, item *gosdk.Item) map[string]*Field {
	fields := map[string]*Field{}
	claimed := map[string]bool{}
	names := map[string]string{}
	// The names that the rule gives come first, so that a guess never takes one of them away.
	for _, guess := range []bool{false, true} {
		for _, key := range sorted(block) {
			if _, done := names[key]; done || key == "id" && item != nil {
				continue
			}
			if name := officialName(path, key, block, official, claimed, guess); name != "" {
				names[key] = name
				claimed[name] = true
			}
		}
	}
	for _, key := range sorted(block) {
		if key == "id" && item != nil {
			continue
		}
		name, ok := names[key]
		if !ok {
			a.report.Unmatched = append(a.report.Unmatched, path+"."+key)
			fields[key] = &Field{Omit: true}
			continue
		}
		field := a.field(path+"."+key, block[key], block, official[name])
		if propertyName(key, block[key], block, single(block[key], field)) != name {
			field.Name = name
		}
		if item != nil {
			decorate(field, block[key], name, item)
			auto, named := a.table.AutoNameOf(path)
			field.Optional = block[key].Required && !item.Required[name] && !(named && auto.Field == key)
			field.Output = block[key].Input() && item.Inputs[name] == nil
		}
		if !field.empty() {
			fields[key] = field
		}
	}
	if item != nil {
		a.lacking = nil
	}
	for name := range official {
		if claimed[name] || name == "id" && item != nil {
			continue
		}
		a.report.Missing = append(a.report.Missing, path+":"+name)
		if item != nil && item.Inputs[name] != nil {
			a.lacking = append(a.lacking, name)
		}
	}
	sort.Strings(a.lacking)
	if len(fields) == 0 {
		return nil
	}
	return fields
}

// single tells whether a collection is one value in Pulumi.
func single(field *terraform.Field, override *Field) bool {
	if override.MaxItemsOne != nil {
		return *override.MaxItemsOne
	}
	return field.MaxItems == 1
}

// officialName finds the official name of a property: the rule's, or with guess one of its variations.
func officialName(path, key string, block terraform.Block, official map[string]*gosdk.Type, claimed map[string]bool, guess bool) string {
	if exception, ok := properties[path+"."+key]; ok {
		return exception
	}
	field := block[key]
	candidates := []string{propertyName(key, field, block, field.MaxItems == 1)}
	if guess {
		candidates = append(candidates,
			propertyName(key, field, block, true), propertyName(key, field, block, false),
			camel(key)+"s", camel(key)+"es", camel(key)+"Collection")
	}
	for _, candidate := range candidates {
		if official[candidate] != nil && !claimed[candidate] {
			return candidate
		}
	}
	return ""
}

// field finds where the official type of a property differs.
func (a *aligner) field(path string, field *terraform.Field, siblings terraform.Block, official *gosdk.Type) *Field {
	override := &Field{}
	switch {
	case official.Kind == gosdk.Asset:
		override.Asset = true
	case official.Kind == gosdk.Archive:
		override.Archive = true
		if _, ok := siblings["source_code_hash"]; ok {
			override.Hash = "source_code_hash"
		}
	case field.Collection():
		one := official.Kind != gosdk.Array
		if one != (field.MaxItems == 1) {
			override.MaxItemsOne = &one
		}
		element := official
		if !one {
			element = official.Elem
		}
		a.element(path, field, element, override)
	case field.Kind == "map" && official.Kind == gosdk.Map:
		a.element(path, field, official.Elem, override)
	case field.Kind == "map":
		override.Fields = a.block(path, field.Block, official.Fields(), nil)
	case official.Kind == gosdk.Any:
		// The SDK shows only that there are several types. Policies are one case, references to resources the other.
		override.Reference = references[path]
		override.Document = override.Reference == "" && field.Kind == "string"
	default:
		override.Type = plainType(field.Kind, official.Kind)
	}
	return override
}

func (a *aligner) element(path string, field *terraform.Field, official *gosdk.Type, override *Field) {
	switch {
	case field.Block != nil:
		override.Fields = a.block(path, field.Block, official.Fields(), nil)
	case field.Elem != nil && (field.Elem.Collection() || field.Elem.Kind == "map"):
		nested := a.field(path+".*", field.Elem, nil, official)
		override.ElemType, override.Fields = nested.ElemType, nested.Fields // no resource here nests deeper with other names
	case official.Kind == gosdk.Any:
		override.ElemReference = references[path]
	case field.Elem != nil:
		override.ElemType = plainType(field.Elem.Kind, official.Kind)
	}
}

// plainType is the official type of a value that Terraform types otherwise, or nothing.
func plainType(kind string, official gosdk.Kind) string {
	standard := map[string]gosdk.Kind{"string": gosdk.String, "bool": gosdk.Boolean, "int": gosdk.Integer, "float": gosdk.Number}[kind]
	switch official {
	case gosdk.String, gosdk.Boolean, gosdk.Integer, gosdk.Number:
		if standard != "" && standard != official {
			return string(official)
		}
	}
	return ""
}

// decorate adds what the constructor of a resource shows: constants and secrets.
func decorate(override *Field, field *terraform.Field, name string, item *gosdk.Item) {
	if text, ok := item.Defaults[name]; ok {
		override.Default = constant(text)
	}
	if secret := item.Secrets[name]; secret != field.Secret {
		override.Secret, override.Plain = secret, !secret
	}
}

func constant(text string) any {
	if unquoted, err := strconv.Unquote(text); err == nil {
		return unquoted
	}
	if value, err := strconv.ParseBool(text); err == nil {
		return value
	}
	if value, err := strconv.ParseFloat(text, 64); err == nil {
		return value
	}
	return text
}

func sorted(block terraform.Block) []string {
	keys := make([]string, 0, len(block))
	for key := range block {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
