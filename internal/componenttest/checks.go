package componenttest

import (
	"fmt"
	"slices"
	"strings"
)

// Orphans are the resources that do not descend from a component, except those of the types given, which a test
// program registers itself.
func Orphans(r *Recorder, except ...string) []string {
	registrations := r.Registrations()
	byURN := map[string]Registration{}
	for _, reg := range registrations {
		byURN[reg.URN] = reg
	}
	var found []string
	for _, reg := range registrations {
		if (!reg.Custom && reg.Parent == "") || slices.Contains(except, reg.Type) {
			continue
		}
		ancestor := reg
		for ancestor.Parent != "" {
			next, ok := byURN[ancestor.Parent]
			if !ok {
				break
			}
			ancestor = next
		}
		if ancestor.Custom || ancestor.Parent != "" {
			found = append(found, fmt.Sprintf("%s %q descends from no component", reg.Type, reg.Name))
		}
	}
	return found
}

// Untagged are the resources that AWS gives tags, and that carry none or lack one of the keys.
func Untagged(r *Recorder, keys ...string) []string {
	var found []string
	for _, reg := range r.Registrations() {
		if !reg.Custom || types[reg.Type].untaggable {
			continue
		}
		tags, _ := reg.Input("tags").(map[string]any)
		var missing []string
		for _, key := range keys {
			if text, _ := tags[key].(string); text == "" {
				missing = append(missing, key)
			}
		}
		if len(tags) == 0 || len(missing) > 0 {
			found = append(found, fmt.Sprintf("%s %q lacks tags: %s", reg.Type, reg.Name, strings.Join(missing, ", ")))
		}
	}
	return found
}

// Unprotected are the resources that hold data and could be deleted or would not be retained.
func Unprotected(r *Recorder) []string {
	var found []string
	for _, reg := range r.Registrations() {
		if types[reg.Type].stateful && (!reg.Protect || !reg.RetainOnDelete) {
			found = append(found, fmt.Sprintf("%s %q: protect %t, retainOnDelete %t", reg.Type, reg.Name, reg.Protect, reg.RetainOnDelete))
		}
	}
	return found
}

// Undeletable are the resources that would survive the destruction of a disposable stack.
func Undeletable(r *Recorder) []string {
	var found []string
	for _, reg := range r.Registrations() {
		if reg.Protect || reg.RetainOnDelete {
			found = append(found, fmt.Sprintf("%s %q: protect %t, retainOnDelete %t", reg.Type, reg.Name, reg.Protect, reg.RetainOnDelete))
		}
		if reg.Type == "aws:s3/bucketV2:BucketV2" && reg.Input("forceDestroy") != true {
			found = append(found, fmt.Sprintf("%s %q: no forceDestroy", reg.Type, reg.Name))
		}
	}
	return found
}
