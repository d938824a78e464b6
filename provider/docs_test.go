package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// reference is ${name} or ${name.property}, as all of a value or within it.
var reference = regexp.MustCompile(`\$\{([\w-]+)(?:\.(\w+))?\}`)

// TestYAMLExample previews every resource of the program, and looks its references up in the schema. The package docs
// compares the guide with the file.
func TestYAMLExample(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "examples", "yaml", "Pulumi.yaml"))
	require.NoError(t, err)
	var program struct {
		Plugins   struct{ Providers []struct{ Name, Path string } }
		Config    map[string]any
		Variables map[string]any
		Resources map[string]struct {
			Type       string
			Properties object
		}
		Outputs object
	}
	require.NoError(t, yaml.Unmarshal(raw, &program))
	require.Len(t, program.Plugins.Providers, 1)
	assert.Equal(t, Name, program.Plugins.Providers[0].Name)
	assert.Equal(t, filepath.Join("..", "..", "bin"), program.Plugins.Providers[0].Path, "make provider builds into bin")
	require.NotEmpty(t, program.Resources)
	require.NotEmpty(t, program.Outputs)

	resources := served(t).Resources
	// resolve puts the value of variables in place of references, and something unknown for outputs of resources.
	var resolve func(v any) property.Value
	resolve = func(v any) property.Value {
		switch v := v.(type) {
		case object:
			m := map[string]property.Value{}
			for key, e := range v {
				m[key] = resolve(e)
			}
			return property.New(m)
		case []any:
			list := make([]property.Value, len(v))
			for i, e := range v {
				list[i] = resolve(e)
			}
			return property.New(list)
		case int:
			return property.New(float64(v))
		case string:
			m := reference.FindStringSubmatch(v)
			switch {
			case m == nil:
				return property.New(v)
			case m[1] == "pulumi", program.Config[m[1]] != nil:
				return property.New("example")
			}
			if variable, ok := program.Variables[m[1]]; ok {
				return resolve(variable)
			}
			owner, ok := program.Resources[m[1]]
			require.True(t, ok, "%s: nothing has that name", v)
			assert.Contains(t, resources[owner.Type].Properties, m[2], v)
			return property.New(property.Computed)
		default:
			return value(t, v)
		}
	}
	for name, r := range program.Resources {
		require.Contains(t, resources, r.Type, name)
		inputs := resolve(r.Properties).AsMap()
		_, _, err := ask(t, p.ConstructRequest{
			Urn: resource.NewURN(componenttest.Stack, componenttest.Project, "", tokens.Type(r.Type), name), Inputs: inputs, DryRun: true,
		})
		assert.NoError(t, err, name)
	}
	for _, output := range program.Outputs {
		resolve(output)
	}
}

var (
	// quoted are texts in code; none of their words is a name.
	quoted = regexp.MustCompile(`"[^"]*"`)
	// names are what a block of code takes from the library: bulwark.module.Type, an output of a resource, and the
	// names of arguments in either language.
	chain    = regexp.MustCompile(`\b(?:bulwark|logs|audio)((?:\.\w+)+)`)
	argument = regexp.MustCompile(`(?:^|[\s({,])(\w+)(?:=[^=\s]|: )`)
)

// TestGuide looks every name that the Python and TypeScript programs of the guide use up in the generated libraries.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "docs", "languages.md"))
	require.NoError(t, err)
	inPython, err := python.GeneratePackage("test", bound(t), nil, awsLoader{})
	require.NoError(t, err)
	inTypeScript, err := nodejs.GeneratePackage("test", bound(t), nil, nil, false, awsLoader{})
	require.NoError(t, err)
	for language, library := range map[string]map[string][]byte{"python": inPython, "typescript": inTypeScript} {
		t.Run(language, func(t *testing.T) {
			_, after, ok := strings.Cut(string(guide), "\n```"+language+"\n")
			require.True(t, ok, "the guide shows no program")
			program, _, _ := strings.Cut(after, "\n```")
			program = quoted.ReplaceAllString(program, "text")
			words := map[string]bool{}
			for _, file := range library {
				for _, word := range word.FindAllString(string(file), -1) {
					words[word] = true
				}
			}
			var used []string
			for _, m := range chain.FindAllStringSubmatch(program, -1) {
				used = append(used, strings.Split(m[1][1:], ".")...)
			}
			for _, m := range argument.FindAllStringSubmatch(program, -1) {
				used = append(used, m[1])
			}
			require.Greater(t, len(used), 20)
			for _, name := range used {
				assert.True(t, words[name], "the library has no %s", name)
			}
		})
	}
}

var word = regexp.MustCompile(`\w+`)
