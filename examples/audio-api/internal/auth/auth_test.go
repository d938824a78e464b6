package auth

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/acme/audio-api/internal/config"
)

type account struct {
	keys  Keys
	err   error
	calls int
}

func (a *account) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	a.calls++
	raw, _ := json.Marshal(a.keys)
	return &secretsmanager.GetSecretValueOutput{SecretString: aws.String(string(raw))}, a.err
}

func key(id string) Key {
	return Key{ID: id, Value: base64.StdEncoding.EncodeToString(bytes.Repeat([]byte(id), 32))}
}

// token is a good one, changed by the test.
func token(t *testing.T, k Key, change func(*jwt.Token, *jwt.RegisteredClaims)) string {
	t.Helper()
	claims := &jwt.RegisteredClaims{
		Subject: "ann", Issuer: "login", Audience: jwt.ClaimStrings{"audio-api"},
		ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Hour)),
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	token.Header["kid"] = k.ID
	var signer any
	signer, _ = base64.StdEncoding.DecodeString(k.Value)
	if change != nil {
		change(token, claims)
	}
	if token.Method == jwt.SigningMethodNone {
		signer = jwt.UnsafeAllowNoneSignatureType
	}
	text, err := token.SignedString(signer)
	require.NoError(t, err)
	return text
}

func owner(v *Verifier, token string) (string, error) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return v.Owner(r)
}

func verifier(a *account) *Verifier {
	return NewVerifier(a, config.JWT{SecretARN: "arn:x", Issuer: "login", Audience: "audio-api"})
}

func TestCurrentAndPreviousKey(t *testing.T) {
	old, current := key("a"), key("b")
	v := verifier(&account{keys: Keys{Current: current, Previous: &old}})
	for _, k := range []Key{old, current} {
		subject, err := owner(v, token(t, k, nil))
		require.NoError(t, err)
		assert.Equal(t, "ann", subject)
	}
}

func TestNewKeyIsFound(t *testing.T) {
	old, current := key("a"), key("b")
	a := &account{keys: Keys{Current: old}}
	v := verifier(a)
	_, err := owner(v, token(t, old, nil))
	require.NoError(t, err)
	a.keys = Keys{Current: current, Previous: &old}
	assert.Eventually(t, func() bool {
		_, err := owner(v, token(t, current, nil))
		return err == nil
	}, 5*time.Second, 100*time.Millisecond, "long before the document is read anew anyway")
	_, err = owner(v, token(t, old, nil))
	assert.NoError(t, err, "tokens of the key before stay good")
}

func TestUnknownKeyIsLookedForOnce(t *testing.T) {
	a := &account{keys: Keys{Current: key("a")}}
	v := verifier(a)
	_, err := owner(v, token(t, key("a"), nil))
	require.NoError(t, err)
	for range 20 {
		_, err = owner(v, token(t, key("z"), nil))
		require.Error(t, err)
	}
	assert.LessOrEqual(t, a.calls, 2, "bad tokens are no flood of calls")
}

func TestRefused(t *testing.T) {
	v := verifier(&account{keys: Keys{Current: key("a")}})
	for name, change := range map[string]func(*jwt.Token, *jwt.RegisteredClaims){
		"expired": func(_ *jwt.Token, c *jwt.RegisteredClaims) {
			c.ExpiresAt = jwt.NewNumericDate(time.Now().Add(-time.Hour))
		},
		"no expiry":    func(_ *jwt.Token, c *jwt.RegisteredClaims) { c.ExpiresAt = nil },
		"other issuer": func(_ *jwt.Token, c *jwt.RegisteredClaims) { c.Issuer = "evil" },
		"for others":   func(_ *jwt.Token, c *jwt.RegisteredClaims) { c.Audience = jwt.ClaimStrings{"billing"} },
		"no subject":   func(_ *jwt.Token, c *jwt.RegisteredClaims) { c.Subject = "" },
		"unsigned": func(k *jwt.Token, _ *jwt.RegisteredClaims) {
			k.Method = jwt.SigningMethodNone
			k.Header["alg"] = "none"
		},
		"other method": func(k *jwt.Token, _ *jwt.RegisteredClaims) {
			k.Method = jwt.SigningMethodHS512
			k.Header["alg"] = "HS512"
		},
		"no key":        func(k *jwt.Token, _ *jwt.RegisteredClaims) { delete(k.Header, "kid") },
		"kid of a list": func(k *jwt.Token, _ *jwt.RegisteredClaims) { k.Header["kid"] = []string{"a"} },
	} {
		_, err := owner(v, token(t, key("a"), change))
		assert.Error(t, err, name)
	}
	stranger := key("b")
	stranger.ID = "a"
	_, err := owner(v, token(t, stranger, nil))
	assert.ErrorIs(t, err, jwt.ErrTokenSignatureInvalid)
	_, err = v.Owner(httptest.NewRequest("GET", "/", nil))
	assert.ErrorContains(t, err, "no bearer token")
}

func TestKeysThatCannotBeRead(t *testing.T) {
	v := verifier(&account{err: errors.New("AccessDeniedException")})
	require.Error(t, v.Ready(t.Context()))
	_, err := owner(v, token(t, key("a"), nil))
	assert.ErrorIs(t, err, ErrKeys)
}

func TestBadDocuments(t *testing.T) {
	short, same := Key{ID: "a", Value: "aGk="}, key("a")
	for name, keys := range map[string]Keys{
		"empty": {}, "short": {Current: short}, "no kid": {Current: Key{Value: key("a").Value}}, "not base64": {Current: Key{ID: "a", Value: "!"}},
		"twice the same kid": {Current: key("a"), Previous: &same}, "short previous": {Current: key("b"), Previous: &short},
	} {
		assert.Error(t, keys.Check(), name)
	}
	assert.NoError(t, Keys{Current: key("a")}.Check())
}
