package rules

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/catalogue"
	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

func controls(t *testing.T) map[string]catalogue.Control {
	t.Helper()
	rows, err := catalogue.Controls()
	require.NoError(t, err)
	byID := map[string]catalogue.Control{}
	for _, c := range rows {
		require.NotContains(t, byID, c.ID, "controls.csv has it twice")
		byID[c.ID] = c
	}
	return byID
}

func TestEveryControlHasARuleOrAReason(t *testing.T) {
	leftOut, err := catalogue.LeftOut()
	require.NoError(t, err)
	have := map[string]bool{}
	for _, r := range All() {
		assert.False(t, have[r.ID], "%s is there twice", r.ID)
		have[r.ID] = true
	}
	all := controls(t)
	var missing []string
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if !have[id] && leftOut[id] == "" {
			missing = append(missing, "policy/rules/"+catalogue.Domain(id)+"/"+id+".go")
		}
		assert.False(t, have[id] && leftOut[id] != "", "%s has a rule and a reason why it has none", id)
	}
	assert.Empty(t, missing, "write these rules, or give a reason in policy/catalogue/left-out.csv")
	for id := range have {
		assert.Contains(t, all, id, "policy/catalogue/controls.csv has no such control")
		assert.NotEqual(t, config.OwnName, id, "the name is taken by the pack itself")
		assert.NotEqual(t, "all", id, "the name is taken by the engine")
	}
	for id, reason := range leftOut {
		assert.Contains(t, all, id, "policy/catalogue/left-out.csv names a control that is not in controls.csv")
		assert.Greater(t, len(reason), 20, "%s is left out without a reason", id)
	}
}

// What a rule says about itself is what the catalogue says; what differs has to be changed there first, and so be seen.
func TestRulesAgreeWithTheCatalogue(t *testing.T) {
	all := controls(t)
	for _, r := range All() {
		c, ok := all[r.ID]
		if !ok {
			continue
		}
		assert.Equal(t, c.Severity, r.Severity.String(), "%s: severity", r.ID)
		assert.Equal(t, c.Scope == "stack", r.Stack != nil, "%s: scope %s", r.ID, c.Scope)
		assert.Equal(t, rule.References{
			FSBP: c.FSBP, CIS: c.CIS, Checkov: c.Checkov, Trivy: c.Trivy, CDKNag: c.CDKNag, Pulumi: c.Pulumi,
		}, withoutNil(r.References), "%s: references", r.ID)
		for _, typ := range c.Types {
			assert.True(t, slices.Contains(r.Types, typ), "%s: Types lacks %s", r.ID, typ)
		}
	}
}

// withoutNil makes absent lists comparable.
func withoutNil(refs rule.References) rule.References {
	for _, list := range []*[]string{&refs.FSBP, &refs.CIS, &refs.Checkov, &refs.Trivy, &refs.CDKNag, &refs.Pulumi} {
		if *list == nil {
			*list = []string{}
		}
	}
	return refs
}
