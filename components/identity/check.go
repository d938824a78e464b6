package identity

import (
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a task role of that name.
func (a *TaskRoleArgs) check(name string) validate.Problems {
	ps := checkRole(a.Labels, a.roleName(name), a.PermissionsBoundaryArn)
	ps.Add(policydoc.CheckGrants("grants", a.Grants)...)
	return append(ps, checkStatements("statements", a.Statements)...)
}

// check reports all that is wrong with the arguments of a provider.
func (a *GitHubProviderArgs) check() validate.Problems {
	return append(a.Labels.Check("labels"), a.Lifecycle.Check("lifecycle")...)
}

// check reports all that is wrong with the arguments of a deploy role.
func (a *DeployRoleArgs) check() validate.Problems { return a.pipeline().check() }

// check reports all that is wrong with the arguments of a preview role.
func (a *PreviewRoleArgs) check() validate.Problems { return a.pipeline().check() }
