package provider

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/pmezard/go-difflib/difflib"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/provider/internal/gosource"
	"github.com/bulwark-iac/bulwark/provider/internal/schemagen"
)

// inferred is the schema as the components have it now.
func inferred(t *testing.T) schema.PackageSpec {
	t.Helper()
	spec, err := p.GetSchema(t.Context(), Name, Version, infer.Provider(options()))
	require.NoError(t, err)
	source, err := gosource.Open("..")
	require.NoError(t, err)
	var types []schemagen.Component
	for _, c := range components {
		types = append(types, schemagen.Component{Args: c.args, Outputs: c.outputs})
	}
	require.NoError(t, schemagen.Complete(&spec, source, types))
	return spec
}

// TestSchema compares schema.json with the components. With -update it writes the file.
func TestSchema(t *testing.T) {
	raw, err := json.MarshalIndent(inferred(t), "", "  ")
	require.NoError(t, err)
	// Readable operators instead of \u003c.
	now := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw)) + "\n"
	if updating() {
		require.NoError(t, os.WriteFile("schema.json", []byte(now), 0o644))
		return
	}
	if now != schemaJSON {
		diff, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
			A: difflib.SplitLines(schemaJSON), B: difflib.SplitLines(now),
			FromFile: "schema.json", ToFile: "the components now", Context: 3,
		})
		require.NoError(t, err)
		t.Errorf("the schema of the components changed:\n%s\naccept it with: go test . -run '^TestSchema$' -update", diff)
	}
}

// updating is the flag -update, which package componenttest defines.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }
