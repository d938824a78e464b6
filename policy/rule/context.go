package rule

import "time"

// Profile is how strictly a stack is judged.
type Profile string

// The profiles.
const (
	// Prod is for stacks whose data and users matter; the default.
	Prod Profile = "prod"
	// Dev is for stacks that may be thrown away.
	Dev Profile = "dev"
)

// Profiles are all profiles.
var Profiles = []Profile{Prod, Dev}

// Context is the run that a rule is part of.
type Context struct {
	// Organization, Project and Stack are the names of what is deployed.
	Organization, Project, Stack string
	// Tags are the stack's tags.
	Tags map[string]string
	// Config is the stack's configuration without its secrets, by full key (aws:region).
	Config map[string]string
	// Today is the day of the run; what ages is judged by it.
	Today time.Time
	// DryRun is true in a preview.
	DryRun bool
	// Profile is never empty.
	Profile Profile
}

// scope is what a rule may ask besides the resources: the run, and its own parameters.
type scope struct {
	rule   *Rule
	ctx    *Context
	params map[string]any
}

// Context is the run that the rule is part of.
func (s *scope) Context() *Context { return s.ctx }

// Today is the day of the run.
func (s *scope) Today() time.Time { return s.ctx.Today }

// Prod tells whether the stack is judged by the prod profile.
func (s *scope) Prod() bool { return s.ctx.Profile == Prod }

// Int is a parameter of type int.
func (s *scope) Int(name string) int { return param[int](s, name) }

// Bool is a parameter of type bool.
func (s *scope) Bool(name string) bool { return param[bool](s, name) }

// Text is a parameter of type string.
func (s *scope) Text(name string) string { return param[string](s, name) }

// Texts is a parameter that is a list of strings.
func (s *scope) Texts(name string) []string { return param[[]string](s, name) }

func param[T any](s *scope, name string) T {
	if v, ok := s.params[name]; ok {
		if t, ok := v.(T); ok {
			return t
		}
	}
	for _, p := range s.rule.Params {
		if p.Name == name {
			return p.Default.(T)
		}
	}
	panic("rule " + s.rule.ID + " declares no parameter " + name)
}
