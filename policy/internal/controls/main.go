// Command controls writes docs/controls.md, the reference of all rules, from the rules themselves.
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
	path, err := target()
	if err != nil {
		return err
	}
	text, err := render()
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

func render() ([]byte, error) {
	leftOut, err := catalogue.LeftOut()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = report.Controls(&b, rules.All(), leftOut)
	return b.Bytes(), err
}

// target finds docs/controls.md from any folder of the checkout.
func target() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "docs", "controls.md"), nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("there is no go.mod here or above")
		}
	}
}
