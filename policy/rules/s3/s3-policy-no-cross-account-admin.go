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
	Resource: func(r *rule.Resource, f *rule.Findings) {
		onPolicy(func(policy rule.Value, document iampolicy.Document, f *rule.Findings) {
			trusted := slices.Clone(f.Texts("accounts"))
			if r.Provider != nil {
				trusted = append(trusted, r.Provider.Properties.Get("allowedAccountIds").JSON().Texts()...)
			}
			for _, foreign := range document.CrossAccount("none") {
				actions := administration(document.Statements[foreign.Statement])
				if len(actions) > 0 && !slices.Contains(trusted, accountOf(foreign.Value)) {
					f.Fail(policy, "%s: %s, with that %s; expected no administration of the bucket", foreign.Path, foreign.Reason, strings.Join(actions, ", "))
				}
			}
		})(r, f)
	},
	Good: []rule.Example{{Name: "reading", YAML: `
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

// accountOf is the account of a principal; empty for an organization.
func accountOf(principal string) string {
	if arn, ok := validate.SplitARN(principal); ok {
		return arn.Account
	}
	return principal
}
