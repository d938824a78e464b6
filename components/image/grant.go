package image

import (
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// Grant is what an identity may do with a repository. PolicyJSON is the policy for a role.
type Grant = policydoc.Grant

// Pull lets an identity pull the images of the repository: the execution role of a service.
func (r *Repository) Pull() Grant { return r.grant("Pull", pullActions) }

// Push lets an identity push images, and not delete any: the role of CI.
func (r *Repository) Push() Grant { return r.grant("Push", pushActions) }

// grant adds the login, which ECR gives for the whole registry or not at all.
func (r *Repository) grant(verb string, actions []string) Grant {
	from := policydoc.Source{Type: RepositoryType, Name: r.name, Location: r.location}
	return policydoc.NewGrant(from, verb+"()", r.RepositoryArn.ApplyT(func(arn string) []iampolicy.Statement {
		return []iampolicy.Statement{
			{
				Sid: verb + "Login", Effect: iampolicy.Allow, Actions: []string{"ecr:GetAuthorizationToken"},
				Resources: []string{"*"},
			},
			{Sid: verb + "Images", Effect: iampolicy.Allow, Actions: actions, Resources: []string{arn}},
		}
	}).(policydoc.Statements))
}
