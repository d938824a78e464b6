package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"
)

// client is a user's program.
type client struct {
	url, token string
}

type link struct {
	Method, URL string
	Headers     map[string]string
}

type recording struct {
	ID               string
	Uploaded         bool
	Upload, Download *link
}

// check uploads two recordings, one through the service and one by link, and looks where and how they lie.
func check(ctx context.Context, c *client, a *account, t *target) error {
	sound := tone(440, time.Second)
	through, err := c.create(ctx, "audio/wav", sound)
	if err != nil {
		return fmt.Errorf("upload through the service: %w", err)
	}
	announced, err := json.Marshal(map[string]any{"contentType": "audio/wav", "size": len(sound)})
	if err != nil {
		return err
	}
	linked, err := c.create(ctx, "application/json", announced)
	if err != nil {
		return fmt.Errorf("announce an upload: %w", err)
	}
	if linked.Upload == nil {
		return errors.New("the service has answered without a link")
	}
	if _, err := send(ctx, *linked.Upload, sound); err != nil {
		return fmt.Errorf("upload by link: %w", err)
	}
	for _, upload := range []struct {
		how string
		recording
	}{{"through the service", through}, {"by link", linked}} {
		if err := c.compare(ctx, upload.ID, sound); err != nil {
			return fmt.Errorf("recording %s: %w", upload.ID, err)
		}
		key, algorithm, kmsKey, err := a.encryption(ctx, t.output(bucketOutput), upload.ID)
		if err != nil {
			return err
		}
		if algorithm != "aws:kms" || kmsKey != t.output(keyOutput) {
			return fmt.Errorf("%s is encrypted with %s %s, expected aws:kms %s", key, algorithm, kmsKey, t.output(keyOutput))
		}
		fmt.Printf("  uploaded  %d bytes %s: s3://%s/%s\n            encrypted with %s, %s; downloaded again, the same\n",
			len(sound), upload.how, t.output(bucketOutput), key, algorithm, kmsKey)
	}
	return nil
}

func (c *client) create(ctx context.Context, contentType string, body []byte) (r recording, err error) {
	raw, err := send(ctx, c.link("POST", "/v1/recordings", "Content-Type", contentType), body)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(raw, &r)
}

// compare downloads a recording and compares it with what was uploaded.
func (c *client) compare(ctx context.Context, id string, want []byte) error {
	raw, err := send(ctx, c.link("GET", "/v1/recordings/"+id), nil)
	if err != nil {
		return err
	}
	var found recording
	if err := json.Unmarshal(raw, &found); err != nil {
		return err
	}
	if !found.Uploaded || found.Download == nil {
		return errors.New("the service says that it is not there")
	}
	got, err := send(ctx, *found.Download, nil)
	if err == nil && !bytes.Equal(got, want) {
		err = errors.New("what is downloaded differs from what was uploaded")
	}
	return err
}

func (c *client) waitUntilReady(ctx context.Context, s *service) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for {
		_, err := send(ctx, c.link("GET", "/readyz"), nil)
		if err == nil {
			return nil
		}
		select {
		case failed := <-s.ended:
			s.ended <- failed
			return fmt.Errorf("the service does not start: %w", errors.Join(failed, err))
		case <-ctx.Done():
			return fmt.Errorf("the service does not become ready: %w", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (c *client) link(method, path string, header ...string) link {
	l := link{Method: method, URL: c.url + path, Headers: map[string]string{"Authorization": "Bearer " + c.token}}
	for i := 0; i+1 < len(header); i += 2 {
		l.Headers[header[i]] = header[i+1]
	}
	return l
}

// send sends a request with exactly the link's headers.
func send(ctx context.Context, l link, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, l.Method, l.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, value := range l.Headers {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusMultipleChoices {
		err = fmt.Errorf("%s: %s", answer.Status, raw)
	}
	return raw, err
}

// tone is a WAV file with a sine of 8,000 samples of one byte a second.
func tone(hertz float64, length time.Duration) []byte {
	const rate = 8000
	samples := int(length.Seconds() * rate)
	var file bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(36 + samples), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(rate),
		uint16(1), uint16(8), []byte("data"), uint32(samples),
	} {
		_ = binary.Write(&file, binary.LittleEndian, part) // A buffer takes everything.
	}
	for i := range samples {
		file.WriteByte(byte(128 + 100*math.Sin(2*math.Pi*hertz*float64(i)/rate)))
	}
	return file.Bytes()
}
