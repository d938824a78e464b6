package loadbalancing

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"
)

// TestQuestionsGoToTheProviderOfTheRest keeps awsVersion with the SDK: another version would be a second provider.
func TestQuestionsGoToTheProviderOfTheRest(t *testing.T) {
	raw, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	module, err := modfile.Parse("go.mod", raw, nil)
	require.NoError(t, err)
	versions := map[string]string{}
	for _, required := range module.Require {
		versions[required.Mod.Path] = required.Mod.Version
	}
	assert.Equal(t, "v"+awsVersion, versions["github.com/pulumi/pulumi-aws/sdk/v6"])
}
