package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3AccessPointBlockPublic = rule.Rule{
	ID:       "s3-access-point-block-public",
	Title:    "Access points block public access",
	Why:      "An access point is a second door into the bucket with a policy of its own, and its block cannot be changed later: an open one stays open until it is replaced.",
	Severity: rule.Critical,
	References: rule.References{
		FSBP:    []string{"S3.19"},
		Checkov: []string{"CKV_AWS_392"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-19",
	Fix: rule.Fix{
		Bulwark: "leave out the access point: storage.NewBucket grants by prefix (Read, Write)",
		Plain:   "leave PublicAccessBlockConfiguration out of s3.AccessPointArgs, or all four flags pulumi.Bool(true)",
	},
	Types: []string{accessPoint},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, flag := range flags { // all of them are true by default
			f.WantNotFalse(r.Get("publicAccessBlockConfiguration").Get(flag))
		}
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		for _, flag := range flags {
			if !r.Get("publicAccessBlockConfiguration").Get(flag).BoolOr(true) {
				c.Set("publicAccessBlockConfiguration."+flag, true)
			}
		}
	},
	Good: []rule.Example{{Name: "by default", YAML: `
point:
  type: aws:s3/accessPoint:AccessPoint
  properties: {bucket: audio-files}
`}, {Name: "said", YAML: `
point:
  type: aws:s3/accessPoint:AccessPoint
  properties:
    bucket: audio-files
    publicAccessBlockConfiguration: {blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}
`}},
	Bad: []rule.Example{{Name: "open", YAML: `
point:
  type: aws:s3/accessPoint:AccessPoint
  properties: {bucket: audio-files, publicAccessBlockConfiguration: {blockPublicPolicy: false}}
`}},
}
