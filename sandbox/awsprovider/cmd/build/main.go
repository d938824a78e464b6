// Command build makes the AWS provider from source.
//
//	go run ./cmd/build -o <folder> [-work <folder>]
//
// It writes pulumi-resource-aws, schema.json and terraform.json to the output folder. Everything else it needs lies in
// the work folder (<folder>-work unless told otherwise), which can be deleted afterwards and makes the next build quick if
// it is kept. Progress goes to stderr, one line a step.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	out := flag.String("o", "", "folder for the provider (required)")
	work := flag.String("work", "", "folder for everything in between (default: the output folder's name with -work)")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./cmd/build -o <folder> [-work <folder>]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *out, *work); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, work string) error {
	source, err := os.Getwd()
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(source, "cmd", "schemagen")); err != nil {
		return fmt.Errorf("%s is not the folder of the provider's module: run go run ./cmd/build in sandbox/awsprovider", source)
	}
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	if work == "" {
		work = out + "-work"
	}
	if work, err = filepath.Abs(work); err != nil {
		return err
	}
	if inside(source, work) || inside(source, out) {
		return fmt.Errorf("%s and %s must lie outside the checkout: choose other folders with -o and -work", out, work)
	}
	for _, dir := range []string{out, work} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("the folder %s cannot be made: %w", dir, err)
		}
	}
	unlock, err := lock(filepath.Join(work, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	b := &builder{source: source, out: out, work: work}
	return b.build(ctx)
}

// inside tells whether path lies in root or is it.
func inside(root, path string) bool {
	relative, err := filepath.Rel(root, path)
	return err == nil && filepath.IsLocal(relative)
}
