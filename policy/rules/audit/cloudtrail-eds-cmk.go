package audit

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var cloudtrailEdsCmk = rule.Rule{
	ID:         "cloudtrail-eds-cmk",
	Title:      "Event data stores use a CMK",
	Why:        "An event data store holds years of events; with an own key, reading it needs the key too, and with termination protection nobody ends it by mistake.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"CloudTrail.10*"}, Checkov: []string{"CKV_AWS_294"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-10",
	Fix: rule.Fix{
		Bulwark: "Bulwark keeps events in a trail; set these on an own cloudtrail.EventDataStore",
		Plain:   "cloudtrail.EventDataStoreArgs{KmsKeyId: key.Arn, TerminationProtectionEnabled: pulumi.Bool(true)}",
	},
	Types: []string{eventDataStore},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		keys.WantOwn(f, r.Get("kmsKeyId"))
		f.WantNotFalse(r.Get("terminationProtectionEnabled"))
	},
	Good: []rule.Example{{YAML: `
store:
  type: aws:cloudtrail/eventDataStore:EventDataStore
  properties:
    kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/k
`}},
	Bad: []rule.Example{{Name: "no key", YAML: `
store:
  type: aws:cloudtrail/eventDataStore:EventDataStore
  properties:
    name: events
`}, {Name: "not protected", YAML: `
store:
  type: aws:cloudtrail/eventDataStore:EventDataStore
  properties:
    kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/k
    terminationProtectionEnabled: false
`}},
}
