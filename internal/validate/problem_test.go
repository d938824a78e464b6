package validate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

type colour string

func (colour) Values() []colour { return []colour{"red", "green"} }

func TestErrorListsEveryProblem(t *testing.T) {
	var ps validate.Problems
	require.NoError(t, ps.Err("bulwark:storage:Bucket", "audio"))

	ps.Add(validate.Required("labels.owner", "the team that answers for it", "set owner"))
	ps.Add(validate.Range("abortMultipartDays", -1, 1, 365, "days")...)
	ps.Add(validate.Range("abortMultipartDays", 7, 1, 365, "days")...)
	ps.Add(validate.Range("days", 400, 1, 365, "days")...)
	ps.Add(validate.Enum("colour", colour("gren"))...)
	ps.Add(validate.Enum("colour", colour("black"))...)
	ps.Add(validate.Enum("colour", colour("red"))...)
	ps.Add(validate.Enum("colour", colour(""))...)
	ps.Add(validate.Conflict("a", true, "either a or b", "").By("my-rule"))
	ps.Add(validate.Forbidden("c", []string{"x", "y"}, "nothing", "remove it"))

	err := ps.Err("bulwark:storage:Bucket", "audio")
	require.EqualError(t, err, `bulwark:storage:Bucket "audio": 7 problems:
  - labels.owner: missing: expected the team that answers for it; fix: set owner
  - abortMultipartDays: -1: expected 1 to 365 days; fix: use at least 1
  - days: 400: expected 1 to 365 days; fix: use at most 365
  - colour: "gren": expected one of red, green; fix: did you mean "green"?
  - colour: "black": expected one of red, green
  - a: true: expected either a or b
  - c: "[x y]": expected nothing; fix: remove it`)

	var own *validate.Error
	require.ErrorAs(t, err, &own)
	assert.Equal(t, []string{"required", "out-of-range", "out-of-range", "not-supported", "not-supported", "my-rule", "forbidden"}, own.Problems.Rules())
}

func TestOneProblemIsOneLine(t *testing.T) {
	err := validate.Problems{validate.Invalid("bucketName", "A", "lower case", "")}.Err("bulwark:storage:Bucket", "audio")
	require.EqualError(t, err, `bulwark:storage:Bucket "audio": bucketName: "A": expected lower case`)
}

func TestPath(t *testing.T) {
	assert.Equal(t, validate.Path(`retention.transitions[1].days`), validate.Path("").Field("retention").Field("transitions").Index(1).Field("days"))
	assert.Equal(t, validate.Path(`labels.extra["a b"]`), validate.Path("labels").Field("extra").Key("a b"))
}

func TestNearest(t *testing.T) {
	names := []string{"public", "internal", "confidential", "restricted"}
	for value, want := range map[string]string{
		"confidental": "confidential", "PUBLIC": "public", "intern": "internal", "xyz": "", "": "", "restrictd": "restricted",
	} {
		got, _ := validate.Nearest(value, names)
		assert.Equal(t, want, got, value)
	}
}
