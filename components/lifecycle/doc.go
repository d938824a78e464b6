// Package lifecycle says how hard it shall be to lose what a component creates.
//
// It builds nothing. Args of every component that keeps something (a bucket, a key, a database) have a field of type
// Lifecycle, and most users never set it:
//
//	storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, LogBucket: logs})
//	storage.NewBucket(ctx, "scratch", &storage.BucketArgs{
//		Labels: labels, LogBucket: logs, Lifecycle: lifecycle.Disposable,
//	})
//
// # What it decides
//
// Permanent is the zero value, because forgetting a setting must not cost data:
//
//   - Pulumi refuses to delete or replace the resource (protect), and leaves it in the account should somebody remove
//     the protection and destroy the stack nevertheless (retainOnDelete);
//   - AWS refuses to delete it while there is something in it;
//   - where AWS has a recovery window, it is 30 days.
//
// Disposable is for stacks that come and go: everything can be destroyed in one go, contents included, and recovery
// windows are as short as AWS allows.
//
// To take a permanent stack down on purpose, set it to Disposable, run pulumi up, and then pulumi destroy.
//
// # What it does not do
//
// It makes no backups and no copies in another region. It does not stop who may delete objects one by one: that is a
// matter of grants, versions and object lock.
//
// # Upgrades
//
// The two values keep their names. What Permanent protects can become more in a release, never less.
package lifecycle
