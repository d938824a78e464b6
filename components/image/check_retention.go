package image

import (
	"path"
	"regexp"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

const (
	// maxImages is how many images a repository holds; AWS raises it on request.
	// Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
	maxImages = 100000
	// maxRules is how many rules a lifecycle policy has; the component makes two itself.
	maxRules = 50
	// maxWildcards is how many a pattern has.
	maxWildcards = 4
	// maxDays is a hundred years: whoever wants to keep everything can say so.
	maxDays = 36500
)

// tagPattern is what a tag consists of, with wildcards.
var tagPattern = regexp.MustCompile(`^[A-Za-z0-9_*][A-Za-z0-9_.*-]{0,127}$`)

// checkRetention reports rules that ECR would refuse, and rules that would never delete anything.
// Sources: https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html,
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle-policy-parameters.html
func (a *RepositoryArgs) checkRetention() validate.Problems {
	at := validate.Path("retention")
	var ps validate.Problems
	if a.TagMutability == Mutable && (a.Retention == nil || a.Retention.UntaggedDays == 0) {
		ps.Add(validate.Required(at.Field("untaggedDays"),
			"for how many days an image stays that has lost its tag: tasks may still run it",
			"give more days than a deployment lasts, or leave tagMutability IMMUTABLE").By("retention-untagged"))
	}
	if a.Retention == nil {
		return ps
	}
	ps.Add(validate.OptionalRange(at.Field("taggedImages"), a.Retention.TaggedImages, 1, maxImages, "images")...)
	ps.Add(validate.OptionalRange(at.Field("untaggedDays"), a.Retention.UntaggedDays, 1, maxDays, "days")...)
	if n := len(a.Retention.Tags); n > maxRules-2 {
		ps.Add(validate.Range(at.Field("tags"), n, 0, maxRules-2, "rules")...)
	}
	for i, t := range a.Retention.Tags {
		ps.Add(t.check(at.Field("tags").Index(i), a.Retention.Tags[:i])...)
	}
	return ps
}

// check reports what is wrong with a rule that stands behind others.
func (t TagRetention) check(at validate.Path, before []TagRetention) validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required(at.Field("images"), "how many images stay, or days for how long", "give one of the two"),
		validate.Alternative{Path: at.Field("images"), Given: t.Images != 0},
		validate.Alternative{Path: at.Field("days"), Given: t.Days != 0},
	)
	ps.Add(validate.OptionalRange(at.Field("images"), t.Images, 1, maxImages, "images")...)
	ps.Add(validate.OptionalRange(at.Field("days"), t.Days, 1, maxDays, "days")...)
	pattern := at.Field("pattern")
	switch {
	case t.Pattern == "":
		return append(ps, validate.Required(pattern, "the tags, such as pr-*", "name them"))
	case !tagPattern.MatchString(t.Pattern), strings.Count(t.Pattern, "*") > maxWildcards:
		return append(ps, validate.Invalid(pattern, t.Pattern,
			"a tag of letters, digits and _ . -, with at most four *", "write it as in pr-*").By("retention-pattern"))
	case strings.Trim(t.Pattern, "*") == "":
		return append(ps, validate.Conflict(pattern, t.Pattern, "some tags",
			"use retention.taggedImages for all of them").By("retention-pattern"))
	}
	for _, earlier := range before {
		if earlier.covers(t.Pattern) {
			return append(ps, validate.Conflict(pattern, t.Pattern,
				"tags that no earlier rule matches: "+validate.Show(earlier.Pattern)+" already decides over these",
				"put it before that rule, or remove it").By("retention-shadowed"))
		}
	}
	return ps
}

// covers says whether every tag that the other pattern matches is one of the rule's. ECR leaves an image to the first
// rule that matches it. A rule for all tags is refused for that alone.
func (t TagRetention) covers(pattern string) bool {
	ok, err := path.Match(t.Pattern, pattern)
	return ok && err == nil && strings.Trim(t.Pattern, "*") != ""
}
