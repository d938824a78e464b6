package validate

import (
	"regexp"
	"strings"
)

// ARN is an Amazon Resource Name in its parts.
type ARN struct {
	Partition, Service, Region, Account, Resource string
}

// ParseARN takes an ARN apart. It reports false unless the text has all six parts, with partition, service and resource
// not empty.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func ParseARN(text string) (ARN, bool) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] == "" || parts[2] == "" || parts[5] == "" {
		return ARN{}, false
	}
	return ARN{Partition: parts[1], Service: parts[2], Region: parts[3], Account: parts[4], Resource: parts[5]}, true
}

// String puts the ARN together again.
func (a ARN) String() string {
	return strings.Join([]string{"arn", a.Partition, a.Service, a.Region, a.Account, a.Resource}, ":")
}

var accountID = regexp.MustCompile(`^[0-9]{12}$`)

// PrincipalARN judges the ARN of one IAM role or user that is to be named as a principal. Wildcards are refused.
func PrincipalARN(path Path, text string) []Problem {
	arn, ok := ParseARN(text)
	if !ok || arn.Service != "iam" || !accountID.MatchString(arn.Account) ||
		(!strings.HasPrefix(arn.Resource, "role/") && !strings.HasPrefix(arn.Resource, "user/")) ||
		strings.ContainsAny(text, "*?") || strings.HasSuffix(arn.Resource, "/") {
		return []Problem{Invalid(path, text, "the ARN of one IAM role or user, such as arn:aws:iam::123456789012:role/platform-admin", "name the role itself, without wildcards").By("principal-arn")}
	}
	return nil
}

// KeyARN judges the ARN of a KMS key; an alias is refused, because S3 resolves it in the account of the caller.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html
func KeyARN(path Path, text string) []Problem {
	arn, ok := ParseARN(text)
	if !ok || arn.Service != "kms" || arn.Region == "" || !accountID.MatchString(arn.Account) || !strings.HasPrefix(arn.Resource, "key/") {
		return []Problem{Invalid(path, text, "the ARN of a KMS key, such as arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", "give the key's ARN, not its id or alias").By("key-arn")}
	}
	return nil
}
