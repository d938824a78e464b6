// Package config reads what the service needs from its environment, once, and tells all that is wrong with it at once.
package config

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// stopTimeout is the longest time that ECS on Fargate gives a task between SIGTERM and SIGKILL.
const stopTimeout = 120 * time.Second

// maxUpload is the largest object that S3 takes in one request.
const maxUpload = 5 << 30

// Config is the environment of the service. README.md explains the variables.
type Config struct {
	Listen      string
	Bucket      string
	Prefix      string
	MaxUpload   int64
	LinkExpiry  time.Duration
	JWT         JWT
	Database    Database
	ServiceName string
	// ShutdownDelay is how long requests are still taken after SIGTERM, ShutdownTimeout how long those in flight have.
	ShutdownDelay, ShutdownTimeout time.Duration
}

// JWT says which tokens are good.
type JWT struct {
	SecretARN, Issuer, Audience string
}

// Database says where the database is. Host, Port and Name are for secrets that hold user name and password alone.
type Database struct {
	SecretARN string
	Host      string
	Port      int
	Name      string
	// TLS is verify-full, require or disable; CAFile holds the certificates that verify-full trusts.
	TLS, CAFile string
}

// Load reads the variables that serving needs.
func Load(getenv func(string) string) (*Config, error) {
	r := &reader{getenv: getenv}
	c := &Config{
		Listen:      r.text("LISTEN_ADDRESS", ":8080"),
		Bucket:      r.required("AUDIO_BUCKET", "the name of the bucket for recordings"),
		Prefix:      r.text("AUDIO_PREFIX", "uploads/"),
		MaxUpload:   int64(r.number("MAX_UPLOAD_BYTES", 500<<20, 1, maxUpload)),
		LinkExpiry:  r.duration("LINK_EXPIRY", 15*time.Minute, time.Minute, 12*time.Hour),
		ServiceName: r.text("OTEL_SERVICE_NAME", "audio-api"),
		JWT: JWT{
			SecretARN: r.arn("JWT_SECRET_ARN"),
			Issuer:    r.required("JWT_ISSUER", "who signs the tokens (claim iss)"),
			Audience:  r.required("JWT_AUDIENCE", "whom the tokens are for (claim aud)"),
		},
		Database:        r.database(),
		ShutdownDelay:   r.duration("SHUTDOWN_DELAY", 5*time.Second, 0, stopTimeout),
		ShutdownTimeout: r.duration("SHUTDOWN_TIMEOUT", 100*time.Second, time.Second, stopTimeout),
	}
	if !strings.HasSuffix(c.Prefix, "/") || strings.HasPrefix(c.Prefix, "/") {
		r.wrong("AUDIO_PREFIX", "a prefix that ends with a slash and begins with none, such as uploads/")
	}
	if c.ShutdownDelay+c.ShutdownTimeout >= stopTimeout {
		r.wrong("SHUTDOWN_TIMEOUT", "together with SHUTDOWN_DELAY less than %v, after which ECS kills the task", stopTimeout)
	}
	return c, r.err()
}

// LoadDatabase reads the variables that a migration needs.
func LoadDatabase(getenv func(string) string) (Database, error) {
	r := &reader{getenv: getenv}
	return r.database(), r.err()
}

func (r *reader) database() Database {
	d := Database{
		SecretARN: r.arn("DATABASE_SECRET_ARN"),
		Host:      r.text("DATABASE_HOST", ""),
		Port:      r.number("DATABASE_PORT", 5432, 1, 65535),
		Name:      r.text("DATABASE_NAME", "audio"),
		TLS:       r.text("DATABASE_TLS", "verify-full"),
		CAFile:    r.text("DATABASE_CA_FILE", ""),
	}
	switch d.TLS {
	case "verify-full", "require", "disable":
	default:
		r.wrong("DATABASE_TLS", "verify-full (the default), require (no check of the certificate) or disable (plain text)")
	}
	if _, err := os.Stat(d.CAFile); d.CAFile != "" && err != nil {
		r.wrong("DATABASE_CA_FILE", "a file of certificates in PEM: %v", err)
	}
	return d
}

// reader collects what is wrong. It never quotes a value: a secret may have been pasted into the wrong variable.
type reader struct {
	getenv   func(string) string
	problems []error
}

func (r *reader) err() error { return errors.Join(r.problems...) }

func (r *reader) wrong(name, expected string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf("%s: expected %s", name, fmt.Sprintf(expected, args...)))
}

func (r *reader) text(name, otherwise string) string {
	if value := strings.TrimSpace(r.getenv(name)); value != "" {
		return value
	}
	return otherwise
}

func (r *reader) required(name, what string) string {
	value := r.text(name, "")
	if value == "" {
		r.wrong(name, "%s, but it is not set", what)
	}
	return value
}

func (r *reader) arn(name string) string {
	value := r.required(name, "the ARN of a secret in Secrets Manager")
	parts := strings.Split(value, ":")
	if value != "" && (len(parts) != 7 || parts[0] != "arn" || parts[2] != "secretsmanager" || parts[5] != "secret") {
		r.wrong(name, "the ARN of a secret, arn:aws:secretsmanager:<region>:<account>:secret:<name>; never the secret itself")
	}
	return value
}

func (r *reader) number(name string, otherwise, low, high int) int {
	value, err := strconv.Atoi(r.text(name, strconv.Itoa(otherwise)))
	if err != nil || value < low || value > high {
		r.wrong(name, "a number from %d to %d", low, high)
	}
	return value
}

func (r *reader) duration(name string, otherwise, low, high time.Duration) time.Duration {
	value, err := time.ParseDuration(r.text(name, otherwise.String()))
	if err != nil || value < low || value > high {
		r.wrong(name, "a duration from %v to %v, such as 30s", low, high)
	}
	return value
}
