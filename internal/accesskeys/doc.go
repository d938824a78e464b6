// Package accesskeys tells about the access keys of an account: whose they are, how old, when and where they were last
// used, which environment still holds them, and in which order they are retired.
//
//	inventory, err := accesskeys.Read(ctx, clients, accesskeys.Options{Now: time.Now()})
//	for _, step := range inventory.Plan() { ... }
//
// # What is read
//
// The keys of every IAM user, and the environment of every container that runs or that a service would start: the task
// definitions of all deployments of all services, and of tasks that belong to none. A key is found by its id, wherever in
// a value it stands. Values are compared and never kept: nothing that this package returns can be a secret.
//
// # What is not seen
//
// AWS does not tell who holds a key outside of it: a laptop, a pipeline, a server elsewhere. A key that is used although
// nobody is found holding it has such a holder; CloudTrail knows its address. Values that come from Secrets Manager,
// Parameter Store or a file in S3 are not read: that they come from there is reported.
package accesskeys
