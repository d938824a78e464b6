package ecs

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// secretWords end the names of variables that hold a secret. A word more makes them something else: SECRET_ARN,
// TOKEN_TTL, PASSWORD_FILE. PWD alone is a folder.
var secretWords = regexp.MustCompile(`(PASSWORD|PASSWD|PASSPHRASE|_PWD|(^|_)(SECRET|TOKEN|CREDENTIALS?|AUTH_DATA|ACCESS_KEY_ID|` +
	`(API|ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|AUTH|MASTER|ACCOUNT|SERVICE|LICENSE)_?KEY))$`)

// publicWords mark names whose values are for everybody to see.
var publicWords = regexp.MustCompile(`(^|_)(PUBLIC|PUBLISHABLE|MAX|MIN|NUM)(_|$)`)

// secretKinds are secrets that their form gives away, whatever the name.
var secretKinds = []struct {
	kind string
	form *regexp.Regexp
}{
	{"an AWS access key", regexp.MustCompile(`\b(AKIA|ASIA)[A-Z0-9]{16}\b`)},
	{"a private key", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)},
	{"a GitHub token", regexp.MustCompile(`\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})`)},
	{"a Slack token", regexp.MustCompile(`\bxox[abeprs]-[A-Za-z0-9-]{10,}`)},
	{"a Stripe key", regexp.MustCompile(`\b[rs]k_live_[A-Za-z0-9]{16,}`)},
	{"a signed token", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)},
	// In both, ${PASSWORD} and the like are filled in later.
	{"an address with a password", regexp.MustCompile(`^([a-z]+:)?[a-z][a-z0-9+.-]*://[^/\s:@]*:[^/\s@${<][^/\s@]*@`)},
	{"a connection string with a password", regexp.MustCompile(`(?i)[;\s?&](password|pwd)=[^;\s&${<]`)},
}

// secretKind says what kind of secret a value is by its form; empty for none.
func secretKind(value string) string {
	for _, k := range secretKinds {
		if k.form.MatchString(value) {
			return k.kind
		}
	}
	return ""
}

// namesSecret tells whether a variable holds a secret by its name, unless the value cannot be one: nothing, a switch, a
// count of tokens, the ARN of the secret instead of the secret.
func namesSecret(name, value string) bool {
	name = snakeCase(name)
	if !secretWords.MatchString(name) || publicWords.MatchString(name) {
		return false
	}
	if _, err := strconv.ParseBool(value); err == nil {
		return false
	}
	return value != "" && !strings.HasPrefix(value, "arn:") && !strings.HasPrefix(value, "${")
}

// snakeCase writes a name in capitals with underscores: dbPassword, db-password and Db__Password become DB_PASSWORD.
func snakeCase(name string) string {
	var b strings.Builder
	var last rune
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = '_'
		case unicode.IsUpper(r) && unicode.IsLower(last):
			b.WriteByte('_')
		}
		if r != '_' || last != '_' {
			b.WriteRune(unicode.ToUpper(r))
		}
		last = r
	}
	return strings.Trim(b.String(), "_")
}
