package iampolicy_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// The sandbox's evaluator is held to the same rulings, in sandbox/emulator/tests/test_policy_rulings.py.
func TestRulings(t *testing.T) {
	raw, err := os.ReadFile("testdata/rulings.json")
	require.NoError(t, err)
	var rulings []struct {
		Name, Caller, Action, Resource, Owner       string
		Context                                     iampolicy.Context
		Identity, ResourcePolicy, Boundary, Session json.RawMessage
		Decision                                    iampolicy.Decision
		By                                          iampolicy.PolicyType
	}
	require.NoError(t, json.Unmarshal(raw, &rulings))
	require.NotEmpty(t, rulings)
	for _, r := range rulings {
		t.Run(r.Name, func(t *testing.T) {
			one := func(statements json.RawMessage) *iampolicy.Document {
				if statements == nil {
					return nil
				}
				d := parse(t, `{"Version":"2012-10-17","Statement":`+string(statements)+`}`)
				return &d
			}
			several := func(statements json.RawMessage) []iampolicy.Document {
				if d := one(statements); d != nil {
					return []iampolicy.Document{*d}
				}
				return nil
			}
			caller, ok := iampolicy.CallerOf(r.Caller)
			require.True(t, ok)
			got := iampolicy.Evaluate(
				iampolicy.Request{Caller: caller, Action: r.Action, Resource: r.Resource, ResourceAccount: r.Owner, Context: r.Context},
				iampolicy.Policies{Identity: several(r.Identity), Resource: one(r.ResourcePolicy), Boundary: one(r.Boundary), Session: several(r.Session)},
			)
			assert.Equal(t, r.Decision, got.Decision, got.Reason)
			if r.By != "" {
				assert.Equal(t, r.By, got.Type, got.Reason)
			}
		})
	}
}
