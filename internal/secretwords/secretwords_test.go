package secretwords

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamed(t *testing.T) {
	for _, name := range []string{
		"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "ECS_ENGINE_AUTH_DATA", "DB_PASSWORD", "dbPassword",
		"db-password", "spring.datasource.password", "Database__Password", "PGPASSWORD", "MYSQL_PWD", "JWT_SECRET", "APIKEY", "SENDGRID_API_KEY",
		"githubToken", "TOKEN", "RSA_PRIVATE_KEY", "GOOGLE_CREDENTIALS",
	} {
		assert.True(t, Named(name, "correct horse"), name)
	}
	for _, name := range []string{
		"DB_PASSWORD_FILE", "JWT_SECRET_ARN", "TOKEN_TTL", "PARTITION_KEY", "KMS_KEY_ID", "PUBLIC_KEY", "NEXT_PUBLIC_API_KEY",
		"STRIPE_PUBLISHABLE_KEY", "MAX_TOKEN", "MONKEY", "SECRETS_BACKEND", "PWD", "OLDPWD", "",
	} {
		assert.False(t, Named(name, "correct horse"), name)
	}
	for _, value := range []string{"", "true", "0", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", "${DB_PASSWORD}"} {
		assert.False(t, Named("DB_PASSWORD", value), value)
	}
}

func TestKind(t *testing.T) {
	for value, want := range map[string]string{
		"AKIA" + "IOSFODNN7EXAMPLE":                                  "an AWS access key",
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn":                "a private key",
		"postgres://app:horse@db.internal:5432/acme":                 "an address with a password",
		"redis://:horse@cache.internal":                              "an address with a password",
		"postgres://app:${DB_PASSWORD}@db.internal/acme":             "",
		"postgres://app@db.internal:5432/acme":                       "",
		"https://example.com/a:b@c":                                  "",
		"https://api.example.com:8443/v1":                            "",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl":      "a signed token",
		"jdbc:mysql://app:horse@db.internal/acme":                    "an address with a password",
		"jdbc:postgresql://db.internal/acme?user=app&password=horse": "a connection string with a password",
		"Server=db.internal;User Id=app;Password=horse;":             "a connection string with a password",
		"host=db.internal password=${DB_PASSWORD}":                   "",
		"eu-west-1": "",
	} {
		assert.Equal(t, want, Kind(value), value)
	}
}
