package validate

import (
	"regexp"
	"strings"
)

// ARN is an Amazon Resource Name in its parts, or a pattern of one.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
type ARN struct {
	Partition, Service, Region, Account, Resource string
}

// SplitARN takes an ARN, or a pattern of one, apart. It reports false unless the text has all six parts; any but the
// first may be empty.
func SplitARN(text string) (ARN, bool) {
	rest, ok := strings.CutPrefix(text, "arn:")
	if !ok {
		return ARN{}, false
	}
	var parts [4]string
	for i := range parts {
		if parts[i], rest, ok = strings.Cut(rest, ":"); !ok {
			return ARN{}, false
		}
	}
	return ARN{Partition: parts[0], Service: parts[1], Region: parts[2], Account: parts[3], Resource: rest}, true
}

// ParseARN takes the ARN of a resource apart. It reports false unless partition, service and resource are there.
func ParseARN(text string) (ARN, bool) {
	arn, ok := SplitARN(text)
	if !ok || arn.Partition == "" || arn.Service == "" || arn.Resource == "" {
		return ARN{}, false
	}
	return arn, true
}

// String puts the ARN together again.
func (a ARN) String() string {
	return strings.Join([]string{"arn", a.Partition, a.Service, a.Region, a.Account, a.Resource}, ":")
}

var accountID = regexp.MustCompile(`^[0-9]{12}$`)

// AccountID checks the id of an AWS account.
func AccountID(path Path, text string) Problems {
	if accountID.MatchString(text) {
		return nil
	}
	return Problems{Invalid(path, text, "the twelve digits of an account", "write it as in 123456789012").By("account-id")}
}

// regional says whether an ARN names a resource of one service, account and region.
func (a ARN) regional(service, prefix string) bool {
	rest, ok := strings.CutPrefix(a.Resource, prefix)
	return ok && rest != "" && a.Service == service && a.Region != "" && accountID.MatchString(a.Account)
}

// regionalARN checks the ARN of a resource of one service, account and region, whose id follows the prefix.
func regionalARN(path Path, text, service, prefix, expected, fix, rule string) Problems {
	if arn, ok := ParseARN(text); ok && arn.regional(service, prefix) {
		return nil
	}
	return Problems{Invalid(path, text, expected, fix).By(rule)}
}

// PrincipalARN checks the ARN of one IAM role or user that is to be named as a principal. Wildcards are refused.
func PrincipalARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if !ok || arn.Service != "iam" || !accountID.MatchString(arn.Account) ||
		(!strings.HasPrefix(arn.Resource, "role/") && !strings.HasPrefix(arn.Resource, "user/")) ||
		strings.ContainsAny(text, "*?") || strings.HasSuffix(arn.Resource, "/") {
		return Problems{Invalid(path, text,
			"the ARN of one IAM role or user, such as arn:aws:iam::123456789012:role/platform-admin",
			"name the role itself, without wildcards").By("principal-arn")}
	}
	return nil
}

// KeyARN checks the ARN of a KMS key; an alias is refused, because S3 resolves it in the account of the caller.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html
func KeyARN(path Path, text string) Problems {
	return regionalARN(path, text, "kms", "key/",
		"the ARN of a KMS key, such as arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
		"give the key's ARN, not its id or alias", "key-arn")
}

// CertificateARN checks the ARN of an ACM certificate.
func CertificateARN(path Path, text string) Problems {
	return regionalARN(path, text, "acm", "certificate/",
		"the ARN of an ACM certificate, such as arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
		"import other certificates into ACM", "certificate-arn")
}

// BucketARN checks the ARN of one bucket, without objects or wildcards.
func BucketARN(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if ok && arn.Service == "s3" && arn.Region == "" && arn.Account == "" && len(BucketName(path, arn.Resource)) == 0 {
		return nil
	}
	return Problems{Invalid(path, text, "the ARN of one bucket, such as arn:aws:s3:::acme-audio",
		"name the bucket, without objects and wildcards").By("bucket-arn")}
}

// TopicARN checks the ARN of an SNS topic.
func TopicARN(path Path, text string) Problems {
	if arn, ok := ParseARN(text); ok && arn.regional("sns", "") && !strings.ContainsAny(arn.Resource, ":*?/") {
		return nil
	}
	return Problems{Invalid(path, text, "the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:alarms",
		"name the topic, not a subscription").By("topic-arn")}
}

// LogGroupARN checks the ARN of a CloudWatch log group, with or without the closing :*.
func LogGroupARN(path Path, text string) Problems {
	return regionalARN(path, text, "logs", "log-group:",
		"the ARN of a log group, such as arn:aws:logs:eu-west-1:123456789012:log-group:acme",
		"use the ARN of the log group", "log-group-arn")
}

// LoadBalancerARN checks the ARN of an Application Load Balancer.
func LoadBalancerARN(path Path, text string) Problems {
	return regionalARN(path, text, "elasticloadbalancing", "loadbalancer/app/",
		"the ARN of an Application Load Balancer, such as arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/50dc6c495c0c9188",
		"give the ARN of the load balancer itself, not of a listener or target group", "load-balancer-arn")
}

// RuleGroupARN checks the ARN of a WAF rule group for regional web ACLs.
func RuleGroupARN(path Path, text string) Problems {
	return regionalARN(path, text, "wafv2", "regional/rulegroup/",
		"the ARN of a regional rule group, such as arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/acme/1234abcd-12ab-34cd-56ef-1234567890ab",
		"use the ARN of the rule group", "rule-group-arn")
}

// SameRegion reports an ARN of another region than that of what refers to it. A text that is no ARN, and an empty
// region, are left to other checks.
func SameRegion(path Path, text, region, whose string) Problems {
	arn, ok := ParseARN(text)
	if !ok || region == "" || arn.Region == "" || arn.Region == region {
		return nil
	}
	return Problems{OtherRegion(path, text, region, whose)}
}

// OtherRegion is the problem of something that would have to be in the region of what refers to it, "the load balancer".
func OtherRegion(path Path, found, region, whose string) Problem {
	return Invalid(path, found, "one in "+region+", the region of "+whose, "create both with the provider of the same region").By("region")
}
