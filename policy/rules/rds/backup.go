package rds

import (
	"path"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// selects tells whether a selection of AWS Backup takes an instance: by ARN or by tag, meeting all conditions, and not
// left out by name.
//
// Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
func selects(s *rule.Stack, selection, db *rule.Resource) bool {
	if !namedBy(s, selection, "resources", db) && !slices.ContainsFunc(selection.Get("selectionTags").List(), func(tag rule.Value) bool {
		value, ok := tagOf(db, tag.Get("key").Text())
		return ok && value == tag.Get("value").Text()
	}) {
		return false
	}
	for _, condition := range selection.Get("conditions").List() {
		if !meets(condition, db) {
			return false
		}
	}
	return !namedBy(s, selection, "notResources", db)
}

// namedBy tells whether a list has the instance's ARN, or a pattern of it.
func namedBy(s *rule.Stack, selection *rule.Resource, property string, db *rule.Resource) bool {
	if slices.Contains(s.Referred(selection, property, instance), db) {
		return true
	}
	return slices.ContainsFunc(s.External(selection, property, instance), func(v rule.Value) bool {
		pattern := v.Text()
		if pattern == "*" || !strings.Contains(pattern, "*") {
			return pattern == "*"
		}
		ok, err := path.Match(pattern, db.Get("arn").Text())
		return ok && err == nil
	})
}

// meets tells whether the instance's tags meet all that one block of conditions asks.
func meets(condition rule.Value, db *rule.Resource) bool {
	for _, kind := range []struct {
		name          string
		negated, like bool
	}{{name: "stringEquals"}, {name: "stringNotEquals", negated: true}, {name: "stringLikes", like: true}, {name: "stringNotLikes", negated: true, like: true}} {
		for _, asked := range condition.Get(kind.name).List() {
			value, ok := tagOf(db, strings.TrimPrefix(asked.Get("key").Text(), "aws:ResourceTag/"))
			want := asked.Get("value").Text()
			if kind.like {
				matched, err := path.Match(want, value)
				ok = ok && matched && err == nil
			} else {
				ok = ok && value == want
			}
			if ok == kind.negated {
				return false
			}
		}
	}
	return true
}

// tagOf is a tag of the resource, of its own or from the provider's default tags.
func tagOf(r *rule.Resource, key string) (string, bool) {
	places := []rule.Value{r.Get("tags").At(key)}
	if r.Provider != nil {
		// The engine keeps a provider's objects as JSON.
		places = append(places, r.Provider.Properties.Get("defaultTags").JSON().At("tags", key))
	}
	for _, tag := range places {
		if tag.Exists() {
			return tag.Text(), true
		}
	}
	return "", false
}
