// Command newcomponent begins a component: make new-component NAME=queue/Queue.
//
// It writes a package that builds, passes the suite of components, deploys in the sandbox and is served to other
// languages; it adds the package to the lists that have to name it; and it says what is left to do.
package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed templates
var templates embed.FS

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "newcomponent: expected a package and a type, as in: make new-component NAME=queue/Queue")
		os.Exit(2)
	}
	if err := begin(".", os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "newcomponent:", err)
		os.Exit(1)
	}
}

// component is what the templates know.
type component struct {
	// Package and Type are its names in Go; File is the type in lower case.
	Package, Type, File string
	// Words are the type as people say it, Variable as Go calls one.
	Words, Variable string
	// AWSVersion is the version of pulumi-aws.
	AWSVersion string
}

var (
	nameForm = regexp.MustCompile(`^([a-z][a-z0-9]{1,30})/([A-Z][A-Za-z0-9]{1,40})$`)
	hump     = regexp.MustCompile(`([a-z0-9])([A-Z])`)
)

func parse(name, awsVersion string) (component, error) {
	m := nameForm.FindStringSubmatch(name)
	if m == nil {
		return component{}, fmt.Errorf("%q: expected a package and a type in it, such as queue/Queue; fix: write the package in lower case and the type with a capital", name)
	}
	words := strings.ToLower(hump.ReplaceAllString(m[2], "$1 $2"))
	return component{
		Package: m[1], Type: m[2], File: strings.ToLower(m[2]), Words: words, AWSVersion: awsVersion,
		Variable: strings.ToLower(m[2][:1]) + m[2][1:],
	}, nil
}

// begin writes the component into the checkout.
func begin(root, name string, out io.Writer) error {
	version, err := awsVersion(root)
	if err != nil {
		return err
	}
	c, err := parse(name, version)
	if err != nil {
		return err
	}
	dir := filepath.Join(root, "components", c.Package)
	if _, err := os.Stat(dir); err == nil {
		return fmt.Errorf("components/%s exists already; fix: choose another package, or add the type to it by hand, in files of its own", c.Package)
	}
	files := map[string]string{
		"doc.go.tmpl": filepath.Join(dir, "doc.go"), "args.go.tmpl": filepath.Join(dir, "args.go"),
		"check.go.tmpl": filepath.Join(dir, "check.go"), "thing.go.tmpl": filepath.Join(dir, c.File+".go"),
		"builder.go.tmpl": filepath.Join(dir, "builder.go"), "thing_test.go.tmpl": filepath.Join(dir, c.File+"_test.go"),
		"example_test.go.tmpl": filepath.Join(dir, "example_test.go"), "sandbox_test.go.tmpl": filepath.Join(dir, "sandbox_test.go"),
		"twins_test.go.tmpl": filepath.Join(root, "provider", "twins_"+c.Package+"_test.go"),
	}
	for source, target := range files {
		if err := write(c, source, target); err != nil {
			return err
		}
	}
	if err := addToLists(root, c); err != nil {
		return err
	}
	fmt.Fprintf(out, leftToDo, c.Package)
	return nil
}

func write(c component, source, target string) error {
	t, err := template.ParseFS(templates, "templates/"+source)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := t.Execute(&text, c); err != nil {
		return err
	}
	formatted, err := format.Source(text.Bytes())
	if err != nil {
		return fmt.Errorf("%s: %w", target, err)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, formatted, 0o644)
}

// addToLists adds the component to what names all of them.
func addToLists(root string, c component) error {
	edits := []struct {
		file string
		edit func(string) (string, error)
	}{
		{"provider/components.go", func(text string) (string, error) {
			text, err := insert(text, "\t\"github.com/bulwark-iac/bulwark/components/", "\t\"github.com/bulwark-iac/bulwark/components/"+c.Package+"\"")
			if err != nil {
				return "", err
			}
			return insert(text, "\tserve(", "\tserve("+c.Package+".New"+c.Type+"),")
		}},
		{"README.md", func(text string) (string, error) {
			return insert(text, "- [components/", fmt.Sprintf("- [components/%s](components/%s): %ss", c.Package, c.Package, c.Words))
		}},
		{"CHANGELOG.md", func(text string) (string, error) {
			return insert(text, "- `components/", fmt.Sprintf("- `components/%s`: %ss. New; nothing existing changes.", c.Package, c.Words))
		}},
	}
	for _, e := range edits {
		path := filepath.Join(root, e.file)
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		changed, err := e.edit(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", e.file, err)
		}
		if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// insert puts a line into the block of lines that begin alike, where the alphabet wants it.
func insert(text, prefix, line string) (string, error) {
	lines := strings.Split(text, "\n")
	first := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, prefix) })
	if first < 0 {
		return "", errors.New("no line begins with " + strings.TrimSpace(prefix))
	}
	at := first
	for at < len(lines) && strings.HasPrefix(lines[at], prefix) && lines[at] < line {
		at++
	}
	return strings.Join(slices.Insert(lines, at, line), "\n"), nil
}

// awsVersion is the version of pulumi-aws in go.mod.
func awsVersion(root string) (string, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	m := regexp.MustCompile(`github.com/pulumi/pulumi-aws/sdk/v6 v(\S+)`).FindSubmatch(mod)
	if m == nil {
		return "", errors.New("go.mod does not require pulumi-aws")
	}
	return string(m[1]), nil
}

const leftToDo = `components/%[1]s is there. Left to do:
  1. accept its plan and its schema, and read both:
       go test ./components/%[1]s -update
       (cd provider && go test . -run '^TestSchema$' -update)
  2. make it what you need: args.go says what is asked, check.go what is wrong, builder.go the steps; a file for each step
  3. a new AWS resource type or question: a row in internal/componenttest/aws_<service>.go
  4. deploy it: make test-sandbox PKG=./components/%[1]s
     What the emulator lacks is added in sandbox/emulator, with the AWS document that says how AWS behaves
  5. say what it does: doc.go, the lines in README.md and CHANGELOG.md, a guide docs/%[1]s.md
  6. a stack that uses it: platform/
`
