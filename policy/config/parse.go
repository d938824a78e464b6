package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// FileVariable is the environment variable that names the configuration file.
const FileVariable = "BULWARK_POLICY_CONFIG"

// File is what a configuration file says.
type File struct {
	// Path is where it was read.
	Path string
	// Profile is empty when the file does not set one.
	Profile rule.Profile
	// All is the level of all controls; empty when the file does not set one.
	All Level
	// Controls are the settings of single controls by id.
	Controls map[string]Control
	// Exemptions in the order of the file.
	Exemptions []Exemption
}

// Control is what a file says about one control.
type Control struct {
	// Level is empty when the file does not set one.
	Level Level
	// Params are of the parameters' types.
	Params map[string]any
}

// Find returns the configuration file of a stack: the one that the environment names, else PulumiPolicy.<stack>.yaml in
// the first of the folders that has it. Empty when there is none.
func Find(getenv func(string) string, stack string, dirs ...string) (string, error) {
	if path := getenv(FileVariable); path != "" {
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("%s: %w", FileVariable, err)
		}
		return path, nil
	}
	if stack == "" || stack != filepath.Base(stack) {
		return "", nil
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, "PulumiPolicy."+stack+".yaml")
		switch _, err := os.Stat(path); {
		case err == nil:
			return path, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	return "", nil
}

// Load reads a configuration file.
func Load(rules []*rule.Rule, path string) (*File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(rules, path, text)
}

// Parse reads a configuration, YAML or JSON. The path is for messages. The error is a [validate.Error] with every problem,
// unless the text is no YAML at all.
func Parse(rules []*rule.Rule, path string, text []byte) (*File, error) {
	f := &File{Path: path, Controls: map[string]Control{}}
	var raw any
	documents := yaml.NewDecoder(bytes.NewReader(text))
	if err := documents.Decode(&raw); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := documents.Decode(&yaml.Node{}); err == nil {
		return nil, fmt.Errorf("%s: it has a second document after ---, which would not count: expected one; put everything into the first", path)
	} else if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p := newParser(rules)
	switch top := raw.(type) {
	case nil:
		return f, nil
	case map[string]any:
		p.file(f, top)
	default:
		p.Add(validate.Invalid("file", brief(raw), "profile, controls and exemptions", "begin with profile: prod"))
	}
	if err := p.Err("policy configuration", path); err != nil {
		return nil, err
	}
	return f, nil
}

// parser collects problems while it reads.
type parser struct {
	validate.Problems
	rules map[string]*rule.Rule
	ids   []string
}

func newParser(rules []*rule.Rule) *parser {
	p := &parser{}
	p.rules, p.ids = index(rules)
	return p
}

func (p *parser) file(f *File, top map[string]any) {
	p.known("", top, []string{"profile", "controls", "exemptions"})
	if raw, ok := top["profile"]; ok {
		text, _ := raw.(string)
		f.Profile = rule.Profile(text)
		if !slices.Contains(rule.Profiles, f.Profile) {
			p.Add(validate.NotSupported("profile", brief(raw), texts(rule.Profiles)))
		}
	}
	if raw, ok := top["controls"]; ok && raw != nil {
		controls, ok := raw.(map[string]any)
		if !ok {
			p.Add(validate.Invalid("controls", brief(raw), "a map from controls to levels", "write rds-multi-az: disabled"))
		}
		for _, id := range slices.Sorted(maps.Keys(controls)) {
			p.control(f, validate.Path("controls").Field(id), id, controls[id])
		}
	}
	if raw, ok := top["exemptions"]; ok && raw != nil {
		f.Exemptions = p.exemptions("exemptions", raw)
	}
}

// control reads the level of a control, or its level and parameters.
func (p *parser) control(f *File, path validate.Path, id string, raw any) {
	r := p.rules[id]
	if r == nil && id != "all" {
		p.Add(p.unknownControl(path, id))
		return
	}
	switch raw := raw.(type) {
	case string:
		level := p.level(path, raw)
		if id == "all" {
			f.All = level
		} else {
			f.Controls[id] = Control{Level: level}
		}
	case map[string]any:
		if id == "all" {
			p.Add(validate.Invalid(path, brief(raw), "a level", "parameters belong to single controls"))
			return
		}
		var c Control
		if level, ok := raw["enforcementLevel"]; ok {
			c.Level = p.level(path.Field("enforcementLevel"), level)
		}
		c.Params = p.params(path, r, raw)
		f.Controls[id] = c
	default:
		p.Add(validate.Invalid(path, brief(raw), "a level, or enforcementLevel and parameters", "write one of "+list(Levels)))
	}
}

func (p *parser) level(path validate.Path, raw any) Level {
	text, _ := raw.(string)
	level := Level(text)
	if !slices.Contains(Levels, level) {
		p.Add(validate.NotSupported(path, brief(raw), texts(Levels)))
	}
	return level
}

// params reads the parameters of a rule and refuses others.
func (p *parser) params(path validate.Path, r *rule.Rule, raw map[string]any) map[string]any {
	names := []string{"enforcementLevel"}
	for _, param := range r.Params {
		names = append(names, param.Name)
	}
	p.known(path, raw, names)
	out := map[string]any{}
	for _, param := range r.Params {
		given, ok := raw[param.Name]
		if !ok {
			continue
		}
		value, problems := param.Parse(path.Field(param.Name), given)
		p.Add(problems...)
		out[param.Name] = value
	}
	return out
}

// known refuses fields that there are not.
func (p *parser) known(path validate.Path, fields map[string]any, names []string) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if slices.Contains(names, name) {
			continue
		}
		problem := validate.Forbidden(path.Field(name), brief(fields[name]), "only "+list(names), "remove it").By("field")
		if nearest, ok := validate.Nearest(name, names); ok {
			problem.Fix = fmt.Sprintf("did you mean %q?", nearest)
		}
		p.Add(problem)
	}
}

// text reads a text that has to be there.
func (p *parser) text(at validate.Path, fields map[string]any, name, expected, fix string) string {
	raw, ok := fields[name]
	if !ok || raw == nil || raw == "" {
		p.Add(validate.Required(at.Field(name), expected, fix))
		return ""
	}
	text, ok := raw.(string)
	if !ok {
		p.Add(validate.Invalid(at.Field(name), brief(raw), expected, fix))
	}
	return text
}

// brief shows a value of the file in a message.
func brief(raw any) string {
	text := fmt.Sprint(raw)
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:57]) + "..."
	}
	return text
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

func list[T ~string](values []T) string {
	var out string
	for i, v := range values {
		if i > 0 {
			out += ", "
		}
		out += string(v)
	}
	return out
}
