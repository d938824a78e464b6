package inputerror_test

import (
	stderrors "errors"
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/errors"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The engine, and so a program in another language, is told of every property by its path.
func TestOf(t *testing.T) {
	require.NoError(t, inputerror.Of(nil, "bulwark:storage:Bucket", "audio"))
	err := fmt.Errorf("wrapped: %w", inputerror.Of(validate.Problems{
		validate.Required("a", "something", ""), validate.Invalid("b[0]", "x", "another", ""),
	}, "bulwark:storage:Bucket", "audio"))

	var theirs *errors.InputPropertiesError
	require.ErrorAs(t, err, &theirs)
	assert.Equal(t, `bulwark:storage:Bucket "audio": 2 problems`, theirs.Message)
	assert.Equal(t, []errors.InputPropertyErrorDetails{
		{PropertyPath: "a", Reason: "missing: expected something"},
		{PropertyPath: "b[0]", Reason: `"x": expected another`},
	}, theirs.Errors)

	var ours *validate.Error
	require.ErrorAs(t, err, &ours)
	assert.Equal(t, []string{"required", "invalid"}, ours.Problems.Rules())

	var other *otherError
	assert.False(t, stderrors.As(err, &other))
}

type otherError struct{}

func (*otherError) Error() string { return "" }
