package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// reachTimeout bounds the question whether a download server answers. A machine without a way out often drops packets
// instead of refusing them, so only a clock ends the wait.
const reachTimeout = 20 * time.Second

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
