//go:build sandbox

package fidelity_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/built"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/fidelity"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
)

// known are the differences of the resource types that the components use, as expressions. Nothing else may differ there:
// a component that sets one of these properties cannot be tried in the sandbox.
var known = map[string][]string{
	"aws:ec2/flowLog:FlowLog": {`logGroupName missing`},
	// Amazon Elastic Inference is gone, and so is this from Terraform's version 6.
	"aws:ecs/taskDefinition:TaskDefinition": {`inferenceAccelerators missing`},
	// Statements within statements: officially without end, in Terraform three levels.
	"aws:wafv2/webAcl:WebAcl": {`rules\.statement\.\S*[sS]tatement missing`},
}

// used are the resource types that the components use, from their golden files.
func used(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "..", "components", "*", "testdata", "*.golden.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files of the components: %v", err)
	}
	found := map[string]bool{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var nodes []struct{ Type string }
		if err := json.Unmarshal(content, &nodes); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, node := range nodes {
			if strings.HasPrefix(node.Type, "aws:") {
				found[node.Type] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func compare(t *testing.T) (*fidelity.Schema, []fidelity.Difference) {
	t.Helper()
	schema, err := fidelity.Read(built.File(t, "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := gosdk.Locate(filepath.Join("..", "..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	sdk, err := gosdk.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return schema, fidelity.Compare(schema, sdk)
}

func TestSchemaAgreesWithTheSDK(t *testing.T) {
	_, differences := compare(t)
	accepted, err := fidelity.AcceptedDifferences()
	if err != nil {
		t.Fatal(err)
	}
	unknown, stale := fidelity.Judge(differences, accepted)
	for _, difference := range unknown {
		t.Errorf("differs from the official provider: %s (fix internal/names, or accept it with a reason in accepted.txt)", difference)
	}
	for _, a := range stale {
		t.Errorf("no longer differs, delete it from accepted.txt: %s", a.Pattern)
	}
}

func TestUsedTypesDifferOnlyAsKnown(t *testing.T) {
	schema, differences := compare(t)
	found := map[string][]string{}
	for _, difference := range differences {
		line := strings.TrimPrefix(difference.String(), difference.Token+" ")
		found[difference.Token] = append(found[difference.Token], line)
	}
	properties := 0
	for _, token := range used(t) {
		resource := schema.Resources[token]
		if resource == nil {
			t.Errorf("%s is not in the built provider", token)
			continue
		}
		properties += schema.Count(resource)
		needed := map[string]bool{}
		for _, line := range found[token] {
			at := slices.IndexFunc(known[token], func(pattern string) bool {
				return regexp.MustCompile("^(?:" + pattern + ")$").MatchString(line)
			})
			if at < 0 {
				t.Errorf("%s differs: %s", token, line)
				continue
			}
			needed[known[token][at]] = true
		}
		for _, pattern := range known[token] {
			if !needed[pattern] {
				t.Errorf("%s no longer differs in %s: delete it from known", token, pattern)
			}
		}
	}
	t.Logf("%d resource types of the components, %d properties", len(used(t)), properties)
}
