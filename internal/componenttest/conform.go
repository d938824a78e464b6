package componenttest

import (
	"errors"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Case says how to make one kind of component.
type Case struct {
	// Token is the type token of the component.
	Token string
	// Args is the zero value of its Args, Component that of the component.
	Args, Component any
	// Minimal makes the component with the required arguments only. Its golden is <Golden>-minimal.
	Minimal pulumi.RunFunc
	// Variants make it with other arguments; the key names the golden.
	Variants map[string]pulumi.RunFunc
	// Disposable makes it disposable; nil if it holds nothing.
	Disposable pulumi.RunFunc
	// Unknown makes it with every input unknown; it runs as a preview.
	Unknown pulumi.RunFunc
	// NoArgs makes it with nil as arguments, which has to report what is required.
	NoArgs pulumi.RunFunc
	// Bad are refused.
	Bad []Bad
	// Golden begins the names of the golden files.
	Golden string
	// Beside are the types that the programs register beside the component, such as providers.
	Beside []string
}

// Bad is a program that has to be refused with exactly these problems, each "path: rule", in order.
type Bad struct {
	Name     string
	Program  pulumi.RunFunc
	Problems []string
}

// Conform runs the suite. See the package comment for what it asserts.
func Conform(t *testing.T, c Case) {
	t.Helper()
	require.NotNil(t, c.Minimal, "a case needs Minimal")
	require.NotEmpty(t, c.Bad, "a case needs Bad")
	require.NotNil(t, c.NoArgs, "a case needs NoArgs")
	require.NotNil(t, c.Unknown, "a case needs Unknown")

	t.Run("fields", func(t *testing.T) {
		assert.Empty(t, BadArgsFields(c.Args))
		assert.Empty(t, BadOutputFields(c.Component))
	})
	t.Run("minimal", func(t *testing.T) {
		recorder := c.deploy(t, c.Minimal, c.Golden+"-minimal")
		assert.Empty(t, Unprotected(recorder))
	})
	for name, program := range c.Variants {
		t.Run(name, func(t *testing.T) { c.deploy(t, program, c.Golden+"-"+name) })
	}
	if c.Disposable != nil {
		t.Run("disposable", func(t *testing.T) {
			assert.Empty(t, Undeletable(c.deploy(t, c.Disposable, c.Golden+"-disposable")))
		})
	}
	t.Run("unknown", func(t *testing.T) {
		recorder, err := Preview(c.Unknown)
		require.NoError(t, err)
		assert.NotEmpty(t, recorder.Find(c.Token))
	})
	t.Run("no args", func(t *testing.T) {
		recorder, err := Update(c.NoArgs)
		require.NotEmpty(t, problems(t, err))
		assert.Empty(t, recorder.Find(c.Token))
	})
	for _, bad := range c.Bad {
		t.Run("bad "+bad.Name, func(t *testing.T) {
			recorder, err := Update(bad.Program)
			assert.Equal(t, bad.Problems, problems(t, err), "the error is: %v", err)
			for _, r := range recorder.Registrations() {
				assert.NotEqual(t, c.Token, r.Type, "registered in spite of the error")
			}
		})
	}
}

// deploy runs the program in both modes and asserts what holds for every component.
func (c Case) deploy(t *testing.T, program pulumi.RunFunc, golden string) *Recorder {
	t.Helper()
	updated := Run(t, program)
	assert.NotEmpty(t, updated.Find(c.Token))
	assert.Empty(t, Orphans(updated, c.Beside...))
	assert.Empty(t, Untagged(updated, TagKeys...))
	assert.Empty(t, BadPolicies(updated))

	components := 1 // the stack
	for _, r := range updated.Registrations() {
		if !r.Custom && !r.Remote {
			components++
		}
	}
	assert.Equal(t, components, updated.OutputRegistrations(), "every component registers its outputs once")

	previewed, err := Preview(program)
	require.NoError(t, err)
	assert.Equal(t, shape(updated), shape(previewed), "a preview registers what an update does")

	Golden(t, golden, updated)
	return updated
}

func shape(r *Recorder) []string {
	var urns []string
	for _, reg := range r.Registrations() {
		urns = append(urns, reg.URN)
	}
	return urns
}

// problems are "path: rule" of a validation error; the test fails if it is none.
func problems(t *testing.T, err error) []string {
	t.Helper()
	var invalid *validate.Error
	require.True(t, errors.As(err, &invalid), "expected a validation error, got: %v", err)
	var found []string
	for _, p := range invalid.Problems {
		found = append(found, string(p.Path)+": "+p.Rule)
	}
	return found
}
