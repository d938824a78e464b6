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
	commentLine  = regexp.MustCompile(`^\t// ?(.*)$`)
	defaultsTo   = regexp.MustCompile("(?i)\\bdefaults?(?: value)?(?: to| is)?:? `\"?([A-Za-z0-9_.-]+)\"?`")
	registerLine = regexp.MustCompile(`ctx\.RegisterResource\("([^"]+)"`)
)

type field struct {
	name, typ string
	// fallback is what the documentation says that the provider takes when the program says nothing.
	fallback string
}

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
	current, comment := "", ""
	for lines.Scan() {
		line := lines.Text()
		switch {
		case current != "" && line == "}":
			current = ""
		case current != "":
			if match := commentLine.FindStringSubmatch(line); match != nil {
				comment += " " + match[1]
				continue
			}
			if match := fieldLine.FindStringSubmatch(line); match != nil {
				one := field{name: match[2], typ: match[1]}
				// More than one default depends on something else.
				if said := defaultsTo.FindAllStringSubmatch(comment, -1); len(said) == 1 {
					one.fallback = said[0][1]
				}
				m.structs[current] = append(m.structs[current], one)
			}
			comment = ""
		case strings.HasPrefix(line, "type "):
			if match := structLine.FindStringSubmatch(line); match != nil {
				current, comment = match[1], ""
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
		fmt.Fprintln(w, m.line(f, 1))
	}
	var computed []string
	for _, f := range m.structs[class] {
		if !strings.HasSuffix(f.typ, "PtrOutput") {
			computed = append(computed, f.name)
		}
	}
	fmt.Fprintf(w, "\t= %s\n", strings.Join(computed, " "))
}

// line is a property in the schema's notation: its name, its type, and its documented default if it has one.
func (m *module) line(f field, depth int) string {
	line := "\t" + f.name + " " + m.typeOf(f.typ, depth)
	if f.fallback != "" {
		line += " " + f.fallback
	}
	return line
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
				fmt.Fprintln(&b, m.line(f, m.depth[typ]+1))
			}
			written[typ] = b.String()
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(written)) {
		fmt.Fprint(w, written[typ])
	}
}
