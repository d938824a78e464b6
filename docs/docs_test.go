// Package docs holds the guides. Its tests keep them, README and CONTRIBUTING true: links lead somewhere, shown code is
// the code of a file that compiles, and every make target that is named exists.
package docs

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the shown code anew instead of comparing it")

const root = ".."

// pages are all Markdown files of the project.
func pages(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "vendor" || name == "bin" || name == "testdata") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, ".md") {
			found = append(found, path)
		}
		return nil
	})
	require.NoError(t, err)
	require.Contains(t, found, filepath.Join(root, "README.md"))
	return found
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(raw)
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

func TestDocsLinks(t *testing.T) {
	for _, page := range pages(t) {
		for _, match := range link.FindAllStringSubmatch(read(t, page), -1) {
			target, _, _ := strings.Cut(match[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			_, err := os.Stat(filepath.Join(filepath.Dir(page), target))
			assert.NoError(t, err, "%s links to %s", page, match[1])
		}
	}
}

// shown is a block of code behind a comment that says where it comes from: a file, or one function of it.
var shown = regexp.MustCompile("(?m)^<!-- from ([^ :]+)(?:: func ([A-Za-z0-9_]+))? -->\n```([a-z]*)\n((?s:.*?))```$")

func TestDocsShowCodeThatCompiles(t *testing.T) {
	blocks := 0
	for _, page := range pages(t) {
		text := read(t, page)
		fresh := shown.ReplaceAllStringFunc(text, func(block string) string {
			blocks++
			m := shown.FindStringSubmatch(block)
			source, err := excerpt(filepath.Join(root, m[1]), m[2])
			require.NoError(t, err, page)
			head, _, _ := strings.Cut(block, "\n")
			return head + "\n```" + m[3] + "\n" + source + "```"
		})
		if *update {
			require.NoError(t, os.WriteFile(page, []byte(fresh), 0o644))
			continue
		}
		assert.Equal(t, fresh, text, "%s shows other code than its source; accept the source with: go test ./docs -update", page)
	}
	assert.NotZero(t, blocks)
}

// excerpt is a whole file, or a function of it with its comment.
func excerpt(path, function string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil || function == "" {
		return string(raw), err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, raw, parser.ParseComments)
	if err != nil {
		return "", err
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Name.Name != function {
			continue
		}
		start := f.Pos()
		if f.Doc != nil {
			start = f.Doc.Pos()
		}
		return string(raw[set.Position(start).Offset:set.Position(f.End()).Offset]) + "\n", nil
	}
	return "", fmt.Errorf("%s has no function %s", path, function)
}

var (
	makeTarget = regexp.MustCompile(`(?m)(?:^|[\x60 ])make ([a-z][a-z-]*[a-z])`)
	target     = regexp.MustCompile(`(?m)^([a-z][a-z-]*):`)
	code       = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")
)

func TestDocsNameTargetsThatExist(t *testing.T) {
	targets := map[string]bool{}
	for _, m := range target.FindAllStringSubmatch(read(t, filepath.Join(root, "Makefile")), -1) {
		targets[m[1]] = true
	}
	require.True(t, targets["up"] && targets["test"], "make up and make test are the two commands")
	for _, page := range pages(t) {
		for _, span := range code.FindAllString(read(t, page), -1) {
			for _, m := range makeTarget.FindAllStringSubmatch(span, -1) {
				assert.True(t, targets[m[1]], "%s names make %s, which the Makefile does not have", page, m[1])
			}
		}
	}
}
