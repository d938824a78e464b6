package identity

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// GitHubRepository is the repository whose workflows may assume a role.
//
// GitHub names a repository in its tokens in one of two forms: by its names (repo:acme/infra), or, if it was created,
// renamed or transferred since July 2026, by names and ids (repo:acme@1234/infra@5678). With the ids a trust lists
// both, and a rename locks nobody out but a stranger who takes over the old name. `gh api repos/acme/infra` shows them:
// .owner.id and .id.
// Source: https://docs.github.com/en/actions/reference/security/oidc
type GitHubRepository struct {
	// Owner is the organisation or user, spelled as GitHub does: capitals matter.
	Owner string `pulumi:"owner"`
	// OwnerId is the id of the owner: digits. Give it together with Id.
	OwnerId string `pulumi:"ownerId,optional"`
	// Name is the name of the repository, without the owner.
	Name string `pulumi:"name"`
	// Id is the id of the repository: digits.
	Id string `pulumi:"id,optional"`
}

// The token service of GitHub, and the audience that its tokens for AWS have.
const (
	gitHubHost     = "token.actions.githubusercontent.com"
	gitHubAudience = "sts.amazonaws.com"
)

// prefixes begin the subjects of the repository's tokens, in each form that GitHub may choose.
func (r GitHubRepository) prefixes() []string {
	prefixes := []string{"repo:" + r.Owner + "/" + r.Name + ":"}
	if r.OwnerId != "" && r.Id != "" {
		prefixes = append(prefixes, "repo:"+r.Owner+"@"+r.OwnerId+"/"+r.Name+"@"+r.Id+":")
	}
	return prefixes
}

// subjects are those of jobs that run in an environment. A colon in its name is escaped.
func (r GitHubRepository) subjects(environment string) []string {
	var subjects []string
	for _, prefix := range r.prefixes() {
		subjects = append(subjects, prefix+"environment:"+strings.ReplaceAll(environment, ":", "%3A"))
	}
	return subjects
}

// gitHubTrust lets workflows with these subjects assume a role. Without a wildcard they are compared exactly.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
func gitHubTrust(provider string, subjects []string) []iampolicy.Statement {
	operator := "StringEquals"
	for _, subject := range subjects {
		if strings.ContainsAny(subject, "*?") {
			operator = "StringLike"
		}
	}
	return []iampolicy.Statement{{
		Sid: "GitHub", Effect: iampolicy.Allow, Actions: []string{"sts:AssumeRoleWithWebIdentity"},
		Principals: iampolicy.Principals{Federated: []string{provider}},
		Conditions: []iampolicy.Condition{
			{Operator: "StringEquals", Key: gitHubHost + ":aud", Values: []string{gitHubAudience}},
			{Operator: operator, Key: gitHubHost + ":sub", Values: subjects},
		},
	}}
}
