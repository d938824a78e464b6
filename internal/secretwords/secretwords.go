// Package secretwords recognises secrets by the names of variables and by their form: for the rules of the policy pack,
// which report them, and for error messages, which must never quote one.
package secretwords

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

// secretAccessKey is the form of an AWS secret access key, which hashes and paths may have too.
var secretAccessKey = regexp.MustCompile(`(^|[^A-Za-z0-9/+=])[A-Za-z0-9/+]{40}($|[^A-Za-z0-9/+=])`)

// embedded is an address with a password anywhere in a text.
var embedded = regexp.MustCompile(`[a-z][a-z0-9+.-]*://[^/\s:@]*:[^/\s@${<][^/\s@]*@`)

// random is a run of characters that nobody types by hand.
var random = regexp.MustCompile(`[A-Za-z0-9+/_=-]{24,}`)

// Suspect says what secret a text might hold, for a message that would quote it; empty for none. It suspects more than
// Kind finds: an identifier with upper and lower case and digits, in a run without a word, may be one.
func Suspect(text string) string {
	if kind := Kind(text); kind != "" {
		return kind
	}
	if embedded.MatchString(text) {
		return "an address with a password"
	}
	if key := secretAccessKey.FindString(text); key != "" && mixed(key) {
		return "an AWS secret access key"
	}
	for _, run := range random.FindAllString(text, -1) {
		if mixed(run) && !readable.MatchString(run) {
			return "a token or password"
		}
	}
	return ""
}

// readable is a name made of words: AmazonS3ReadOnlyAccess-v2, dev_2026-11-29.
var readable = regexp.MustCompile(`^([A-Za-z]?[a-z]{2,}|[A-Z]{1,4}|[0-9]{1,8}|[_=/+-])+$`)

// mixed says whether a text has letters of both cases and digits.
func mixed(text string) bool {
	var upper, lower, digit bool
	for _, r := range text {
		upper, lower, digit = upper || unicode.IsUpper(r), lower || unicode.IsLower(r), digit || unicode.IsDigit(r)
	}
	return upper && lower && digit
}

// Kind says what kind of secret a value is by its form; empty for none.
func Kind(value string) string {
	for _, k := range secretKinds {
		if k.form.MatchString(value) {
			return k.kind
		}
	}
	return ""
}

// Named tells whether a variable holds a secret by its name, unless the value cannot be one: nothing, a switch, a
// count of tokens, the ARN of the secret instead of the secret.
func Named(name, value string) bool {
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
