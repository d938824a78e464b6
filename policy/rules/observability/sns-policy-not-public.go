package observability

import (
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var snsPolicyNotPublic = rule.Rule{
	ID:         "sns-policy-not-public",
	Title:      "Topic policy is not public",
	Why:        "Anybody could publish to the topic, and every subscriber would believe it; or subscribe, and read every alarm.",
	Severity:   rule.High,
	References: rule.References{FSBP: []string{"SNS.4"}, Checkov: []string{"CKV_AWS_169"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-4",
	Fix: rule.Fix{
		Plain: "a sns.TopicPolicy whose Allow statements name principals, or have aws:SourceAccount or aws:SourceArn as a condition",
	},
	Types: []string{topicPolicy, topic},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		judgePolicy(r, f, func(policy rule.Value, d iampolicy.Document) {
			for _, finding := range d.Public() {
				f.Fail(policy, "%s lets in everybody: expected named principals, or a condition on aws:SourceAccount", finding.Path)
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
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
rules:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "sns:Publish", Resource: "*"}
`}, {Name: "on the topic itself", YAML: `
topic:
  type: aws:sns/topic:Topic
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sns:Subscribe", Resource: "*"}]
`}},
}
