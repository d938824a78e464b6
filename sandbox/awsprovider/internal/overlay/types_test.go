package overlay

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSharedTypesEqualAsBefore compiles the changed package and holds it against the original: its own tests, and Equals
// of random types against what it was.
func TestSharedTypesEqualAsBefore(t *testing.T) {
	const module = "github.com/hashicorp/go-cty"
	goCommand := func(dir string, args ...string) string {
		t.Helper()
		command := exec.Command("go", args...)
		command.Dir = dir
		command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	root := filepath.Join("..", "..")
	trial := t.TempDir()
	changed := filepath.Join(trial, "go-cty")
	if err := os.CopyFS(changed, os.DirFS(goCommand(root, "list", "-m", "-f", "{{.Dir}}", module))); err != nil {
		t.Fatal(err)
	}
	// The modules are those of the build, so that nothing else has to be downloaded.
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			content = append(content, "\nreplace "+module+" => ./go-cty\n"...)
		}
		write(t, trial, name, string(content))
	}
	path := filepath.Join(changed, "cty", "object_type.go")
	content, err := shareTypes(path)
	if err != nil {
		t.Fatal(err)
	}
	tests, err := os.ReadFile(filepath.Join("testdata", "sharing_test.go.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{path: content, filepath.Join(changed, "cty", "sharing_test.go"): tests} {
		if err := os.Chmod(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(name) // the module cache is read-only, and so is its copy
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Log(goCommand(trial, "test", module+"/cty"))
}
