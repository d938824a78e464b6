// Package audit records who did what in an AWS account, and watches the record.
//
// A trail into a log bucket, with the reads and writes of a bucket for data:
//
//	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
//		Labels:  labels,
//		Sources: storage.LogSources{CloudTrail: &storage.CloudTrailSource{TrailNames: []string{audit.TrailName(labels)}}},
//	})
//	...
//	trail, err := audit.NewTrail(ctx, "trail", &audit.TrailArgs{
//		Labels:     labels,
//		LogBucket:  logs,
//		DataEvents: []audit.DataEvents{{Bucket: audio}},
//	})
//
// # What it builds
//
// NewTrail makes a CloudTrail trail, the KMS key of its files, a CloudWatch Logs log group that gets the same events
// within minutes, the role with which CloudTrail writes there, and a metric filter for each of the events that the CIS
// AWS Foundations Benchmark wants watched (see Event). With TrailArgs.AlarmActions each metric gets an alarm.
//
// NewAccountBaseline makes settings of the account as a whole. Nothing else in this module does: it is there only where
// a program asks for it.
//
// # What it decides
//
// The trail records all regions, management events of both kinds, reads and writes, and the global services, and signs
// what it writes (log file validation), so that a file that was changed or removed is found. Files and log group are
// encrypted with one key, which nothing else uses. The log group keeps events for 400 days. Objects are recorded for
// the buckets of TrailArgs.DataEvents only, and never for the log bucket: each delivery would cause the next one.
//
// # Names
//
// The trail is called <project>-<environment>. Its ARN is therefore known before it exists: the policies of log bucket
// and key let in this one trail, and there is no cycle.
//
// # Costs
//
// The first trail of an account records management events for free, each further one costs $2.00 per 100,000 events:
// have one Trail per account, not one per stack. Object events cost $0.10 per 100,000, Insights $0.35 per 100,000
// analyzed events and kind, a metric that counts $0.30 per month, an alarm $0.10 per month. Sources:
// https://aws.amazon.com/cloudtrail/pricing/ and https://aws.amazon.com/cloudwatch/pricing/ (list prices of
// us-east-1, last compared in November 2026).
//
// # Lifecycle
//
// A permanent trail is protected; its key and its log group are protected and retained. A disposable one goes in one
// piece. Files in the log bucket live as long as that one says.
//
// # What it does not do
//
// No trails of an organization, no CloudTrail Lake, no delivery to SNS. AWS Config, GuardDuty and Security Hub are not
// part of it.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a trail, its key or its log group.
// Events can be added in any release; what a pattern matches becomes narrower in a new major version only.
package audit
