package identity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// executionRoleBuilder makes one execution role.
type executionRoleBuilder struct {
	component.Base
	args *ExecutionRoleArgs
	out  *ExecutionRole
}

func (b *executionRoleBuilder) build(opts []pulumi.ResourceOption) (*ExecutionRole, error) {
	b.out = &ExecutionRole{}
	return component.Build(&b.Base, b.out, opts, b.policyJSON, b.role, b.policy)
}

// policyJSON composes the policy once all ARNs are known and of the role's account and region.
func (b *executionRoleBuilder) policyJSON() error {
	b.out.PolicyJson = component.None()
	if b.args.empty() {
		return nil
	}
	known := []any{b.Location()}
	for _, list := range b.args.lists() {
		arns := list.arns
		if arns == nil {
			arns = pulumi.StringArray{}
		}
		known = append(known, arns)
	}
	b.out.PolicyJson = pulumi.All(known...).ApplyT(func(values []any) (string, error) {
		in := values[0].(account.Info)
		lists := b.args.lists()
		var ps validate.Problems
		for i, list := range lists {
			lists[i].known = values[i+1].([]string)
			ps.Add(list.check(lists[i].known, in)...)
		}
		ps.Add(checkForSomething(lists)...)
		if err := b.Err(ps); err != nil {
			return "", err
		}
		text, err := iampolicy.Document{Statements: iampolicy.Union(executionStatements(lists, in)...)}.Render()
		if err != nil {
			return "", err
		}
		return text, b.Err(iampolicy.RolePolicy.CheckSize(text))
	}).(pulumi.StringOutput)
	return nil
}

func (b *executionRoleBuilder) role() (err error) {
	b.out.Role, err = newRole(&b.Base, roleArgs{
		name: b.args.roleName(b.Name), labels: b.args.Labels, boundary: b.args.PermissionsBoundaryArn,
		description: "What ECS needs to start the tasks of " + b.Name, trust: tasksTrust(&b.Base), after: b.out.PolicyJson,
	})
	return err
}

func (b *executionRoleBuilder) policy() (err error) {
	if !b.args.empty() {
		b.out.Policy, err = newRolePolicy(&b.Base, b.out.Role, "permissions", b.out.PolicyJson)
	}
	if err == nil {
		b.out.RoleArn, b.out.RoleName = armed(b.out.Role, b.out.Policy), b.out.Role.Name
	}
	return err
}
