package identity

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// ExecutionRoleType is the type token of ExecutionRole.
const ExecutionRoleType = "bulwark:identity:ExecutionRole"

// ExecutionRole is the role with which ECS starts a task. See NewExecutionRole.
type ExecutionRole struct {
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

// NewExecutionRole creates the role with which ECS pulls the images, opens the logs and reads the secrets of a task,
// before its containers run: exactly those that the arguments name. The application does not have it. It reports all
// problems with the arguments at once, before it creates anything.
func NewExecutionRole(
	ctx *pulumi.Context, name string, args *ExecutionRoleArgs, opts ...pulumi.ResourceOption,
) (*ExecutionRole, error) {
	b := &executionRoleBuilder{Base: component.NewBase(ctx, ExecutionRoleType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
