// Package overlay makes changed copies of a few vendored files of the Terraform AWS provider, to be compiled in place of
// the originals through the go command's -overlay flag: nothing upstream is edited, and every change is one function here.
package overlay

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

const awsModule = "github.com/hashicorp/terraform-provider-aws"

// Closure returns the service folders that the wanted ones need, themselves included, sorted.
func Closure(vendor string, wanted []string) ([]string, error) {
	seen := map[string]bool{}
	queue := append([]string(nil), wanted...)
	for len(queue) > 0 {
		service := queue[0]
		queue = queue[1:]
		if seen[service] {
			continue
		}
		seen[service] = true
		imports, err := importsOf(filepath.Join(vendor, awsModule, "internal/service", service))
		if err != nil {
			return nil, err
		}
		for _, path := range imports {
			if rest, ok := strings.CutPrefix(path, awsModule+"/internal/service/"); ok {
				queue = append(queue, strings.Split(rest, "/")[0])
			}
		}
	}
	services := make([]string, 0, len(seen))
	for service := range seen {
		services = append(services, service)
	}
	sort.Strings(services)
	return services, nil
}

func importsOf(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no Go files in %s: the service has moved or was renamed upstream", dir)
	}
	var imports []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return nil, err
		}
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return nil, err
			}
			imports = append(imports, path)
		}
	}
	return imports, nil
}

var clientCall = regexp.MustCompile(`\b([A-Za-z0-9]+Client)\(`)

// clientsUsed returns the names of the AWS client methods that the kept services and the provider's own packages call.
func clientsUsed(vendor string, services []string) (map[string]bool, error) {
	used := map[string]bool{}
	internal := filepath.Join(vendor, awsModule, "internal")
	kept := map[string]bool{}
	for _, service := range services {
		kept[service] = true
	}
	err := filepath.WalkDir(internal, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if filepath.Dir(path) == filepath.Join(internal, "service") && !kept[entry.Name()] {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || entry.Name() == "awsclient_gen.go" {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range clientCall.FindAllSubmatch(source, -1) {
			used[string(match[1])] = true
		}
		return nil
	})
	return used, err
}

// prune parses a generated Go file, drops the declarations and list elements that keep refuses, and then the imports
// that nothing uses any more.
func prune(path string, keep func(ast.Node) bool) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	file.Decls = filter(file.Decls, func(decl ast.Decl) bool { return keep(decl) })
	ast.Inspect(file, func(node ast.Node) bool {
		if list, ok := node.(*ast.CompositeLit); ok {
			list.Elts = filter(list.Elts, func(element ast.Expr) bool { return keep(element) })
		}
		return true
	})
	dropUnusedImports(file)
	var out bytes.Buffer
	if err := format.Node(&out, set, file); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func dropUnusedImports(file *ast.File) {
	used := map[string]bool{}
	ast.Inspect(file, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok {
			if ident, ok := selector.X.(*ast.Ident); ok {
				used[ident.Name] = true
			}
		}
		return true
	})
	for _, decl := range file.Decls {
		imports, ok := decl.(*ast.GenDecl)
		if !ok || imports.Tok != token.IMPORT {
			continue
		}
		imports.Specs = filter(imports.Specs, func(spec ast.Spec) bool {
			imported := spec.(*ast.ImportSpec)
			if imported.Name != nil {
				return used[imported.Name.Name]
			}
			path, err := strconv.Unquote(imported.Path.Value)
			return err == nil && used[packageName(path)]
		})
	}
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// packageName guesses a package's name from its path, as the generated files rely on.
func packageName(path string) string {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if majorVersion.MatchString(last) && len(parts) > 1 {
		last = parts[len(parts)-2]
	}
	return last
}

func filter[T any](list []T, keep func(T) bool) []T {
	kept := list[:0]
	for _, element := range list {
		if keep(element) {
			kept = append(kept, element)
		}
	}
	return kept
}

func pruneServiceList(path string, services []string) ([]byte, error) {
	kept := map[string]bool{}
	for _, service := range services {
		kept[service] = true
	}
	return prune(path, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || selector.Sel.Name != "ServicePackage" {
			return true
		}
		ident, ok := selector.X.(*ast.Ident)
		return !ok || kept[ident.Name]
	})
}

func pruneClients(path string, used map[string]bool) ([]byte, error) {
	return prune(path, func(node ast.Node) bool {
		function, ok := node.(*ast.FuncDecl)
		return !ok || !strings.HasSuffix(function.Name.Name, "Client") || used[function.Name.Name]
	})
}
