// Package auth says who a request is from. Tokens are signed with a key that is rotated: the one before stays good until
// the tokens that it has signed have expired.
package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/acme/audio-api/internal/config"
	"github.com/acme/audio-api/internal/secret"
)

// Keys is the document in Secrets Manager.
type Keys struct {
	Current  Key  `json:"current"`
	Previous *Key `json:"previous,omitempty"`
}

// Key is one key for HMAC-SHA256, in base64, and the id that a token names it by.
type Key struct {
	ID    string `json:"kid"`
	Value string `json:"key"`
}

// Check says what is wrong with the document, without quoting it.
func (k Keys) Check() error {
	if k.Previous != nil && k.Previous.ID == k.Current.ID {
		return errors.New("current and previous have the same kid")
	}
	for name, key := range map[string]*Key{"current": &k.Current, "previous": k.Previous} {
		if key == nil {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(key.Value)
		if key.ID == "" || err != nil || len(raw) < 32 {
			return fmt.Errorf("%s: expected a kid, and a key of at least 32 bytes in base64", name)
		}
	}
	return nil
}

func (k Keys) find(id string) []byte {
	for _, key := range []*Key{&k.Current, k.Previous} {
		if key != nil && key.ID == id {
			raw, _ := base64.StdEncoding.DecodeString(key.Value) // Check has decoded it.
			return raw
		}
	}
	return nil
}

// Verifier checks tokens.
type Verifier struct {
	keys   *secret.Document[Keys]
	parser *jwt.Parser
}

// NewVerifier makes a verifier of the tokens that c describes.
func NewVerifier(api secret.API, c config.JWT) *Verifier {
	return &Verifier{
		keys: secret.New(api, c.SecretARN, secret.JSON(Keys.Check)),
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{"HS256"}), jwt.WithIssuer(c.Issuer), jwt.WithAudience(c.Audience),
			jwt.WithExpirationRequired(), jwt.WithLeeway(30*time.Second),
		),
	}
}

// ErrKeys is what Owner's error is when no token can be checked at all.
var ErrKeys = errors.New("the keys for tokens cannot be read")

// Ready reports whether tokens can be checked.
func (v *Verifier) Ready(ctx context.Context) error {
	_, err := v.keys.Get(ctx)
	return err
}

// Owner returns the subject of a request's bearer token.
func (v *Verifier) Owner(r *http.Request) (string, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", errors.New("no bearer token")
	}
	var claims jwt.RegisteredClaims
	if _, err := v.parser.ParseWithClaims(token, &claims, v.key(r.Context())); err != nil {
		return "", err
	}
	if claims.Subject == "" || len(claims.Subject) > 256 {
		return "", errors.New("the token has no subject of at most 256 characters")
	}
	return claims.Subject, nil
}

// key finds the key that a token names. One that is not known may be newer than the document.
func (v *Verifier) key(ctx context.Context) jwt.Keyfunc {
	return func(token *jwt.Token) (any, error) {
		id, _ := token.Header["kid"].(string)
		for _, read := range []func(context.Context) (Keys, error){v.keys.Get, v.keys.Refresh} {
			keys, err := read(ctx)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrKeys, err)
			}
			if key := keys.find(id); key != nil {
				return key, nil
			}
		}
		return nil, errors.New("the token names no key that is known")
	}
}
