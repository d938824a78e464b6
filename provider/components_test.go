package provider

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/provider/internal/gosource"
)

func TestEveryComponentIsServed(t *testing.T) {
	source, err := gosource.Open("..")
	require.NoError(t, err)
	packages, err := source.Below("components")
	require.NoError(t, err)
	resources := served(t).Resources
	var forgotten []string
	for _, pkg := range packages {
		for _, c := range pkg.Constructors {
			if _, ok := resources[Name+":"+pkg.Name+":"+c.Component]; !ok {
				forgotten = append(forgotten, "serve("+pkg.Name+"."+c.Function+"),")
			}
		}
	}
	assert.Empty(t, forgotten, "lines that are missing in components.go")
}
