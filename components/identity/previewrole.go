package identity

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// PreviewRoleType is the type token of PreviewRole.
const PreviewRoleType = "bulwark:identity:PreviewRole"

// PreviewRole is the role with which a pipeline previews a stack. See NewPreviewRole.
type PreviewRole struct {
	pulumi.ResourceState

	// RoleArn is the ARN of the role, for role-to-assume in the workflow.
	RoleArn pulumi.StringOutput `pulumi:"roleArn"`
	// RoleName is the name of the role.
	RoleName pulumi.StringOutput `pulumi:"roleName"`
	// PolicyArns are the ARNs of its managed policies.
	PolicyArns pulumi.StringArrayOutput `pulumi:"policyArns"`

	// Role is the role itself.
	Role *iam.Role `pulumi:"role" provider:"type=aws@6.83.2:iam/role:Role"`
	// StatePolicy lets it read Pulumi's state; nil without PreviewRoleArgs.State.
	StatePolicy *iam.RolePolicy

	policies []*iam.Policy
}

// NewPreviewRole creates the role that a job of GitHub Actions assumes to preview a stack: it reads what previews and
// refreshes read, and changes nothing. Only jobs of the repository that run in the environment get it. Pull requests
// get it through that environment, never by being pull requests: every workflow of the repository can say that of
// itself.
//
// Whoever has the role can read the stack's state, and decrypt its secrets if PulumiState.SecretsKeyArn is given: let
// the environment's protection rules ask for a review. It reports all problems with the arguments at once, before it
// creates anything.
func NewPreviewRole(
	ctx *pulumi.Context, name string, args *PreviewRoleArgs, opts ...pulumi.ResourceOption,
) (*PreviewRole, error) {
	b := &previewRoleBuilder{Base: component.NewBase(ctx, PreviewRoleType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check()); err != nil {
		return nil, err
	}
	return b.build(opts)
}

// Policies are the role's managed policies.
func (r *PreviewRole) Policies() []*iam.Policy { return slices.Clone(r.policies) }
