package config

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestGlob(t *testing.T) {
	const urn = "urn:pulumi:prod::acme::bulwark:storage:Bucket$aws:s3/bucketV2:BucketV2::audio"
	for glob, want := range map[Glob]bool{
		urn:                             true,
		"*":                             true,
		"*::audio":                      true,
		"urn:pulumi:prod::*":            true,
		"urn:pulumi:prod::acme::*::aud": false,
		"*bucketV2:BucketV2::*":         true,
		"*::aud?o":                      true,
		"*::aud?":                       false,
		"*storage*Bucket*audio*":        true,
		"":                              false,
		"audio":                         false,
	} {
		assert.Equal(t, want, glob.Match(urn), glob)
	}
	assert.True(t, Glob("*").Match(""))
	assert.True(t, Glob("").Match(""))
	assert.False(t, Glob("?").Match(""))
	assert.True(t, Glob("a.c").Match("a.c"))
	assert.False(t, Glob("a.c").Match("abc"), "a dot is a dot")
}

// FuzzGlob holds the matcher against the same pattern as a regular expression.
func FuzzGlob(f *testing.F) {
	f.Add("*a?c*", "xxabcxx")
	f.Add(strings.Repeat("*a", 30), strings.Repeat("a", 60)+"b")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		expression := regexp.QuoteMeta(pattern)
		expression = strings.ReplaceAll(expression, `\*`, ".*")
		expression = strings.ReplaceAll(expression, `\?`, ".")
		reference, err := regexp.Compile(`(?s)\A` + expression + `\z`)
		if err != nil || !utf8.ValidString(pattern+text) {
			return
		}
		if got := Glob(pattern).Match(text); got != reference.MatchString(text) {
			t.Fatalf("%q on %q: %v", pattern, text, got)
		}
	})
}
