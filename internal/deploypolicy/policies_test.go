package deploypolicy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

func scope() Scope {
	return Scope{Account: "123456789012", Project: "acme-audio", Environment: "prod", Regions: []string{"eu-west-1"}}
}

func TestDump(t *testing.T) {
	policies, err := Policies(scope())
	require.NoError(t, err)
	for _, p := range policies {
		text, err := p.Document.Render()
		require.NoError(t, err)
		t.Log(p.Name, iampolicy.Size(text), text)
		assert.NoError(t, iampolicy.Err(p.Document.Check(iampolicy.ManagedPolicy)))
		assert.NoError(t, iampolicy.Err(iamref.Check(p.Document)))
	}
}
