package iam

import "github.com/bulwark-iac/bulwark/policy/rule"

var iamNoAccessKeys = rule.Rule{
	ID:       "iam-no-access-keys",
	Title:    "No access keys in IaC",
	Why:      "The secret half of the key stands in the state of the stack, and works for whoever reads it until somebody deletes it.",
	Severity: rule.High,
	References: rule.References{
		FSBP:    []string{"IAM.4"},
		CIS:     []string{"v3:1.4", "v5:1.3"},
		Checkov: []string{"CKV_AWS_348"},
		Trivy:   []string{"AWS-0141"},
	},
	Source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#rotate-credentials",
	Fix: rule.Fix{
		Bulwark: "services get identity.NewTaskRole, whose credentials the SDKs find by themselves, and pipelines identity.NewDeployRole",
		Plain:   `iam.NewRole for what runs in AWS, OIDC for pipelines, IAM Roles Anywhere for the rest; iam.AccessKeyArgs{Status: pulumi.String("Inactive")} on the way out`,
	},
	Types: []string{accessKey},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !r.Get("status").Is("Inactive") {
			f.Fail(r, "makes an access key that works: expected a role")
		}
	},
	Good: []rule.Example{{Name: "switched off before it is deleted", YAML: `
legacy:
  type: aws:iam/accessKey:AccessKey
  properties: {user: legacy, status: Inactive}
`}},
	Bad: []rule.Example{{YAML: `
legacy:
  type: aws:iam/accessKey:AccessKey
  properties: {user: legacy}
`}, {Name: "active", YAML: `
legacy:
  type: aws:iam/accessKey:AccessKey
  properties: {user: legacy, status: Active}
`}},
}
