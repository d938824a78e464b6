package validate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func TestUnknownNames(t *testing.T) {
	const secret = "AKIA" + "IOSFODNN7EXAMPLE"
	unknown := func(name string, names ...string) string {
		return validate.Unknown("rules[0].targetGroup", name, "target group", "targetGroups", names).Reason()
	}
	for got, want := range map[string]string{
		unknown("ap"):                  `"ap": expected the name of a target group, of which there is none; fix: add it to targetGroups`,
		unknown("ap", "app", "api"):    `"ap": expected the name of a target group: app, api; fix: did you mean "app"?`,
		unknown("web", "app", secret):  `"web": expected the name of a target group: app; fix: add it to targetGroups`,
		unknown(secret[:19], secret):   `"AKIAIOSFODNN7EXAMPL": expected the name of a target group; fix: add it to targetGroups`,
		unknown("web", "", "database"): `"web": expected the name of a target group: database; fix: add it to targetGroups`,
	} {
		assert.Equal(t, want, got)
	}
}
