package config

import (
	"maps"
	"slices"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// OwnName is the name under which the pack reports on itself, and takes exemptions through the engine.
const OwnName = "bulwark"

// Policy is what counts for a run: a setting for every rule.
type Policy struct {
	Profile    rule.Profile
	Exemptions []Exemption

	rules    []*rule.Rule
	settings map[string]*Setting
}

// Setting is what counts for one rule.
type Setting struct {
	// Level is Disabled, Advisory or Mandatory.
	Level Level
	// Remediate is whether the rule fixes what it can.
	Remediate bool
	// Params override the defaults.
	Params map[string]any
}

// New makes a policy of the rules and a file, which may be nil.
func New(rules []*rule.Rule, file *File) *Policy {
	p := &Policy{Profile: rule.Prod, rules: rules, settings: make(map[string]*Setting, len(rules))}
	if file != nil {
		if file.Profile != "" {
			p.Profile = file.Profile
		}
		p.Exemptions = slices.Clone(file.Exemptions)
	}
	for _, r := range rules {
		s := &Setting{Level: Default(r, p.Profile)}
		p.settings[r.ID] = s
		if file == nil {
			continue
		}
		p.set(r, s, file.All)
		p.set(r, s, file.Controls[r.ID].Level)
		s.Params = maps.Clone(file.Controls[r.ID].Params)
	}
	return p
}

// set applies a level; the empty one changes nothing.
func (p *Policy) set(r *rule.Rule, s *Setting, level Level) {
	switch level {
	case "":
	case Remediate:
		s.Level, s.Remediate = bySeverity(r, p.Profile), r.Remediate != nil
	default:
		s.Level, s.Remediate = level, false
	}
}

// Setting is what counts for the rule; nil for an unknown one.
func (p *Policy) Setting(id string) *Setting { return p.settings[id] }

// Reported is the level as the engine is told it, and gives it back.
func (s *Setting) Reported() Level {
	if s.Remediate {
		return Remediate
	}
	return s.Level
}

// Engine is what the engine says about one policy: its level, never empty, and its properties.
type Engine struct {
	Level      Level
	Properties map[string]any
}

// Configure returns the policy with what the engine sends: the levels and parameters of all policies, those that the pack
// reported unless the user has set others, and exemptions under the pack's own name. The error is a [validate.Error].
func (p *Policy) Configure(sent map[string]Engine) (*Policy, error) {
	parser := newParser(p.rules)
	out := &Policy{
		Profile: p.Profile, Exemptions: slices.Clone(p.Exemptions), rules: p.rules,
		settings: make(map[string]*Setting, len(p.settings)),
	}
	for id, s := range p.settings {
		out.settings[id] = &Setting{Level: s.Level, Remediate: s.Remediate, Params: maps.Clone(s.Params)}
	}
	for _, id := range slices.Sorted(maps.Keys(sent)) {
		path := validate.Path(id)
		switch r := parser.rules[id]; {
		case id == OwnName:
			out.own(parser, sent[id].Properties)
		case id == "all":
			// The engine has applied it to every policy already.
			if len(sent[id].Properties) > 0 {
				parser.Add(validate.Forbidden(path, brief(sent[id].Properties), "a level", "parameters belong to single controls"))
			}
		case r == nil:
			parser.Add(parser.unknownControl(path, id))
		default:
			s := out.settings[id]
			if !slices.Contains(Levels, sent[id].Level) {
				parser.Add(validate.NotSupported(path.Field("enforcementLevel"), string(sent[id].Level), texts(Levels)))
				continue
			}
			if sent[id].Level != s.Reported() {
				out.set(r, s, sent[id].Level)
			}
			if s.Params == nil {
				s.Params = map[string]any{}
			}
			maps.Copy(s.Params, parser.params(path, r, sent[id].Properties))
		}
	}
	return out, parser.Err("policy configuration", "--policy-pack-config")
}

// own reads the properties under the pack's own name.
func (p *Policy) own(parser *parser, properties map[string]any) {
	path := validate.Path(OwnName)
	if profile, ok := properties["profile"]; ok && profile != string(p.Profile) {
		parser.Add(validate.Forbidden(path.Field("profile"), brief(profile), "the profile in a file",
			"set profile: "+brief(profile)+" in PulumiPolicy.<stack>.yaml, next to Pulumi.<stack>.yaml").By("profile"))
	}
	parser.known(path, properties, []string{"exemptions", "profile"})
	if raw, ok := properties["exemptions"]; ok && raw != nil {
		p.Exemptions = append(p.Exemptions, parser.exemptions(path.Field("exemptions"), raw)...)
	}
}
