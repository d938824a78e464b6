// This is the command line of the project, bulwark: it deploys a stack in the sandbox, with the real Pulumi engine and a
// real AWS provider on an embedded AWS, takes it down, and tells what runs. The Makefile calls nothing else. The program
// that it deploys is main.go in the root of the repository. Besides, it tells about an AWS account, the sandbox's or a real
// one: its access keys, and the roles of its pipelines.
//
// A command lives in the file of its name: up.go, down.go, status.go, doctor.go, toolchain.go, keys.go, identity.go. The
// work is done by internal/sandbox, internal/accesskeys, internal/oidctrust and internal/deploypolicy; here are flags and
// output only.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/bulwark-iac/bulwark/internal/cli"
	"github.com/bulwark-iac/bulwark/internal/sandbox"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	go interrupts(cancel)
	os.Exit(run(ctx, newFactory(cli.SystemStreams()), os.Args[1:]))
}

// interrupts turns the first interrupt into a request to finish, and the second into an end.
func interrupts(cancel func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	<-signals
	fmt.Fprintln(os.Stderr, "\nbulwark: stopping once the operations under way have ended; interrupt again to stop at once")
	cancel()
	<-signals
	sandbox.KillEngines()
	os.Exit(cli.ExitCode(context.Canceled))
}
