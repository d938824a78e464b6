package rule

import (
	"slices"
	"strings"
)

// identifiers are the properties by which AWS resources are named in others.
var identifiers = []string{
	"id", "arn", "name", "bucket", "identifier", "clusterIdentifier", "keyId", "url", "qualifiedArn", "invokeArn",
	"arnWithoutRevision", "family", "functionName", "repositoryUrl", "dnsName", "allocationId",
}

// chosen are those of them that the program chooses.
var chosen = []string{"name", "bucket", "identifier", "clusterIdentifier", "family", "functionName"}

// Identifies tells whether AWS resources are named by the property in others.
func Identifies(property string) bool { return slices.Contains(identifiers, property) }

// Referrers are all resources of the types that refer to the target by the property: the satellites of a bucket, the
// listeners of a load balancer. The property may be a path with [*], and a list.
//
// References are resolved by what is known (id, arn, name ...) and, where that is not known yet, by what the engine says
// a property depends on. The answer is complete: while one more candidate may turn out to refer to the target, the rule
// ends as not yet known, however many are found already.
func (s *Stack) Referrers(target *Resource, property string, types ...string) []*Resource {
	referrers, pending := s.referrers(target, property, types)
	if pending != nil {
		panic(notYetKnown{*pending})
	}
	return referrers
}

// referrers are those that are sure to refer to the target, and the first reference that may.
func (s *Stack) referrers(target *Resource, property string, types []string) (sure []*Resource, pending *Value) {
	index := s.index(target.Type, property, types)
	sure = slices.DeleteFunc(slices.Clone(index.sure[target]), func(r *Resource) bool { return r == target })
	opens := [][]open{index.perhaps[target], index.perhaps[nil]}
	if u := s.unnamed[target.Type]; u != nil && u.isNameless[target] {
		opens = append(opens, index.nameless[u])
	}
	for _, perhaps := range opens {
		for _, o := range perhaps {
			if o.by != target && !slices.Contains(sure, o.by) {
				return sure, &o.at
			}
		}
	}
	return sure, nil
}

// referring is who refers to resources of one type by one property, so that asking for every bucket of a large stack
// does not go through all satellites every time.
type referring struct {
	sure map[*Resource][]*Resource
	// perhaps are the references that are not known yet by what they may be; nil for anything.
	perhaps map[*Resource][]open
	// nameless are those that may be any resource of a type without a known name: one entry for all of them, because
	// there may be as many of these as of those.
	nameless map[*unnamed][]open
}

type referenceKey struct{ target, property, types string }

func (s *Stack) index(target, property string, types []string) *referring {
	key := referenceKey{target, property, strings.Join(types, " ")}
	if known := s.referring[key]; known != nil {
		return known
	}
	index := &referring{sure: map[*Resource][]*Resource{}, perhaps: map[*Resource][]open{}, nameless: map[*unnamed][]open{}}
	for _, candidate := range s.Of(types...) {
		refs := s.resolve(candidate, property, []string{target})
		for _, found := range refs.found {
			index.sure[found] = append(index.sure[found], candidate)
		}
		for _, o := range refs.open {
			switch {
			case o.nameless != nil:
				index.nameless[o.nameless] = append(index.nameless[o.nameless], o)
			case len(o.perhaps) == 0:
				index.perhaps[nil] = append(index.perhaps[nil], o)
			default:
				for _, r := range o.perhaps {
					index.perhaps[r] = append(index.perhaps[r], o)
				}
			}
		}
	}
	s.referring[key] = index
	return index
}

// Referred are the resources of the types that r refers to by the property: the bucket of a satellite, the subnets of a
// service. When it cannot be told yet which ones, the rule ends as not yet known; so it does for a name that somebody
// wrote down while a resource of the stack has a name that is not known yet.
func (s *Stack) Referred(r *Resource, property string, types ...string) []*Resource {
	return slices.Clone(s.complete(r, property, types).found)
}

// Sure are those of the resources that r refers to by the property which can be told already: what is wrong with one of them
// is wrong whatever the others are. A rule that passes asks [Stack.Referred] after it.
func (s *Stack) Sure(r *Resource, property string, types ...string) []*Resource {
	return slices.Clone(s.resolve(r, property, types).found)
}

