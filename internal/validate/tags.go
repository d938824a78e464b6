package validate

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of tags, counted in characters, not bytes.
// Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
const (
	MaxTags        = 50
	MaxTagKey      = 128
	MaxTagValue    = 256
	reservedPrefix = "aws:"
)

const tagCharacters = "letters, digits, spaces and _ . : / = + - @"

// Tag checks one tag: the letters that every AWS service accepts, the lengths, and the prefix that AWS keeps for itself
// in any capitalisation. It also refuses blanks at the ends: some services cut them off, and would then show a
// difference at every refresh.
func Tag(path Path, key, value string) Problems {
	var ps Problems
	switch {
	case key == "":
		ps = append(ps, Invalid(path, key, "a tag key of 1 to 128 characters", "give the tag a key").By("tag-key-empty"))
	case utf8.RuneCountInString(key) > MaxTagKey:
		ps = append(ps, Invalid(path, key, "a tag key of at most 128 characters", "shorten the key").By("tag-key-length"))
	}
	if len(key) >= len(reservedPrefix) && strings.EqualFold(key[:len(reservedPrefix)], reservedPrefix) {
		ps = append(ps, Forbidden(path, key, "a tag key that does not start with aws:, which AWS reserves", "choose another prefix").By("tag-key-reserved"))
	}
	if !tagText(key) {
		ps = append(ps, Invalid(path, key, "a tag key of "+tagCharacters, tagFix(key)).By("tag-key-characters"))
	}
	return append(ps, TagValue(path, value)...)
}

// TagValue checks the value of a tag. It may be empty.
func TagValue(path Path, value string) Problems {
	if utf8.RuneCountInString(value) > MaxTagValue {
		return Problems{Invalid(path, value, "a tag value of at most 256 characters", "shorten the value").By("tag-value-length")}
	}
	if !tagText(value) {
		return Problems{Invalid(path, value, "a tag value of "+tagCharacters+", without a blank at either end", tagFix(value)).By("tag-value-characters")}
	}
	return nil
}

// tagText accepts what every AWS service accepts. Combining marks are letters to some services (S3, EC2), and refused by
// IAM, CloudWatch Logs, ACM, WAF and Elastic Load Balancing, whose pattern is [\p{L}\p{Z}\p{N}_.:/=+\-@].
// Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
func tagText(s string) bool {
	if !utf8.ValidString(s) || strings.TrimSpace(s) != s {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && !strings.ContainsRune("_.:/=+-@", r) {
			return false
		}
	}
	return true
}

// tagFix says what to do about characters that are not accepted.
func tagFix(s string) string {
	if strings.ContainsFunc(s, unicode.IsMark) {
		return "write letters without combining marks, which some services refuse: composed ones, or another script"
	}
	return "replace the other characters"
}

// TagSet checks a set of tags as a whole: every tag, that no two keys differ in case alone (IAM takes them for the same
// key), and that there are not too many. room is how many tags may be given here.
func TagSet(path Path, tags map[string]string, room int) Problems {
	keys := make([]string, 0, len(tags))
	for key := range tags {
		keys = append(keys, key)
	}
	sort.Strings(keys)

	var ps Problems
	seen := map[string]string{}
	for _, key := range keys {
		ps = append(ps, Tag(path.Key(key), key, tags[key])...)
		if other, ok := seen[strings.ToLower(key)]; ok {
			ps = append(ps, Conflict(path.Key(key), key, fmt.Sprintf("a key that differs from %q in more than case", other), "keep one of the two").By("tag-key-case"))
		}
		seen[strings.ToLower(key)] = key
	}
	if len(tags) > room {
		ps = append(ps, Problem{
			Path: path, Value: fmt.Sprintf("%d tags", len(tags)), Rule: "tag-count",
			Expected: fmt.Sprintf("at most %d: AWS allows %d on a resource", room, MaxTags), Fix: "remove some",
		})
	}
	return ps
}
