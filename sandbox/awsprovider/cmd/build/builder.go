package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/overlay"
)

const binary = "pulumi-resource-aws"

// builder knows the folders of one build: the module's sources, the output and what lies in between.
type builder struct{ source, out, work string }

func (b *builder) src() string       { return filepath.Join(b.work, "src") }
func (b *builder) vendor() string    { return filepath.Join(b.src(), "vendor") }
func (b *builder) generated() string { return filepath.Join(b.src(), "cmd", binary, "generated") }
func (b *builder) tool(name string) string {
	return filepath.Join(b.work, "bin", name)
}

// build runs the steps. The expensive packages are compiled once: the generator and the provider link the same ones, and
// what the generator computes is embedded by the provider's main package alone.
func (b *builder) build(ctx context.Context) error {
	var overlayFile string
	steps := []struct {
		name string
		run  func() (note string, err error)
	}{
		{"check the disk", func() (string, error) { return checkDisk(ctx, b.work, b.out) }},
		{"copy the module", func() (string, error) { return "", mirror(b.source, b.src()) }},
		{"vendor the dependencies", func() (string, error) { return b.vendorModules(ctx) }},
		{"choose the services", func() (string, error) {
			file, services, err := overlay.Write(b.vendor(), filepath.Join(b.work, "overlay"))
			overlayFile = file
			return fmt.Sprintf("%d services", len(services)), err
		}},
		{"compile (minutes on an empty cache)", func() (string, error) { return "", b.compile(ctx, overlayFile, "schemagen") }},
		{"compute the schema", func() (string, error) { return b.computeSchema(ctx) }},
		{"link the provider", func() (string, error) { return "", b.compile(ctx, overlayFile, binary) }},
		{"install the provider", func() (string, error) { return b.install(ctx) }},
	}
	began := time.Now()
	for _, step := range steps {
		fmt.Fprintf(os.Stderr, "step: %s\n", step.name)
		start := time.Now()
		note, err := step.run()
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted during the step %q; what was compiled so far is kept", step.name)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		if note != "" {
			note = ", " + note
		}
		fmt.Fprintf(os.Stderr, "      %.1f s%s\n", time.Since(start).Seconds(), note)
	}
	fmt.Fprintf(os.Stderr, "built %s in %.1f s\n", filepath.Join(b.out, binary), time.Since(began).Seconds())
	return nil
}

// vendorModules puts the dependencies below the copied module: the go command overlays vendored files only.
func (b *builder) vendorModules(ctx context.Context) (string, error) {
	key, err := vendorKey(b.src())
	if err != nil {
		return "", err
	}
	return b.unlessDone("vendored", key, []string{filepath.Join(b.vendor(), "modules.txt")}, func() error {
		return b.goCommand(ctx, "vendor", "mod", "vendor")
	})
}

func (b *builder) compile(ctx context.Context, overlayFile, command string) error {
	if err := os.MkdirAll(filepath.Dir(b.tool(command)), 0o755); err != nil {
		return err
	}
	return b.goCommand(ctx, command, "build", "-v", "-tags=provider", "-mod=vendor", "-trimpath", "-buildvcs=false", "-overlay", overlayFile,
		"-ldflags=-s -w", "-o", b.tool(command), "./cmd/"+command)
}

func (b *builder) computeSchema(ctx context.Context) (string, error) {
	key, err := hashFile(b.tool("schemagen"))
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(b.generated(), 0o755); err != nil {
		return "", err
	}
	results := []string{}
	for _, name := range []string{"schema.json", "terraform.json", "metadata.json", "messages.txt"} {
		results = append(results, filepath.Join(b.generated(), name))
	}
	return b.unlessDone("schema", key, results, func() error {
		out, err := exec.CommandContext(ctx, b.tool("schemagen"), b.generated()).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w\n%s", err, tail(out))
		}
		return nil
	})
}

// install puts the results into the output folder, each in one move, after the provider has proved that it starts.
func (b *builder) install(ctx context.Context) (string, error) {
	version, err := exec.CommandContext(ctx, b.tool(binary), "-version").Output()
	if err != nil {
		return "", fmt.Errorf("the provider that was built does not start: %w", err)
	}
	for _, name := range []string{"schema.json", "terraform.json"} {
		if err := replace(filepath.Join(b.generated(), name), filepath.Join(b.out, name), 0o644); err != nil {
			return "", err
		}
	}
	if err := replace(b.tool(binary), filepath.Join(b.out, binary), 0o755); err != nil {
		return "", err
	}
	return "reports version " + strings.TrimSpace(string(version)), nil
}

// unlessDone runs a step unless the same input has been through it and its results are still there.
func (b *builder) unlessDone(name, key string, results []string, run func() error) (string, error) {
	stamp := filepath.Join(b.work, name+".stamp")
	done, err := os.ReadFile(stamp)
	fresh := err == nil && bytes.Equal(done, []byte(key))
	for _, result := range results {
		if _, err := os.Stat(result); err != nil {
			fresh = false
		}
	}
	if fresh {
		return "unchanged", nil
	}
	if err := run(); err != nil {
		return "", err
	}
	return "", os.WriteFile(stamp, []byte(key), 0o644)
}
