//go:build sandbox

package names_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/built"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/names"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/terraform"
)

// TestTableIsFresh works the table out anew from the Terraform schemas of the build and the SDK's sources.
func TestTableIsFresh(t *testing.T) {
	upstream, err := terraform.Read(built.File(t, "terraform.json"))
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
	table, report := names.Align(upstream, sdk)
	newer, err := os.ReadFile("newer.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(report.Newer(), newer) {
		t.Errorf("newer.txt, what has no official name, is out of date: go run ./cmd/names -terraform %s, and look whether "+
			"what comes or goes belongs into exceptions.go", built.File(t, "terraform.json"))
	}
	fresh, err := table.JSON()
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("names.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fresh, committed) {
		t.Errorf("names.json is out of date: go run ./cmd/names -terraform %s", built.File(t, "terraform.json"))
	}
	// What Terraform insists on and the SDK does not must fill itself in, or be known to stay empty.
	for kind, block := range upstream.Resources {
		item := table.Resources[kind]
		if item == nil { // newer than the official provider, as newer.txt says
			continue
		}
		rule, named := table.AutoNameOf(kind)
		for key, field := range block {
			override := item.Fields[key]
			if override != nil && override.Optional && key == "name" {
				t.Errorf("%s.name is required by Terraform, optional in the SDK and not filled in", kind)
			}
			if named && rule.Field == key && !field.Input() {
				t.Errorf("%s.%s is filled in, but is no input", kind, key)
			}
		}
	}
}
