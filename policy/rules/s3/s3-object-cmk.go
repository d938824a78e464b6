package s3

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var s3ObjectCmk = rule.Rule{
	ID:       "s3-object-cmk",
	Title:    "Uploaded objects use a CMK",
	Why:      "An object that names its own encryption gets that instead of the bucket's: SSE-S3, or the key that AWS manages, where the bucket has a key of its own.",
	Severity: rule.Low,
	References: rule.References{
		Checkov: []string{"CKV_AWS_186"},
	},
	Source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html",
	Fix: rule.Fix{
		Bulwark: "leave the encryption out of the object: the key of storage.NewBucket applies",
		Plain:   "leave ServerSideEncryption and KmsKeyId out of s3.BucketObjectv2Args, or KmsKeyId: key.Arn",
	},
	Types: []string{bucketObjectV2, bucketObjectV1},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		switch algorithm, key := r.Get("serverSideEncryption"), r.Get("kmsKeyId"); {
		case algorithm.Is("AES256"):
			f.Fail(algorithm, "%s: expected none, so that the bucket's encryption applies, or a customer managed key", algorithm)
		case !key.Empty():
			keys.WantOwn(f, key)
		case !algorithm.Empty():
			// S3 takes aws/s3 for an algorithm without a key, not the bucket's key.
			f.Fail(key, "%s: expected a customer managed key beside the algorithm, or neither", key)
		}
	},
	Good: []rule.Example{{Name: "the bucket's encryption", YAML: `
settings:
  type: aws:s3/bucketObjectv2:BucketObjectv2
  properties: {bucket: audio-files, key: settings.json, content: "{}"}
`}, {Name: "an own key", YAML: `
settings:
  type: aws:s3/bucketObject:BucketObject
  properties: {bucket: audio-files, key: settings.json, content: "{}", kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
`}},
	Bad: []rule.Example{{Name: "SSE-S3", YAML: `
settings:
  type: aws:s3/bucketObjectv2:BucketObjectv2
  properties: {bucket: audio-files, key: settings.json, content: "{}", serverSideEncryption: AES256}
`}, {Name: "no key", YAML: `
settings:
  type: aws:s3/bucketObject:BucketObject
  properties: {bucket: audio-files, key: settings.json, content: "{}", serverSideEncryption: "aws:kms"}
`}, {Name: "AWS's key", YAML: `
settings:
  type: aws:s3/bucketObjectv2:BucketObjectv2
  properties: {bucket: audio-files, key: settings.json, content: "{}", kmsKeyId: alias/aws/s3}
`}},
}
