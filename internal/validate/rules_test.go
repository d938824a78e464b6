package validate_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// rules are the ids of the rules that found something; nil for none.
func rules(ps validate.Problems) []string {
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.Rule)
	}
	return ids
}

func TestBucketName(t *testing.T) {
	for name, want := range map[string]string{
		"acme-audio": "", "a1b": "", strings.Repeat("a", 63): "",
		"ab": "bucket-name-length", strings.Repeat("a", 64): "bucket-name-length", "": "bucket-name-length",
		"acme.audio": "bucket-name-dots", "192.168.5.4": "bucket-name-dots", "Acme": "bucket-name-characters", "-acme": "bucket-name-characters",
		"acme-": "bucket-name-characters", "acme_audio": "bucket-name-characters", "äcme": "bucket-name-characters",
		"xn--acme": "bucket-name-reserved", "sthree-acme": "bucket-name-reserved", "amzn-s3-demo-x": "bucket-name-reserved",
		"acme-s3alias": "bucket-name-reserved", "acme--ol-s3": "bucket-name-reserved", "acme--x-s3": "bucket-name-reserved",
	} {
		check(t, name, want, validate.BucketName("p", name))
	}
}

func check(t *testing.T, value, want string, got validate.Problems) {
	t.Helper()
	if want == "" {
		assert.Empty(t, got, value)
		return
	}
	assert.Equal(t, []string{want}, rules(got), value)
}

func TestKeyAlias(t *testing.T) {
	for name, want := range map[string]string{
		"acme/audio_1-x": "", "": "alias-length", strings.Repeat("a", 251): "alias-length",
		"alias/x": "alias-prefix", "aws/s3": "alias-reserved", "a b": "alias-characters",
	} {
		check(t, name, want, validate.KeyAlias("p", name))
	}
}

func TestTrailName(t *testing.T) {
	for name, want := range map[string]string{
		"acme-audio.prod_1": "", "ab": "trail-name", "a--b": "trail-name", "-abc": "trail-name", "a..b": "trail-name",
		"arn:aws:cloudtrail:eu-west-1:123456789012:trail/x": "trail-name",
	} {
		check(t, name, want, validate.TrailName("p", name))
	}
}

func TestLoadBalancerName(t *testing.T) {
	for name, want := range map[string]string{
		"acme": "", "acme-*": "", "*": "", "a": "", strings.Repeat("a", 32) + "*": "",
		"": "load-balancer-name", "internal-x": "load-balancer-name", "-a": "load-balancer-name", "a*b": "load-balancer-name",
		strings.Repeat("a", 33): "load-balancer-name", "app/x/123": "load-balancer-name",
	} {
		check(t, name, want, validate.LoadBalancerName("p", name))
	}
}

func TestKeyPrefix(t *testing.T) {
	for prefix, want := range map[string]string{
		"": "", "uploads/": "", "a-b_c/": "", "$x/": "", "a*": "key-prefix-wildcard", "a?": "key-prefix-wildcard",
		"${aws:username}/": "key-prefix-wildcard", "/a": "key-prefix-slash", strings.Repeat("a", 1025): "key-prefix-length",
	} {
		check(t, prefix, want, validate.KeyPrefix("p", prefix))
	}
}

func TestPrincipalAndKeyARNs(t *testing.T) {
	arn, ok := validate.ParseARN("arn:aws:kms:eu-west-1:123456789012:key/x:y")
	assert.True(t, ok)
	assert.Equal(t, validate.ARN{Partition: "aws", Service: "kms", Region: "eu-west-1", Account: "123456789012", Resource: "key/x:y"}, arn)
	for _, text := range []string{"", "arn", "arn:aws:kms:eu-west-1:123456789012:", "arn::kms:::x", "arn:aws::::x", "nra:aws:kms:::x"} {
		_, ok := validate.ParseARN(text)
		assert.False(t, ok, text)
	}
	for text, want := range map[string]string{
		"arn:aws:iam::123456789012:role/deploy": "", "arn:aws-cn:iam::123456789012:user/a/b": "",
		"arn:aws:iam::123456789012:root": "principal-arn", "arn:aws:iam::123456789012:role/*": "principal-arn", "arn:aws:iam::1:role/x": "principal-arn",
		"arn:aws:sts::123456789012:assumed-role/x/y": "principal-arn", "*": "principal-arn", "arn:aws:iam::123456789012:role/": "principal-arn",
	} {
		check(t, text, want, validate.PrincipalARN("p", text))
	}
	for text, want := range map[string]string{
		"arn:aws:kms:eu-west-1:123456789012:key/1": "", "alias/x": "key-arn", "1234": "key-arn",
		"arn:aws:kms:eu-west-1:123456789012:alias/x": "key-arn", "arn:aws:s3:::x": "key-arn",
	} {
		check(t, text, want, validate.KeyARN("p", text))
	}
}

