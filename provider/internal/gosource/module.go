package gosource

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Module is a Go module in a folder.
type Module struct {
	// Path is the module's import path.
	Path string

	dir      string
	fset     *token.FileSet
	packages map[string]*Package
}

// Package is one package of the module.
type Package struct {
	// Name is the package's name, Path its import path.
	Name, Path string
	// Types are the exported types by their name.
	Types map[string]*Type
	// Constructors are the exported functions that make a component, in alphabetical order.
	Constructors []Constructor
	// Functions are the other exported functions, and Texts the exported text constants without a type, by their names.
	Functions map[string]bool
	Texts     map[string]string

	checked *types.Package
}

// Type is a type and what its comments say.
type Type struct {
	// Doc is the comment, on one line.
	Doc string
	// Fields are the exported fields of a struct, in order.
	Fields []Field
	// Constants are the exported constants of the type, in order.
	Constants []Constant
}

// Field is a field of a struct.
type Field struct {
	Name string
	// Doc is the comment above the field, on one line; that of the field before, if it has none and that one names it.
	Doc string
	// Property is the name in the pulumi tag; empty without one.
	Property string
	// Sibling is the sibling tag: what other languages set instead.
	Sibling string
}

// Constant is a constant with a type of the module.
type Constant struct {
	Name, Doc string
	// Value is the constant's text; constants of other kinds are left out.
	Value string
}

// Constructor is a function that makes a component: NewX, returning *X.
type Constructor struct {
	// Function is its name, Component the name of the type without the star.
	Function, Component string
}

// Open returns the module whose go.mod is in a folder.
func Open(dir string) (*Module, error) {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			return &Module{Path: strings.TrimSpace(name), dir: dir, fset: token.NewFileSet(), packages: map[string]*Package{}}, nil
		}
	}
	return nil, fmt.Errorf("%s: no module line", filepath.Join(dir, "go.mod"))
}

// Below returns the packages in the folders of a folder of the module, one level deep, without internal ones.
func (m *Module) Below(folder string) ([]*Package, error) {
	entries, err := os.ReadDir(filepath.Join(m.dir, folder))
	if err != nil {
		return nil, err
	}
	var found []*Package
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "internal" || e.Name() == "testdata" {
			continue
		}
		p, err := m.Package(path.Join(m.Path, folder, e.Name()))
		if err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	return found, nil
}

// Named returns the package of that name among those that have been read, the ones that they import included.
func (m *Module) Named(name string) (*Package, bool) {
	for _, importPath := range slices.Sorted(maps.Keys(m.packages)) {
		if p := m.packages[importPath]; p != nil && p.Name == name {
			return p, true
		}
	}
	return nil, false
}

// Package reads a package of the module by its import path.
func (m *Module) Package(importPath string) (*Package, error) {
	if p, ok := m.packages[importPath]; ok {
		if p == nil {
			return nil, fmt.Errorf("%s imports itself", importPath)
		}
		return p, nil
	}
	m.packages[importPath] = nil

	files, err := m.parse(importPath)
	if err != nil {
		return nil, err
	}
	// Whatever comes from outside the module is unknown to the checker, and it says so. Constants do not need it.
	config := types.Config{Importer: importer{m}, IgnoreFuncBodies: true, Error: func(error) {}}
	checked, _ := config.Check(importPath, m.fset, files, nil)
	p := &Package{
		Name: checked.Name(), Path: importPath, Types: map[string]*Type{}, Functions: map[string]bool{}, Texts: map[string]string{}, checked: checked,
	}
	for _, f := range files {
		for _, d := range f.Decls {
			p.declare(d)
		}
	}
	slices.SortFunc(p.Constructors, func(a, b Constructor) int { return strings.Compare(a.Function, b.Function) })
	m.packages[importPath] = p
	return p, nil
}

