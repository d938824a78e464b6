package observability

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var snsCmk = rule.Rule{
	ID:         "sns-cmk",
	Title:      "Topics use a CMK",
	Why:        "CloudWatch, EventBridge and S3 cannot publish to a topic with the key alias/aws/sns: alarms vanish without a trace.",
	Severity:   rule.Medium,
	References: rule.References{Trivy: []string{"AWS-0136"}},
	Source:     "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey makes a key that the services may use which publish",
		Plain:   "sns.TopicArgs{KmsMasterKeyId: key.Arn}, with a key whose policy lets cloudwatch.amazonaws.com use it",
	},
	Types: []string{topic},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if key := r.Get("kmsMasterKeyId"); !key.Empty() {
			keys.WantOwn(f, key)
			return
		}
		f.NotApplicable("not encrypted, which sns-encrypted judges")
	},
	Good: []rule.Example{{YAML: `
topic:
  type: aws:sns/topic:Topic
  properties: {kmsMasterKeyId: arn:aws:kms:eu-west-1:111122223333:key/k}
`}},
	Bad: []rule.Example{{Name: "the key of AWS", YAML: `
topic:
  type: aws:sns/topic:Topic
  properties: {kmsMasterKeyId: alias/aws/sns}
`}},
}
