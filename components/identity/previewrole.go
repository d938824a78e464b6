package identity

import (
	"cmp"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
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
// refreshes read, and changes nothing. Only jobs of the repository that run in the environment get it. Pull requests get
// it through that environment, never by being pull requests: every workflow of the repository can say that of itself.
//
// Whoever has the role can read the stack's state, and decrypt its secrets if PulumiState.SecretsKeyArn is given: let the
// environment's protection rules ask for a review. It reports all problems with the arguments at once, before it creates
// anything.
func NewPreviewRole(
	ctx *pulumi.Context, name string, args *PreviewRoleArgs, opts ...pulumi.ResourceOption,
) (*PreviewRole, error) {
	args = component.OrEmpty(args)
	b := &pipelineBuilder{Base: component.NewBase(ctx, PreviewRoleType, name), want: args.pipeline()}
	if err := b.Err(args.check()); err != nil {
		return nil, err
	}
	out := &PreviewRole{}
	return component.Build(&b.Base, out, opts, append(b.steps(), func() error {
		out.RoleArn, out.RoleName, out.Role = b.made.role.Arn, b.made.role.Name, b.made.role
		out.PolicyArns, out.policies = b.made.arns.ToStringArrayOutput(), b.made.policies
		out.StatePolicy = b.made.state
		return nil
	})...)
}

// Policies are the role's managed policies.
func (r *PreviewRole) Policies() []*iam.Policy { return slices.Clone(r.policies) }

func (a *PreviewRoleArgs) pipeline() pipeline {
	return pipeline{
		labels: a.Labels, provider: a.Provider, providerArn: a.ProviderArn, repository: a.Repository,
		environment: a.gitHubEnvironment(), given: a.Subjects, roleName: a.roleName(), state: a.State,
		documents: a.PolicyDocuments, sessionMinutes: cmp.Or(a.SessionMinutes, 60), boundary: a.PermissionsBoundaryArn,
		readOnly: true,
		scope: deploypolicy.Scope{
			Project: a.Labels.Project, Environment: a.Labels.Environment, Regions: a.Regions,
		},
		policies:    deploypolicy.ReadOnly,
		description: "Previews " + a.Labels.Project + " " + a.Labels.Environment,
	}
}
