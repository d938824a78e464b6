// Command names works the table of official names out anew and writes it, with the list of what has no official name.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/names"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/terraform"
)

func main() {
	upstream := flag.String("terraform", "", "terraform.json, which the build writes next to the provider")
	root := flag.String("root", "../..", "folder of the module that requires the Pulumi AWS SDK")
	out := flag.String("o", "internal/names", "the folder to write the table and the list of newer names to")
	verbose := flag.Bool("v", false, "list what has no counterpart")
	flag.Parse()
	if err := run(*upstream, *root, *out, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(upstream, root, out string, verbose bool) error {
	described, err := terraform.Read(upstream)
	if err != nil {
		return err
	}
	dir, err := gosdk.Locate(root)
	if err != nil {
		return err
	}
	sdk, err := gosdk.Load(dir)
	if err != nil {
		return err
	}
	table, report := names.Align(described, sdk)
	content, err := table.JSON()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d resources, %d data sources; left out: %d types, %d properties; not there: %d official properties\n",
		len(table.Resources), len(table.DataSources), len(report.Unknown), len(report.Unmatched), len(report.Missing))
	if verbose {
		for _, list := range [][]string{report.Unknown, report.Unmatched, report.Missing} {
			for _, line := range list {
				fmt.Println(line)
			}
			fmt.Println()
		}
	}
	if err := os.WriteFile(filepath.Join(out, "names.json"), content, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "newer.txt"), report.Newer(), 0o644)
}
