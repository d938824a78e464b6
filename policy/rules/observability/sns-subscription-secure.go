package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var snsSubscriptionSecure = rule.Rule{
	ID:       "sns-subscription-secure",
	Title:    "Subscriptions use https, email, sqs or lambda",
	Why:      "Plain HTTP shows each message to the network; and what an endpoint does not take is lost without a queue for dead letters.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html",
	Fix: rule.Fix{
		Plain: `sns.TopicSubscriptionArgs{Protocol: pulumi.String("https"), RedrivePolicy: ...}`,
	},
	Types: []string{topicSubscription},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		protocol := r.Get("protocol")
		f.WantNoneOf(protocol, "http")
		if protocol.Is("https", "sqs", "lambda", "firehose") {
			f.WantSet(r.Get("redrivePolicy"), "a queue for messages that cannot be delivered")
		}
	},
	Good: []rule.Example{{Name: "email", YAML: `
sub:
  type: aws:sns/topicSubscription:TopicSubscription
  properties:
    topic: arn:aws:sns:eu-west-1:111122223333:alarms
    protocol: email
    endpoint: ops@acme.example
`}, {Name: "https with a queue", YAML: `
sub:
  type: aws:sns/topicSubscription:TopicSubscription
  properties:
    topic: arn:aws:sns:eu-west-1:111122223333:alarms
    protocol: https
    endpoint: https://ops.acme.example/
    redrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:dead"}'
`}},
	Bad: []rule.Example{{Name: "plain http", YAML: `
sub:
  type: aws:sns/topicSubscription:TopicSubscription
  properties:
    topic: arn:aws:sns:eu-west-1:111122223333:alarms
    protocol: http
    endpoint: http://ops.acme.example/
`}, {Name: "no queue", YAML: `
sub:
  type: aws:sns/topicSubscription:TopicSubscription
  properties:
    topic: arn:aws:sns:eu-west-1:111122223333:alarms
    protocol: lambda
    endpoint: arn:aws:lambda:eu-west-1:111122223333:function:notify
`}},
}
