// Package secret reads JSON documents from Secrets Manager that may change while the service runs.
package secret

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

const (
	// maxAge is how long a document is used without a look whether it has changed.
	maxAge = 5 * time.Minute
	// minAge keeps a flood of bad tokens or passwords from becoming a flood of calls.
	minAge = time.Second
)

// API is what the package needs of Secrets Manager.
type API interface {
	GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error)
}

// Document is the secret with an ARN, parsed to a T.
type Document[T any] struct {
	api   API
	arn   string
	parse func([]byte) (T, error)
	now   func() time.Time

	mu    sync.Mutex
	value *T
	// read is when the value was, tried when it was last asked for.
	read, tried time.Time
}

// New makes a document, and asks for nothing yet. parse must not quote the document in its errors.
func New[T any](api API, arn string, parse func([]byte) (T, error)) *Document[T] {
	return &Document[T]{api: api, arn: arn, parse: parse, now: time.Now}
}

// JSON parses a document into a T, and checks it.
func JSON[T any](check func(T) error) func([]byte) (T, error) {
	return func(raw []byte) (value T, err error) {
		// The decoder's own error may quote the document.
		if json.Unmarshal(raw, &value) != nil {
			return value, errors.New("it is not JSON of the expected form")
		}
		return value, check(value)
	}
}

// Get returns the document, read anew every few minutes. While it cannot be read, the last one is good.
func (d *Document[T]) Get(ctx context.Context) (T, error) { return d.get(ctx, maxAge) }

// Refresh returns the document as it stands now, for whoever finds that the one from Get no longer fits. It is not read
// more often than once a second.
func (d *Document[T]) Refresh(ctx context.Context) (T, error) { return d.get(ctx, minAge) }

func (d *Document[T]) get(ctx context.Context, age time.Duration) (T, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	if d.value != nil && (now.Sub(d.read) < age || now.Sub(d.tried) < minAge) {
		return *d.value, nil
	}
	d.tried = now
	value, err := d.fetch(ctx)
	if err == nil {
		d.value, d.read = &value, now
	} else if d.value == nil {
		return value, err
	} else {
		slog.WarnContext(ctx, "the last version of a secret stays in use", "error", err)
	}
	return *d.value, nil
}

func (d *Document[T]) fetch(ctx context.Context) (value T, err error) {
	// One caller that gives up must not leave the others without the document.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	out, err := d.api.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &d.arn})
	if err != nil {
		return value, fmt.Errorf("read the secret %s: %w", d.arn, err)
	}
	if out.SecretString == nil {
		return value, fmt.Errorf("the secret %s holds bytes, not a JSON document", d.arn)
	}
	if value, err = d.parse([]byte(*out.SecretString)); err != nil {
		return value, fmt.Errorf("the secret %s: %w", d.arn, err)
	}
	return value, nil
}
