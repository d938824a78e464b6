package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// onPolicy is a rule about the policy that a BucketPolicy, or a bucket of an older program, sets.
func onPolicy(check func(policy rule.Value, document iampolicy.Document, f *rule.Findings)) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		policy := r.Get("policy")
		document, ok := policies.Read(policy)
		if !ok {
			f.NotApplicable("it sets no bucket policy")
			return
		}
		check(policy, document, f)
	}
}

// bucketPolicies are what sets a bucket's policy: resources of their own, or the bucket itself in older programs.
func bucketPolicies(s *rule.Stack, bucket *rule.Resource) []rule.Value {
	var found []rule.Value
	for _, r := range s.Referrers(bucket, "bucket", bucketPolicy) {
		found = append(found, r.Get("policy"))
	}
	if len(found) > 0 {
		return found
	}
	if inline := bucket.Get("policy"); !inline.Empty() {
		return []rule.Value{inline}
	}
	return nil
}

// arns are what a bucket and all its objects are called, in each partition.
func arns(name string) [][]string {
	var out [][]string
	for _, partition := range []string{"aws", "aws-cn", "aws-us-gov"} {
		arn := "arn:" + partition + ":s3:::" + name
		out = append(out, []string{arn, arn + "/*"})
	}
	return out
}

// deliverers are the services that deliver logs into buckets.
var deliverers = []string{
	"logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com", "delivery.logs.amazonaws.com",
	"cloudtrail.amazonaws.com", "config.amazonaws.com",
}

// isLogArchive tells whether AWS delivers logs into a bucket: because they are sent there, or its policy lets one of the
// services in.
func isLogArchive(s *rule.Stack, bucket *rule.Resource) bool {
	return letsIn(s, bucket, deliverers...) ||
		len(s.Referrers(bucket, "targetBucket", bucketLogging)) > 0 ||
		len(s.Referrers(bucket, "loggings[*].targetBucket", bucketV2, bucketV1)) > 0 ||
		len(s.Referrers(bucket, "accessLogs.bucket", loadBalancer, loadBalancerAlias)) > 0 ||
		len(s.Referrers(bucket, "connectionLogs.bucket", loadBalancer, loadBalancerAlias)) > 0
}

// letsIn tells whether a bucket's policy allows something to one of the services.
func letsIn(s *rule.Stack, bucket *rule.Resource, services ...string) bool {
	return slices.ContainsFunc(bucketPolicies(s, bucket), func(policy rule.Value) bool {
		document, ok := policies.Read(policy)
		return ok && slices.ContainsFunc(document.Statements, func(statement iampolicy.Statement) bool {
			return statement.Effect == iampolicy.Allow && slices.ContainsFunc(statement.Principals.Service, func(service string) bool {
				return slices.Contains(services, service)
			})
		})
	})
}
