package identity

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// roleArgs say how to make a role.
type roleArgs struct {
	name, description string
	labels            tagging.Labels
	boundary          pulumi.StringInput
	trust             policydoc.Statements
	// sessionSeconds is how long a session may last; zero is IAM's default of an hour.
	sessionSeconds int
	// after has to be known before the role is made.
	after pulumi.StringOutput
}

// newRole makes the role of a component. The policy comes first: one that is refused leaves no role behind.
func newRole(b *component.Base, args roleArgs) (*iam.Role, error) {
	trust := pulumi.All(args.trust.JSON(iampolicy.TrustPolicy), args.after).
		ApplyT(func(values []any) string { return values[0].(string) }).(pulumi.StringOutput)
	role := &iam.RoleArgs{
		Name: pulumi.String(args.name), Description: pulumi.String(args.description),
		AssumeRolePolicy: trust, Tags: args.labels.Tags(b.Name),
	}
	if args.boundary != nil {
		role.PermissionsBoundary = b.Checked(args.boundary, checkBoundary).ToStringPtrOutput()
	}
	if args.sessionSeconds != 0 {
		role.MaxSessionDuration = pulumi.Int(args.sessionSeconds)
	}
	return iam.NewRole(b.Ctx, b.Name, role, b.Parent)
}

// armed is the ARN of a role once its policy is there: what is given the role waits for its permissions too, and a
// service that loses them with its role can still be deleted.
func armed(role *iam.Role, policy *iam.RolePolicy) pulumi.StringOutput {
	if policy == nil {
		return role.Arn
	}
	first := func(values []any) string { return values[0].(string) }
	return pulumi.All(role.Arn, policy.ID()).ApplyT(first).(pulumi.StringOutput)
}

// newRolePolicy makes the inline policy of a role.
func newRolePolicy(
	b *component.Base, role *iam.Role, name string, document pulumi.StringOutput,
) (*iam.RolePolicy, error) {
	return iam.NewRolePolicy(b.Ctx, b.Name, &iam.RolePolicyArgs{
		Name: pulumi.String(name), Role: role.Name, Policy: document,
	}, b.Parent)
}

// checkBoundary checks the ARN of a permissions boundary: a policy of the role's own account, or one of AWS's.
func checkBoundary(arn string, in account.Info) validate.Problems {
	return validate.PermissionsBoundary("permissionsBoundaryArn", arn, in.ID)
}

// checkRole checks what all roles are given: labels, name and boundary.
func checkRole(labels tagging.Labels, name string, boundary pulumi.StringInput) validate.Problems {
	var ps validate.Problems
	ps.Add(labels.Check("labels")...)
	ps.Add(validate.RoleName("roleName", name)...)
	if arn, ok := component.Literal(boundary); ok {
		ps.Add(validate.PermissionsBoundary("permissionsBoundaryArn", arn, "")...)
	}
	return ps
}

// roleName is the name given, or one made of the labels, the name of the component and an ending.
func roleName(given string, labels tagging.Labels, name, ending string) string {
	return cmp.Or(given, naming.Role(naming.Base(labels.Project, labels.Environment, name), ending))
}

func (a *TaskRoleArgs) roleName(name string) string {
	return roleName(a.RoleName, a.Labels, name, "-task")
}

func (a *ExecutionRoleArgs) roleName(name string) string {
	return roleName(a.RoleName, a.Labels, name, "-execution")
}

// tasksTrust lets ECS assume the role, for tasks of this account and region. ECS does not support a cluster there.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
func tasksTrust(b *component.Base) policydoc.Statements {
	return b.Location().ApplyT(trustTasks).(policydoc.Statements)
}

func trustTasks(in account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "Tasks", Effect: iampolicy.Allow, Actions: []string{"sts:AssumeRole"},
		Principals: iampolicy.Principals{Service: []string{"ecs-tasks.amazonaws.com"}},
		Conditions: []iampolicy.Condition{
			{Operator: "ArnLike", Key: "aws:SourceArn", Values: []string{in.ARN("ecs", in.Region, "*")}},
			{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{in.ID}},
		},
	}}
}
