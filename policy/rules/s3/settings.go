package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// A bucket's settings stand in resources of their own, or inline in the bucket, as in older programs. The resources come
// first: what is not set inline is not known in a preview. BucketV2 has lists inline where Bucket has objects.

// versioning finds what decides whether a bucket keeps versions, and whether it does.
func versioning(s *rule.Stack, bucket *rule.Resource) (at rule.Place, enabled bool) {
	for _, r := range s.Referrers(bucket, "bucket", bucketVersioning) {
		status := r.Get("versioningConfiguration.status")
		return status, status.Is("Enabled")
	}
	inline := bucket.Get("versionings").List()
	if bucket.Is(bucketV1) {
		inline = bucket.Get("versioning").List()
	}
	for _, v := range inline {
		return v.Get("enabled"), v.Get("enabled").Bool()
	}
	return bucket, false
}

// encryptionRules are the rules of a bucket's default encryption.
func encryptionRules(s *rule.Stack, bucket *rule.Resource) []rule.Value {
	var rules []rule.Value
	own := s.Referrers(bucket, "bucket", bucketEncryption)
	for _, r := range own {
		rules = append(rules, r.Get("rules").List()...)
	}
	if len(own) > 0 {
		return rules
	}
	return inlineEncryptionRules(bucket)
}

// inlineEncryptionRules are those that a bucket itself has.
func inlineEncryptionRules(bucket *rule.Resource) []rule.Value {
	if bucket.Is(bucketV1) {
		return bucket.Get("serverSideEncryptionConfiguration.rule").List()
	}
	var rules []rule.Value
	for _, configuration := range bucket.Get("serverSideEncryptionConfigurations").List() {
		rules = append(rules, configuration.Get("rules").List()...)
	}
	return rules
}

// byDefault is what one of these rules applies.
func byDefault(r rule.Value) rule.Value {
	for _, v := range r.Get("applyServerSideEncryptionByDefaults").List() {
		return v
	}
	return r.Get("applyServerSideEncryptionByDefault")
}

// lifecycleRules are the rules of a lifecycle configuration, or of a bucket itself.
func lifecycleRules(r *rule.Resource) rule.Value {
	if r.Is(bucketLifecycle) {
		return r.Get("rules")
	}
	return r.Get("lifecycleRules")
}

// lifecycles are what has a bucket's lifecycle rules.
func lifecycles(s *rule.Stack, bucket *rule.Resource) []*rule.Resource {
	if own := s.Referrers(bucket, "bucket", bucketLifecycle); len(own) > 0 {
		return own
	}
	return []*rule.Resource{bucket}
}

// active tells whether a lifecycle rule is switched on.
func active(r rule.Value) bool { return r.Get("status").Is("Enabled") || r.Get("enabled").Bool() }

// unfiltered tells whether a lifecycle rule is about all objects.
func unfiltered(r rule.Value) bool {
	return r.Get("prefix").Empty() && r.Get("filter.prefix").Empty() && r.Get("filter.and").Empty() && r.Get("filter.tag").Empty() && r.Get("tags").Empty()
}

// anyRule tells whether some active lifecycle rule of a bucket meets the condition.
func anyRule(s *rule.Stack, bucket *rule.Resource, meets func(r rule.Value) bool) bool {
	for _, r := range lifecycles(s, bucket) {
		for _, lifecycleRule := range lifecycleRules(r).List() {
			if active(lifecycleRule) && meets(lifecycleRule) {
				return true
			}
		}
	}
	return false
}

// expiresOld tells whether a lifecycle rule deletes noncurrent versions, or moves them to a cheaper storage class.
func expiresOld(r rule.Value) bool {
	for _, v := range append(r.Get("noncurrentVersionExpiration").List(), r.Get("noncurrentVersionExpirations").List()...) {
		if v.Get("noncurrentDays").Int()+v.Get("days").Int()+v.Get("newerNoncurrentVersions").Int() > 0 {
			return true
		}
	}
	return slices.ContainsFunc(r.Get("noncurrentVersionTransitions").List(), func(v rule.Value) bool { return v.Get("storageClass").Text() != "" })
}

// expires tells whether a lifecycle rule deletes objects by age or date.
func expires(r rule.Value) bool {
	for _, v := range append(r.Get("expiration").List(), r.Get("expirations").List()...) {
		if v.Get("days").Int() > 0 || v.Get("date").Text() != "" {
			return true
		}
	}
	return false
}
