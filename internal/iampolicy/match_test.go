package iampolicy

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMatchText(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"*", "", true},
		{"?", "", false},
		{"?", "é", true},
		{"a?c", "aéc", true},
		{"a*c", "abcbc", true},
		{"a*c*", "ab", false},
		{"**a**", "a", true},
		{"A", "a", false},
		{"a\xFEb", "a*b", true},
		{"a\xFEb", "axb", false},
		{"a\xFFb", "a?b", true},
	} {
		assert.Equal(t, test.want, matchText(test.pattern, test.text), "%q %q", test.pattern, test.text)
	}
	assert.True(t, matchFold("S3:get*", "s3:GetObject"))
	assert.False(t, matchFold("S3:get*", "s3:PutObject"))
}

// Wildcards stay within their part of an ARN.
func TestMatchARN(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "arn:aws:s3:::b", true},
		{"arn:aws:s3:::b/*", "arn:aws:s3:::b/k:v/x", true},
		{"arn:aws:s3:::b/*", "arn:aws:s3:::b", false},
		{"arn:aws:sqs:*:123456789012:q", "arn:aws:sqs:eu-west-1:123456789012:q", true},
		{"arn:aws:sqs:*:q", "arn:aws:sqs:eu-west-1:123456789012:q", true}, // five parts: compared as a whole
		{"arn:aws:x:*:1:q", "arn:aws:x:a:2:b:1:q", false},
		{"arn:aws:s3:::b", "*", false},
	} {
		assert.Equal(t, test.want, matchARN(test.pattern, test.text), "%q %q", test.pattern, test.text)
	}
}

// naive is a pattern as a regular expression.
func naive(t *testing.T, pattern string) *regexp.Regexp {
	t.Helper()
	text := regexp.QuoteMeta(pattern)
	text = strings.ReplaceAll(strings.ReplaceAll(text, `\*`, ".*"), `\?`, ".")
	re, err := regexp.Compile("^(?s:" + text + ")$")
	require.NoError(t, err)
	return re
}

func TestMatchingAgreesWithRegularExpressions(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	word := func(alphabet string) string {
		b := make([]byte, random.IntN(7))
		for i := range b {
			b[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(b)
	}
	covered := 0
	for range 40000 {
		pattern, other, text := word("ab*?"), word("ab*?"), word("ab")
		require.Equal(t, naive(t, pattern).MatchString(text), matchText(pattern, text), "%q %q", pattern, text)
		if covers(pattern, other, false) && matchText(other, text) {
			covered++
			require.True(t, matchText(pattern, text), "%q covers %q, but not %q", pattern, other, text)
		}
	}
	assert.Greater(t, covered, 500)
}

func TestCovers(t *testing.T) {
	for _, test := range []struct {
		pattern, other string
		want           bool
	}{
		{"*", "a*", true},
		{"a*", "ab*", true},
		{"ab*", "a*", false},
		{"a?", "a*", false},
		{"a?", "a?", true},
		{"ab", "a?", false},
		{"*b*", "abc*", true},
		{"s3:*", "S3:Get*", false},
	} {
		assert.Equal(t, test.want, covers(test.pattern, test.other, false), "%q %q", test.pattern, test.other)
	}
	assert.True(t, covers("s3:*", "S3:Get*", true))
	assert.True(t, coversARN("arn:aws:s3:::b*", "arn:aws:s3:::b/*"))
	assert.False(t, coversARN("arn:aws:s3:::b/*", "arn:aws:s3:::b*"))
	assert.False(t, coversARN("arn:aws:s3:::*", "*"))
	assert.True(t, coversARN("*", "arn:aws:s3:::*"))
}
