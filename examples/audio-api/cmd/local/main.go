// This runs the service on this machine against a stack in the sandbox, as a task of the stack's service would run: with
// the credentials of the task's role, which the sandbox hands out, and nothing else. A PostgreSQL of its own stands in for
// the database. It uploads a recording through the service, shows that it lies encrypted in the stack's bucket, and serves
// until it is interrupted. Both secrets are removed at the end, unless they are the stack's.
//
// `make app` in the root of the repository calls it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/acme/audio-api/internal/testpostgres"
)

type options struct {
	bulwark, stack, provider string
	target                   string
	listen                   string
	details                  string
	once                     bool
}

func main() {
	var o options
	flag.StringVar(&o.bulwark, "bulwark", "../../bin/bulwark", "the command line that deploys the stack")
	flag.StringVar(&o.stack, "stack", "dev", "the stack; it is deployed first")
	flag.StringVar(&o.provider, "provider", "auto", "where its AWS provider comes from")
	flag.StringVar(&o.target, "target", "", "a `file` that describes a deployed stack as bulwark up --json does; nothing is deployed")
	flag.StringVar(&o.listen, "listen", "127.0.0.1:8080", "the address of the service")
	flag.StringVar(&o.details, "details", "", "a `file` to write what a client of the service needs to, as JSON")
	flag.BoolVar(&o.once, "once", false, "end after the check")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "local:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	target, err := findTarget(ctx, o)
	if err != nil {
		return err
	}
	role, err := target.role(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "audio-api-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	postgres, err := testpostgres.Start()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, postgres.Stop()) }()
	account := target.account()
	secrets, err := account.provide(ctx, target, role, postgres)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, secrets.remove(context.WithoutCancel(ctx))) }()

	service := &service{program: filepath.Join(dir, "audio-api"), dir: dir, listen: o.listen}
	service.environment(target, secrets, postgres)
	if err := service.build(ctx); err != nil {
		return err
	}
	if err := service.migrate(ctx); err != nil {
		return err
	}
	if err := service.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, service.stop()) }()

	client := &client{url: "http://" + o.listen, token: secrets.token("local", time.Hour)}
	if err := client.waitUntilReady(ctx, service); err != nil {
		return err
	}
	fmt.Printf("\nThe service runs as %s\n  at        %s, PostgreSQL on port %d\n", role, client.url, postgres.Port)
	if err := check(ctx, client, account, target); err != nil {
		return err
	}
	if o.details != "" {
		if err := writeDetails(o.details, client, secrets); err != nil {
			return err
		}
	}
	if o.once {
		return nil
	}
	fmt.Printf("  try       curl -H 'Authorization: Bearer %s' %s/v1/recordings\n  end       Ctrl-C\n\n", client.token, client.url)
	return service.wait(ctx)
}

// writeDetails writes the file at once, so that nobody reads half of it.
func writeDetails(path string, c *client, s *secrets) error {
	raw, err := json.Marshal(map[string]string{
		"url": c.url, "token": c.token, "otherToken": s.token("somebody else", time.Hour), "jwtSecretArn": s.jwtARN, "databaseSecretArn": s.databaseARN,
	})
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", raw, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
