package overlay

// shareTypes lets object types that are equal share one map of attributes, so that comparing two of them ends at once
// where it would walk through all they hold. Terraform's values carry their types with them and compare them at every
// level; the nested rule statements of a web ACL make that seconds of each Diff.
//
// Equals still decides as before: sharing only adds the answer "equal" for one and the same map, whose attributes equal
// themselves, and a map takes the place of another only when Equals has found each of its attributes equal.
func shareTypes(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{"import (\n\t\"fmt\"\n)", "import (\n\t\"fmt\"\n\t\"hash/maphash\"\n\t\"reflect\"\n\t\"sync\"\n)"},
		{"\t\t\tAttrTypes: attrTypesNorm,\n", "\t\t\tAttrTypes: shareAttributes(attrTypesNorm),\n"},
		{
			"\tif ot, ok := other.typeImpl.(typeObject); ok {\n\t\tif len(t.AttrTypes) != len(ot.AttrTypes) {\n",
			"\tif ot, ok := other.typeImpl.(typeObject); ok {\n\t\tif sameMap(t.AttrTypes, ot.AttrTypes) {\n\t\t\treturn true\n\t\t}\n" +
				"\t\tif len(t.AttrTypes) != len(ot.AttrTypes) {\n",
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
