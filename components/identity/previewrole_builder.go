package identity

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
)

// previewRoleBuilder makes one preview role.
type previewRoleBuilder struct {
	component.Base
	args *PreviewRoleArgs
	out  *PreviewRole
	// pipeline is what it has in common with other roles of pipelines.
	pipeline pipelineBuilder
}

func (b *previewRoleBuilder) build(opts []pulumi.ResourceOption) (*PreviewRole, error) {
	b.out = &PreviewRole{}
	b.pipeline = pipelineBuilder{Base: &b.Base, want: b.args.pipeline()}
	p := &b.pipeline
	return component.Build(&b.Base, b.out, opts, p.warn, p.role, p.state, p.managed, b.outputs)
}

func (b *previewRoleBuilder) outputs() error {
	made := b.pipeline.made
	b.out.RoleArn, b.out.RoleName, b.out.Role = made.role.Arn, made.role.Name, made.role
	b.out.PolicyArns, b.out.policies = made.arns.ToStringArrayOutput(), made.policies
	b.out.StatePolicy = made.state
	return nil
}

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
