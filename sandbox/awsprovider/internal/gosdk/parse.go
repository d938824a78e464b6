package gosdk

import (
	"bufio"
	"os"
	"regexp"
	"strings"
)

// The SDK's files are generated, all in one form, and 114 MB: reading them line by line takes 2 s, the Go parser 20.
var (
	structStart = regexp.MustCompile(`^type (\w+) struct \{`)
	fieldLine   = regexp.MustCompile("^\t(\\w+)\\s+(\\S+)\\s+`pulumi:\"(\\w+)\"`")
	register    = regexp.MustCompile(`ctx\.RegisterResource\("([^"]+)"`)
	invoke      = regexp.MustCompile(`ctx\.Invoke\("([^"]+)"`)
	constructor = regexp.MustCompile(`^func New(\w+)\(ctx \*pulumi\.Context`)
	requirement = regexp.MustCompile(`invalid value for required argument '(\w+)'`)
	constant    = regexp.MustCompile(`^\t\targs\.(\w+) = pulumi\.(?:String|Bool|Int|Float64)(?:Ptr)?\((.+)\)$`)
	secretName  = regexp.MustCompile(`^\t\t"(\w+)",$`)
)

// module is one folder of the SDK: its structs, each from Go field to type and Pulumi name.
type module struct {
	structs map[string]map[string]string // struct -> Pulumi name -> Go type
	goField map[string]map[string]string // struct -> Go name -> Pulumi name
}

// source is what one file declares.
type source struct {
	resource, name   string // token and Go name of a resource
	function, result string // token and Go result struct of a function
	required         []string
	defaults         map[string]string
	secrets          map[string]bool
}

func (m *module) loadFile(path string) (*source, error) {
	found := &source{defaults: map[string]string{}, secrets: map[string]bool{}}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 0, 1<<20), 1<<24)
	var current string
	inSecrets := false
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "type "):
			current = ""
			if match := structStart.FindStringSubmatch(line); match != nil {
				current = match[1]
				m.open(current)
				if strings.HasSuffix(current, "Result") {
					found.result = current
				}
			}
		case line == "}":
			current = ""
		case current != "":
			if match := fieldLine.FindStringSubmatch(line); match != nil {
				m.structs[current][match[3]] = match[2]
				m.goField[current][match[1]] = match[3]
			}
		case strings.HasPrefix(line, "func New"):
			if match := constructor.FindStringSubmatch(line); match != nil {
				found.name = match[1]
			}
		case strings.Contains(line, "pulumi.AdditionalSecretOutputs("):
			inSecrets = true
		case inSecrets && strings.HasPrefix(line, "\t})"):
			inSecrets = false
		case inSecrets:
			if match := secretName.FindStringSubmatch(line); match != nil {
				found.secrets[match[1]] = true
			}
		default:
			found.statement(line)
		}
	}
	return found, lines.Err()
}

// statement looks at a line of a function's body.
func (s *source) statement(line string) {
	if match := register.FindStringSubmatch(line); match != nil {
		s.resource = match[1]
	} else if match := invoke.FindStringSubmatch(line); match != nil {
		s.function = match[1]
	} else if match := requirement.FindStringSubmatch(line); match != nil {
		s.required = append(s.required, match[1])
	} else if match := constant.FindStringSubmatch(line); match != nil {
		s.defaults[match[1]] = match[2]
	}
}

func (m *module) open(name string) {
	if m.goField == nil {
		m.goField = map[string]map[string]string{}
	}
	m.structs[name] = map[string]string{}
	m.goField[name] = map[string]string{}
}

// private finds the unexported struct of a name: instanceArgs of InstanceArgs, but ipsetArgs of IPSetArgs.
func (m *module) private(name string) string {
	for candidate := range m.structs {
		if strings.EqualFold(candidate, name) && candidate[0] >= 'a' {
			return candidate
		}
	}
	return ""
}

func (m *module) fields(name string) map[string]*Type {
	fields := map[string]*Type{}
	for property, goType := range m.structs[name] {
		fields[property] = m.parse(goType)
	}
	return fields
}

func (m *module) parse(goType string) *Type {
	plain := strings.TrimPrefix(goType, "*")
	parsed := m.parsePlain(plain)
	parsed.Optional = plain != goType
	return parsed
}

func (m *module) parsePlain(goType string) *Type {
	switch goType {
	case "string":
		return &Type{Kind: String}
	case "bool":
		return &Type{Kind: Boolean}
	case "int":
		return &Type{Kind: Integer}
	case "float64":
		return &Type{Kind: Number}
	case "interface{}":
		return &Type{Kind: Any}
	case "pulumi.Archive":
		return &Type{Kind: Archive}
	case "pulumi.AssetOrArchive":
		return &Type{Kind: Asset}
	}
	if elem, ok := strings.CutPrefix(goType, "[]"); ok {
		return &Type{Kind: Array, Elem: m.parse(elem)}
	}
	if elem, ok := strings.CutPrefix(goType, "map[string]"); ok {
		return &Type{Kind: Map, Elem: m.parse(elem)}
	}
	if _, ok := m.structs[goType]; ok {
		return &Type{Kind: Object, Struct: goType, module: m}
	}
	return &Type{Kind: String} // an enumeration, which is a string
}
