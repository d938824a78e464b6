package validate

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
)

// Path leads to a value inside a component's inputs: labels.extra["team"], lifecycle.transitions[1].days. Names are
// those of the Pulumi properties, the same in every language.
type Path string

// Field is the path of a property of the value at p.
func (p Path) Field(name string) Path {
	if p == "" {
		return Path(name)
	}
	return p + "." + Path(name)
}

// Index is the path of an element of the list at p.
func (p Path) Index(i int) Path {
	return Path(fmt.Sprintf("%s[%d]", p, i))
}

// Key is the path of an entry of the map at p. A key that looks like a secret is not written out.
func (p Path) Key(key string) Path {
	if kind := secretwords.Suspect(key); kind != "" {
		return Path(fmt.Sprintf("%s[key of %d characters]", p, len([]rune(key))))
	}
	return Path(fmt.Sprintf("%s[%q]", p, key))
}
