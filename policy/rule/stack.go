package rule

// Stack is all resources of the stack, for stack rules.
type Stack struct {
	ctx       *Context
	resources []*Resource
	byType    map[string][]*Resource
	byURN     map[string]*Resource
	byName    map[identity][]*Resource // made on first use
	referring map[referenceKey]*referring
	resolved  map[resolveKey]references
	unnamed   map[string]*unnamed // by type
	oracle    *oracle
	secrets   *secretSet // made on first use
}

// NewStack makes a stack of what the engine has sent.
func NewStack(ctx *Context, resources []*Resource) *Stack {
	s := &Stack{
		ctx: ctx, resources: resources,
		byType: map[string][]*Resource{}, byURN: make(map[string]*Resource, len(resources)),
		referring: map[referenceKey]*referring{}, resolved: map[resolveKey]references{}, unnamed: map[string]*unnamed{},
		oracle: &oracle{},
	}
	for _, r := range resources {
		r.Properties.doc.oracle = s.oracle
		s.byType[r.Type] = append(s.byType[r.Type], r)
		s.byURN[r.URN] = r
	}
	return s
}

// Context is the run that the stack is part of.
func (s *Stack) Context() *Context { return s.ctx }

// All are all resources, components and providers too.
func (s *Stack) All() []*Resource { return s.resources }

// Of are the resources of the types.
func (s *Stack) Of(types ...string) []*Resource {
	if len(types) == 1 {
		return s.byType[types[0]]
	}
	var out []*Resource
	for _, typ := range types {
		out = append(out, s.byType[typ]...)
	}
	return out
}

// Find is the resource with the URN; nil when the stack has none.
func (s *Stack) Find(urn string) *Resource { return s.byURN[urn] }

// stackType is the type of the resource that stands for the stack itself.
const stackType = "pulumi:pulumi:Stack"

// place is the stack's own resource; nothing when the engine has sent none.
func (s *Stack) place() (*Resource, string) { //nolint:unparam // A Place has a path.
	if own := s.byType[stackType]; len(own) > 0 {
		return own[0], ""
	}
	return nil, ""
}

// secretSet are the secrets of all resources.
func (s *Stack) secretSet() *secretSet {
	if s.secrets == nil {
		found := map[string]bool{}
		for _, r := range s.resources {
			for _, text := range r.Properties.doc.secretSet().texts {
				found[text] = true
			}
		}
		s.secrets = newSecretSet(found)
	}
	return s.secrets
}
