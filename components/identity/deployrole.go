package identity

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// DeployRoleType is the type token of DeployRole.
const DeployRoleType = "bulwark:identity:DeployRole"

// DeployRole is the role with which a pipeline deploys a stack. See NewDeployRole.
type DeployRole struct {
	pulumi.ResourceState

	// RoleArn is the ARN of the role, for role-to-assume in the workflow.
	RoleArn pulumi.StringOutput `pulumi:"roleArn"`
	// RoleName is the name of the role.
	RoleName pulumi.StringOutput `pulumi:"roleName"`
	// PolicyArns are the ARNs of its managed policies.
	PolicyArns pulumi.StringArrayOutput `pulumi:"policyArns"`

	// Role is the role itself.
	Role *iam.Role `pulumi:"role" provider:"type=aws@6.83.2:iam/role:Role"`
	// StatePolicy lets it use Pulumi's state; nil without DeployRoleArgs.State.
	StatePolicy *iam.RolePolicy

	policies []*iam.Policy
}

// NewDeployRole creates the role that a job of GitHub Actions assumes to deploy a stack, without any access key. Only
// jobs of the repository that run in the protected environment get it: no pull request, no branch, no other repository.
//
// What the role may do is derived from the calls that a deployment of Bulwark's stack makes, and kept to names and tags
// of the project and environment of the labels. Deploy the role from a stack of its own, with an administrator's
// credentials: it cannot change itself. It reports all problems with the arguments at once, before it creates anything.
func NewDeployRole(
	ctx *pulumi.Context, name string, args *DeployRoleArgs, opts ...pulumi.ResourceOption,
) (*DeployRole, error) {
	b := &deployRoleBuilder{Base: component.NewBase(ctx, DeployRoleType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check()); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Policies are the role's managed policies.
func (r *DeployRole) Policies() []*iam.Policy { return slices.Clone(r.policies) }