// External are the references by the property to what is not in the stack: ids, ARNs and names of other resources that
// somebody wrote down or looked up. What is not in the stack cannot be judged in it. When a reference may still turn out
// to be to the stack, the rule ends as not yet known.
func (s *Stack) External(r *Resource, property string, types ...string) []Value {
	return slices.Clone(s.complete(r, property, types).external)
}

// complete resolves the property, and ends the rule when something of it is open.
func (s *Stack) complete(r *Resource, property string, types []string) references {
	refs := s.resolve(r, property, types)
	if len(refs.open) > 0 {
		panic(notYetKnown{refs.open[0].at})
	}
	return refs
}

// references is what became of the references in one property.
type references struct {
	found    []*Resource
	external []Value
	open     []open
}

// open is a reference of which it is not yet known what it refers to.
type open struct {
	by *Resource
	// at is what is not known: the value itself, or the name of what a known one may refer to.
	at Value
	// perhaps is what it may refer to; empty for anything.
	perhaps []*Resource
	// nameless, if not nil, says instead that it may refer to any resource of a type without a known name.
	nameless *unnamed
}

// resolve finds what the property refers to among the resources of the types. Rules ask the same in loops over others:
// the answer is kept.
func (s *Stack) resolve(r *Resource, property string, types []string) references {
	key := resolveKey{r, property, strings.Join(types, " ")}
	refs, known := s.resolved[key]
	if !known {
		refs = s.resolveNew(r, property, types)
		s.resolved[key] = refs
	}
	return refs
}

type resolveKey struct {
	resource        *Resource
	property, types string
}

func (s *Stack) resolveNew(r *Resource, property string, types []string) references {
	var refs references
	var unmatched, unknown []Value
	deps := s.dependencies(r, property, types)
	for _, v := range spread(r.Properties, property) {
		if !v.Known() {
			unknown = append(unknown, v)
			continue
		}
		text, ok := v.scalar()
		if !ok || text == "" {
			continue
		}
		found := s.named(text, types, deps)
		if len(found) == 0 {
			unmatched = append(unmatched, v)
		}
		for _, f := range found {
			if !slices.Contains(refs.found, f) {
				refs.found = append(refs.found, f)
			}
		}
	}
	// What the known values do not account for.
	left := slices.DeleteFunc(deps, func(d *Resource) bool { return slices.Contains(refs.found, d) })
	n := len(unmatched) + len(unknown)
	if n > 0 && len(left) > 0 && (len(unknown) == 0 || len(left) <= n) {
		// As many references as resources: each is derived from one of them (arn:*, a name taken apart).
		refs.found = append(refs.found, left...)
		return refs
	}
	if len(left) == 0 && len(unknown) > 0 {
		left = s.behind(r, property, types, refs.found)
	}
	for _, v := range unknown {
		refs.open = append(refs.open, open{by: r, at: v, perhaps: left})
	}
	for _, v := range unmatched {
		text, _ := v.scalar()
		if perhaps := s.mayBe(r, text, types); len(perhaps) > 0 {
			refs.open = append(refs.open, perhaps...)
		} else {
			refs.external = append(refs.external, v)
		}
	}
	return refs
}

// behind are the resources of the types that the property depends on through others: the bucket behind a satellite whose
// output names it.
func (s *Stack) behind(r *Resource, property string, types []string, found []*Resource) []*Resource {
	var out []*Resource
	seen := map[string]bool{}
	next := slices.Clone(r.PropertyDependencies[topLevel(property)])
	for len(next) > 0 {
		urn := next[len(next)-1]
		next = next[:len(next)-1]
		d := s.byURN[urn]
		switch {
		case seen[urn] || d == nil || slices.Contains(found, d):
		case d.Is(types...):
			out = append(out, d)
		default:
			next = append(next, d.Dependencies...)
		}
		seen[urn] = true
	}
	return out
}

// unnamed are the resources of a type that a known text may turn out to refer to.
type unnamed struct {
	// isNameless tells which have a name that is not known; at is the first of those names.
	isNameless map[*Resource]bool
	at         Value
	// byName are the others, while their ARNs are not known.
	byName map[string][]*Resource
}

