package validate

import "regexp"

// existingBucketName is wider than bucketName: buckets that exist may have dots in their names.
var existingBucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// ExistingBucketName checks the name of a bucket that exists, whoever owns it. Unlike BucketName it accepts dots, and
// the prefixes and suffixes that AWS reserves.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
func ExistingBucketName(path Path, name string) Problems {
	if existingBucketName.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, name, "the name of one bucket, without wildcards",
		"use the bucket's name, not its ARN or a prefix").By("bucket-name-characters")}
}
