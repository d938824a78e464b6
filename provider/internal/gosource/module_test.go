package gosource_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/provider/internal/gosource"
)

func TestPackage(t *testing.T) {
	m, err := gosource.Open("testdata/module")
	require.NoError(t, err)
	part, err := m.Package("example.com/module/part")
	require.NoError(t, err)

	assert.Equal(t, "part", part.Name)
	assert.Equal(t, []gosource.Constructor{{Function: "NewThing", Component: "Thing"}}, part.Constructors)
	assert.Equal(t, &gosource.Type{
		Doc:    "Thing is a component on two lines.",
		Fields: []gosource.Field{{Name: "Name", Doc: "Name is its name.", Property: "name"}},
	}, part.Types["Thing"])
	assert.Equal(t, []gosource.Field{
		{Name: "Size", Doc: "Size is the size.", Property: "size"},
		{Name: "Weight", Doc: "Size is the size.", Property: "size"},
		{Name: "Other", Doc: "Other takes the place of OtherName.", Sibling: "otherName"},
		{Name: "First", Doc: "First and Last are the ends.", Property: "first"},
		{Name: "Last", Doc: "First and Last are the ends.", Property: "last"},
		{Name: "Las", Property: "las"},
	}, part.Types["ThingArgs"].Fields)
	assert.Equal(t, &gosource.Type{
		Doc: "Kind is a kind of things.",
		Constants: []gosource.Constant{
			{Name: "KindOne", Doc: "KindOne is the first.", Value: "one"},
			{Name: "KindTwo", Value: "twoone"},
		},
	}, part.Types["Kind"])

	assert.Equal(t, map[string]string{"Text": "textone"}, part.Texts)
	assert.Equal(t, map[string]bool{"NewNothing": true}, part.Functions)

	other, ok := m.Named("other")
	require.True(t, ok, "packages that are imported are read too")
	assert.Equal(t, "example.com/module/other", other.Path)
}

func TestBelow(t *testing.T) {
	m, err := gosource.Open("testdata/module")
	require.NoError(t, err)
	packages, err := m.Below(".")
	require.NoError(t, err)
	var names []string
	for _, p := range packages {
		names = append(names, p.Name)
	}
	assert.Equal(t, []string{"other", "part"}, names)
}

func TestErrors(t *testing.T) {
	_, err := gosource.Open("testdata")
	assert.ErrorContains(t, err, "go.mod")

	m, err := gosource.Open("testdata/module")
	require.NoError(t, err)
	_, err = m.Package("example.com/elsewhere/pulumi")
	assert.EqualError(t, err, "example.com/elsewhere/pulumi is not a package of example.com/module")
	_, err = m.Package("example.com/module/missing")
	assert.EqualError(t, err, "read package example.com/module/missing: no Go files")
}
