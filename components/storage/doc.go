// Package storage makes S3 buckets that are private, encrypted, versioned and logged.
//
// A bucket for data and an archive for its access logs:
//
//	logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
//		Labels:  labels,
//		Sources: storage.LogSources{AccessLogs: &storage.AccessLogSource{Buckets: []string{"audio"}}},
//	})
//	...
//	audio, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, LogBucket: logs})
//	...
//	policy := audio.ReadWrite("uploads/").PolicyJSON() // for the role of the service
//
// # What it builds
//
// NewBucket makes a bucket for data, NewReplicaBucket one that can receive copies in a second region, NewLogBucket an
// archive to which S3 server access logs, load balancers, CloudTrail, WAF and VPC flow logs can deliver. Each exposes
// the bucket and its settings as the resources of pulumi-aws, so that nothing is out of reach.
//
// # What it decides
//
// Every bucket: all public access blocked, access control lists off, versions on, unfinished uploads deleted after 7
// days, old versions after 90 (30 in an archive), lone delete markers removed, objects under 128 KiB never moved to
// another storage class, no request without TLS 1.2.
//
// Data and replicas: encrypted with their own key, or the one that is given, through an S3 bucket key. An upload that
// names another key, SSE-S3, a customer-provided key, or KMS without naming a key (S3 would then take aws/s3) is
// denied; an upload that names nothing is encrypted with the right key by default. Access logs are required: whoever
// does not want them sets AccessLogs to toggle.Disabled.
//
// Archives: SSE-S3, because load balancers and S3 deliver to nothing else; a key is accepted where only the other
// sources deliver, and is a constructor error otherwise. Each source is let in for this account only, and for the named
// buckets, trails and load balancers. Logs are kept for 400 days. The default name begins with aws-waf-logs-, so that
// WAF can be added without replacing the archive. An archive has no access logs itself: they would cause each other.
//
// # Names
//
// A log bucket's policy names the buckets that log, and those buckets name the log bucket. There is no cycle, because
// names are computed, from labels, name, account and region, and known before anything exists, in previews too.
//
// # Lifecycle
//
// Permanent buckets are protected and retained together with the settings that protect them; disposable ones are
// deleted with everything in them. Settings that exist because an argument asks for them (CORS, access logs, events,
// object lock) go when the argument goes. An object lock on a disposable bucket is an error.
//
// # Grants
//
// Read, Write, ReadWrite and Delete return what a role may do on one prefix, with the statement for the key. They give
// no access to other prefixes, not even to list them.
//
// # What it does not do
//
// No public buckets, no websites, no access control lists, no access from other accounts besides what PolicyStatements
// allow. Cross-region replication is not part of the package yet; it will come as one more optional field of
// BucketArgs, with a ReplicaBucket as its destination.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a bucket.
//
// What pulumi-aws v7 renames (BucketV2 and the other resources whose names end in V2) stands in two files that make it,
// builder.go and lifecyclerules.go, and in the fields of Bucket, LogBucket and ReplicaBucket. No argument and no other
// file names it.
package storage
