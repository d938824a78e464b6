package iam

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

const github = "token.actions.githubusercontent.com"

// sharedIssuers are the services that sign tokens for all their customers with one key, and how the subject of a token
// begins. Its owner has to be in the condition: the audience is for whoever asks for the token to choose.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
var sharedIssuers = map[string]string{
	"gitlab.com":          "project_path:",
	"app.terraform.io":    "organization:",
	"agent.buildkite.com": "organization:",
}

// subject is a value of a condition on the subject of a token.
type subject struct {
	statement       int
	provider, value string
	// anyOwner: it names no owner; otherwise it takes every branch.
	anyOwner bool
}

// loosest is one reading of the subjects that a statement takes: those that are too loose, unless some condition on the
// subject, or on another of the keys, has none.
func loosest(s iampolicy.Statement, provider string, loose func(string) bool, others ...string) (found []string, asked bool) {
	for _, c := range s.Conditions {
		if slices.ContainsFunc(others, func(key string) bool { return c.On(provider + ":" + key) }) && policies.Fixed(c) {
			return nil, true
		}
		if !c.On(provider+":sub") || !policies.Fixed(c) {
			continue
		}
		values := slices.DeleteFunc(slices.Clone(c.Values), func(v string) bool { return !loose(v) })
		if len(values) == 0 {
			return nil, true
		}
		if !asked {
			found, asked = values, true
		}
	}
	return found, asked
}

// looseSubjects are the subjects with which a trust policy lets in more than one owner of a shared issuer, or every branch
// of a GitHub repository. A statement without a condition on the subject has the empty one.
func looseSubjects(d iampolicy.Document) []subject {
	var loose []subject
	for i, s := range d.Statements {
		if s.Effect != iampolicy.Allow {
			continue
		}
		for _, id := range s.Principals.Federated {
			provider := id[strings.Index(id, "/")+1:]
			if begins, shared := sharedIssuers[provider]; shared {
				values, asked := loosest(s, provider, func(v string) bool { return !namesOwner(v, begins) })
				if !asked {
					values = []string{""}
				}
				for _, value := range values {
					loose = append(loose, subject{statement: i, provider: provider, value: value, anyOwner: true})
				}
			}
			if provider == github {
				values, _ := loosest(s, provider, anyRef, "ref", "environment", "job_workflow_ref")
				for _, value := range values {
					loose = append(loose, subject{statement: i, provider: provider, value: value})
				}
			}
		}
	}
	return loose
}

// namesOwner tells whether the first part of a subject names the owner: organization:acme:..., project_path:acme/...
func namesOwner(value, begins string) bool {
	rest, ok := strings.CutPrefix(value, begins)
	owner, _, more := strings.Cut(rest, ":")
	owner, _, _ = strings.Cut(owner, "/")
	return ok && more && owner != "" && !strings.ContainsAny(owner, "*?")
}

// anyRef tells whether a subject, repo:owner/name:rest, takes every branch, tag and pull request, or every branch.
func anyRef(value string) bool {
	parts := strings.SplitN(value, ":", 3)
	if len(parts) < 3 {
		return false
	}
	rest := parts[2]
	for _, begins := range []string{"ref:refs/heads/", "ref:refs/tags/", "ref:refs/", "ref:", "environment:"} {
		rest = strings.TrimPrefix(rest, begins)
	}
	return slices.Contains([]string{"*", "**", "?*", "*/*"}, rest)
}
