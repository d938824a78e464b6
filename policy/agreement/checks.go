package agreement

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// check is one check of the other scanner.
type check struct {
	// ID is AWS-0086.
	ID string
	// Good and Bad are examples in Terraform.
	Good, Bad []string
}

// readChecks finds the checks for AWS, in the order of their ids.
func readChecks(files fs.FS) ([]check, error) {
	var checks []check
	err := fs.WalkDir(files, "checks/cloud/aws", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".rego") || strings.HasSuffix(path, "_test.rego") {
			return err
		}
		c, err := readCheck(files, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if c.ID != "" {
			checks = append(checks, c)
		}
		return nil
	})
	slices.SortFunc(checks, func(a, b check) int { return cmp.Compare(a.ID, b.ID) })
	return checks, err
}

// readCheck reads the head of a check, and the file of examples that it names.
func readCheck(files fs.FS, path string) (check, error) {
	source, err := fs.ReadFile(files, path)
	if err != nil {
		return check{}, err
	}
	var metadata struct {
		Custom struct {
			ID       string `yaml:"id"`
			Examples string `yaml:"examples"`
		} `yaml:"custom"`
	}
	if err := yaml.Unmarshal([]byte(head(string(source))), &metadata); err != nil {
		return check{}, err
	}
	c := check{ID: strings.TrimPrefix(metadata.Custom.ID, "AVD-")}
	text, err := fs.ReadFile(files, cmp.Or(metadata.Custom.Examples, strings.TrimSuffix(path, ".rego")+".yaml"))
	switch {
	case errors.Is(err, fs.ErrNotExist) && metadata.Custom.Examples == "":
		return c, nil
	case err != nil:
		return check{}, err
	}
	var examples struct {
		Terraform struct {
			Good []string `yaml:"good"`
			Bad  []string `yaml:"bad"`
		} `yaml:"terraform"`
	}
	err = yaml.Unmarshal(text, &examples)
	c.Good, c.Bad = examples.Terraform.Good, examples.Terraform.Bad
	return c, err
}

// head is the YAML in the comment that describes a check.
func head(source string) string {
	_, rest, _ := strings.Cut(source, "# METADATA\n")
	var b strings.Builder
	for line := range strings.Lines(rest) {
		text, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		b.WriteString(strings.TrimPrefix(text, " "))
	}
	return b.String()
}
