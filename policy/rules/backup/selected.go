package backup

import "github.com/bulwark-iac/bulwark/policy/rule"

// wantSelected reports a selection that takes nothing. A preview does not know the ways that the program does not use, so
// that those which are known come first.
func wantSelected(f *rule.Findings, r *rule.Resource) {
	for _, knownOnly := range []bool{true, false} {
		for _, way := range []struct{ property, names string }{{"resources", ""}, {"selectionTags", "key"}} {
			if elements := r.Get(way.property); (elements.Known() || !knownOnly) && takes(elements, way.names) {
				return
			}
		}
	}
	for _, kind := range []string{"stringEquals", "stringLikes", "stringNotEquals", "stringNotLikes"} {
		for _, condition := range r.All("conditions[*]." + kind) {
			if takes(condition, "key") {
				return
			}
		}
	}
	f.Fail(r, "takes nothing: expected resources, selectionTags or conditions")
}

// takes tells whether a list has an element, by the property that names what it is about; empty for the element itself.
func takes(elements rule.Value, of string) bool {
	for _, element := range elements.List() {
		if element.Get(of).Text() != "" {
			return true
		}
	}
	return false
}
