package observability

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var snsPolicyServiceSource = rule.Rule{
	ID:       "sns-policy-service-source",
	Title:    "Topic policy ties services to a source",
	Why:      "A service publishes for whichever account asks it to: without a source, the alarms and events of strangers arrive among your own.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
	Fix: rule.Fix{
		Plain: `"Condition": {"StringEquals": {"aws:SourceAccount": accountId}} in the statements of sns.NewTopicPolicy that have a Service as Principal`,
	},
	Types:    []string{topicPolicy, topic},
	Resource: policies.ServiceSources("no policy of its own: the owner alone may use the topic"),
	Good: []rule.Example{{YAML: `
it:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: "sns:Publish", Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": "111122223333"}}}]
`}},
	Bad: []rule.Example{{Name: "no source", YAML: `
it:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: "sns:Publish", Resource: "*"}]
`}, {Name: "on the topic itself", YAML: `
it:
  type: aws:sns/topic:Topic
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sns:Publish", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "true"}}}]
`}},
}
