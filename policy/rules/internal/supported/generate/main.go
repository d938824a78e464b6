// Command generate writes policy/rules/internal/supported/supported.txt: until when AWS supports runtimes and engine
// versions, from two maintained collections that the caller has at hand.
//
//	pip download cfn-lint==1.58.0 --no-deps && unzip cfn_lint-1.58.0-py3-none-any.whl
//	git clone https://github.com/endoflife-date/endoflife.date
//	go run ./policy/rules/internal/supported/generate -cfn-lint . -cfn-lint-version 1.58.0 -endoflife endoflife.date -endoflife-revision <commit>
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// runtimes is where cfn-lint keeps what it knows of Lambda's runtimes.
const runtimes = "cfnlint/data/AdditionalSpecs/LmbdRuntimeLifecycle.json"

// engines are the products of endoflife.date by the engine that they are about.
var engines = map[string]string{
	"postgres": "amazon-rds-postgresql", "aurora-postgresql": "amazon-aurora-postgresql",
	"mysql": "amazon-rds-mysql", "mariadb": "amazon-rds-mariadb",
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate: "+err.Error())
		os.Exit(1)
	}
}

func run() error {
	cfnLint := flag.String("cfn-lint", "", "folder of the unpacked wheel of cfn-lint")
	cfnLintVersion := flag.String("cfn-lint-version", "", "its version")
	endoflife := flag.String("endoflife", "", "checkout of endoflife.date")
	revision := flag.String("endoflife-revision", "", "its commit and date")
	flag.Parse()
	if *cfnLint == "" || *cfnLintVersion == "" || *endoflife == "" || *revision == "" {
		return errors.New("all four flags are needed: -help shows them")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Until when AWS supports what: kind, name or version, last day. Generated; how to renew it stands in generate/main.go.\n")
	fmt.Fprintf(&b, "# Lambda runtimes: cfn-lint %s, %s.\n", *cfnLintVersion, filepath.Base(runtimes))
	if err := lambda(&b, filepath.Join(*cfnLint, runtimes)); err != nil {
		return err
	}
	fmt.Fprintf(&b, "# Standard support of engines: endoflife.date at %s.\n", *revision)
	for _, engine := range slices.Sorted(maps.Keys(engines)) {
		if err := versions(&b, engine, filepath.Join(*endoflife, "products", engines[engine]+".md")); err != nil {
			return err
		}
	}
	return os.WriteFile("policy/rules/internal/supported/supported.txt", b.Bytes(), 0o644)
}

func lambda(b *bytes.Buffer, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var all map[string]struct{ Deprecated string }
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name].Deprecated != "" {
			fmt.Fprintf(b, "lambda %s %s\n", name, all[name].Deprecated)
		}
	}
	return nil
}

// versions writes the major versions of an engine. Where the collection has minor ones, the last of them counts.
func versions(b *bytes.Buffer, engine, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	parts := strings.SplitN(string(text), "---\n", 3)
	if len(parts) < 3 {
		return fmt.Errorf("%s has no front matter", path)
	}
	var product struct {
		Releases []struct {
			ReleaseCycle string `yaml:"releaseCycle"`
			EOL          string `yaml:"eol"`
		}
	}
	if err := yaml.Unmarshal([]byte(parts[1]), &product); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	last := map[string]string{}
	for _, r := range product.Releases {
		numbers := strings.Split(r.ReleaseCycle, ".")
		cycle := strings.Join(numbers[:min(len(numbers), 2)], ".")
		if len(r.EOL) == len("2006-01-02") {
			last[cycle] = max(last[cycle], r.EOL)
		}
	}
	if len(last) == 0 {
		return fmt.Errorf("%s has no release with a date", path)
	}
	for _, cycle := range slices.Sorted(maps.Keys(last)) {
		fmt.Fprintf(b, "%s %s %s\n", engine, cycle, last[cycle])
	}
	return nil
}
