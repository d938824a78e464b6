//go:build provider

// Command pulumi-resource-aws is the provider. The engine starts it by that name, from PATH or from its plugin folder.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/bridge"
)

// generated is filled by the build (cmd/build) before it compiles this command: computing the schema at every start
// would cost seconds. In the checkout the folder holds nothing but a note.
//
//go:embed generated
var generated embed.FS

func main() {
	// Terraform's provider logs its start, and the engine would show that to the user.
	log.SetOutput(io.Discard)
	if err := serve(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context) error {
	schema, err := generated.ReadFile("generated/schema.json")
	if err != nil {
		return errors.New("this provider was compiled without its schema: build it with go run ./cmd/build -o <folder>")
	}
	metadata, err := generated.ReadFile("generated/" + bridge.MetadataPath)
	if err != nil {
		return err
	}
	upstream, err := bridge.Upstream(ctx)
	if err != nil {
		return err
	}
	info, err := bridge.Info(upstream, metadata)
	if err != nil {
		return err
	}
	pfbridge.MainWithMuxer(ctx, info.Name, info, schema)
	return nil
}
