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

// Referrers are the resources of the types that refer to the target by the property: the satellites of a bucket, the
// listeners of a load balancer. The property may be a path with [*], and a list.
//
// References are resolved by what is known (id, arn, name ...) and, where that is not known yet, by what the engine says
// a property depends on. When none is found, and one of the candidates may still turn out to refer to the target, the
// rule ends as not yet known.
func (s *Stack) Referrers(target *Resource, property string, types ...string) []*Resource {
	index := s.index(target.Type, property, types)
	sure := slices.DeleteFunc(slices.Clone(index.sure[target]), func(r *Resource) bool { return r == target })
	if len(sure) == 0 {
		for _, perhaps := range [][]Value{index.perhaps[target], index.perhaps[nil]} {
			for _, v := range perhaps {
				if v.Resource() != target {
					panic(notYetKnown{v})
				}
			}
		}
	}
	return sure
}

// referring is who refers to resources of one type by one property, so that asking for every bucket of a large stack
// does not go through all satellites every time.
type referring struct {
	sure map[*Resource][]*Resource
	// perhaps are the references that are not known yet by what they may be; nil for anything.
	perhaps map[*Resource][]Value
}

type referenceKey struct{ target, property, types string }

func (s *Stack) index(target, property string, types []string) *referring {
	key := referenceKey{target, property, strings.Join(types, " ")}
	if known := s.referring[key]; known != nil {
		return known
	}
	index := &referring{sure: map[*Resource][]*Resource{}, perhaps: map[*Resource][]Value{}}
	for _, candidate := range s.Of(types...) {
		refs := s.resolve(candidate, property, []string{target})
		for _, found := range refs.found {
			index.sure[found] = append(index.sure[found], candidate)
		}
		switch {
		case len(refs.open) == 0:
		case len(refs.perhaps) == 0:
			index.perhaps[nil] = append(index.perhaps[nil], refs.open...)
		default:
			for _, r := range refs.perhaps {
				index.perhaps[r] = append(index.perhaps[r], refs.open...)
			}
		}
	}
	s.referring[key] = index
	return index
}

// Referred are the resources of the types that r refers to by the property: the bucket of a satellite, the subnets of a
// service. When it cannot be told yet which ones, the rule ends as not yet known.
func (s *Stack) Referred(r *Resource, property string, types ...string) []*Resource {
	refs := s.resolve(r, property, types)
	if len(refs.open) > 0 {
		panic(notYetKnown{refs.open[0]})
	}
	return slices.Clone(refs.found)
}

// External are the references by the property to what is not in the stack: ids, ARNs and names of other resources that
// somebody wrote down or looked up. What is not in the stack cannot be judged in it.
func (s *Stack) External(r *Resource, property string, types ...string) []Value {
	return slices.Clone(s.resolve(r, property, types).external)
}

// references is what became of the references in one property.
type references struct {
	found    []*Resource
	external []Value
	open     []Value     // not yet known
	perhaps  []*Resource // what the open ones may be; empty for anything
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
	var unmatched, open []Value
	deps := s.dependencies(r, property, types)
	for _, v := range spread(r.Properties, property) {
		if !v.Known() {
			open = append(open, v)
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
	if len(unmatched)+len(open) == 0 {
		return refs
	}
	// What the known values do not account for.
	left := slices.DeleteFunc(deps, func(d *Resource) bool { return slices.Contains(refs.found, d) })
	switch {
	case len(left) > 0 && (len(open) == 0 || len(left) <= len(unmatched)+len(open)):
		// As many references as resources: each is derived from one of them (arn:*, a name taken apart).
		refs.found = append(refs.found, left...)
	case len(open) > 0:
		refs.open, refs.perhaps = open, left
	default:
		refs.external = unmatched
	}
	return refs
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
