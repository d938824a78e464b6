package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var cloudtrailLogValidation = rule.Rule{
	ID:         "cloudtrail-log-validation",
	Title:      "Log file validation",
	Why:        "Without digests nobody can tell whether a file of the trail was changed or taken out after the break-in.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"CloudTrail.4"}, CIS: []string{"v3:3.2", "v5:3.2"}, Checkov: []string{"CKV_AWS_36"}, Trivy: []string{"AWS-0016"}, CDKNag: []string{"NIST:CloudTrailLogFileValidationEnabled"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-4",
	Fix: rule.Fix{
		Bulwark: "audit.NewTrail writes digests",
		Plain:   "cloudtrail.TrailArgs{EnableLogFileValidation: pulumi.Bool(true)}",
	},
	Types:     []string{trail},
	Resource:  rule.WantTrue("enableLogFileValidation"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("enableLogFileValidation", true) },
	Good: []rule.Example{{YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    enableLogFileValidation: true
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
`}, {Name: "switched off", YAML: `
trail:
  type: aws:cloudtrail/trail:Trail
  properties:
    s3BucketName: acme-logs
    enableLogFileValidation: false
`}},
}
