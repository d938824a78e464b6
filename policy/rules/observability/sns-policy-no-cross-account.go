package observability

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var snsPolicyNoCrossAccount = rule.Rule{
	ID:         "sns-policy-no-cross-account",
	Title:      "Topic policy gives no foreign account access",
	Why:        "Another account that may subscribe reads every message, and what happens there is on nobody's record here.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_385"}},
	Source:     "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
	Fix: rule.Fix{
		Plain: "a sns.TopicPolicy whose principals are of the own account; else list the account in the parameter accounts",
	},
	Params: []rule.Param{{Name: "accounts", Default: []string{}, Description: "Ids of other accounts that topics may let in."}},
	Types:  []string{topicPolicy, topic},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		judgePolicy(r, f, func(policy rule.Value, d iampolicy.Document) {
			for _, account := range d.Accounts() {
				if account != topicAccount(r) && !slices.Contains(f.Texts("accounts"), account) {
					f.Fail(policy, "lets in account %s: expected the own account or one that is configured", account)
				}
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
`}, {Name: "one that is configured", Params: map[string]any{"accounts": []string{"444455556666"}}, YAML: `
rules:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "sns:Subscribe", Resource: "*"}
`}, {Name: "the own account", YAML: `
rules:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/app"}, Action: "sns:Publish", Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "another account", YAML: `
rules:
  type: aws:sns/topicPolicy:TopicPolicy
  properties:
    arn: arn:aws:sns:eu-west-1:111122223333:alarms
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "sns:Subscribe", Resource: "*"}
`}},
}
