package observability

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var snsPolicyTLS = rule.Rule{
	ID:         "sns-policy-tls",
	Title:      "Topic policy denies non-TLS publish",
	Why:        "A message that is published over plain HTTP can be read and changed on its way.",
	Severity:   rule.Medium,
	References: rule.References{CDKNag: []string{"AwsSolutions-SNS3"}},
	Source:     "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit",
	Fix: rule.Fix{
		Plain: "a Deny of sns:Publish in the sns.TopicPolicy, with the condition Bool aws:SecureTransport false",
	},
	Types: []string{topicPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		judgePolicy(r, f, func(policy rule.Value, d iampolicy.Document) {
			if !d.DeniesInsecureTransport("sns:Publish") {
				f.Fail(policy, "nothing denies sns:Publish without TLS: expected a Deny with the condition Bool aws:SecureTransport false")
			}
		})
	},
	Good: []rule.Example{{YAML: `
rules:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Sid: Alarms, Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: "sns:Publish", Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}}}
          - {Sid: Tls, Effect: Deny, Principal: "*", Action: "sns:Publish", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
`}},
	Bad: []rule.Example{{Name: "no such statement", YAML: `
rules:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Sid: Alarms, Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: "sns:Publish", Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}}}
`}},
}
