// Package componenttest tests component resources without a cloud.
//
// A component joins the suite that every component has to pass with one call:
//
//	func TestBucketConforms(t *testing.T) {
//		componenttest.Conform(t, componenttest.Case{
//			Token:   storage.BucketType,
//			Args:    storage.BucketArgs{},
//			Minimal: func(ctx *pulumi.Context) error { _, err := storage.NewBucket(ctx, "audio", minimal); return err },
//			...
//		})
//	}
//
// Conform runs the program in Minimal, with the required arguments only, and every program in Variants, each as an
// update and as a preview, and asserts
//
//   - that every resource descends from a component of the package, is tagged where AWS has tags, and is protected and
//     retained where it holds data;
//   - that the actions, resources and condition keys of every policy document exist and go together, as
//     internal/iamref knows them;
//   - that the registrations are those of testdata/<variant>.golden.json;
//   - that a preview, in which nothing that AWS decides is known, registers the same resources as an update;
//   - that every component registers its outputs once;
//   - that each of Bad is refused with all its problems at once, and nothing registered;
//   - that every field of the arguments and of the component can reach other languages, or says what is there instead.
//
// # Golden files
//
// go test -update writes them. Without it a missing or different golden fails, and prints the difference and the command
// that accepts it. Review the change of a golden as you would review a plan: it is one.
//
// # A single run
//
// Run executes a program and returns the Recorder with every registration. Assert afterwards, never inside ApplyT:
// such a callback does not run when its value is unknown, and a test that relies on it cannot fail.
package componenttest
