package audit

import "github.com/bulwark-iac/bulwark/policy/rule"

var configEnabled = rule.Rule{
	ID:         "config-enabled",
	Title:      "AWS Config recorder on with the service-linked role",
	Why:        "The history of what changed when is what an investigation begins with; Config keeps it, if it was on before.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"Config.1"}, CIS: []string{"v3:3.3", "v5:3.3"}, Checkov: []string{"CKV2_AWS_45", "CKV2_AWS_48", "CKV_AWS_121"}, Trivy: []string{"AWS-0019"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1",
	Fix: rule.Fix{
		Bulwark: "keep it in the stack of the account's baseline",
		Plain:   "a cfg.Recorder of all supported types with the service-linked role, and a cfg.RecorderStatus that is enabled",
	},
	OptIn: baseline,
	Types: []string{"aws:cfg/recorder:Recorder", "aws:cfg/recorderStatus:RecorderStatus"},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		recorders := s.Of("aws:cfg/recorder:Recorder")
		if len(recorders) == 0 {
			f.Fail(s, "the stack has no configuration recorder: expected one")
			return
		}
		f.EachResource(recorders, func(r *rule.Resource) {
			f.WantNotFalse(r.Get("recordingGroup.allSupported"))
			f.WantTrue(r.Get("recordingGroup.includeGlobalResourceTypes"))
			for _, status := range f.WantReferrer(r, "name", "aws:cfg/recorderStatus:RecorderStatus") {
				f.WantTrue(status.Get("isEnabled"))
			}
		})
	},
	Good: []rule.Example{{YAML: `
recorder:
  type: aws:cfg/recorder:Recorder
  properties:
    roleArn: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
    recordingGroup: {allSupported: true, includeGlobalResourceTypes: true}
status:
  type: aws:cfg/recorderStatus:RecorderStatus
  properties: {name: "${recorder.name}", isEnabled: true}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
group:
  type: aws:cloudwatch/logGroup:LogGroup
`}, {Name: "not started", YAML: `
recorder:
  type: aws:cfg/recorder:Recorder
  properties:
    roleArn: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
    recordingGroup: {allSupported: true, includeGlobalResourceTypes: true}
`}, {Name: "stopped", YAML: `
recorder:
  type: aws:cfg/recorder:Recorder
  properties:
    roleArn: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
    recordingGroup: {allSupported: true, includeGlobalResourceTypes: true}
status:
  type: aws:cfg/recorderStatus:RecorderStatus
  properties: {name: "${recorder.name}", isEnabled: false}
`}, {Name: "not global", YAML: `
recorder:
  type: aws:cfg/recorder:Recorder
  properties:
    roleArn: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
    recordingGroup: {allSupported: true, includeGlobalResourceTypes: false}
status:
  type: aws:cfg/recorderStatus:RecorderStatus
  properties: {name: "${recorder.name}", isEnabled: true}
`}},
}