// mayBe is what a text in by may refer to once all names are known. Ids that AWS makes up stand in no text before the
// resource is there; its name may, and the ARN that is made of it.
func (s *Stack) mayBe(by *Resource, text string, types []string) []open {
	var out []open
	for _, typ := range types {
		u := s.unnamedOf(typ)
		if len(u.isNameless) > 0 {
			out = append(out, open{by: by, at: u.at, nameless: u})
		}
		if len(u.byName) == 0 || !strings.HasPrefix(text, "arn:") {
			continue
		}
		for i, c := range text {
			if c != ':' && c != '/' {
				continue
			}
			for _, r := range u.byName[text[i+1:]] {
				out = append(out, open{by: by, at: r.Properties.field("arn"), perhaps: []*Resource{r}})
			}
		}
	}
	return out
}

func (s *Stack) unnamedOf(typ string) *unnamed {
	if known := s.unnamed[typ]; known != nil {
		return known
	}
	u := &unnamed{isNameless: map[*Resource]bool{}, byName: map[string][]*Resource{}}
	for _, r := range s.byType[typ] {
		names, pending := r.names()
		switch {
		case pending != nil:
			if len(u.isNameless) == 0 {
				u.at = *pending
			}
			u.isNameless[r] = true
		case !r.Properties.field("arn").Known():
			for _, name := range names {
				u.byName[name] = append(u.byName[name], r)
			}
		}
	}
	s.unnamed[typ] = u
	return u
}

// names are the known names that the program has chosen, or the first that is not known. A name that the program has not
// chosen, of a resource that does not exist yet, stands in no text.
func (r *Resource) names() (known []string, pending *Value) {
	for _, property := range chosen {
		name := r.Properties.field(property)
		if !name.Known() {
			if r.inputs != nil && !name.set() {
				continue
			}
			return nil, &name
		}
		if text, ok := name.scalar(); ok && text != "" && !slices.Contains(known, text) {
			known = append(known, text)
		}
	}
	return known, nil
}

// dependencies are the resources of the types that the property depends on, each once.
func (s *Stack) dependencies(r *Resource, property string, types []string) []*Resource {
	var out []*Resource
	for _, urn := range r.PropertyDependencies[topLevel(property)] {
		if d := s.byURN[urn]; d != nil && d.Is(types...) && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// identity is how a resource of a type is referred to.
type identity struct{ typ, text string }

// named are the resources of the types that the text identifies: those among the dependencies, else any. Names repeat
// over regions and accounts.
func (s *Stack) named(text string, types []string, deps []*Resource) []*Resource {
	var out []*Resource
	for _, d := range deps {
		if slices.Contains(identities(d), text) {
			out = append(out, d)
		}
	}
	if len(out) > 0 {
		return out
	}
	if s.byName == nil {
		s.byName = map[identity][]*Resource{}
		for _, r := range s.resources {
			for _, text := range identities(r) {
				key := identity{r.Type, text}
				s.byName[key] = append(s.byName[key], r)
			}
		}
	}
	for _, typ := range types {
		out = append(out, s.byName[identity{typ, text}]...)
	}
	return out
}

// identities are the known texts that identify a resource, each once.
func identities(r *Resource) []string {
	return memo(r.Properties, "identities", func() []string {
		var out []string
		for _, property := range identifiers {
			v := r.Properties.field(property)
			if !v.Known() {
				continue
			}
			if text, ok := v.scalar(); ok && text != "" && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
		return out
	})
}

// spread follows a path with [*] as far as values are known, and takes lists apart. Unknown values stand where they are
// met; what is of another type is left out, because rules that read it say so.
func spread(v Value, path string) []Value {
	head, tail, star := strings.Cut(path, "[*]")
	v = v.Get(head)
	if v.wrong != "" {
		return nil
	}
	if !v.Known() {
		return []Value{v}
	}
	if !v.Exists() {
		return nil
	}
	var out []Value
	for _, element := range v.List() {
		switch {
		case star:
			out = append(out, spread(element, strings.TrimPrefix(tail, "."))...)
		case element.unknown || element.pb != nil:
			out = append(out, element)
		}
	}
	return out
}

// topLevel is the property that a path begins with.
func topLevel(path string) string {
	if end := strings.IndexAny(path, ".["); end >= 0 {
		return path[:end]
	}
	return path
}
