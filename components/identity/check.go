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
