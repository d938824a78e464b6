package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
)

// componentsDir is where the components are, as seen from this package.
const componentsDir = "../../components"

// exported are the exported names of each package of components; those of a struct's fields as Struct.Field.
type exported map[string][]string

// components reads their source: nothing of it is compiled.
func components(t *testing.T) exported {
	t.Helper()
	names := exported{}
	dirs, err := os.ReadDir(componentsDir)
	require.NoError(t, err)
	for _, dir := range dirs {
		if !dir.IsDir() || dir.Name() == "internal" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(componentsDir, dir.Name(), "*.go"))
		require.NoError(t, err)
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			names[dir.Name()] = append(names[dir.Name()], declared(file)...)
		}
	}
	require.NotEmpty(t, names)
	return names
}

// declared are the exported names of a file.
func declared(file *ast.File) []string {
	var names []string
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				names = append(names, decl.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, spec.Name.Name)
					if s, ok := spec.Type.(*ast.StructType); ok {
						for _, field := range s.Fields.List {
							for _, name := range field.Names {
								names = append(names, spec.Name.Name+"."+name.Name)
							}
						}
					}
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return !ast.IsExported(name) })
}

var (
	qualified = regexp.MustCompile(`\b([a-z][a-z0-9]*)\.([A-Z]\w*)(?:[.{]([A-Z]\w*))?`)
	argument  = regexp.MustCompile(`(^|[^.\w])([A-Z]\w*Args)[.{]([A-Z]\w*)`)
	directory = regexp.MustCompile(`\bcomponents/([a-z]\w*)`)
)

// unresolved says which names of components in a text do not exist. Strict takes every qualified name for one that has
// to exist somewhere: in a component, or in pulumi-aws.
func (x exported) unresolved(text string, strict bool) []string {
	var problems []string
	for _, m := range directory.FindAllStringSubmatch(text, -1) {
		if x[m[1]] == nil {
			problems = append(problems, m[0]+" does not exist")
		}
	}
	for _, m := range qualified.FindAllStringSubmatch(text, -1) {
		names, ok := x[m[1]]
		switch {
		case ok && !slices.Contains(names, m[2]) && !schema.HasModule(m[1]),
			ok && strings.HasPrefix(m[2], "New") && strict && !slices.Contains(names, m[2]):
			problem := fmt.Sprintf("components/%s has no %s", m[1], m[2])
			if nearest, ok := validate.Nearest(m[2], names); ok {
				problem += "; was it renamed to " + nearest + "?"
			}
			problems = append(problems, problem)
		case ok && m[3] != "" && slices.Contains(names, m[2]) && !slices.Contains(names, m[2]+"."+m[3]):
			problems = append(problems, fmt.Sprintf("components/%s has no %s.%s", m[1], m[2], m[3]))
		case !ok && strict && !schema.HasModule(m[1]) && m[1] != "pulumi":
			problems = append(problems, fmt.Sprintf("%s.%s: there is no such component, nor such a module of pulumi-aws", m[1], m[2]))
		}
	}
	for _, m := range argument.FindAllStringSubmatch(text, -1) {
		found := false
		for _, names := range x {
			found = found || slices.Contains(names, m[2]+"."+m[3])
		}
		if strict && !found {
			problems = append(problems, fmt.Sprintf("no component has %s.%s", m[2], m[3]))
		}
	}
	return problems
}

// What a rule tells the user to use exists: a renamed component fails here, with the rules to change.
func TestRulesNameWhatExists(t *testing.T) {
	all := components(t)
	for _, r := range All() {
		for _, problem := range all.unresolved(r.Fix.Bulwark, true) {
			t.Errorf("%s, Fix.Bulwark: %s: name what exists, or leave it empty: %q", r.ID, problem, r.Fix.Bulwark)
		}
		for _, text := range []string{r.Title, r.Why, r.OptIn, r.Fix.Plain} {
			for _, problem := range all.unresolved(text, false) {
				t.Errorf("%s: %s: %q", r.ID, problem, text)
			}
		}
	}
	// Messages stand in the source.
	files, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			for _, problem := range all.unresolved(text, false) {
				t.Errorf("%s: %s: %q", path, problem, text)
			}
			return true
		})
	}
}

func TestUnresolvedNamesAreFound(t *testing.T) {
	all := exported{"storage": {"NewBucket", "BucketArgs", "BucketArgs.Key"}}
	for text, want := range map[string]string{
		"storage.NewBucket has one; BucketArgs.Key says more": "",
		"storage.BucketArgs{Key: key} in s3.NewBucketV2":      "",
		"storage.NewBuckett":                                     "components/storage has no NewBuckett; was it renamed to NewBucket?",
		"storage.BucketArgs{Kay: key}":                           "components/storage has no BucketArgs.Kay",
		"BucketArgs.Kay":                                         "no component has BucketArgs.Kay",
		"components/database makes it":                           "components/database does not exist",
		"databases.NewPostgres keeps 30 days":                    "databases.NewPostgres: there is no such component",
		"the bucket of components/storage, and nothing but that": "",
	} {
		got := strings.Join(all.unresolved(text, true), "\n")
		if want == "" {
			assert.Empty(t, got, text)
			continue
		}
		assert.Contains(t, got, want, text)
	}
}
