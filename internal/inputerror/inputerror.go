// Package inputerror reports problems with the inputs of a component to the Pulumi engine.
package inputerror

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/errors"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Of is nil if there are no problems, otherwise one error about all of them. The type is the component's type token, the
// name that of the resource. It reads like [validate.Error], which it wraps; and errors.As turns it into Pulumi's own,
// whose properties an engine shows one by one: that is how a program in another language sees them.
func Of(problems validate.Problems, typ, name string) error {
	if len(problems) == 0 {
		return nil
	}
	return &inputError{&validate.Error{Subject: typ, Name: name, Problems: problems}}
}

type inputError struct{ problems *validate.Error }

func (e *inputError) Error() string { return e.problems.Error() }

func (e *inputError) Unwrap() error { return e.problems }

// As implements the interface that errors.As looks for.
func (e *inputError) As(target any) bool {
	t, ok := target.(**errors.InputPropertiesError)
	if !ok {
		return false
	}
	details := make([]errors.InputPropertyErrorDetails, len(e.problems.Problems))
	for i, p := range e.problems.Problems {
		details[i] = errors.InputPropertyErrorDetails{PropertyPath: string(p.Path), Reason: p.Reason()}
	}
	*t = errors.NewInputPropertiesError(e.problems.Heading(), details...)
	return true
}
