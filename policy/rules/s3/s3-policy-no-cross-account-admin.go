package s3

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var s3PolicyNoCrossAccountAdmin = rule.Rule{
	ID:       "s3-policy-no-cross-account-admin",
	Title:    "Bucket policy gives other accounts no dangerous action",
	Why:      "Another account that may change the policy, the ACL or the encryption of a bucket owns it as soon as somebody gets into that account.",
	Severity: rule.High,
	References: rule.References{
		FSBP: []string{"S3.6"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6",
	Fix: rule.Fix{
		Bulwark: "storage.BucketArgs.PolicyStatements: name the calls on objects that the other account needs",
		Plain:   "name calls such as s3:GetObject, and not s3:PutBucketPolicy or s3:*, for principals of other accounts in s3.NewBucketPolicy",
	},
	Types: []string{bucketPolicy, bucketV2, bucketV1},
	Params: []rule.Param{{
		Name: "accounts", Default: []string{},
		Description: "Ids of accounts that may administer buckets by their policies: the stack's own, for example. Those that the provider allows always may.",
	}},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(bucketPolicy, bucketV2, bucketV1), func(r *rule.Resource) {
			onPolicy(func(policy rule.Value, document iampolicy.Document, f *rule.Findings) {
				for _, foreign := range document.CrossAccount("none") {
					actions := administration(document.Statements[foreign.Statement])
					account := accountOf(foreign.Value)
					if len(actions) > 0 && !slices.Contains(f.Texts("accounts"), account) && !own(s, r, account) {
						f.Fail(policy, "%s: %s, with that %s; expected no administration of the bucket", foreign.Path, foreign.Reason, strings.Join(actions, ", "))
					}
				}
			})(r, f)
		})
	},
	Good: []rule.Example{{Name: "the own account, which the ARN of another resource tells", YAML: `
topic:
  type: aws:sns/topic:Topic
audio:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-audio
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "s3:*", Resource: "arn:aws:s3:::acme-audio"}]
`}, {Name: "the account of the role that the provider assumes", YAML: `
deploy:
  type: pulumi:providers:aws
  properties: {region: eu-west-1, assumeRole: {roleArn: "arn:aws:iam::444455556666:role/deploy"}}
audio:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: acme-audio
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "444455556666"}, Action: "s3:*", Resource: "arn:aws:s3:::acme-audio"}]
  options: {provider: "${deploy}"}
`}, {Name: "reading", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::audio-files", "arn:aws:s3:::audio-files/*"]}
`}, {Name: "the account's own role", YAML: `
aws:
  type: pulumi:providers:aws
  properties: {region: eu-west-1, allowedAccountIds: ["111122223333"]}
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/deploy"}, Action: "s3:*", Resource: "arn:aws:s3:::audio-files"}]
  options: {provider: "${aws}"}
`}, {Name: "a trusted account", Params: map[string]any{"accounts": []any{"444455556666"}}, YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::audio-files"}
`}},
	Bad: []rule.Example{{Name: "the policy", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::audio-files"}
`}, {Name: "everything, for one role", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:role/deploy"}, Action: "s3:*", Resource: "arn:aws:s3:::audio-files/*"}
`}, {Name: "all but reading", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "444455556666"}, NotAction: "s3:Get*", Resource: "arn:aws:s3:::audio-files"}
`}, {Name: "an organization", YAML: `
policy:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties:
    bucket: audio-files
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "s3:Put*", Resource: "arn:aws:s3:::audio-files", Condition: {StringEquals: {"aws:PrincipalOrgID": o-acme123456}}}
`}},
}

// administration are the calls of a statement with which somebody takes a bucket over, on whatever conditions.
//
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6
func administration(statement iampolicy.Statement) []string {
	caller, _ := iampolicy.CallerOf("arn:aws:iam::111122223333:role/somebody")
	statement.Principals, statement.Conditions = iampolicy.Principals{Any: true}, nil
	document := iampolicy.Document{Version: iampolicy.Version2012, Statements: []iampolicy.Statement{statement}}
	allowed := func(action string) bool {
		return slices.ContainsFunc(append(slices.Clone(statement.Resources), "arn:aws:s3:::bucket"), func(resource string) bool {
			request := iampolicy.Request{Caller: caller, Action: action, Resource: resource}
			return iampolicy.Evaluate(request, iampolicy.Policies{Resource: &document}).Decision == iampolicy.Allowed
		})
	}
	actions := []string{"s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPolicy", "s3:PutEncryptionConfiguration", "s3:PutObjectAcl"}
	return slices.DeleteFunc(actions, func(action string) bool { return !allowed(action) })
}

// own tells whether an account is the one that a bucket is in: by what its provider allows and assumes, and by the ARNs of
// what the same provider makes.
func own(s *rule.Stack, bucket *rule.Resource, account string) bool {
	if bucket.Provider == nil || len(account) != len("111122223333") {
		return false // an organization, or nothing to go by
	}
	provider := bucket.Provider.Properties
	if slices.Contains(provider.Get("allowedAccountIds").JSON().Texts(), account) {
		return true
	}
	for _, role := range append(provider.Get("assumeRoles").JSON().List(), provider.Get("assumeRole").JSON()) {
		if arn := role.Get("roleArn"); arn.Known() && accountOf(arn.Text()) == account {
			return true
		}
	}
	var pending *rule.Value
	for _, r := range s.All() {
		if r.Provider == nil || r.Provider.URN != bucket.Provider.URN || strings.HasPrefix(r.Type, "aws:s3/") {
			continue // the ARNs of buckets have no account
		}
		switch arn := r.Get("arn"); {
		case !arn.Known():
			pending = &arn
		case accountOf(arn.Text()) != "" && accountOf(arn.Text()) != arn.Text():
			return accountOf(arn.Text()) == account
		}
	}
	if pending != nil {
		return pending.Text() == account // ends the rule: it will tell
	}
	return false
}

// accountOf is the account of a principal; empty for an organization.
func accountOf(principal string) string {
	if arn, ok := validate.SplitARN(principal); ok {
		return arn.Account
	}
	return principal
}
