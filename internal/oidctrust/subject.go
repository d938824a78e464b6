package oidctrust

import (
	"strings"
)

// Context is what a job runs for, as the subject of its token says.
type Context string

// The contexts of GitHub's default subjects.
// Source: https://docs.github.com/en/actions/reference/security/oidc
const (
	// Environment: the job names an environment.
	Environment Context = "environment"
	// Branch and Tag: the job runs for a push to one, and names no environment.
	Branch Context = "branch"
	Tag    Context = "tag"
	// PullRequest: the job runs for a pull request, and names no environment.
	PullRequest Context = "pull request"
	// Custom: the repository's template for subjects says something else.
	Custom Context = "custom"
)

// Subject is the subject of a token of GitHub's, in its parts.
type Subject struct {
	// Raw is the whole.
	Raw string
	// Owner and Name are those of the repository. OwnerID and NameID are their ids, which subjects have that cannot be taken
	// over with a name; empty in the classic form.
	Owner, OwnerID, Name, NameID string
	Context                      Context
	// Value is the environment, branch or tag, or what else follows the repository.
	Value string
}

// ParseSubject takes a subject apart. It reports false for one that is not about a repository.
func ParseSubject(text string) (Subject, bool) {
	rest, ok := strings.CutPrefix(text, "repo:")
	if !ok {
		return Subject{Raw: text}, false
	}
	repository, context, _ := strings.Cut(rest, ":")
	owner, name, ok := strings.Cut(repository, "/")
	if !ok || owner == "" || name == "" {
		return Subject{Raw: text}, false
	}
	s := Subject{Raw: text, Context: Custom, Value: context}
	s.Owner, s.OwnerID, _ = strings.Cut(owner, "@")
	s.Name, s.NameID, _ = strings.Cut(name, "@")
	if value, ok := strings.CutPrefix(context, "environment:"); ok && !strings.Contains(value, ":") {
		s.Context, s.Value = Environment, value
	} else if value, ok := strings.CutPrefix(context, "ref:refs/heads/"); ok && !strings.Contains(value, ":") {
		s.Context, s.Value = Branch, value
	} else if value, ok := strings.CutPrefix(context, "ref:refs/tags/"); ok && !strings.Contains(value, ":") {
		s.Context, s.Value = Tag, value
	} else if context == "pull_request" || strings.HasPrefix(context, "pull_request:") {
		s.Context, s.Value = PullRequest, ""
	}
	return s, true
}

// Immutable tells whether the subject has the ids of owner and repository.
func (s Subject) Immutable() bool { return s.OwnerID != "" && s.NameID != "" }

// repository is the repository by its names.
func (s Subject) repository() string { return s.Owner + "/" + s.Name }

// sameContext tells whether two subjects run for the same.
func (s Subject) sameContext(t Subject) bool { return s.Context == t.Context && s.Value == t.Value }

// what is the context in words.
func (s Subject) what() string {
	switch s.Context {
	case Environment:
		return "the environment " + s.Value
	case Branch:
		return "the branch " + s.Value
	case Tag:
		return "the tag " + s.Value
	case PullRequest:
		return "a pull request"
	}
	return s.Value
}

// wildcards tells whether a pattern means more than one subject.
func wildcards(pattern string) bool { return strings.ContainsAny(pattern, "*?") }
