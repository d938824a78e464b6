package storage

import (
	"strings"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a log bucket of that name.
func (a *LogBucketArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkCommon(name, a.Labels, a.Lifecycle, a.BucketName)...)
	ps.Add(a.Sources.check(a.BucketName)...)
	ps.Add(a.checkKey()...)
	ps.Add(a.checkRetention()...)
	ps.Add(a.checkLock()...)
	ps.Add(checkStatements(a.PolicyStatements)...)
	return ps
}

// checkRetention checks the only lifecycle rule, whose expiry is the retention.
func (a *LogBucketArgs) checkRetention() validate.Problems {
	rule := validate.LifecycleRule{
		Transitions: plainTransitions(a.Transitions), ExpiryDays: a.retentionDays(), NoncurrentExpiryDays: logNoncurrentDays,
	}
	ps := validate.OptionalRange("retentionDays", a.RetentionDays, 1, 36500, "days")
	if len(ps) > 0 {
		rule.ExpiryDays = 0 // One problem with it is enough.
	}
	for _, p := range validate.LifecycleRules([]validate.LifecycleRule{rule}) {
		if p.Path == "expiryDays" {
			p.Path = "retentionDays"
		}
		ps.Add(p)
	}
	return ps
}

// checkLock holds the object lock against sources and retention.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
func (a *LogBucketArgs) checkLock() validate.Problems {
	ps := a.ObjectLock.check(a.Lifecycle)
	if a.ObjectLock == nil {
		return ps
	}
	if a.Sources.AccessLogs != nil {
		ps.Add(validate.Conflict("objectLock", string(a.ObjectLock.Mode),
			"no object lock on a bucket for S3 access logs, which do not deliver to one",
			"keep them in their own log bucket").By("log-bucket-lock"))
	} else if a.ObjectLock.Days > a.retentionDays() {
		ps.Add(validate.Conflict("objectLock.days", a.ObjectLock.Days,
			"at most retentionDays, after which logs are to be deleted",
			"shorten the lock, or keep logs longer").By("log-bucket-lock-days"))
	}
	return ps
}

// withoutKMS names the sources that deliver only to a bucket with SSE-S3.
func (s LogSources) withoutKMS() string {
	var names []string
	if s.AccessLogs != nil {
		names = append(names, "S3 access logs")
	}
	if s.LoadBalancers != nil {
		names = append(names, "load balancers")
	}
	return strings.Join(names, " and ")
}

// checkKey holds the key against the sources.
// Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html and
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
func (a *LogBucketArgs) checkKey() validate.Problems {
	var uses []encryption.Use
	if a.Sources.CloudTrail != nil {
		uses = append(uses, encryption.UseCloudTrail)
	}
	if a.Sources.Waf != nil || a.Sources.FlowLogs != nil {
		uses = append(uses, encryption.UseLogDelivery)
	}
	key := keychoice.Choice{Key: a.Key, Arn: a.KeyArn}
	ps := key.Check("", append(uses, encryption.UseS3)...)
	if a.Key != nil && a.Sources.Waf != nil && a.Sources.Waf.Global && a.Key.Serves(encryption.UseLogDelivery) &&
		!a.Key.ServesLogDeliveryFrom(globalRegion) {
		ps.Add(validate.Invalid("key", "a key that lets in log delivery from its own region only",
			"a key that lets in "+globalRegion+", from where the logs of CloudFront's web ACLs come",
			"add it to the key's logDeliveryRegions").By("key-use"))
	}
	if s := a.Sources.withoutKMS(); s != "" && key.Given() {
		ps.Add(validate.Conflict("keyArn", "a KMS key",
			"no key: "+s+" deliver to buckets with SSE-S3 only, and would silently stay away",
			"remove the key, or keep the other sources in their own log bucket").By("log-bucket-kms"))
	}
	return ps
}

func (s LogSources) check(bucketName string) validate.Problems {
	path := validate.Path("sources")
	var ps validate.Problems
	if s.AccessLogs == nil && s.LoadBalancers == nil && s.CloudTrail == nil && s.Waf == nil && s.FlowLogs == nil {
		ps.Add(validate.Required(path, "at least one of accessLogs, loadBalancers, cloudTrail, waf, flowLogs",
			"say who delivers logs: nobody else can").By("log-bucket-sources"))
	}
	if s.AccessLogs != nil {
		ps.Add(s.AccessLogs.check(path.Field("accessLogs"), bucketName)...)
	}
	if s.LoadBalancers != nil {
		ps.Add(s.LoadBalancers.check(path.Field("loadBalancers"))...)
	}
	if s.CloudTrail != nil {
		at := path.Field("cloudTrail").Field("trailNames")
		if len(s.CloudTrail.TrailNames) == 0 {
			ps.Add(validate.Required(at, "the names of the trails",
				"name them: the policy lets in exactly these").By("log-bucket-sources"))
		}
		for i, name := range s.CloudTrail.TrailNames {
			ps.Add(validate.TrailName(at.Index(i), name)...)
		}
	}
	if s.Waf != nil && bucketName != "" && !strings.HasPrefix(bucketName, wafPrefix) {
		ps.Add(validate.Conflict("bucketName", bucketName,
			"a name that starts with aws-waf-logs-: WAF delivers to no other bucket",
			"remove bucketName, or put aws-waf-logs- in front").By("log-bucket-waf-name"))
	}
	return ps
}

func (s *AccessLogSource) check(path validate.Path, logBucketName string) validate.Problems {
	var ps validate.Problems
	if len(s.Buckets)+len(s.BucketNames) == 0 {
		ps.Add(validate.Required(path.Field("buckets"), "the buckets that log",
			"name them: the policy lets in exactly these").By("log-bucket-sources"))
	}
	for i, name := range s.Buckets {
		ps.Add(validate.ResourceName(path.Field("buckets").Index(i), name, maxNameLength, "the bucket's name")...)
	}
	for i, name := range s.BucketNames {
		at := path.Field("bucketNames").Index(i)
		ps.Add(validate.BucketName(at, name)...)
		if name != "" && name == logBucketName {
			ps.Add(loop(at, name, "remove it"))
		}
	}
	return append(ps, checkLogPrefix(path.Field("prefix"), s.Prefix)...)
}

func (s *LoadBalancerSource) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	for i, name := range s.Names {
		ps.Add(validate.LoadBalancerName(path.Field("names").Index(i), name)...)
	}
	for i, prefix := range s.Prefixes {
		at := path.Field("prefixes").Index(i)
		ps.Add(validate.KeyPrefix(at, prefix)...)
		if prefix == "" || strings.HasSuffix(prefix, "/") || strings.Contains(prefix, "AWSLogs") {
			ps.Add(validate.Invalid(at, prefix, "a prefix without / at its end and without AWSLogs, which ELB adds",
				"write it as in the load balancer's log settings").By("load-balancer-prefix"))
		}
	}
	return ps
}
