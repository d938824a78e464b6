package fidelity

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
)

// equal is a schema that agrees with the SDK in gosdk's testdata.
const equal = `{
 "config": {"variables": {"skipRegionValidation": {"type": "boolean"}, "token": {"type": "string", "secret": true}}},
 "resources": {"aws:store/shelf:Shelf": {
  "requiredInputs": ["height"],
  "inputProperties": {
   "boards": {"type": "array", "items": {"$ref": "#/types/aws:store/ShelfBoard:ShelfBoard"}},
   "code": {"type": "string", "secret": true},
   "content": {"$ref": "pulumi.json#/Archive"},
   "description": {"type": "string"},
   "height": {"type": "integer"},
   "policy": {"oneOf": [{"type": "string"}, {"$ref": "#/types/aws:iam/documents:PolicyDocument"}]},
   "style": {"$ref": "#/types/aws:store/ShelfStyle:ShelfStyle"},
   "tags": {"type": "object", "additionalProperties": {"type": "string"}}},
  "properties": {"arn": {"type": "string"}, "policy": {"type": "string"}}}},
 "functions": {"aws:store/getShelf:getShelf": {
  "inputs": {"properties": {"name": {"type": "string"}}},
  "outputs": {"properties": {"height": {"type": "integer"}, "name": {"type": "string"}}}}},
 "types": {
  "aws:store/ShelfBoard:ShelfBoard": {"properties": {"load": {"type": "integer"}, "wood": {"type": "string"}}, "required": ["wood"]},
  "aws:store/ShelfStyle:ShelfStyle": {"properties": {"colour": {"type": "string"}}}}
}`

func differences(t *testing.T, schema string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "schema.json")
	if err := os.WriteFile(path, []byte(schema), 0o644); err != nil {
		t.Fatal(err)
	}
	built, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	sdk, err := gosdk.Load("../gosdk/testdata/sdk")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, difference := range Compare(built, sdk) {
		lines = append(lines, strings.TrimPrefix(difference.String(), "aws:store/shelf:Shelf "))
	}
	return lines
}

func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name, from, to string
		want           []string
	}{
		{name: "agreement"},
		{
			name: "another type", from: `"height": {"type": "integer"}, "name"`, to: `"height": {"type": "string"}, "name"`,
			want: []string{"aws:store/getShelf:getShelf height is string, official: integer"},
		},
		{
			name: "a list that should be one object", from: `"style": {"$ref": "#/types/aws:store/ShelfStyle:ShelfStyle"}`,
			to:   `"style": {"type": "array", "items": {"$ref": "#/types/aws:store/ShelfStyle:ShelfStyle"}}`,
			want: []string{"style is array, official: object"},
		},
		{
			name: "another name in a nested object", from: `"load": `, to: `"loads": `,
			want: []string{"boards.load missing", "boards.loads extra"},
		},
		{
			name: "not required", from: `"requiredInputs": ["height"]`, to: `"requiredInputs": []`,
			want: []string{"height is required: false, official: true"},
		},
		{
			name: "not required in a nested object", from: `"required": ["wood"]`, to: `"required": []`,
			want: []string{"boards.wood is required: false, official: true"},
		},
		{
			name: "an output as an input", from: `"boards": {`, to: `"arn": {"type": "string"}, "boards": {`,
			want: []string{"arn is an input: true, official: false"},
		},
		{
			name: "no secret", from: `"code": {"type": "string", "secret": true}`, to: `"code": {"type": "string"}`,
			want: []string{"code is secret: false, official: true"},
		},
		{
			name: "an asset where an archive is taken", from: "Archive", to: "Asset",
			want: []string{"content is asset, official: archive"},
		},
		{
			name: "a resource that the official provider does not have", from: `"resources": {`, to: `"resources": {"aws:store/box:Box": {}, `,
			want: []string{"aws:store/box:Box  extra"},
		},
		{
			name: "a provider setting", from: `"token": {"type": "string", "secret": true}`, to: `"tokens": {"type": "string"}`,
			want: []string{"pulumi:providers:aws token missing", "pulumi:providers:aws tokens extra"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.from != "" && strings.Count(equal, test.from) != 1 {
				t.Fatalf("%q is not exactly once in the schema", test.from)
			}
			got := differences(t, strings.Replace(equal, test.from, test.to, 1))
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
