package schemagen_test

import (
	"reflect"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/provider/internal/gosource"
	"github.com/bulwark-iac/bulwark/provider/internal/schemagen"
	"github.com/bulwark-iac/bulwark/provider/internal/schemagen/internal/sample"
)

func complete(t *testing.T, component infer.InferredComponent, types schemagen.Component) (schema.PackageSpec, error) {
	t.Helper()
	spec, err := p.GetSchema(t.Context(), "bulwark", "1.0.0", infer.Provider(infer.Options{Components: []infer.InferredComponent{component}}))
	require.NoError(t, err)
	source, err := gosource.Open("../..")
	require.NoError(t, err)
	return spec, schemagen.Complete(&spec, source, []schemagen.Component{types})
}

func TestComplete(t *testing.T) {
	spec, err := complete(t, infer.ComponentF(sample.NewGood), schemagen.Component{Args: reflect.TypeFor[sample.GoodArgs](), Outputs: reflect.TypeFor[sample.Good]()})
	require.NoError(t, err)

	good := spec.Resources["bulwark:sample:Good"]
	assert.Equal(t, "Good is a component as it should be.", good.Description)
	assert.Equal(t, "`name` is the name, empty without `Other` (in Go only).", good.Properties["name"].Description)
	assert.Len(t, good.InputProperties, 5)

	other := good.InputProperties["otherName"]
	assert.Equal(t, "`otherName` is the name of an existing Good.", other.Description)
	assert.False(t, other.Plain)

	others := good.InputProperties["otherNames"]
	assert.False(t, others.Plain)
	assert.False(t, others.Items.Plain, "one name may be known late, and another one may not")

	mode := good.InputProperties["mode"]
	assert.Equal(t, "`mode` is `fast` unless set; `safe` takes longer.", mode.Description)
	assert.Equal(t, schema.TypeSpec{Ref: "#/types/bulwark:sample:Mode", Plain: true}, mode.TypeSpec)

	parts := good.InputProperties["parts"]
	assert.Equal(t, "`parts` are made in order. Default: `<project>-<name>`.", parts.Description)
	assert.False(t, parts.Plain, "a part has a value that may be known late")
	assert.False(t, parts.Items.Plain)

	assert.Equal(t, "`s3` is for S3: `any`, what `PartName` (in Go only) says, or `key:<name>`. With `Other` (in Go only) it is ignored (in Go: with Other).",
		good.InputProperties["s3"].Description)

	part := spec.Types["bulwark:sample:Part"]
	assert.Equal(t, "Part of a Good. With `otherName` it makes no sense.", part.Description)
	assert.Equal(t, "`size` is the size. Mode is up to `mode`.", part.Properties["size"].Description)
	assert.True(t, part.Properties["size"].Plain)
	assert.False(t, part.Properties["values"].Plain)

	assert.Equal(t, schema.ComplexTypeSpec{
		ObjectTypeSpec: schema.ObjectTypeSpec{Type: "string", Description: "Mode is how `Good` works."},
		Enum: []schema.EnumValueSpec{
			{Name: "Fast", Value: "fast", Description: "`fast` is the default."},
			{Name: "Safe", Value: "safe", Description: "`safe` checks twice."},
		},
	}, spec.Types["bulwark:sample:Mode"])
}

func TestCompleteReportsEveryGap(t *testing.T) {
	_, err := complete(t, infer.ComponentF(sample.NewBad), schemagen.Component{Args: reflect.TypeFor[sample.BadArgs](), Outputs: reflect.TypeFor[sample.Bad]()})
	require.Error(t, err)
	assert.Equal(t, []string{
		"sample.Bad.Silent has no comment: it is the description in other languages",
		`sample.Level: no constant has the value "high", which Values returns`,
		"sample.Level: Values does not return LevelLow",
	}, strings.Split(err.Error(), "\n"))
}

func TestCompleteWantsServedComponents(t *testing.T) {
	_, err := complete(t, infer.ComponentF(sample.NewGood), schemagen.Component{Args: reflect.TypeFor[sample.BadArgs](), Outputs: reflect.TypeFor[sample.Bad]()})
	assert.EqualError(t, err, "bulwark:sample:Bad is not in the inferred schema")
}
