package observability

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var logsKms = rule.Rule{
	ID:         "logs-kms",
	Title:      "Log groups encrypted with a CMK",
	Why:        "Logs repeat what passed through the application. With a key of its own, reading them needs the key too, and every reading of the key is on record.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_158"}, Trivy: []string{"AWS-0017"}, CDKNag: []string{"NIST:CloudWatchLogGroupEncrypted"}},
	Source:     "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
	Fix: rule.Fix{
		Bulwark: "every log group that a component makes has an own key",
		Plain:   "cloudwatch.LogGroupArgs{KmsKeyId: key.Arn}",
	},
	Types:    []string{logGroup},
	Resource: func(r *rule.Resource, f *rule.Findings) { keys.WantOwn(f, r.Get("kmsKeyId")) },
	Good: []rule.Example{{YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/k}}
`}},
	Bad: []rule.Example{{Name: "not set", YAML: `
group: {type: aws:cloudwatch/logGroup:LogGroup, properties: {name: app}}
`}},
}
