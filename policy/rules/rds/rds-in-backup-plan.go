package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsInBackupPlan = rule.Rule{
	ID:       "rds-in-backup-plan",
	Title:    "Instance is in an AWS Backup plan",
	Why:      "Automated backups go with the instance and the account that loses them; a backup plan keeps copies in a vault, for years, and out of reach.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"RDS.26*"},
		Checkov: []string{"CKV2_AWS_8"},
		CDKNag:  []string{"NIST:RDSInBackupPlan"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-26",
	Fix: rule.Fix{
		Bulwark: "select the instance in a backup plan, by its ARN or a tag",
		Plain:   "backup.NewSelection with Resources: pulumi.StringArray{db.Arn}, or SelectionTags and the tag on the instance",
	},
	OptIn: "point-in-time recovery has one owner: RDS's automated backups, or AWS Backup, which is paid by the gigabyte",
	Types: []string{instance, backupSelection},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(instance), func(db *rule.Resource) {
			for _, selection := range s.Of(backupSelection) {
				if selects(s, selection, db) {
					return
				}
			}
			f.Fail(db, "no backup selection takes it, by ARN or by tag: expected one")
		})
	},
	Good: []rule.Example{{Name: "by ARN", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
daily:
  type: aws:backup/selection:Selection
  properties: {name: daily, planId: plan, iamRoleArn: "arn:aws:iam::111122223333:role/backup", resources: ["${db.arn}"]}
`}, {Name: "by tag", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, tags: {backup: daily}}
daily:
  type: aws:backup/selection:Selection
  properties:
    name: daily
    planId: plan
    iamRoleArn: arn:aws:iam::111122223333:role/backup
    resources: []
    notResources: []
    selectionTags: [{type: STRINGEQUALS, key: backup, value: daily}]
`}, {Name: "by a tag of the provider", YAML: `
aws:
  type: pulumi:providers:aws
  properties: {region: eu-west-1, defaultTags: {tags: {backup: daily}}}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
  options: {provider: "${aws}"}
daily:
  type: aws:backup/selection:Selection
  properties:
    name: daily
    planId: plan
    iamRoleArn: arn:aws:iam::111122223333:role/backup
    selectionTags: [{type: STRINGEQUALS, key: backup, value: daily}]
`}, {Name: "every database with a tag that begins so", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, tags: {backup: daily}}
daily:
  type: aws:backup/selection:Selection
  properties:
    name: daily
    planId: plan
    iamRoleArn: arn:aws:iam::111122223333:role/backup
    resources: ["arn:aws:rds:*:*:db:*"]
    conditions:
      - stringLikes: [{key: "aws:ResourceTag/backup", value: "dai*"}]
        stringNotEquals: [{key: "aws:ResourceTag/environment", value: dev}]
`}},
	Bad: []rule.Example{{Name: "no selection", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "another tag", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, tags: {backup: never}}
daily:
  type: aws:backup/selection:Selection
  properties:
    name: daily
    planId: plan
    iamRoleArn: arn:aws:iam::111122223333:role/backup
    selectionTags: [{type: STRINGEQUALS, key: backup, value: daily}]
`}, {Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
daily:
  type: aws:backup/selection:Selection
  properties:
    name: daily
    planId: plan
    iamRoleArn: arn:aws:iam::111122223333:role/backup
    resources: ["*"]
    notResources: ["${db.arn}"]
`}, {Name: "a condition that it does not meet", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, tags: {environment: dev}}
daily:
  type: aws:backup/selection:Selection
  properties:
    name: daily
    planId: plan
    iamRoleArn: arn:aws:iam::111122223333:role/backup
    resources: ["*"]
    conditions: [{stringEquals: [{key: "aws:ResourceTag/environment", value: prod}]}]
`}},
}
