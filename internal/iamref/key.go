package iamref

import (
	"slices"
	"strings"
)

// keyPattern is a condition key in lower case; its placeholders, such as ${TagKey}, stand for any text.
type keyPattern struct {
	text  string
	open  bool
	parts tokens
}

// keys has one pattern for each key of a service: many actions share it.
type keys map[string]*keyPattern

// patterns reads keys in AWS's spelling, which has three ways to write a placeholder: ${TagKey}, <key> and tag-key.
func (ks keys) patterns(names []string) []*keyPattern {
	patterns := make([]*keyPattern, len(names))
	for i, name := range names {
		if ks[name] == nil {
			ks[name] = newKeyPattern(name)
		}
		patterns[i] = ks[name]
	}
	return patterns
}

func newKeyPattern(name string) *keyPattern {
	text := strings.ToLower(name)
	if before, ok := strings.CutSuffix(text, "/tag-key"); ok {
		text = before + "/${tagkey}"
	}
	if before, ok := strings.CutSuffix(text, "/<key>"); ok {
		text = before + "/${tagkey}"
	}
	p := &keyPattern{text: text}
	if strings.Contains(text, "${") {
		p.open, p.parts = true, template(text, nil)
	}
	return p
}

// anyKey tells whether one of the patterns means a key, which is in lower case.
func anyKey(patterns []*keyPattern, key string) bool {
	return slices.ContainsFunc(patterns, func(p *keyPattern) bool {
		return p.text == key || p.open && overlap(p.parts, literal(key))
	})
}

// requestedTags tells whether a key is about the tags that a request sets, or that a resource has. AWS names them among
// the global keys, and for each action and resource type that has them.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
func requestedTags(key string) bool {
	return key == "aws:tagkeys" || strings.HasPrefix(key, "aws:requesttag/") || strings.HasPrefix(key, "aws:resourcetag/")
}

// KnownKey tells whether any action of AWS knows a condition key, whose case does not matter.
func KnownKey(key string) bool {
	key = strings.ToLower(key)
	if anyKey(globalKeys(), key) || claim(key) {
		return true
	}
	prefix, _, _ := strings.Cut(key, ":")
	if s, ok := find(prefix); ok && anyKey(s.keys, key) {
		return true
	}
	// Some keys stand with a service of another name: those of identity providers with sts.
	return slices.ContainsFunc(Services(), func(name string) bool {
		s, _ := find(name)
		return anyKey(s.keys, key)
	})
}

// claims are what every OpenID Connect provider's tokens have, of which IAM makes condition keys: accounts.example.com:aud.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
var claims = []string{"amr", "aud", "email", "oaud", "sub"}

// claim tells whether a key is the claim of an identity provider, whose address may have a path.
func claim(key string) bool {
	at := strings.LastIndex(key, ":")
	return at > 0 && strings.Contains(key[:at], ".") && slices.Contains(claims, key[at+1:])
}

// webIdentity tells whether the action's requests carry the claims of an identity provider.
func (a Action) webIdentity() bool {
	return a.Service == "sts" && a.Name == "AssumeRoleWithWebIdentity"
}
