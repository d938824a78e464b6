package api

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/acme/audio-api/internal/database"
	"github.com/acme/audio-api/internal/objects"
)

// problem is an error that the caller is told, as application/problem+json (RFC 9457).
type problem struct {
	Title   string `json:"title"`
	Status  int    `json:"status"`
	Detail  string `json:"detail,omitempty"`
	TraceID string `json:"traceId,omitempty"`
}

func (p *problem) Error() string { return p.Detail }

func refuse(status int, detail string, args ...any) *problem {
	return &problem{Title: http.StatusText(status), Status: status, Detail: fmt.Sprintf(detail, args...)}
}

// explain says what a caller is told of an error. What is not the caller's doing stays in the log.
func explain(err error) *problem {
	var known *problem
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "at most %d bytes", tooLarge.Limit)
	case errors.Is(err, database.ErrNotFound):
		return refuse(http.StatusNotFound, "%v", database.ErrNotFound)
	case errors.Is(err, objects.ErrBody):
		return refuse(http.StatusBadRequest, "%v", objects.ErrBody)
	default:
		return refuse(http.StatusServiceUnavailable, "something that this service needs does not answer: try again")
	}
}
