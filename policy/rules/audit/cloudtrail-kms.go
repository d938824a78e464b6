package audit

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var cloudtrailKms = rule.Rule{
	ID:         "cloudtrail-kms",
	Title:      "Trail encrypted with KMS",
	Why:        "The trail tells who has which rights and what is where. With an own key, reading it needs the key too.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"CloudTrail.2"}, CIS: []string{"v3:3.5", "v5:3.5"}, Checkov: []string{"CKV_AWS_35"}, Trivy: []string{"AWS-0015"}, CDKNag: []string{"NIST:CloudTrailEncryptionEnabled"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-2",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail encrypts with a key of its own, whose policy names this trail",
		Plain:   "cloudtrail.TrailArgs{KmsKeyId: key.Arn}",
	},
	Types:    []string{trail},
	Resource: func(r *rule.Resource, f *rule.Findings) { keys.WantOwn(f, r.Get("kmsKeyId")) },
	Good: []rule.Example{{YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/k
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
`}},
}
