package iamref_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// TestGoldenPolicies holds every policy that components and stacks render against AWS's reference.
func TestGoldenPolicies(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../components/*/testdata/*.golden.json", "../../platform/testdata/*.golden.json"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		files = append(files, found...)
	}
	statements := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var nodes []struct {
			Type, Name string
			Inputs     any
		}
		require.NoError(t, json.Unmarshal(text, &nodes))
		for _, node := range nodes {
			for _, d := range documents(t, node.Inputs) {
				statements += len(d.Statements)
				for _, problem := range iamref.Check(d) {
					t.Errorf("%s: %s %s: %s", file, node.Type, node.Name, problem)
				}
			}
		}
	}
	t.Logf("%d statements in %d files", statements, len(files))
	assert.Positive(t, statements)
}

// documents are the policy documents in a value, which golden files show as objects.
func documents(t *testing.T, value any) []iampolicy.Document {
	t.Helper()
	var found []iampolicy.Document
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["Statement"]; ok {
			d, problems := iampolicy.ParseValue(v)
			require.NoError(t, iampolicy.Err(problems))
			return []iampolicy.Document{d}
		}
		for _, inner := range v {
			found = append(found, documents(t, inner)...)
		}
	case []any:
		for _, inner := range v {
			found = append(found, documents(t, inner)...)
		}
	}
	return found
}
