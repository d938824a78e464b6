package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecrScan = rule.Rule{
	ID:       "ecr-scan",
	Title:    "Image scan on push",
	Why:      "An image is built once and runs for months: without a scan nobody learns that a library in it has a known hole.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"ECR.1"},
		Checkov: []string{"CKV_AWS_163"},
		Trivy:   []string{"AWS-0030"},
		Pulumi:  []string{"aws-ecr-repository-enable-image-scan", "aws-ecr-repository-configure-image-scan"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-1",
	Fix: rule.Fix{
		Bulwark: "image.NewRepository scans on push, unless RepositoryArgs.ScanOnPush is disabled",
		Plain:   "ecr.RepositoryArgs{ImageScanningConfiguration: &ecr.RepositoryImageScanningConfigurationArgs{ScanOnPush: pulumi.Bool(true)}}",
	},
	Types:     []string{repository},
	Resource:  rule.WantTrue("imageScanningConfiguration.scanOnPush"),
	Remediate: func(_ *rule.Resource, c *rule.Changes) { c.Set("imageScanningConfiguration.scanOnPush", true) },
	Good: []rule.Example{{YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {imageScanningConfiguration: {scanOnPush: true}}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
api:
  type: aws:ecr/repository:Repository
`}, {Name: "switched off", YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {imageScanningConfiguration: {scanOnPush: false}}
`}},
}
