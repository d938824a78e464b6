package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The SDK is generated code, one declaration a line.
var (
	structLine   = regexp.MustCompile(`^type (\w+) struct \{$`)
	fieldLine    = regexp.MustCompile("^\t\\w+\\s+(\\S+)\\s+`pulumi:\"(\\w+)")
	registerLine = regexp.MustCompile(`ctx\.RegisterResource\("([^"]+)"`)
)

type field struct{ name, typ string }

// module is one package of the SDK.
type module struct {
	name    string
	structs map[string][]field
	tokens  map[string]bool
	// depth is how deep below a resource a nested type that is used stands.
	depth map[string]int
}

func readModule(dir, name string) (*module, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("pulumi-aws has no module %q", name)
	}
	m := &module{name: name, structs: map[string][]field{}, tokens: map[string]bool{}, depth: map[string]int{}}
	for _, path := range files {
		if err := m.read(path); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *module) read(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	current := ""
	for lines.Scan() {
		line := lines.Text()
		switch {
		case current != "" && line == "}":
			current = ""
		case current != "":
			if match := fieldLine.FindStringSubmatch(line); match != nil {
				m.structs[current] = append(m.structs[current], field{name: match[2], typ: match[1]})
			}
		case strings.HasPrefix(line, "type "):
			if match := structLine.FindStringSubmatch(line); match != nil {
				current = match[1]
				m.structs[current] = nil
			}
		default:
			if match := registerLine.FindStringSubmatch(line); match != nil {
				m.tokens[match[1]] = true
			}
		}
	}
	return lines.Err()
}

// resource writes the inputs of a resource and what it computes.
func (m *module) resource(w io.Writer, token, class string) {
	fmt.Fprintln(w, token)
	inputs := m.structs[strings.ToLower(class[:1])+class[1:]+"Args"]
	given := map[string]bool{}
	for _, f := range inputs {
		given[f.name] = true
		fmt.Fprintf(w, "\t%s %s\n", f.name, m.typeOf(f.typ, 1))
	}
	var computed []string
	for _, f := range m.structs[class] {
		if !strings.HasSuffix(f.typ, "PtrOutput") {
			computed = append(computed, f.name)
		}
	}
	fmt.Fprintf(w, "\t= %s\n", strings.Join(computed, " "))
}

// typeOf turns a Go type of the SDK into the schema's notation, and notes nested types for later.
func (m *module) typeOf(typ string, depth int) string {
	switch {
	case strings.HasPrefix(typ, "*"):
		return m.typeOf(typ[1:], depth)
	case strings.HasPrefix(typ, "[]"):
		return "[]" + m.typeOf(typ[2:], depth)
	case strings.HasPrefix(typ, "map[string]"):
		return "map[string]" + m.typeOf(strings.TrimPrefix(typ, "map[string]"), depth)
	case typ == "string" || typ == "bool" || typ == "int" || typ == "float64":
		return typ
	}
	if _, ok := m.structs[typ]; ok && depth <= maxDepth {
		if known, ok := m.depth[typ]; !ok || depth < known {
			m.depth[typ] = depth
		}
		return m.name + "." + typ
	}
	if _, ok := m.structs[typ]; !ok && !strings.Contains(typ, ".") && typ != "interface{}" {
		// An enumeration.
		return "string"
	}
	return "any"
}

// types writes the nested types in use. Writing one may bring up others.
func (m *module) types(w io.Writer) {
	written := map[string]string{}
	for {
		todo := slices.DeleteFunc(slices.Sorted(maps.Keys(m.depth)), func(t string) bool { return written[t] != "" })
		if len(todo) == 0 {
			break
		}
		for _, typ := range todo {
			var b strings.Builder
			fmt.Fprintf(&b, "%s.%s\n", m.name, typ)
			for _, f := range m.structs[typ] {
				fmt.Fprintf(&b, "\t%s %s\n", f.name, m.typeOf(f.typ, m.depth[typ]+1))
			}
			written[typ] = b.String()
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(written)) {
		fmt.Fprint(w, written[typ])
	}
}
