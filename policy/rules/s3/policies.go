package s3

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// policyOf reads a policy document; false when there is none.
func policyOf(v rule.Value) (iampolicy.Document, bool) {
	return rule.Parsed(v, "a policy document", func(text string) (iampolicy.Document, error) {
		document, problems := iampolicy.Parse(text)
		return document, problems.Err()
	})
}

// onPolicy is a rule about the policy that a BucketPolicy, or a bucket of an older program, sets.
func onPolicy(judge func(policy rule.Value, document iampolicy.Document, f *rule.Findings)) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		policy := r.Get("policy")
		document, ok := policyOf(policy)
		if !ok {
			f.NotApplicable("it sets no bucket policy")
			return
		}
		judge(policy, document, f)
	}
}

// policies are what sets a bucket's policy: resources of their own, or the bucket itself in older programs.
func policies(s *rule.Stack, bucket *rule.Resource) []rule.Value {
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
	return slices.ContainsFunc(policies(s, bucket), func(policy rule.Value) bool {
		document, ok := policyOf(policy)
		return ok && slices.ContainsFunc(document.Statements, func(statement iampolicy.Statement) bool {
			return statement.Effect == iampolicy.Allow && slices.ContainsFunc(statement.Principals.Service, func(service string) bool {
				return slices.Contains(services, service)
			})
		})
	})
}
