// Command controls writes what docs/ says of the rules from the rules themselves: docs/controls.md, and the table of
// docs/policy.md of what only the update knows.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/bulwark-iac/bulwark/policy/catalogue"
	"github.com/bulwark-iac/bulwark/policy/report"
	"github.com/bulwark-iac/bulwark/policy/rules"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "controls: "+err.Error())
		os.Exit(1)
	}
}

func run() error {
	docs, err := target()
	if err != nil {
		return err
	}
	pages, err := render(docs)
	if err != nil {
		return err
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(docs, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// render are the pages as they should be, by name.
func render(docs string) (map[string][]byte, error) {
	leftOut, err := catalogue.LeftOut()
	if err != nil {
		return nil, err
	}
	var controls, table bytes.Buffer
	if err := report.Controls(&controls, rules.All(), leftOut); err != nil {
		return nil, err
	}
	if err := report.AtUpdate(&table, rules.All()); err != nil {
		return nil, err
	}
	guide, err := os.ReadFile(filepath.Join(docs, "policy.md"))
	if err != nil {
		return nil, err
	}
	guide, err = replace(guide, table.Bytes())
	return map[string][]byte{"controls.md": controls.Bytes(), "policy.md": guide}, err
}

// The marks between which the generated table of the guide stands.
const (
	begin = "<!-- from the rules: go run ./policy/internal/controls -->\n"
	end   = "<!-- end -->\n"
)

// replace puts the table between the marks.
func replace(page, table []byte) ([]byte, error) {
	before, rest, ok := bytes.Cut(page, []byte(begin))
	_, after, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		return nil, fmt.Errorf("docs/policy.md lacks the marks %q and %q, between which a table is written", begin, end)
	}
	return bytes.Join([][]byte{before, []byte(begin), table, []byte(end), after}, nil), nil
}

// target finds the folder docs from any folder of the checkout.
func target() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "docs"), nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("there is no go.mod here or above")
		}
	}
}
