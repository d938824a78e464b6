package rollout

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// DeniedError is a call that the credentials may not make.
type DeniedError struct {
	// Action is the IAM action that is missing.
	Action string
	// Err is AWS's answer.
	Err error
}

// Error names the action to add.
func (e *DeniedError) Error() string {
	return fmt.Sprintf("%s (%s)", e.short(), message(e.Err))
}

// short is the error without AWS's words.
func (e *DeniedError) short() string {
	return fmt.Sprintf("permission %s is missing: add it to the policy of the role that deploys", e.Action)
}

// Unwrap returns AWS's answer.
func (e *DeniedError) Unwrap() error { return e.Err }

const (
	firstBackoff = time.Second
	maxBackoff   = 15 * time.Second
)

// attempts bounds the tries of one call.
type attempts struct {
	// until ends them; zero for no end.
	until time.Time
	// most is how many there are; 0 for any number.
	most int
}

// do calls AWS, and again after a pause as long as it is busy or out of reach. The SDK's clients repeat a call a few times
// within seconds; this is for what takes longer, so that a deployment of minutes is not lost to a moment.
func do[T any](ctx context.Context, a attempts, action string, call func(context.Context) (T, error)) (T, error) {
	pause := firstBackoff
	for tries := 1; ; tries++ {
		out, err := call(ctx)
		switch {
		case err == nil:
			return out, nil
		case ctx.Err() != nil:
			return out, ctx.Err()
		case denied(err):
			return out, &DeniedError{Action: action, Err: err}
		case !transient(err), tries == a.most, !a.until.IsZero() && !time.Now().Add(pause).Before(a.until):
			return out, fmt.Errorf("%s: %w", action, err)
		}
		if err := sleep(ctx, pause); err != nil {
			return out, err
		}
		pause = min(2*pause, maxBackoff)
	}
}

// sleep waits, unless the context ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

var retryables = retry.IsErrorRetryables(retry.DefaultRetryables)

// transient tells whether the same call may succeed later.
func transient(err error) bool {
	if retryables.IsErrorRetryable(err) == aws.TrueTernary {
		return true
	}
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorFault() == smithy.FaultServer {
		return true
	}
	return slices.Contains([]string{"ServerException", "ServiceUnavailable", "ServiceUnavailableException", "InternalFailure"}, code(err)) ||
		errors.Is(err, context.DeadlineExceeded)
}

// denied tells whether AWS refused the caller, not the call.
func denied(err error) bool {
	return slices.Contains([]string{"AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "NotAuthorized"}, code(err))
}

// missing tells whether an endpoint does not know an operation: a partition that is behind, or something that stands in
// for AWS.
func missing(err error) bool {
	if slices.Contains([]string{"UnsupportedFeatureException", "UnknownOperationException", "InvalidAction", "NotImplemented", "UnsupportedOperation"}, code(err)) {
		return true
	}
	var response *smithyhttp.ResponseError
	return errors.As(err, &response) && response.HTTPStatusCode() == http.StatusNotImplemented
}

// expired tells whether the credentials were good once.
func expired(err error) bool {
	return slices.Contains([]string{"ExpiredTokenException", "ExpiredToken", "RequestExpired"}, code(err))
}

// code is the code of AWS's error; empty for any other.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// message is what AWS says, without the wrapping of the SDK.
func message(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode() + ": " + api.ErrorMessage()
	}
	return err.Error()
}
