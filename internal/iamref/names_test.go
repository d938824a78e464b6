package iamref_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// named finds what may be an action in a text, with what stands before and behind it.
var named = regexp.MustCompile(`(^|[\s"'\[({,])([a-z][a-z0-9-]*:[A-Za-z*?][A-Za-z0-9*?]*)($|[\s"'\])},:/;.])`)

// TestNames holds every action that the rules, the tables of iampolicy, the components and the emulator name, in code as
// well as in the rules' examples, against AWS's reference.
func TestNames(t *testing.T) {
	seen := 0
	check := func(where func() string, text string) {
		for _, name := range actions(text) {
			seen++
			if len(iamref.Match(name)) == 0 && !iamref.KnownKey(name) {
				t.Errorf("%s: %s: AWS has no such action or condition key", where(), name)
			}
		}
	}
	for _, root := range []string{"../../policy/rules", "../iampolicy", "../../components", "../../platform", "../../sandbox/emulator/bulwark_emulator"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || strings.HasSuffix(path, "_test.go") {
				return err
			}
			if filepath.Ext(path) == ".py" {
				text, err := os.ReadFile(path)
				check(func() string { return path }, string(text))
				return err
			}
			if filepath.Ext(path) != ".go" {
				return nil
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(lit.Value)
				require.NoError(t, err)
				check(func() string { return files.Position(lit.Pos()).String() }, text)
				return true
			})
			return nil
		}))
	}
	t.Logf("%d names", seen)
	assert.Greater(t, seen, 500)
}

// actions are the names in a text that begin with a service's prefix.
func actions(text string) []string {
	var found []string
	for at := 0; ; {
		match := named.FindStringSubmatchIndex(text[at:])
		if match == nil {
			return found
		}
		name, end := text[at+match[4]:at+match[5]], text[at+match[6]:at+match[7]]
		at += match[5]
		prefix, _, _ := strings.Cut(name, ":")
		// s3:ObjectCreated:* and iam::aws are events and ARNs, rds:db-tag/ begins a key.
		if end != ":" && end != "/" && slices.Contains(iamref.Services(), prefix) {
			found = append(found, name)
		}
	}
}
