package componenttest

import (
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pmezard/go-difflib/difflib"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// Golden compares what was registered with testdata/<name>.golden.json. With -update it writes the file.
func Golden(t testing.TB, name string, recorder *Recorder) {
	t.Helper()
	got, err := graph(recorder)
	require.NoError(t, err)
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	if problem := compare(path, got); problem != "" {
		t.Errorf("%s\naccept it with: go test -run '^%s$' -update", problem, strings.Split(t.Name(), "/")[0])
	}
}

// compare returns what differs from the file, or nothing.
func compare(path string, got []byte) string {
	want, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path + " is missing"
	case err != nil:
		return err.Error()
	case string(want) == string(got):
		return ""
	}
	diff, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: difflib.SplitLines(string(want)), B: difflib.SplitLines(string(got)),
		FromFile: path, ToFile: "registered now", Context: 3,
	})
	if err != nil {
		return err.Error()
	}
	return "the registered resources changed:\n" + diff
}

// node is a registration as a golden file shows it.
type node struct {
	Type           string         `json:"type"`
	Name           string         `json:"name"`
	Parent         string         `json:"parent,omitempty"`
	Provider       string         `json:"provider,omitempty"`
	Protect        bool           `json:"protect,omitempty"`
	RetainOnDelete bool           `json:"retainOnDelete,omitempty"`
	DeletedWith    string         `json:"deletedWith,omitempty"`
	Aliases        []string       `json:"aliases,omitempty"`
	Inputs         map[string]any `json:"inputs,omitempty"`
}

// graph renders the registrations, policies expanded, so that a review sees statements and not one long line.
func graph(recorder *Recorder) ([]byte, error) {
	var nodes []node
	for _, r := range recorder.Registrations() {
		n := node{
			Type: r.Type, Name: r.Name, Parent: short(r.Parent), Provider: provider(r.Provider), Protect: r.Protect,
			RetainOnDelete: r.RetainOnDelete, DeletedWith: short(r.DeletedWith), Aliases: r.Aliases, Inputs: map[string]any{},
		}
		for key := range r.Inputs {
			n.Inputs[string(key)] = expand(r.Input(string(key)))
		}
		nodes = append(nodes, n)
	}
	text, err := json.MarshalIndent(nodes, "", "  ")
	if err != nil {
		return nil, err
	}
	// Readable operators instead of \u003c.
	unescaped := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text))
	return []byte(unescaped + "\n"), nil
}

// short is a URN without the stack: bulwark:storage:Bucket::audio.
func short(urn string) string {
	parts := strings.Split(urn, "::")
	if len(parts) < 4 {
		return urn
	}
	return parts[2][strings.LastIndex(parts[2], "$")+1:] + "::" + parts[3]
}

func provider(reference string) string {
	if reference == "" {
		return ""
	}
	return short(strings.TrimSuffix(reference, reference[strings.LastIndex(reference, "::"):]))
}

// expand turns a text that is a JSON object into that object.
func expand(value any) any {
	text, ok := value.(string)
	if !ok || !strings.HasPrefix(text, "{") {
		return value
	}
	var object map[string]any
	if json.Unmarshal([]byte(text), &object) != nil {
		return value
	}
	return object
}
