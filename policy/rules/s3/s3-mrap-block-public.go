package s3

import "github.com/bulwark-iac/bulwark/policy/rule"

var s3MrapBlockPublic = rule.Rule{
	ID:       "s3-mrap-block-public",
	Title:    "Multi-region access points block public access",
	Why:      "A multi-region access point opens every bucket behind it at one address, and its block cannot be changed later.",
	Severity: rule.High,
	References: rule.References{
		FSBP: []string{"S3.24"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-24",
	Fix: rule.Fix{
		Bulwark: "no component makes one: a plain access point needs all four flags too",
		Plain:   "leave PublicAccessBlock out of s3control.MultiRegionAccessPointDetailsArgs, or all four flags pulumi.Bool(true)",
	},
	Types: []string{multiRegionPoint},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, flag := range flags { // all of them are true by default
			f.WantNotFalse(r.Get("details.publicAccessBlock").Get(flag))
		}
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		for _, flag := range flags {
			if !r.Get("details.publicAccessBlock").Get(flag).BoolOr(true) {
				c.Set("details.publicAccessBlock."+flag, true)
			}
		}
	},
	Good: []rule.Example{{Name: "by default", YAML: `
point:
  type: aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint
  properties: {details: {name: audio, regions: [{bucket: audio-files}]}}
`}, {Name: "said", YAML: `
point:
  type: aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint
  properties:
    details:
      name: audio
      regions: [{bucket: audio-files}]
      publicAccessBlock: {blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}
`}},
	Bad: []rule.Example{{Name: "open", YAML: `
point:
  type: aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint
  properties: {details: {name: audio, regions: [{bucket: audio-files}], publicAccessBlock: {restrictPublicBuckets: false}}}
`}},
}
