// Package sandbox runs a stack on an AWS of your own, on the loopback interface, with the real Pulumi engine and a real
// AWS provider.
//
// # What is where
//
// Tools are shared by all checkouts of a user, under a key made of their inputs (see [Cache]): the Pulumi engine, the
// AWS provider, and the emulator's Python environment. [EnsureToolchain] finds, downloads or builds them;
// [FindToolchain] only finds them.
//
// Everything else belongs to one checkout, in its .bulwark folder (see [Checkout]): the emulator's record and log, the
// state of the stacks deployed in the sandbox, and the work folders with copies of the project and stack files. The
// files of the user are never written.
//
// # Calls
//
// The command line uses [Session]: Up, Down, Status, Doctor. Tests of components use package sandboxtest, which builds
// on the parts below: [StartEmulator], [Admin], [EngineEnvironment], [OpenStack].
//
// # Targets
//
// The embedded emulator is the sandbox's own: it keeps its world in memory, so its state may be thrown away whenever
// that world is gone. An endpoint that the user names in AWS_ENDPOINT_URL is not ours: none is started, nothing about
// it is ever thrown away, and its state is kept apart by endpoint.
//
// # Errors
//
// What a user can fix is a [*Problem]: what is wrong, where, and how to fix it. [KindOf] tells callers what sort of
// failure an error is. Several problems found together come as one [Problems].
package sandbox
