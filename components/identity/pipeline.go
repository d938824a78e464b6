package identity

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// pipeline is what the roles of pipelines have in common: the arguments with every default filled in.
type pipeline struct {
	labels         tagging.Labels
	provider       *GitHubProvider
	providerArn    pulumi.StringInput
	repository     GitHubRepository
	environment    string
	given          []string // subjects of their own
	roleName       string
	state          *PulumiState
	documents      []string
	sessionMinutes int
	boundary       pulumi.StringInput
	// readOnly says that the role changes nothing.
	readOnly bool
	// scope is what the policies are kept to, as far as the program wrote it down.
	scope deploypolicy.Scope
	// policies are those for a scope.
	policies func(deploypolicy.Scope) ([]deploypolicy.Policy, error)
	// description is that of the role.
	description string
}

func (p pipeline) subjects() []string {
	if len(p.given) > 0 {
		return p.given
	}
	return p.repository.subjects(p.environment)
}

// in is the scope in an account.
func (p pipeline) in(info account.Info) deploypolicy.Scope {
	scope := p.scope
	scope.Account, scope.Partition = info.ID, info.Partition
	return scope
}

// anyAccount stands for the account until it is known: the number and names of the policies do not depend on it.
func (p pipeline) anyAccount() account.Info {
	info := account.Info{ID: "123456789012", Partition: "aws"}
	if arn, ok := validate.ParseARN(p.scope.Boundary); ok {
		info.Partition = arn.Partition
		if arn.Account != "aws" {
			info.ID = arn.Account
		}
	}
	return info
}

// pipelineMade is what the roles of pipelines consist of.
type pipelineMade struct {
	role     *iam.Role
	state    *iam.RolePolicy
	policies []*iam.Policy
	arns     pulumi.StringArray
}

// pipelineBuilder makes the role of a pipeline, step by step, for the builder of its component.
type pipelineBuilder struct {
	*component.Base
	want pipeline
	made pipelineMade
}

// warn says that a trust by names alone may not last.
func (b *pipelineBuilder) warn() error {
	if b.want.repository.Id != "" || len(b.want.given) > 0 {
		return nil
	}
	return b.Ctx.Log.Warn(fmt.Sprintf("%s %q: repository has no ids: its workflows are refused once GitHub names the "+
		"repository by its ids, as it does for those created, renamed or transferred since July 2026; set ownerId and id",
		b.Type, b.Name), &pulumi.LogArgs{})
}

func (b *pipelineBuilder) role() (err error) {
	provider := b.want.providerArn
	if b.want.provider != nil {
		provider = b.want.provider.ProviderArn
	}
	trust := b.Checked(provider, checkProviderArn).ApplyT(func(arn string) []iampolicy.Statement {
		return gitHubTrust(arn, b.want.subjects())
	}).(policydoc.Statements)
	b.made.role, err = newRole(b.Base, roleArgs{
		name: b.want.roleName, labels: b.want.labels, boundary: b.want.boundary, description: b.want.description,
		trust: trust, after: component.None(), sessionSeconds: 60 * b.want.sessionMinutes,
	})
	return err
}

// state lets the role use Pulumi's state, in a policy of the role's own: the managed ones are counted.
func (b *pipelineBuilder) state() (err error) {
	if b.want.state == nil {
		return nil
	}
	statements := b.want.state.statements(b.Base, b.want.readOnly)
	b.made.state, err = newRolePolicy(b.Base, b.made.role, "state", statements.JSON(iampolicy.RolePolicy))
	return err
}

// managed makes and attaches the managed policies.
func (b *pipelineBuilder) managed() error {
	names, err := b.want.policies(b.want.in(b.want.anyAccount()))
	if err != nil {
		return err
	}
	for i, p := range names {
		text := b.Location().ApplyT(func(in account.Info) (string, error) {
			policies, err := b.want.policies(b.want.in(in))
			if err != nil {
				return "", err
			}
			return policies[i].Document.Render()
		}).(pulumi.StringOutput)
		if err := b.attach(p.Name, text); err != nil {
			return err
		}
	}
	for i, document := range b.want.documents {
		d, _ := iampolicy.ParseAs(iampolicy.ManagedPolicy, document) // which the check did
		text, err := d.Canonical().Render()
		if err != nil {
			return err
		}
		if err := b.attach(fmt.Sprintf("own-%d", i+1), pulumi.String(text).ToStringOutput()); err != nil {
			return err
		}
	}
	return nil
}

func (b *pipelineBuilder) attach(name string, text pulumi.StringOutput) error {
	child := b.Name + "-" + name
	policy, err := iam.NewPolicy(b.Ctx, child, &iam.PolicyArgs{
		Name: pulumi.String(b.want.roleName + "-" + name), Policy: text, Tags: b.want.labels.Tags(child),
		Description: pulumi.String(b.want.description + ": " + name),
	}, b.Parent)
	if err != nil {
		return err
	}
	_, err = iam.NewRolePolicyAttachment(b.Ctx, child, &iam.RolePolicyAttachmentArgs{
		Role: b.made.role.Name, PolicyArn: policy.Arn,
	}, b.Parent)
	b.made.policies, b.made.arns = append(b.made.policies, policy), append(b.made.arns, policy.Arn)
	return err
}