func (m *Module) parse(importPath string) ([]*ast.File, error) {
	folder, ok := strings.CutPrefix(importPath, m.Path+"/")
	if !ok {
		return nil, fmt.Errorf("%s is not a package of %s", importPath, m.Path)
	}
	names, err := filepath.Glob(filepath.Join(m.dir, filepath.FromSlash(folder), "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(m.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if files == nil {
		return nil, &fs.PathError{Op: "read package", Path: importPath, Err: errors.New("no Go files")}
	}
	return files, nil
}

// importer gives the checker packages of the module, and empty ones for everything else.
type importer struct{ module *Module }

func (i importer) Import(importPath string) (*types.Package, error) {
	if strings.HasPrefix(importPath, i.module.Path+"/") {
		p, err := i.module.Package(importPath)
		if err != nil {
			return nil, err
		}
		return p.checked, nil
	}
	empty := types.NewPackage(importPath, path.Base(importPath))
	empty.MarkComplete()
	return empty, nil
}

func (p *Package) declare(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if component, ok := constructs(d); ok {
			p.Constructors = append(p.Constructors, Constructor{Function: d.Name.Name, Component: component})
		} else if d.Recv == nil && d.Name.IsExported() {
			p.Functions[d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					t := p.typeNamed(s.Name.Name)
					t.Doc = oneLine(s.Doc, d.Doc)
					if structure, ok := s.Type.(*ast.StructType); ok {
						t.Fields = fields(structure)
					}
				}
			case *ast.ValueSpec:
				if d.Tok == token.CONST {
					p.constants(s)
				}
			}
		}
	}
}

// typeNamed is the type of that name, which a constant may mention before its declaration is read.
func (p *Package) typeNamed(name string) *Type {
	if p.Types[name] == nil {
		p.Types[name] = &Type{}
	}
	return p.Types[name]
}

func (p *Package) constants(s *ast.ValueSpec) {
	for _, name := range s.Names {
		c, ok := p.checked.Scope().Lookup(name.Name).(*types.Const)
		if !ok || !name.IsExported() || c.Val().Kind() != constant.String {
			continue
		}
		value := constant.StringVal(c.Val())
		switch typ := c.Type().(type) {
		case *types.Named:
			if typ.Obj().Pkg() == p.checked {
				t := p.typeNamed(typ.Obj().Name())
				t.Constants = append(t.Constants, Constant{Name: name.Name, Doc: oneLine(s.Doc), Value: value})
			}
		case *types.Basic:
			p.Texts[name.Name] = value
		}
	}
}

func fields(s *ast.StructType) []Field {
	var found []Field
	before := ""
	for _, f := range s.Fields.List {
		tag, doc := tagOf(f), oneLine(f.Doc)
		property, _, _ := strings.Cut(tag.Get("pulumi"), ",")
		for _, name := range f.Names {
			if doc == "" && mentions(before, name.Name) {
				doc = before
			}
			if name.IsExported() {
				found = append(found, Field{Name: name.Name, Doc: doc, Property: property, Sibling: tag.Get("sibling")})
			}
		}
		before = doc
	}
	return found
}

// constructs says whether a function makes a component, by its name, its last parameter (...pulumi.ResourceOption) and
// its first result, and names the component.
func constructs(f *ast.FuncDecl) (string, bool) {
	if f.Recv != nil || !strings.HasPrefix(f.Name.Name, "New") || f.Type.Results == nil || len(f.Type.Params.List) == 0 {
		return "", false
	}
	last, ok := f.Type.Params.List[len(f.Type.Params.List)-1].Type.(*ast.Ellipsis)
	if !ok {
		return "", false
	}
	if option, ok := last.Elt.(*ast.SelectorExpr); !ok || option.Sel.Name != "ResourceOption" {
		return "", false
	}
	star, ok := f.Type.Results.List[0].Type.(*ast.StarExpr)
	if !ok {
		return "", false
	}
	name, ok := star.X.(*ast.Ident)
	if !ok {
		return "", false
	}
	return name.Name, true
}
