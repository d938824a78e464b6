// Package sandboxtest deploys components for real, in tests: the Pulumi engine, an AWS provider, and an embedded AWS of
// the test package's own.
//
// # Joining in
//
// Such a test needs tools that `make toolchain` builds, so its files carry the build tag sandbox, and plain `go test`
// stays fast and offline. Each test package says once that it takes part:
//
//	//go:build sandbox
//
//	func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }
//
// and each test deploys a program, asks AWS what became of it, and goes through a whole life:
//
//	func TestBucket(t *testing.T) {
//		env := sandboxtest.New(t)
//		stack := env.Deploy(t, func(ctx *pulumi.Context) error {
//			_, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{ ... })
//			return err
//		}, sandboxtest.Options{})
//		stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
//			out, err := env.S3("eu-west-1").GetBucketVersioning(t.Context(), ...)
//			...
//		})
//	}
//
// Run them with `make test-sandbox`, or one package with
//
//	go test -tags sandbox ./components/storage
//
// # One emulator a package
//
// The tests of a package share one emulator, on a free port, started by the first [New] and ended with the test binary
// however that ends. Stacks of different tests have different projects, but they live in one AWS account: give what has
// a name of its own (buckets, aliases) a name of the test's own, or call [Env.Reset] first.
//
// # Calls that AWS would refuse
//
// The emulator refuses what AWS's own service models refuse. A test during which there was such a call fails at its end,
// whoever made it and whatever became of the error; one that makes it on purpose asks [Env.Refused].
//
// # When a test fails
//
// The engine's output and events, the state, and the emulator's log stay in .bulwark/sandboxtest, and the test names the
// folder. With -keep (go test -tags sandbox ./components/storage -keep) or BULWARK_KEEP=1 the emulator goes on running and
// nothing is destroyed at the end, so that one can look.
package sandboxtest
