// This is a small service that keeps recordings: in S3, with what is known of them in PostgreSQL. It shows how a service
// uses what Bulwark's components give it: a role instead of keys, secrets that change while it runs, a deadline to stop.
//
//	audio-api              serve
//	audio-api migrate      bring the database's schema up to date, and end
//	audio-api healthcheck  ask a running one on this host whether it is alive
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/propagation"

	"github.com/acme/audio-api/internal/api"
	"github.com/acme/audio-api/internal/auth"
	"github.com/acme/audio-api/internal/config"
	"github.com/acme/audio-api/internal/database"
	"github.com/acme/audio-api/internal/objects"
	"github.com/acme/audio-api/internal/telemetry"
)

func main() {
	slog.SetDefault(telemetry.NewLogger(os.Stdout))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		slog.Error("audio-api ends", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "serve":
		return serve(ctx)
	case args[0] == "migrate":
		return migrate(ctx)
	case args[0] == "healthcheck":
		return healthcheck(ctx)
	default:
		return errors.New("expected serve (the default), migrate or healthcheck")
	}
}

func serve(ctx context.Context) (err error) {
	c, err := config.Load(os.Getenv)
	if err != nil {
		return err
	}
	flush, err := telemetry.Start(ctx, c.ServiceName)
	if err != nil {
		return err
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		err = errors.Join(err, flush(last))
	}()
	secrets, objectClient, err := clients(ctx)
	if err != nil {
		return err
	}
	db, err := database.Open(ctx, secrets, c.Database)
	if err != nil {
		return err
	}
	defer db.Close()
	verifier := auth.NewVerifier(secrets, c.JWT)
	service := &api.API{
		Owner:      verifier.Owner,
		Recordings: db,
		Objects:    objects.New(objectClient, c.Bucket, c.Prefix, c.LinkExpiry),
		MaxUpload:  c.MaxUpload,
		Readiness:  &api.Readiness{Checks: []func(context.Context) error{verifier.Ready, db.Ping}},
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	return service.Serve(ctx, listener, c.ShutdownDelay, c.ShutdownTimeout)
}

func migrate(ctx context.Context) error {
	c, err := config.LoadDatabase(os.Getenv)
	if err != nil {
		return err
	}
	secrets, _, err := clients(ctx)
	if err != nil {
		return err
	}
	db, err := database.Open(ctx, secrets, c)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}

// clients are made with what the environment has: on ECS, the role of the task.
func clients(ctx context.Context) (*secretsmanager.Client, *s3.Client, error) {
	// Calls to AWS are traced. They carry no header of it: AWS signs what it is sent.
	transport := otelhttp.NewTransport(awshttp.NewBuildableClient().GetTransport(),
		otelhttp.WithPropagators(propagation.NewCompositeTextMapPropagator()))
	c, err := awsconfig.LoadDefaultConfig(ctx, awsconfig.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		return nil, nil, err
	}
	return secretsmanager.NewFromConfig(c), s3.NewFromConfig(c), nil
}

// healthcheck is the container's health check: its image has no shell and no curl.
func healthcheck(ctx context.Context) error {
	c, err := config.Load(os.Getenv)
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+port+"/healthz", http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent {
		return fmt.Errorf("/healthz answers %s", answer.Status)
	}
	return nil
}
