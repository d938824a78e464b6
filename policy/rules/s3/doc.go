// Package s3 has the rules about S3 buckets, access points and what belongs to them.
package s3
