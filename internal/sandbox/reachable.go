package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// reachTimeout bounds the question whether a download server answers. A machine without a way out often drops packets
// instead of refusing them, so only a clock ends the wait.
const reachTimeout = 20 * time.Second

// answerTimeout bounds the question whether anybody answers at an endpoint of the user's, which is near as a rule.
const answerTimeout = 5 * time.Second

// answers asks an endpoint anything. Whatever it answers counts: what AWS endpoints say to a request without a
// signature is an error more often than not.
func answers(ctx context.Context, endpoint string) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return cause(err)
	}
	_ = resp.Body.Close()
	return nil
}

// cause takes the request, which the caller has named already, off an HTTP error.
func cause(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// reachable asks for a URL's headers. Any answer below 400 counts.
func reachable(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode >= 400 {
		return fmt.Errorf("%s answers %s", req.URL.Host, resp.Status)
	}
	return nil
}
