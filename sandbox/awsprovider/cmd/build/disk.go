package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// What an empty machine needs, in bytes, with a margin.
const (
	megabyte   = 1 << 20
	workSize   = 1000 * megabyte // vendored sources, overlay, generator and provider
	outSize    = 300 * megabyte  // provider and schemas
	cacheSize  = 2200 * megabyte // compiled packages
	moduleSize = 2800 * megabyte // downloaded modules
	// settled is what must stay free where an earlier build has filled a folder already.
	settled = 300 * megabyte
)

// folder is a place that the build fills.
type folder struct {
	path, use, remedy string
	need              uint64
	// filled tells that an earlier build has been here: little more will be needed.
	filled bool
}

// checkDisk refuses to start where the disk would be full before the end.
func checkDisk(ctx context.Context, work, out string) (string, error) {
	cache, err := goEnv(ctx, "GOCACHE")
	if err != nil {
		return "", err
	}
	modules, err := goEnv(ctx, "GOMODCACHE")
	if err != nil {
		return "", err
	}
	built := exists(filepath.Join(work, "schema.stamp"))
	upstream, err := filepath.Glob(filepath.Join(modules, "github.com", "upbound", "terraform-provider-aws@*"))
	if err != nil {
		return "", err
	}
	return "", enough([]folder{
		{work, "intermediate files", "choose another folder with -work", workSize, built},
		{out, "the provider", "choose another folder with -o", outSize, false},
		{cache, "compiled packages", "free it with go clean -cache, or set GOCACHE to a folder on a larger disk", cacheSize, built},
		{modules, "downloaded modules", "free it with go clean -modcache, or set GOMODCACHE to a folder on a larger disk", moduleSize, len(upstream) > 0},
	}, space, existing)
}

func goEnv(ctx context.Context, name string) (string, error) {
	value, err := exec.CommandContext(ctx, "go", "env", name).Output()
	if err != nil {
		return "", fmt.Errorf("the go command cannot be run (put Go 1.26.6 or newer on PATH): %w", err)
	}
	return strings.TrimSpace(string(value)), nil
}

// enough sums the needs by disk and reports every disk that is too full in one error.
func enough(folders []folder, space func(path string) (disk string, free uint64, err error), existing func(path string) string) error {
	type demand struct {
		free, need uint64
		folders    []folder
	}
	demands := map[string]*demand{}
	var disks []string
	for _, f := range folders {
		disk, free, err := space(existing(f.path))
		if err != nil {
			return fmt.Errorf("the free space of %s cannot be found out: %w", f.path, err)
		}
		if f.filled {
			f.need = settled
		}
		if demands[disk] == nil {
			demands[disk] = &demand{free: free}
			disks = append(disks, disk)
		}
		demands[disk].need += f.need
		demands[disk].folders = append(demands[disk].folders, f)
	}
	var problems []string
	for _, disk := range disks {
		d := demands[disk]
		if d.free >= d.need {
			continue
		}
		lines := []string{fmt.Sprintf("%d MB are free and %d MB are needed on the disk of", d.free/megabyte, d.need/megabyte)}
		for _, f := range d.folders {
			lines = append(lines, fmt.Sprintf("    %s (%s, %d MB): %s", f.path, f.use, f.need/megabyte, f.remedy))
		}
		problems = append(problems, strings.Join(lines, "\n"))
	}
	if len(problems) > 0 {
		return fmt.Errorf("not enough space: %s", strings.Join(problems, "\n  "))
	}
	return nil
}

// existing is the path, or the nearest folder above it that there is.
func existing(path string) string {
	for !exists(path) && filepath.Dir(path) != path {
		path = filepath.Dir(path)
	}
	return path
}
