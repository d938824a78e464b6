package secrets

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var kmsServiceGrantsScoped = rule.Rule{
	ID:       "kms-service-grants-scoped",
	Title:    "Service statements in key policies are scoped",
	Why:      "A service acts for every account of AWS: without a source condition, somebody else's trail, log group or topic can be made to use the key.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html",
	Fix: rule.Fix{
		Bulwark: "encryption.NewKey ties each service to its trails, log groups and alarms",
		Plain:   "kms.KeyArgs{Policy: ...} with aws:SourceArn or aws:SourceAccount, for CloudWatch Logs kms:EncryptionContext:aws:logs:arn",
	},
	Types: []string{key, replicaKey, externalKey, replicaExternalKey, keyPolicy},
	Params: []rule.Param{{
		Name: "services", Default: []string{"logs", "delivery.logs", "cloudtrail", "cloudwatch", "sns", "s3", "events"},
		Description: "Services, by what precedes .amazonaws.com and the region, that say for whom they use a key.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		d, ok := policies.Read(r.Get("policy"))
		if !ok {
			f.NotApplicable("KMS writes its policy, for the account alone")
			return
		}
		policies.Report(f, r.Get("policy"), slices.DeleteFunc(d.ConfusedDeputy(), func(x iampolicy.Finding) bool {
			service, _, _ := strings.Cut(x.Value, ".amazonaws.com")
			if region, regional := strings.CutPrefix(service, "logs."); regional && region != "" {
				service = "logs"
			}
			return !slices.Contains(f.Texts("services"), service)
		}), "a condition on aws:SourceArn, aws:SourceAccount or kms:EncryptionContext:<key>")
	},
	Good: []rule.Example{{Name: "logs", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: logs.eu-west-1.amazonaws.com}, Action: "kms:Decrypt", Resource: "*", Condition: {ArnLike: {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:*"}}}
`}, {Name: "a trail", YAML: `
key:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: key
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "kms:GenerateDataKey*", Resource: "*", Condition: {StringEquals: {"aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/acme"}}}
`}, {Name: "a service that is not on the list", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: dnssec-route53.amazonaws.com}, Action: "kms:Sign", Resource: "*"}
`}, {Name: "no service", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "kms:Decrypt", Resource: "*"}
`}},
	Bad: []rule.Example{{Name: "logs", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: logs.eu-west-1.amazonaws.com}, Action: "kms:Decrypt", Resource: "*"}
`}, {Name: "a trail, apart", YAML: `
key:
  type: aws:kms/keyPolicy:KeyPolicy
  properties:
    keyId: key
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: [cloudtrail.amazonaws.com]}, Action: "kms:GenerateDataKey*", Resource: "*", Condition: {StringLike: {"aws:SourceArn": "*"}}}
`}, {Name: "events of S3", YAML: `
key:
  type: aws:kms/key:Key
  properties:
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: "kms:Decrypt", Resource: "*"}
`}},
}
