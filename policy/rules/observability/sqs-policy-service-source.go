package observability

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var sqsPolicyServiceSource = rule.Rule{
	ID:       "sqs-policy-service-source",
	Title:    "Queue policy ties services to a source",
	Why:      "A service sends for whichever account asks it to: without a source, a stranger with a topic or a bucket of their own has messages worked off by your service.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
	Fix: rule.Fix{
		Plain: `"Condition": {"ArnEquals": {"aws:SourceArn": topicArn}} in the statements of sqs.NewQueuePolicy that have a Service as Principal`,
	},
	Types:    []string{queuePolicy, queue},
	Resource: policies.ServiceSources("no policy of its own: the owner alone may use the queue"),
	Good: []rule.Example{{YAML: `
it:
  type: aws:sqs/queuePolicy:QueuePolicy
  properties:
    queueUrl: https://sqs.eu-west-1.amazonaws.com/111122223333/jobs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*", Condition: {ArnEquals: {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:alarms"}}}]
`}},
	Bad: []rule.Example{{Name: "no source", YAML: `
it:
  type: aws:sqs/queuePolicy:QueuePolicy
  properties:
    queueUrl: https://sqs.eu-west-1.amazonaws.com/111122223333/jobs
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]
`}, {Name: "a bucket by its name alone, in any account", YAML: `
it:
  type: aws:sqs/queue:Queue
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*", Condition: {ArnLike: {"aws:SourceArn": "arn:aws:s3:*:*:*"}}}]
`}},
}
