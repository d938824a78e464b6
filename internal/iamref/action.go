package iamref

import (
	"slices"
	"strings"
)

// Level is what AWS says an action does at most.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
type Level string

// The access levels.
const (
	List        Level = "List"
	Read        Level = "Read"
	Write       Level = "Write"
	Tagging     Level = "Tagging"
	Permissions Level = "Permissions management"
)

// Action is one thing that a policy can allow.
type Action struct {
	// Service is the prefix, such as s3; Name what follows it.
	Service, Name string
	Level         Level
	// Types are the types of resources that it can be kept to. Without any, a policy has to allow it on "*".
	Types []*ResourceType

	keys []*keyPattern
}

// ResourceType is a kind of resource of a service.
type ResourceType struct {
	// Name is what AWS calls it, such as object; ARN is its form: arn:${Partition}:s3:::${BucketName}/${ObjectName}.
	Name, ARN string

	form arnForm
	keys []*keyPattern
}

// String is the action as policies name it: s3:GetObject.
func (a Action) String() string { return a.Service + ":" + a.Name }

// Takes tells whether a resource in a policy, with wildcards or without, can mean something that the action is about. "*"
// always does.
func (a Action) Takes(resource string) bool {
	return onlyStars(resource) || slices.ContainsFunc(a.Types, func(t *ResourceType) bool { return t.form.fits(resource) })
}

// Knows tells whether a request for the action can carry a condition key, whose case does not matter: one of the action,
// of a resource type that it takes, or of all of AWS.
func (a Action) Knows(key string) bool {
	key = strings.ToLower(key)
	switch {
	case anyKey(a.keys, key), slices.ContainsFunc(a.Types, func(t *ResourceType) bool { return anyKey(t.keys, key) }):
		return true
	case requestedTags(key):
		return false // global in name only: the reference lists them for each action that has them
	}
	return anyKey(globalKeys(), key) || a.webIdentity() && claim(key)
}

// Lookup finds an action by its name, such as s3:GetObject, whose case does not matter.
func Lookup(name string) (Action, bool) {
	prefix, name, _ := strings.Cut(name, ":")
	s, ok := find(prefix)
	if !ok {
		return Action{}, false
	}
	a, ok := s.byName[strings.ToLower(name)]
	if !ok {
		return Action{}, false
	}
	return *a, true
}

// Match are the actions that a pattern of a policy means, such as s3:Get* or "*", by service and name. The case does not
// matter.
func Match(pattern string) []Action {
	if !strings.ContainsAny(pattern, "*?") {
		if a, ok := Lookup(pattern); ok {
			return []Action{a}
		}
		return nil
	}
	prefix, name, _ := strings.Cut(strings.ToLower(pattern), ":")
	if onlyStars(pattern) {
		name = "*"
	}
	if s, ok := find(prefix); ok {
		return s.match(name)
	}
	services := matcher(prefix)
	var found []Action
	for _, candidate := range Services() {
		if services(candidate) {
			s, _ := find(candidate)
			found = append(found, s.match(name)...)
		}
	}
	return found
}

// match are the actions of the service that a pattern in lower case means. The caller does not change them.
func (s *service) match(pattern string) []Action {
	if onlyStars(pattern) {
		return s.actions
	}
	means := matcher(pattern)
	var found []Action
	for i := range s.actions {
		if means(s.lower[i]) {
			found = append(found, s.actions[i])
		}
	}
	return found
}
