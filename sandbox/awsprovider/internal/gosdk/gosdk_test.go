package gosdk

import (
	"reflect"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	sdk, err := Load("testdata/sdk")
	if err != nil {
		t.Fatal(err)
	}
	if got := sdk.Tokens(); !reflect.DeepEqual(got, []string{"aws:store/shelf:Shelf"}) {
		t.Errorf("tokens: %v", got)
	}
	shelf := sdk.Resources["aws:store/shelf:Shelf"]
	kinds := map[string]Kind{}
	for name, property := range shelf.Inputs {
		kinds[name] = property.Kind
	}
	want := map[string]Kind{
		"boards": Array, "code": String, "content": Archive, "description": String,
		"height": Integer, "policy": Any, "style": Object, "tags": Map,
	}
	if !reflect.DeepEqual(kinds, want) {
		t.Errorf("inputs: %v, want %v", kinds, want)
	}
	if shelf.All["arn"] == nil || shelf.Inputs["arn"] != nil {
		t.Error("arn is an output and no input")
	}
	board := shelf.Inputs["boards"].Elem.Fields()
	if board["wood"].Optional || !board["load"].Optional {
		t.Error("of a board, wood is required and load is not")
	}
	if colour := shelf.Inputs["style"].Fields()["colour"]; colour.Kind != String {
		t.Errorf("an enumeration is text, not %s", colour.Kind)
	}
	if !shelf.Required["height"] || len(shelf.Required) != 1 {
		t.Errorf("required: %v", shelf.Required)
	}
	if !shelf.Secrets["code"] || len(shelf.Secrets) != 1 {
		t.Errorf("secrets: %v", shelf.Secrets)
	}
	if shelf.Defaults["description"] != `"Managed by Pulumi"` {
		t.Errorf("constants: %v", shelf.Defaults)
	}
}

func TestLoadFunctionsAndProvider(t *testing.T) {
	sdk, err := Load("testdata/sdk")
	if err != nil {
		t.Fatal(err)
	}
	function := sdk.Functions["aws:store/getShelf:getShelf"]
	if function == nil || function.Inputs["name"] == nil || function.All["height"].Kind != Integer {
		t.Errorf("function: %+v", function)
	}
	if got := sdk.Provider.Defaults; !reflect.DeepEqual(got, map[string]string{"skipRegionValidation": "true"}) {
		t.Errorf("a constant is no secret and the other way round: %v", got)
	}
	if !sdk.Provider.Secrets["token"] {
		t.Error("the token is a secret")
	}
}

func TestLoadSaysWhatIsMissing(t *testing.T) {
	_, err := Load(t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "no Pulumi AWS SDK in") {
		t.Errorf("error: %v", err)
	}
}
