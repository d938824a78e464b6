package componenttest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const components = "../../components"

// packages are the folders of the component packages, with their parsed files by name, tests apart.
func packages(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	folders, err := filepath.Glob(components + "/*")
	require.NoError(t, err)
	found := map[string]map[string]*ast.File{}
	for _, folder := range folders {
		files, err := filepath.Glob(folder + "/*.go")
		require.NoError(t, err)
		parsed := map[string]*ast.File{}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed[filepath.Base(file)], err = parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
		}
		found[filepath.Base(folder)] = parsed
	}
	require.NotEmpty(t, found)
	return found
}

// constructors are the types that a file has constructors for.
func constructors(file *ast.File) []string {
	var types []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil || !strings.HasPrefix(f.Name.Name, "New") || f.Type.Results == nil || len(f.Type.Results.List) != 2 {
			continue
		}
		if pointer, ok := f.Type.Results.List[0].Type.(*ast.StarExpr); ok {
			if name, ok := pointer.X.(*ast.Ident); ok && "New"+name.Name == f.Name.Name {
				types = append(types, name.Name)
			}
		}
	}
	return types
}

// Every component has the shape that CONTRIBUTING.md describes: whoever knows one finds his way in all of them.
func TestEveryComponentHasTheShape(t *testing.T) {
	total := 0
	for name, files := range packages(t) {
		var made []string
		for file, parsed := range files {
			for _, typ := range constructors(parsed) {
				made = append(made, typ)
				assert.Equal(t, strings.ToLower(typ)+".go", file, "the constructor of %s.%s is in %s", name, typ, file)
				for _, want := range []string{"type " + typ + " struct", typ + "Type", "component.NewBase(", ".check("} {
					assert.Contains(t, source(t, name, file), want, "%s/%s", name, file)
				}
			}
		}
		if len(made) == 0 {
			continue
		}
		total += len(made)
		for _, file := range []string{"doc.go", "args.go", "check.go"} {
			assert.Contains(t, files, file, "package %s", name)
		}
		for _, typ := range made {
			if _, shared := files["builder.go"]; !shared {
				assert.Contains(t, files, strings.ToLower(typ)+"_builder.go", "package %s", name)
			}
			assert.Contains(t, source(t, name, "args.go"), "type "+typ+"Args struct", "package %s", name)
		}
		for file := range files {
			text := source(t, name, file)
			for _, own := range []string{"RegisterComponentResource(", "RegisterResourceOutputs(", "NewInputPropertiesError"} {
				assert.NotContains(t, text, own, "%s/%s: component.Build and Base.Err do that", name, file)
			}
		}
	}
	assert.Greater(t, total, 10)
}

func source(t *testing.T, name, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(components, name, file))
	require.NoError(t, err)
	return string(text)
}
