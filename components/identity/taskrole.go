package identity

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// TaskRoleType is the type token of TaskRole.
const TaskRoleType = "bulwark:identity:TaskRole"

// TaskRole is the role that an application on ECS has. See NewTaskRole.
type TaskRole struct {
	pulumi.ResourceState

	// RoleArn is the ARN of the role. What is given it waits for the role's policy too.
	RoleArn pulumi.StringOutput `pulumi:"roleArn"`
	// RoleName is the name of the role.
	RoleName pulumi.StringOutput `pulumi:"roleName"`
	// PolicyJson is the policy of the role; empty if the role may do nothing.
	PolicyJson pulumi.StringOutput `pulumi:"policyJson"`

	// Role is the role itself.
	Role *iam.Role `pulumi:"role" provider:"type=aws@6.83.2:iam/role:Role"`
	// Policy is its policy; nil if the role may do nothing.
	Policy *iam.RolePolicy
}

// NewTaskRole creates the role that the containers of a task have: what the application may do, and nothing else. Only
// ECS can assume it, for tasks of the same account and region. It reports all problems with the arguments at once,
// before it creates anything.
func NewTaskRole(
	ctx *pulumi.Context, name string, args *TaskRoleArgs, opts ...pulumi.ResourceOption,
) (*TaskRole, error) {
	b := &taskRoleBuilder{Base: component.NewBase(ctx, TaskRoleType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
