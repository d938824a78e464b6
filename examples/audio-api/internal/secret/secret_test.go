package secret

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type account struct {
	text  string
	err   error
	calls int
}

func (a *account) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	a.calls++
	if a.err != nil {
		return nil, a.err
	}
	return &secretsmanager.GetSecretValueOutput{SecretString: aws.String(a.text)}, nil
}

type login struct{ User string }

func document(a *account) (*Document[login], *time.Time) {
	now := time.Unix(1_800_000_000, 0)
	d := New(a, "arn:x", JSON(func(l login) error {
		if l.User == "" {
			return errors.New("User is missing")
		}
		return nil
	}))
	d.now = func() time.Time { return now }
	return d, &now
}

func TestDocumentIsReadAnew(t *testing.T) {
	a := &account{text: `{"User":"a"}`}
	d, now := document(a)
	for range 3 {
		value, err := d.Get(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "a", value.User)
	}
	assert.Equal(t, 1, a.calls)

	a.text = `{"User":"b"}`
	value, _ := d.Refresh(t.Context())
	assert.Equal(t, "a", value.User, "not twice within a second")
	*now = now.Add(minAge)
	value, _ = d.Refresh(t.Context())
	assert.Equal(t, "b", value.User)

	a.text = `{"User":"c"}`
	*now = now.Add(maxAge)
	value, _ = d.Get(t.Context())
	assert.Equal(t, "c", value.User)
	assert.Equal(t, 3, a.calls)
}

func TestLastDocumentStaysGood(t *testing.T) {
	a := &account{err: errors.New("throttled")}
	d, now := document(a)
	_, err := d.Get(t.Context())
	require.ErrorContains(t, err, "throttled")
	a.err, a.text = nil, `{"User":"a"}`
	_, err = d.Get(t.Context())
	require.NoError(t, err)

	a.err = errors.New("throttled")
	*now = now.Add(maxAge)
	for range 5 {
		value, err := d.Refresh(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "a", value.User)
	}
	assert.Equal(t, 3, a.calls, "a service that fails is left in peace for a while")
}

func TestDocumentIsNeverQuoted(t *testing.T) {
	for _, text := range []string{"hunter2", `{"User":{"hunter2":1}}`, `{"Password":"hunter2"}`} {
		d, _ := document(&account{text: text})
		_, err := d.Get(t.Context())
		require.ErrorContains(t, err, "arn:x")
		assert.NotContains(t, err.Error(), "hunter2")
	}
}
