package componenttest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// BadPolicies are the problems of the policy documents among the inputs: what iampolicy finds wrong, and the actions,
// resources and condition keys that AWS does not have, or not together.
func BadPolicies(r *Recorder) []string {
	var found []string
	for _, reg := range r.Registrations() {
		for _, key := range slices.Sorted(maps.Keys(reg.Inputs)) {
			for _, text := range policyTexts(reg.Input(string(key))) {
				d, problems := iampolicy.Parse(text)
				for _, p := range append(problems, iamref.Check(d)...) {
					found = append(found, fmt.Sprintf("%s %q: %s: %s", reg.Type, reg.Name, key, p))
				}
			}
		}
	}
	return found
}

// policyTexts are the policy documents in a value.
func policyTexts(value any) []string {
	var found []string
	switch v := value.(type) {
	case string:
		if strings.HasPrefix(v, "{") && strings.Contains(v, `"Statement"`) {
			found = append(found, v)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			found = append(found, policyTexts(v[key])...)
		}
	case []any:
		for _, inner := range v {
			found = append(found, policyTexts(inner)...)
		}
	}
	return found
}
