package overlay

// The functions here take time out of the comparisons that the bridge and Terraform make for each Diff, without another
// result: the nested rule statements of a web ACL make them take seconds.

// rememberSchemas builds the schema of a resource once, where it was built anew at every look. Nobody changes one that is
// built, and the resources' own schemas stand before the first look.
func rememberSchemas(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{"import (\n", "import (\n\t\"sync\"\n"},
		{"func (r *Resource) CoreConfigSchema() *configschema.Block {\n", "func (r *Resource) buildCoreConfigSchema() *configschema.Block {\n"},
	}, `
var builtSchemas sync.Map // *Resource to *configschema.Block

// CoreConfigSchema is the resource's schema, which is shared: it must not be changed.
func (r *Resource) CoreConfigSchema() *configschema.Block {
	if built, ok := builtSchemas.Load(r); ok {
		return built.(*configschema.Block)
	}
	built, _ := builtSchemas.LoadOrStore(r, r.buildCoreConfigSchema())
	return built.(*configschema.Block)
}
`)
}

// holdImpliedType gives a schema the place in which rememberImpliedType keeps its type.
func holdImpliedType(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{"import (\n", "import (\n\t\"sync/atomic\"\n"},
		{"type Block struct {\n", "type Block struct {\n\timplied atomic.Pointer[cty.Type]\n\n"},
	}, "")
}

// rememberImpliedType works the type of a schema out once. It is asked for at every level of every value.
func rememberImpliedType(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{"func (b *Block) ImpliedType() cty.Type {\n", "func (b *Block) computeImpliedType() cty.Type {\n"},
	}, `
// ImpliedType is what computeImpliedType says, remembered: a schema in use does not change.
func (b *Block) ImpliedType() cty.Type {
	if b == nil {
		return cty.EmptyObject
	}
	if known := b.implied.Load(); known != nil {
		return *known
	}
	computed := b.computeImpliedType()
	b.implied.Store(&computed)
	return computed
}
`)
}

// shareTypes lets object types that are equal share one map of attributes, so that comparing two of them ends at once
// where it would walk through all they hold: Terraform's values carry their types with them and compare them at every level.
//
// Equals still decides as before: sharing only adds the answer "equal" for one and the same map, whose attributes equal
// themselves, and a map takes the place of another only when Equals has found each of its attributes equal.
func shareTypes(path string) ([]byte, error) {
	return sharing(path, "\t\t\tAttrTypes: attrTypesNorm,\n", "\t\t\tAttrTypes: shareAttributes(attrTypesNorm),\n", "sameMap(t.AttrTypes, ot.AttrTypes)")
}

// shareNewerTypes does the same for the original of that package, which the bridge uses besides. Its object types can have
// optional attributes; those share nothing.
func shareNewerTypes(path string) ([]byte, error) {
	return sharing(path, "\treturn Type{\n\t\ttypeObject{\n\t\t\tAttrTypes:    attrTypesNorm,\n",
		"\tif optionalSet == nil {\n\t\tattrTypesNorm = shareAttributes(attrTypesNorm)\n\t}\n"+
			"\treturn Type{\n\t\ttypeObject{\n\t\t\tAttrTypes:    attrTypesNorm,\n",
		"len(t.AttrOptional)+len(ot.AttrOptional) == 0 && sameMap(t.AttrTypes, ot.AttrTypes)")
}

func sharing(path, from, to, same string) ([]byte, error) {
	const comparison = "\tif ot, ok := other.typeImpl.(typeObject); ok {\n"
	return replaced(path, []replacement{
		{"import (\n\t\"fmt\"\n", "import (\n\t\"fmt\"\n\t\"hash/maphash\"\n\t\"reflect\"\n\t\"sync\"\n"},
		{from, to},
		{
			comparison + "\t\tif len(t.AttrTypes) != len(ot.AttrTypes) {\n",
			comparison + "\t\tif " + same + " {\n\t\t\treturn true\n\t\t}\n\t\tif len(t.AttrTypes) != len(ot.AttrTypes) {\n",
		},
	}, sharedTypes)
}

const sharedTypes = `
// shared holds each map of attributes once, by its hash. It is never emptied: the types of a provider are few.
var shared = struct {
	sync.RWMutex
	byHash map[uint64][]map[string]Type
}{byHash: map[uint64][]map[string]Type{}}

var sharedSeed = maphash.MakeSeed()

// shareAttributes returns the map that is known to be equal, or makes this one known.
func shareAttributes(attrTypes map[string]Type) map[string]Type {
	hash, ok := hashAttributes(attrTypes)
	if !ok {
		return attrTypes
	}
	shared.RLock()
	known := findShared(hash, attrTypes)
	shared.RUnlock()
	if known != nil {
		return known
	}
	shared.Lock()
	defer shared.Unlock()
	if known := findShared(hash, attrTypes); known != nil {
		return known
	}
	shared.byHash[hash] = append(shared.byHash[hash], attrTypes)
	return attrTypes
}

func findShared(hash uint64, attrTypes map[string]Type) map[string]Type {
	for _, known := range shared.byHash[hash] {
		if equalAttributes(known, attrTypes) {
			return known
		}
	}
	return nil
}

func equalAttributes(a, b map[string]Type) bool {
	if len(a) != len(b) {
		return false
	}
	for name, ty := range a {
		other, ok := b[name]
		if !ok || !ty.Equals(other) {
			return false
		}
	}
	return true
}

// hashAttributes does not depend on the order of the attributes. It fails for types that cannot be compared yet.
func hashAttributes(attrTypes map[string]Type) (hash uint64, ok bool) {
	hash = uint64(len(attrTypes))
	for name, ty := range attrTypes {
		typeHash, ok := hashType(ty)
		if !ok {
			return 0, false
		}
		hash += mixHash(maphash.String(sharedSeed, name), typeHash)
	}
	return hash, true
}

// hashType is equal for equal types. The map of an object's attributes is shared already, so its address stands for it.
func hashType(ty Type) (hash uint64, ok bool) {
	switch impl := ty.typeImpl.(type) {
	case nil:
		return 0, false
	case primitiveType:
		return uint64(impl.Kind), true
	case typeList:
		hash, ok = hashType(impl.ElementTypeT)
		return mixHash(1, hash), ok
	case typeSet:
		hash, ok = hashType(impl.ElementTypeT)
		return mixHash(2, hash), ok
	case typeMap:
		hash, ok = hashType(impl.ElementTypeT)
		return mixHash(3, hash), ok
	case typeObject:
		return mixHash(4, uint64(reflect.ValueOf(impl.AttrTypes).Pointer())), true
	case typeTuple:
		hash = 5
		for _, element := range impl.ElemTypes {
			elementHash, ok := hashType(element)
			if !ok {
				return 0, false
			}
			hash = mixHash(hash, elementHash)
		}
		return hash, true
	}
	return 6, true // any other type; Equals tells them apart
}

func mixHash(a, b uint64) uint64 {
	a = (a ^ b*0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
	return a ^ a>>31
}

func sameMap(a, b map[string]Type) bool {
	return reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer()
}
`
