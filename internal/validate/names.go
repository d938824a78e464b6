package validate

import (
	"net"
	"regexp"
	"strings"
)

var (
	bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`)
	aliasName  = regexp.MustCompile(`^[a-zA-Z0-9/_-]+$`)
	trailName  = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]*[a-zA-Z0-9]$`)
	lbName     = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$`)
)

var (
	bucketPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	bucketSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}
)

// BucketName checks the name of an S3 general purpose bucket. Dots are allowed by AWS, and refused here: they break TLS
// with virtual-hosted addresses.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
func BucketName(path Path, name string) Problems {
	const fix = "use lower-case letters, digits and hyphens"
	switch {
	case len(name) < 3 || len(name) > 63:
		return Problems{Invalid(path, name, "a bucket name of 3 to 63 characters", fix).By("bucket-name-length")}
	case strings.Contains(name, "."):
		return Problems{Invalid(path, name, "a bucket name without dots, which break TLS", fix).By("bucket-name-dots")}
	case !bucketName.MatchString(name), net.ParseIP(name) != nil:
		return Problems{Invalid(path, name, "a bucket name of lower-case letters, digits and hyphens, with a letter or digit at both ends", fix).By("bucket-name-characters")}
	}
	for _, prefix := range bucketPrefixes {
		if strings.HasPrefix(name, prefix) {
			return Problems{Invalid(path, name, "a bucket name that does not start with "+prefix+", which AWS reserves", "choose another beginning").By("bucket-name-reserved")}
		}
	}
	for _, suffix := range bucketSuffixes {
		if strings.HasSuffix(name, suffix) {
			return Problems{Invalid(path, name, "a bucket name that does not end in "+suffix+", which AWS reserves", "choose another end").By("bucket-name-reserved")}
		}
	}
	return nil
}

// KeyAlias checks the part of a KMS alias behind "alias/".
// Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
func KeyAlias(path Path, name string) Problems {
	const fix = "use letters, digits, /, _ and -"
	switch {
	case len(name) == 0 || len(name) > 256-len("alias/"):
		return Problems{Invalid(path, name, "an alias of 1 to 250 characters", fix).By("alias-length")}
	case strings.HasPrefix(name, "alias/"):
		return Problems{Invalid(path, name, "the alias without \"alias/\" in front", "remove \"alias/\"").By("alias-prefix")}
	case strings.HasPrefix(name, "aws/"):
		return Problems{Forbidden(path, name, "an alias that does not start with aws/, which AWS reserves", "choose another beginning").By("alias-reserved")}
	case !aliasName.MatchString(name):
		return Problems{Invalid(path, name, "an alias of letters, digits, /, _ and -", fix).By("alias-characters")}
	}
	return nil
}

// TrailName checks the name of a CloudTrail trail.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
func TrailName(path Path, name string) Problems {
	if len(name) < 3 || len(name) > 128 || !trailName.MatchString(name) ||
		strings.Contains(name, "..") || strings.Contains(name, "__") || strings.Contains(name, "--") {
		return Problems{Invalid(path, name, "a trail name of 3 to 128 letters, digits, and single . _ - between them", "use the trail's name, not its ARN").By("trail-name")}
	}
	return nil
}

// LoadBalancerName checks the name of an Application Load Balancer, in which a closing * stands for any ending.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
func LoadBalancerName(path Path, name string) Problems {
	plain := strings.TrimSuffix(name, "*")
	if len(name) == 0 || len(plain) > 32 || (plain != "" && !lbName.MatchString(strings.TrimSuffix(plain, "-"))) || strings.HasPrefix(name, "internal-") {
		return Problems{Invalid(path, name, "a load balancer's name of 1 to 32 letters, digits and hyphens", "use the load balancer's name, not its ARN").By("load-balancer-name")}
	}
	return nil
}

// KeyPrefix checks a prefix of S3 object keys that goes into a policy or a rule: characters with a meaning there would
// widen it silently.
func KeyPrefix(path Path, prefix string) Problems {
	switch {
	case strings.ContainsAny(prefix, "*?") || strings.Contains(prefix, "${"):
		return Problems{Invalid(path, prefix, "a plain prefix of object keys, without *, ? or ${", "end the prefix where the wildcard began: a prefix already covers everything below it").By("key-prefix-wildcard")}
	case strings.HasPrefix(prefix, "/"):
		return Problems{Invalid(path, prefix, "a prefix without / in front: object keys have none", "remove the first /").By("key-prefix-slash")}
	case len(prefix) > 1024:
		return Problems{Invalid(path, prefix, "a prefix of at most 1024 bytes", "shorten it").By("key-prefix-length")}
	}
	return nil
}
