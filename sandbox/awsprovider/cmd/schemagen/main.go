//go:build provider

// Command schemagen computes, from the provider that it is linked with, what the build embeds and writes next to the
// provider: schema.json (the Pulumi schema), metadata.json (which half of the provider serves what), terraform.json (the
// Terraform schemas, from which cmd/names works) and messages.txt (what the bridge remarks on).
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfgen"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/x/muxer"
	"github.com/pulumi/pulumi-terraform-bridge/v3/unstable/metadata"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/bridge"
)

func main() {
	log.SetOutput(io.Discard)
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: schemagen <folder to write to>")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	upstream, err := bridge.Upstream(context.Background())
	if err != nil {
		return err
	}
	if err := bridge.Describe(upstream).Write(filepath.Join(dir, "terraform.json")); err != nil {
		return err
	}
	info, err := bridge.Info(upstream, []byte("{}"))
	if err != nil {
		return err
	}
	var messages bytes.Buffer
	sink := diag.DefaultSink(io.Discard, &messages, diag.FormatOptions{Color: colors.Never})
	result, err := tfgen.GenerateSchemaWithOptions(tfgen.GenerateSchemaOptions{
		ProviderInfo: info, DiagnosticsSink: sink, XInMemoryDocs: true,
	})
	if err != nil {
		return fmt.Errorf("the Pulumi schema cannot be made: %w\n%s", err, messages.String())
	}
	if err := os.WriteFile(filepath.Join(dir, "messages.txt"), messages.Bytes(), 0o644); err != nil {
		return err
	}
	spec, err := json.Marshal(result.PackageSpec)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "schema.json"), spec, 0o644); err != nil {
		return err
	}
	return writeMetadata(info, filepath.Join(dir, bridge.MetadataPath))
}

// writeMetadata adds which of the two halves serves each token; the rest the generator has put there.
func writeMetadata(info tfbridge.ProviderInfo, path string) error {
	dispatcher, ok := info.P.(interface {
		ResolveDispatch(*tfbridge.ProviderInfo) (muxer.DispatchTable, error)
	})
	if !ok {
		return fmt.Errorf("%T has no dispatch table: the bridge has changed", info.P)
	}
	table, err := dispatcher.ResolveDispatch(&info)
	if err != nil {
		return err
	}
	data := (*metadata.Data)(info.GetMetadata())
	if err := metadata.Set(data, "mux", table); err != nil {
		return err
	}
	return os.WriteFile(path, data.Marshal(), 0o644)
}
