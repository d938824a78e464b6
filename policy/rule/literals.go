package rule

import (
	"maps"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"
)

// maxDepth bounds how deep Literals and Parsed go: deeper than any property of AWS, and no further than a stack can bear.
const maxDepth = 64

// Literals calls check for every text inside the value, however deep. When all are checked and one is not yet known, the
// rule ends as it does when it reads such a value.
func (v Value) Literals(check func(text Value)) {
	var unknown *Value
	v.literals(check, &unknown, 0)
	if unknown != nil {
		panic(notYetKnown{*unknown})
	}
}

func (v Value) literals(check func(text Value), unknown **Value, depth int) {
	if v.unknown {
		if *unknown == nil {
			*unknown = &v
		}
		return
	}
	if depth > maxDepth || v.opaque {
		return
	}
	switch kind := v.pb.GetKind().(type) {
	case *structpb.Value_StringValue:
		check(v)
	case *structpb.Value_ListValue:
		for i := range kind.ListValue.GetValues() {
			v.element(i).literals(check, unknown, depth+1)
		}
	case *structpb.Value_StructValue:
		for _, key := range slices.Sorted(maps.Keys(kind.StructValue.GetFields())) {
			v.field(key).literals(check, unknown, depth+1)
		}
	}
}
