// Command registry keeps the lists of rules: it writes zz_rules.go and zz_rules_test.go into every domain's folder and
// zz_all.go above them, from the files it finds there.
//
//	go run ./policy/internal/registry            write the lists
//	go run ./policy/internal/registry new ID     begin the rule of a control in controls.csv
//
// A rule stands in policy/rules/<domain>/<id>.go, in a variable whose name is the id without hyphens, in any
// capitalization. Files without such a variable, or whose name is a single word, hold what several rules share.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/bulwark-iac/bulwark/policy/catalogue"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "registry: "+err.Error())
		os.Exit(1)
	}
}

func run(args []string) error {
	root, err := rulesFolder()
	if err != nil {
		return err
	}
	switch {
	case len(args) == 0:
	case len(args) == 2 && args[0] == "new":
		if err := begin(root, args[1]); err != nil {
			return err
		}
		fmt.Println(filepath.Join(root, catalogue.Domain(args[1]), args[1]+".go"))
	default:
		return fmt.Errorf("expected nothing, or new and the id of a control")
	}
	files, err := Lists(root)
	if err != nil {
		return err
	}
	old, err := stale(root, files)
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	for path, text := range files {
		if old, err := os.ReadFile(path); err == nil && string(old) == text {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
