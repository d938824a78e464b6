package rollout_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/internal/rollout"
)

// TestDocumentedPermissions holds the policy of the guide against the calls that the package can make, and against AWS's
// Service Authorization Reference.
func TestDocumentedPermissions(t *testing.T) {
	page, err := os.ReadFile("../../docs/deployments.md")
	require.NoError(t, err)
	_, block, _ := strings.Cut(string(page), "```json\n")
	block, _, found := strings.Cut(block, "```")
	require.True(t, found)
	policy, problems := iampolicy.Parse(block)
	require.Empty(t, problems)
	require.Empty(t, iamref.Check(policy))

	var calls, allowed []string
	for service, client := range map[string]reflect.Type{
		"ecs": reflect.TypeFor[rollout.ECSClient](), "logs": reflect.TypeFor[rollout.LogsClient](),
		"elasticloadbalancing": reflect.TypeFor[rollout.ELBClient](),
	} {
		for method := range client.NumMethod() {
			calls = append(calls, service+":"+client.Method(method).Name)
		}
	}
	for _, s := range policy.Statements {
		allowed = append(allowed, s.Actions...)
	}
	slices.Sort(calls)
	slices.Sort(allowed)
	assert.Equal(t, calls, allowed)
	for _, action := range calls {
		assert.Contains(t, string(page), "`"+action+"`", "the table")
	}
}
