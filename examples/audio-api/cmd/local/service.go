package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/acme/audio-api/internal/testpostgres"
)

// service is the program as a process of its own, with an environment of its own.
type service struct {
	program, dir, listen string
	env                  []string
	process              *exec.Cmd
	ended                chan error
}

// environment has what a task definition would set, and where the sandbox is. No credentials of this machine get in.
func (s *service) environment(t *target, secrets *secrets, postgres *testpostgres.Server) {
	s.env = []string{
		"HOME=" + s.dir,
		"AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_REGION=" + t.Region,
		"AWS_ENDPOINT_URL=" + t.Endpoint,
		"AWS_CONTAINER_CREDENTIALS_FULL_URI=" + t.credentials(),
		"LISTEN_ADDRESS=" + s.listen,
		"AUDIO_BUCKET=" + t.output(bucketOutput),
		"JWT_SECRET_ARN=" + secrets.jwtARN, "JWT_ISSUER=" + issuer, "JWT_AUDIENCE=" + audience,
		"DATABASE_SECRET_ARN=" + secrets.databaseARN, "DATABASE_CA_FILE=" + postgres.CAFile,
		"SHUTDOWN_DELAY=0s", "SHUTDOWN_TIMEOUT=30s",
	}
	if collector := os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); collector != "" {
		s.env = append(s.env, "OTEL_EXPORTER_OTLP_ENDPOINT="+collector)
	}
}

func (s *service) build(ctx context.Context) error {
	build := exec.CommandContext(ctx, "go", "build", "-o", s.program, "github.com/acme/audio-api")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	return build.Run()
}

func (s *service) command(args ...string) *exec.Cmd {
	command := exec.Command(s.program, args...)
	command.Env, command.Dir = s.env, s.dir
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	// An interrupt of the terminal is for this program, which then stops the service.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command
}

func (s *service) migrate(context.Context) error {
	if err := s.command("migrate").Run(); err != nil {
		return fmt.Errorf("the migration failed: %w", err)
	}
	return nil
}

func (s *service) start(context.Context) error {
	s.process, s.ended = s.command(), make(chan error, 1)
	if err := s.process.Start(); err != nil {
		return err
	}
	go func() { s.ended <- s.process.Wait() }()
	return nil
}

// wait waits until the service ends, or ctx.
func (s *service) wait(ctx context.Context) error {
	select {
	case err := <-s.ended:
		s.ended <- err
		return fmt.Errorf("the service has ended: %w", errors.Join(err))
	case <-ctx.Done():
		return nil
	}
}

// stop stops the service as ECS does.
func (s *service) stop() error {
	_ = s.process.Process.Signal(syscall.SIGTERM) // It may have ended by itself.
	select {
	case err := <-s.ended:
		return err
	case <-time.After(40 * time.Second):
		return errors.Join(errors.New("the service does not stop"), s.process.Process.Kill())
	}
}
