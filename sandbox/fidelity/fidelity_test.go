//go:build sandbox

package fidelity

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

func TestFidelity(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, everything, sandboxtest.Options{})
	up := stack.Up(t)
	deployed := inState(stack.Resources(t))
	for property := range used(t) {
		assert.Contains(t, deployed, property, "a component sets it, and the program in program_test.go does not")
	}
	types := map[string]bool{}
	for property := range deployed {
		typ, _, _ := strings.Cut(property, " ")
		types[typ] = true
	}
	t.Logf("%s; %d resource types, %d properties", up, len(types), len(deployed))

	stack.UpUnchanged(t)
	stack.RefreshUnchanged(t)
	stack.UpUnchanged(t)
	stack.Unprotect(t)
	stack.Destroy(t)
}

// used are the properties that the components set, as "type path", from their golden files.
func used(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../../components/*/testdata/*.golden.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	found := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		var nodes []struct {
			Type   string
			Inputs map[string]any
		}
		require.NoError(t, json.Unmarshal(raw, &nodes), file)
		for _, n := range nodes {
			if strings.HasPrefix(n.Type, "aws:") {
				properties(n.Type+" ", n.Inputs, found)
			}
		}
	}
	return found
}

func inState(resources []sandbox.Resource) map[string]bool {
	found := map[string]bool{}
	for _, r := range resources {
		if strings.HasPrefix(r.Type, "aws:") {
			properties(r.Type+" ", r.Inputs, found)
		}
	}
	return found
}

// properties adds the paths of all properties. Maps with keys of the user's and policy documents are one property.
func properties(prefix string, object map[string]any, found map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if strings.HasPrefix(key, "__") {
			continue
		}
		path := prefix + key
		found[path] = true
		if key == "tags" || key == "tagsAll" || strings.HasSuffix(strings.ToLower(key), "policy") {
			continue
		}
		nested(path, object[key], found)
	}
}

func nested(path string, value any, found map[string]bool) {
	switch value := value.(type) {
	case map[string]any:
		properties(path+".", value, found)
	case []any:
		for _, element := range value {
			nested(path+"[]", element, found)
		}
	}
}