func TestOrigin(t *testing.T) {
	for origin, want := range map[string]string{
		"https://app.example.com": "", "https://app.example.com:8443": "", "http://localhost:3000": "", "http://127.0.0.1": "", "http://[::1]:8080": "",
		"http://app.localhost": "",
		"*":                    "origin-wildcard", "https://*.example.com": "origin-wildcard", "": "origin-form", "app.example.com": "origin-form",
		"https://": "origin-form", "ftp://x": "origin-form", "https://app.example.com/": "origin-form", "https://App.example.com": "origin-form",
		"https://u@app.example.com": "origin-form", "https://app.example.com?x": "origin-form", "https://app.example.com:0": "origin-form",
		"https://app.example.com:": "origin-form", "https://app.example.com:443": "origin-default-port", "http://localhost:80": "origin-default-port",
		"http://app.example.com": "origin-http", "https://:8080": "origin-form", "https://app.example.com:08443": "origin-form",
	} {
		check(t, origin, want, validate.Origin("p", origin))
	}
}

func TestTags(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"Team", "plattform ä+b", ""},
		{"a:b/c=d@e", "", ""},
		{"", "x", "tag-key-empty"},
		{strings.Repeat("ä", 128), "x", ""},
		{strings.Repeat("a", 129), "x", "tag-key-length"},
		{"AWS:x", "x", "tag-key-reserved"},
		{"aws:", "x", "tag-key-reserved"},
		{"awsx", "x", ""},
		{"a|b", "x", "tag-key-characters"},
		{" a", "x", "tag-key-characters"},
		{"a", strings.Repeat("ä", 256), ""},
		{"a", strings.Repeat("a", 257), "tag-value-length"},
		{"a", "x\n", "tag-value-characters"},
		{"a", "<b>", "tag-value-characters"},
		{"a", "\xff", "tag-value-characters"},
		{"a", "x ", "tag-value-characters"},
		{"a", "mu\u0308ller", "tag-value-characters"},
		{"a", "m\u00fcller", ""},
		{"a", "ทีม", "tag-value-characters"},
		{"हिन्दी", "x", "tag-key-characters"},
	} {
		check(t, c.key+"="+c.value, c.want, validate.Tag("p", c.key, c.value))
	}
	assert.Equal(t, []string{"tag-key-case", "tag-count"}, rules(validate.TagSet("p", map[string]string{"a": "", "A": "", "b": ""}, 2)))
}

