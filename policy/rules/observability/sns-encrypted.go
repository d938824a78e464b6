package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var snsEncrypted = rule.Rule{
	ID:         "sns-encrypted",
	Title:      "Topics encrypted with KMS",
	Why:        "Messages wait on disk until they are delivered, and alarms quote what the application logged.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"SNS.1*"}, Checkov: []string{"CKV_AWS_26"}, Trivy: []string{"AWS-0095"}, CDKNag: []string{"NIST:SNSEncryptedKMS"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-1",
	Fix: rule.Fix{
		Plain: "sns.TopicArgs{KmsMasterKeyId: key.Arn}",
	},
	Types:    []string{topic},
	Resource: rule.WantSet("kmsMasterKeyId", "a KMS key"),
	Good: []rule.Example{{YAML: `
topic:
  type: aws:sns/topic:Topic
  properties: {kmsMasterKeyId: arn:aws:kms:eu-west-1:111122223333:key/k}
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
topic:
  type: aws:sns/topic:Topic
  properties: {displayName: alarms}
`}},
}
