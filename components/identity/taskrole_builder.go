package identity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// taskRoleBuilder makes one task role.
type taskRoleBuilder struct {
	component.Base
	args *TaskRoleArgs
	out  *TaskRole
}

func (b *taskRoleBuilder) build(opts []pulumi.ResourceOption) (*TaskRole, error) {
	b.out = &TaskRole{}
	return component.Build(&b.Base, b.out, opts, b.policyJSON, b.role, b.policy)
}

// policyJSON composes the policy, before the role is made: what is wrong with it leaves nothing behind.
func (b *taskRoleBuilder) policyJSON() error {
	b.out.PolicyJson = component.None()
	parts := append(policydoc.Parts("grants", b.args.Grants), statementParts(&b.Base, "statements", b.args.Statements)...)
	if len(parts) > 0 {
		b.out.PolicyJson = policydoc.Composition{
			Kind: iampolicy.RolePolicy, In: b.Location(), Parts: parts, Err: b.Err, Closing: b.args.denials,
			Forbidden: escalates,
		}.JSON()
	}
	return nil
}

func (b *taskRoleBuilder) role() (err error) {
	b.out.Role, err = newRole(&b.Base, roleArgs{
		name: b.args.roleName(b.Name), labels: b.args.Labels, boundary: b.args.PermissionsBoundaryArn,
		description: "What the application of " + b.Name + " may do", trust: tasksTrust(&b.Base), after: b.out.PolicyJson,
	})
	return err
}

func (b *taskRoleBuilder) policy() (err error) {
	if len(b.args.Grants)+len(b.args.Statements) > 0 {
		b.out.Policy, err = newRolePolicy(&b.Base, b.out.Role, "permissions", b.out.PolicyJson)
	}
	if err == nil {
		b.out.RoleArn, b.out.RoleName = armed(b.out.Role, b.out.Policy), b.out.Role.Name
	}
	return err
}

// denials keep the role from more permissions than it has, whatever is attached to it later: it cannot touch IAM, and
// gets no credentials but its own.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
func (a *TaskRoleArgs) denials(account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "DenyEscalation", Effect: iampolicy.Deny, Actions: escalating, Resources: []string{"*"},
	}}
}

// escalating are the actions that hand out permissions or credentials.
var escalating = []string{"iam:*", "sts:AssumeRole", "sts:AssumeRoot", "sts:GetFederationToken"}
