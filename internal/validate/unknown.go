package validate

import (
	"fmt"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
)

// Unknown is the problem of a name that nothing has, such as the target group of a rule. The kind is what it should
// name ("target group"), list the path of those that there are, names theirs: they are suggested, unless they look like
// a secret that was pasted in the wrong place.
func Unknown(path Path, name, kind string, list Path, names []string) Problem {
	p := Invalid(path, name, "the name of a "+kind, "add it to "+string(list))
	var shown []string
	for _, n := range names {
		if n != "" && secretwords.Suspect(n) == "" {
			shown = append(shown, n)
		}
	}
	if len(names) == 0 {
		p.Expected += ", of which there is none"
	} else if len(shown) > 0 {
		p.Expected += ": " + strings.Join(shown, ", ")
	}
	if nearest, ok := Nearest(name, shown); ok {
		p.Fix = fmt.Sprintf("did you mean %q?", nearest)
	}
	return p
}
