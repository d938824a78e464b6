package overlay

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTypesEqualAsBefore compiles the changed packages and holds them against the originals: their own tests, and Equals of
// random types against what it was.
func TestTypesEqualAsBefore(t *testing.T) {
	const schemas = "github.com/hashicorp/terraform-plugin-sdk/v2"
	trial := newTrial(t, "github.com/hashicorp/go-cty", "github.com/zclconf/go-cty", schemas)
	trial.change(t, "github.com/hashicorp/go-cty", "cty/object_type.go", shareTypes)
	trial.change(t, "github.com/zclconf/go-cty", "cty/object_type.go", shareNewerTypes)
	trial.change(t, schemas, "helper/schema/core_schema.go", rememberSchemas)
	trial.change(t, schemas, "internal/configs/configschema/schema.go", holdImpliedType)
	trial.change(t, schemas, "internal/configs/configschema/implied_type.go", rememberImpliedType)
	for module, tests := range map[string][]string{
		"github.com/hashicorp/go-cty": {"sharing_test.go"}, "github.com/zclconf/go-cty": {"sharing_test.go", "optional_test.go"},
	} {
		for _, name := range tests {
			content, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			write(t, trial.folder(module), "cty/"+name, string(content))
		}
		t.Log(goCommand(t, trial.dir, "test", module+"/cty"))
	}
	t.Log(goCommand(t, trial.dir, "test", schemas+"/internal/configs/configschema"))
}

// trial is a module with the dependencies of the build, of which some are copies that can be changed.
type trial struct{ dir string }

func (c trial) folder(module string) string { return filepath.Join(c.dir, module) }

func newTrial(t *testing.T, modules ...string) trial {
	t.Helper()
	root := filepath.Join("..", "..")
	c := trial{t.TempDir()}
	replacements := []string{""}
	for _, module := range modules {
		original := goCommand(t, root, "list", "-m", "-f", "{{if .Replace}}{{.Replace.Dir}}{{else}}{{.Dir}}{{end}}", module)
		if err := os.CopyFS(c.folder(module), os.DirFS(original)); err != nil {
			t.Fatal(err)
		}
		replacements = append(replacements, "replace "+module+" => ./"+module)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			var kept []string
			for _, line := range strings.Split(string(content), "\n") {
				if from, _, ok := strings.Cut(strings.TrimSpace(line), " =>"); !ok || !slices.Contains(modules, from) {
					kept = append(kept, line)
				}
			}
			content = []byte(strings.Join(append(kept, replacements...), "\n") + "\n")
		}
		write(t, c.dir, name, string(content))
	}
	// The module cache is read-only, and so are copies of it.
	err := filepath.WalkDir(c.dir, func(path string, _ os.DirEntry, err error) error {
		if err == nil {
			err = os.Chmod(path, 0o755)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c trial) change(t *testing.T, module, path string, change func(string) ([]byte, error)) {
	t.Helper()
	content, err := change(filepath.Join(c.folder(module), path))
	if err != nil {
		t.Fatal(err)
	}
	write(t, c.folder(module), path, string(content))
}

func goCommand(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}
