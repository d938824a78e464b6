package storage

import "github.com/bulwark-iac/bulwark/internal/validate"

// checkRetention reports what is wrong with the lifecycle rules of a bucket: each alone, and all of them together.
func checkRetention(
	abortMultipartDays int, retention *Retention, prefixes []PrefixRetention, size MinimumObjectSize,
) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.OptionalRange("abortMultipartDays", abortMultipartDays, 1, 365, "days")...)
	ps.Add(validate.Enum("minimumObjectSize", size)...)
	whole := retention.withDefaults()
	ps.Add(validate.OptionalRange("retention.newerNoncurrentVersions", whole.NewerNoncurrentVersions, 1, 100,
		"versions")...)
	rules := []validate.LifecycleRule{{
		Path: "retention", Transitions: plainTransitions(whole.Transitions),
		ExpiryDays: whole.ExpiryDays, NoncurrentExpiryDays: whole.NoncurrentExpiryDays,
	}}
	for i, p := range prefixes {
		path := validate.Path("prefixRetention").Index(i)
		if p.Prefix == "" {
			ps.Add(validate.Required(path.Field("prefix"), "the beginning of the objects' keys, such as tmp/",
				"use retention for the whole bucket"))
			continue
		}
		ps.Add(validate.KeyPrefix(path.Field("prefix"), p.Prefix)...)
		if len(p.Transitions) == 0 && p.ExpiryDays == 0 && p.NoncurrentExpiryDays == 0 {
			ps.Add(validate.Required(path.Field("expiryDays"), "a rule that does something",
				"set transitions, expiryDays or noncurrentExpiryDays").By("s3-lifecycle-empty"))
		}
		rules = append(rules, validate.LifecycleRule{
			Path: path, Prefix: p.Prefix, Transitions: plainTransitions(p.Transitions),
			ExpiryDays: p.ExpiryDays, NoncurrentExpiryDays: p.NoncurrentExpiryDays,
		})
	}
	return append(ps, validate.LifecycleRules(rules)...)
}

func plainTransitions(transitions []Transition) []validate.Transition {
	out := make([]validate.Transition, len(transitions))
	for i, t := range transitions {
		out[i] = validate.Transition{Days: t.Days, Class: string(t.Class)}
	}
	return out
}