func TestLifecycleRules(t *testing.T) {
	ia := validate.Transition{Days: 30, Class: validate.ClassStandardIA}
	for name, c := range map[string]struct {
		rules []validate.LifecycleRule
		want  []string
	}{
		"nothing":                {[]validate.LifecycleRule{{Path: "r"}}, nil},
		"the whole waterfall":    {[]validate.LifecycleRule{{Transitions: []validate.Transition{ia, {60, validate.ClassIntelligentTiering}, {61, validate.ClassOneZoneIA}, {91, validate.ClassGlacier}, {181, validate.ClassDeepArchive}}, ExpiryDays: 361}}, nil},
		"at once into the vault": {[]validate.LifecycleRule{{Transitions: []validate.Transition{{0, validate.ClassDeepArchive}}}}, nil},
		"negative":               {[]validate.LifecycleRule{{Transitions: []validate.Transition{{-1, validate.ClassGlacier}}}}, []string{"s3-lifecycle-class-minimum"}},
		"29 days":                {[]validate.LifecycleRule{{Transitions: []validate.Transition{{29, validate.ClassOneZoneIA}}}}, []string{"s3-lifecycle-class-minimum"}},
		"no class":               {[]validate.LifecycleRule{{Transitions: []validate.Transition{{1, ""}}}}, []string{"required"}},
		"backwards":              {[]validate.LifecycleRule{{Transitions: []validate.Transition{{30, validate.ClassGlacier}, {200, validate.ClassStandardIA}}}}, []string{"s3-lifecycle-class-order"}},
		"twice":                  {[]validate.LifecycleRule{{Transitions: []validate.Transition{ia, {90, validate.ClassStandardIA}}}}, []string{"s3-lifecycle-class-order"}},
		"too close":              {[]validate.LifecycleRule{{Transitions: []validate.Transition{ia, {59, validate.ClassGlacier}}}}, []string{"s3-lifecycle-class-gap"}},
		"expiry before":          {[]validate.LifecycleRule{{Transitions: []validate.Transition{ia}, ExpiryDays: 30}}, []string{"s3-lifecycle-expiry-order"}},
		"expiry too early":       {[]validate.LifecycleRule{{Transitions: []validate.Transition{ia}, ExpiryDays: 59}}, []string{"s3-lifecycle-class-minimum"}},
		"shorter inside":         {[]validate.LifecycleRule{{ExpiryDays: 100}, {Prefix: "a/", ExpiryDays: 10}}, nil},
		"longer inside":          {[]validate.LifecycleRule{{ExpiryDays: 100}, {Prefix: "a/", ExpiryDays: 101}}, []string{"s3-lifecycle-overlap"}},
		"nested prefixes":        {[]validate.LifecycleRule{{Prefix: "a/b/", NoncurrentExpiryDays: 9}, {Prefix: "a/", NoncurrentExpiryDays: 8}}, []string{"s3-lifecycle-overlap"}},
		"side by side":           {[]validate.LifecycleRule{{Prefix: "a/", ExpiryDays: 8}, {Prefix: "b/", ExpiryDays: 9}}, nil},
		"same prefix":            {[]validate.LifecycleRule{{Prefix: "a/", ExpiryDays: 8}, {Prefix: "a/", ExpiryDays: 9}}, []string{"s3-lifecycle-duplicate-prefix"}},
		"moved when deleted":     {[]validate.LifecycleRule{{ExpiryDays: 10}, {Prefix: "a/", Transitions: []validate.Transition{{10, validate.ClassGlacier}}}}, []string{"s3-lifecycle-overlap"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, rules(validate.LifecycleRules(c.rules)))
		})
	}
}

func FuzzParseARN(f *testing.F) {
	f.Add("arn:aws:kms:eu-west-1:123456789012:key/x")
	f.Add("arn:::::")
	f.Fuzz(func(t *testing.T, text string) {
		if arn, ok := validate.ParseARN(text); ok {
			assert.Equal(t, text, arn.String(), "what was taken apart goes together again")
		}
		if len(validate.PrincipalARN("p", text)) == 0 {
			assert.NotContains(t, text, "*")
		}
	})
}

func FuzzOrigin(f *testing.F) {
	f.Add("https://app.example.com:8443")
	f.Add("http://localhost")
	f.Add("https://[::1%25x]:1")
	f.Fuzz(func(t *testing.T, text string) {
		if len(validate.Origin("p", text)) > 0 {
			return
		}
		u, err := url.Parse(text)
		assert.NoError(t, err)
		assert.Equal(t, text, u.Scheme+"://"+u.Host, "an accepted origin is scheme and host, nothing else")
		assert.NotContains(t, text, "*")
	})
}

func FuzzTag(f *testing.F) {
	f.Add("Team", "platform")
	f.Add("aws:x", "\xff")
	f.Fuzz(func(t *testing.T, key, value string) {
		if len(validate.Tag("p", key, value)) > 0 {
			return
		}
		assert.True(t, utf8.ValidString(key) && utf8.ValidString(value))
		assert.LessOrEqual(t, utf8.RuneCountInString(key), 128)
		assert.LessOrEqual(t, utf8.RuneCountInString(value), 256)
		assert.False(t, strings.HasPrefix(strings.ToLower(key), "aws:"))
	})
}

func FuzzBucketName(f *testing.F) {
	f.Add("acme-audio")
	f.Fuzz(func(t *testing.T, name string) {
		if len(validate.BucketName("p", name)) == 0 {
			assert.Regexp(t, `^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`, name)
		}
	})
}

func FuzzNearest(f *testing.F) {
	f.Add("confidental")
	f.Fuzz(func(t *testing.T, value string) {
		names := []string{"public", "internal", "confidential"}
		if got, ok := validate.Nearest(value, names); ok {
			assert.Contains(t, names, got)
		}
	})
}
