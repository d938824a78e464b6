// Package gosdk reads the sources of the Pulumi AWS SDK for Go: which resources and functions the official provider has,
// and the names and shapes of their properties. The SDK is generated from the official provider's schema, so it is the
// truth that the built provider has to agree with.
package gosdk

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// Module is the Go module of the SDK.
const Module = "github.com/pulumi/pulumi-aws/sdk/v6"

// Kind is the kind of a property's type.
type Kind string

// The kinds; Any is what the SDK spells interface{}: a value of several types.
const (
	String  Kind = "string"
	Boolean Kind = "boolean"
	Integer Kind = "integer"
	Number  Kind = "number"
	Any     Kind = "any"
	Asset   Kind = "asset" // or archive
	Archive Kind = "archive"
	Array   Kind = "array"
	Map     Kind = "map"
	Object  Kind = "object"
)

// Type is the type of a property.
type Type struct {
	Kind Kind
	// Optional is what the Go type shows: a pointer. Lists, maps and values of any type have none.
	Optional bool
	Elem     *Type  // of an array or a map
	Struct   string // of an object: the name of its Go struct
	module   *module
}

// Fields are an object's properties by their Pulumi name.
func (t *Type) Fields() map[string]*Type {
	if t.Kind != Object {
		return nil
	}
	return t.module.fields(t.Struct)
}

// Item is a resource, a function or the provider: its inputs, and all its properties, outputs included.
type Item struct {
	Token  string
	Inputs map[string]*Type
	All    map[string]*Type
	// Required, Secrets and Defaults belong to resources and the provider: inputs that the constructor insists on,
	// outputs that it marks as secret, and constants that it fills in.
	Required map[string]bool
	Secrets  map[string]bool
	Defaults map[string]string
}

// SDK is a parsed SDK.
type SDK struct {
	Resources map[string]*Item
	Functions map[string]*Item
	Provider  *Item
}

// Locate returns the folder of the SDK's sources, which the module below root requires.
func Locate(root string) (string, error) {
	list := exec.Command("go", "list", "-m", "-mod=mod", "-f", "{{.Dir}}", Module)
	list.Dir = root
	var stderr strings.Builder
	list.Stderr = &stderr
	out, err := list.Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		return "", fmt.Errorf("the sources of %s are not in the module cache (run go mod download in %s): %s", Module, root, strings.TrimSpace(stderr.String()))
	}
	return dir, nil
}

// Load parses the SDK below dir, its module's root folder.
func Load(dir string) (*SDK, error) {
	root := filepath.Join(dir, "go", "aws")
	sdk := &SDK{Resources: map[string]*Item{}, Functions: map[string]*Item{}}
	folders := []string{root}
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, fmt.Errorf("no Pulumi AWS SDK in %s: %w", dir, err)
	}
	for _, entry := range entries {
		if entry.IsDir() && entry.Name() != "config" && entry.Name() != "internal" {
			folders = append(folders, filepath.Join(root, entry.Name()))
		}
	}
	for _, folder := range folders {
		if err := sdk.loadModule(folder); err != nil {
			return nil, err
		}
	}
	if len(sdk.Resources) == 0 || sdk.Provider == nil {
		return nil, fmt.Errorf("no resources or no provider found in %s: its sources have changed their form", root)
	}
	return sdk, nil
}

func (sdk *SDK) loadModule(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	m := &module{structs: map[string]map[string]string{}}
	var resources, functions []*source
	for _, file := range files {
		found, err := m.loadFile(file)
		if err != nil {
			return err
		}
		if found.resource != "" {
			resources = append(resources, found)
		}
		if found.function != "" {
			functions = append(functions, found)
		}
	}
	for _, r := range resources {
		args := m.private(r.name + "Args")
		inputs := m.fields(args)
		item := &Item{
			Token: r.resource, Inputs: inputs, All: merged(inputs, m.fields(m.private(r.name+"State"))),
			Required: map[string]bool{}, Secrets: r.secrets, Defaults: map[string]string{},
		}
		// The constructor speaks of Go fields; the struct knows their Pulumi names.
		byGoName := m.goField[args]
		for _, name := range r.required {
			item.Required[byGoName[name]] = true
		}
		for name, value := range r.defaults {
			item.Defaults[byGoName[name]] = value
		}
		if r.resource == "pulumi:providers:aws" {
			sdk.Provider = item
			continue
		}
		sdk.Resources[r.resource] = item
	}
	for _, f := range functions {
		inputs := m.fields(strings.TrimSuffix(f.result, "Result") + "Args")
		sdk.Functions[f.function] = &Item{Token: f.function, Inputs: inputs, All: merged(inputs, m.fields(f.result))}
	}
	return nil
}

// Tokens are the tokens of all resources, sorted.
func (sdk *SDK) Tokens() []string {
	tokens := make([]string, 0, len(sdk.Resources))
	for token := range sdk.Resources {
		tokens = append(tokens, token)
	}
	sort.Strings(tokens)
	return tokens
}

func merged(maps ...map[string]*Type) map[string]*Type {
	all := map[string]*Type{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}
