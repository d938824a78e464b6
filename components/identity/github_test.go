package identity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

const (
	someProvider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
	stateBucket  = "arn:aws:s3:::acme-pulumi-state"
	ownDocument  = `{"Version":"2012-10-17","Statement":[{"Sid":"Queues","Effect":"Allow","Action":["sqs:CreateQueue","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:123456789012:acme-*"}]}`
	readDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:GetQueueAttributes","Resource":"arn:aws:sqs:eu-west-1:123456789012:acme-*"}]}`
)

var infra = identity.GitHubRepository{Owner: "acme", OwnerId: "1234", Name: "infra", Id: "5678"}

func state() *identity.PulumiState {
	return &identity.PulumiState{
		BucketArn: pulumi.String(stateBucket), Prefix: "test/", BucketKeyArn: pulumi.String(someKey),
		SecretsKeyArn: pulumi.String("arn:aws:kms:eu-west-1:123456789012:key/00000000-12ab-34cd-56ef-1234567890ab"),
	}
}

func deployRole(change func(*identity.DeployRoleArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := identity.DeployRoleArgs{Labels: labels, ProviderArn: pulumi.String(someProvider), Repository: infra}
		if change != nil {
			change(&args)
		}
		_, err := identity.NewDeployRole(ctx, "deploy", &args)
		return err
	}
}

func previewRole(change func(*identity.PreviewRoleArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := identity.PreviewRoleArgs{Labels: labels, ProviderArn: pulumi.String(someProvider), Repository: infra}
		if change != nil {
			change(&args)
		}
		_, err := identity.NewPreviewRole(ctx, "preview", &args)
		return err
	}
}

func TestGitHubProviderConforms(t *testing.T) {
	provider := func(change func(*identity.GitHubProviderArgs)) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args := identity.GitHubProviderArgs{Labels: labels}
			change(&args)
			_, err := identity.NewGitHubProvider(ctx, "github", &args)
			return err
		}
	}
	minimal := provider(func(*identity.GitHubProviderArgs) {})
	componenttest.Conform(t, componenttest.Case{
		Token: identity.GitHubProviderType, Golden: "github-provider",
		Args: identity.GitHubProviderArgs{}, Component: identity.GitHubProvider{},
		Minimal: minimal, Unknown: minimal,
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := identity.NewGitHubProvider(ctx, "github", nil)
			return err
		},
		Disposable: provider(func(a *identity.GitHubProviderArgs) { a.Lifecycle = lifecycle.Disposable }),
		Bad: []componenttest.Bad{{Name: "labels and lifecycle", Program: provider(func(a *identity.GitHubProviderArgs) {
			a.Labels.Owner, a.Lifecycle = "", "for ever"
		}), Problems: []string{"labels.owner: label-required", "lifecycle: not-supported"}}},
	})
}

func everyDeploy(a *identity.DeployRoleArgs) {
	a.GitHubEnvironment = "production:eu"
	a.RoleName = "ci-deploy"
	a.Regions = []string{"eu-west-1", "eu-central-1"}
	a.AllowDestroy = true
	a.CreatedRoleNames = []string{"acme-shared-*"}
	a.CreatedRoleBoundaryArn = someBoundary
	a.State = state()
	a.PolicyDocuments = []string{ownDocument}
	a.SessionMinutes = 120
	a.PermissionsBoundaryArn = pulumi.String("arn:aws:iam::123456789012:policy/ci-boundary")
}

func TestDeployRoleConforms(t *testing.T) {
	subject := func(text string) pulumi.RunFunc {
		return deployRole(func(a *identity.DeployRoleArgs) { a.Subjects = []string{text} })
	}
	refused := func(name, text string) componenttest.Bad {
		return componenttest.Bad{Name: name, Program: subject(text), Problems: []string{"subjects[0]: github-subject"}}
	}
	componenttest.Conform(t, componenttest.Case{
		Token: identity.DeployRoleType, Golden: "deploy-role",
		Args: identity.DeployRoleArgs{}, Component: identity.DeployRole{},
		Minimal: deployRole(nil),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := identity.NewDeployRole(ctx, "deploy", nil)
			return err
		},
		Unknown: deployRole(func(a *identity.DeployRoleArgs) {
			a.ProviderArn, a.PermissionsBoundaryArn = componenttest.UnknownString(), componenttest.UnknownString()
			a.State = &identity.PulumiState{
				BucketArn: componenttest.UnknownString(), BucketKeyArn: componenttest.UnknownString(),
				SecretsKeyArn: componenttest.UnknownString(),
			}
		}),
		Variants: map[string]pulumi.RunFunc{
			"everything": deployRole(everyDeploy),
			"provider": func(ctx *pulumi.Context) error {
				provider, err := identity.NewGitHubProvider(ctx, "github", &identity.GitHubProviderArgs{Labels: labels})
				if err != nil {
					return err
				}
				_, err = identity.NewDeployRole(ctx, "deploy", &identity.DeployRoleArgs{
					Labels: labels, Provider: provider, Repository: identity.GitHubRepository{Owner: "acme", Name: "infra"},
				})
				return err
			},
			"subjects": subject("repo:acme@1234/infra@5678:environment:prod:job_workflow_ref:acme/flows/.github/workflows/deploy.yml@refs/tags/v*"),
		},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: func(ctx *pulumi.Context) error {
				provider, err := identity.NewGitHubProvider(ctx, "github", &identity.GitHubProviderArgs{Labels: labels})
				if err != nil {
					return err
				}
				_, err = identity.NewDeployRole(ctx, "deploy", &identity.DeployRoleArgs{
					Labels: labels, Provider: provider, ProviderArn: pulumi.String("github"), GitHubEnvironment: "prod*",
					Repository: identity.GitHubRepository{Owner: "ac me", Name: "acme/infra", Id: "x"}, RoleName: "a role",
					Regions: []string{"Ireland"}, CreatedRoleNames: []string{"*"}, CreatedRoleBoundaryArn: "boundary",
					State: &identity.PulumiState{
						Prefix: "/test", BucketKeyArn: pulumi.String("alias/x"), SecretsKeyArn: pulumi.String("alias/x"),
					},
					PolicyDocuments: []string{"{}"}, SessionMinutes: 30, PermissionsBoundaryArn: pulumi.String("x"),
				})
				return err
			}, Problems: []string{
				"roleName: role-name", "permissionsBoundaryArn: permissions-boundary", "providerArn: alternatives",
				"providerArn: provider-arn", "repository.owner: github-name", "repository.name: github-name",
				"repository.ownerId: github-id", "repository.id: github-id", "gitHubEnvironment: github-environment",
				"state.bucketArn: required", "state.prefix: key-prefix-slash", "state.prefix: state-prefix",
				"state.bucketKeyArn: key-arn", "state.secretsKeyArn: key-arn",
				"policyDocuments[0].Statement: policy-element", "sessionMinutes: out-of-range",
				"regions[0]: region-form", "createdRoleBoundaryArn: boundary-arn", "createdRoleNames[0]: role-name-wide",
			}},
			{
				Name: "no provider", Program: deployRole(func(a *identity.DeployRoleArgs) { a.ProviderArn = nil }),
				Problems: []string{"providerArn: required"},
			},
			{Name: "another identity provider", Program: deployRole(func(a *identity.DeployRoleArgs) {
				a.ProviderArn = pulumi.String("arn:aws:iam::123456789012:oidc-provider/accounts.google.com")
			}), Problems: []string{"providerArn: provider-arn"}},
			{
				Name: "no repository", Program: deployRole(func(a *identity.DeployRoleArgs) { a.Repository = identity.GitHubRepository{} }),
				Problems: []string{"repository.owner: required", "repository.name: required"},
			},
			{Name: "wildcards in the repository", Program: deployRole(func(a *identity.DeployRoleArgs) {
				a.Repository = identity.GitHubRepository{Owner: "acme*", Name: "*"}
			}), Problems: []string{"repository.owner: github-wildcard", "repository.name: github-wildcard"}},
			refused("a wildcard in the owner", "repo:ac*/infra:environment:prod"),
			refused("a wildcard in the repository", "repo:acme/*:environment:prod"),
			refused("everything of the repository", "repo:acme/infra:*"),
			refused("pull requests", "repo:acme/infra:pull_request"),
			refused("pull requests, by a wildcard", "repo:acme/infra:p*"),
			refused("pull requests, immutable", "repo:acme@1234/infra@5678:pull_request"),
			refused("a branch", "repo:acme/infra:ref:refs/heads/main"),
			refused("another repository", "repo:acme/other:environment:prod"),
			refused("another id", "repo:acme@1234/infra@1:environment:prod"),
			refused("any ids", "repo:acme@*/infra@*:environment:prod"),
			refused("any repository id", "repo:acme@1234/infra@*:environment:prod"),
			refused("an owner only", "repository_owner:acme:environment:prod"),
			refused("everybody", "*"),
			refused("a variable", "repo:acme/infra:environment:${aws:username}"),
			{
				Name: "an environment with a wildcard", Program: subject("repo:acme/infra:environment:prod*"),
				Problems: []string{"subjects[0]: github-environment"},
			},
			{Name: "a subject twice", Program: deployRole(func(a *identity.DeployRoleArgs) {
				a.Subjects = []string{"repo:acme/infra:environment:prod", "repo:acme/infra:environment:prod"}
			}), Problems: []string{"subjects[1]: duplicate"}},
			{Name: "too many policies", Program: deployRole(func(a *identity.DeployRoleArgs) {
				for range deploypolicy.MaxPolicies {
					a.PolicyDocuments = append(a.PolicyDocuments, ownDocument)
				}
			}), Problems: []string{"policyDocuments: policy-count"}},
			{Name: "a policy that is too long, and one that is everything", Program: deployRole(func(a *identity.DeployRoleArgs) {
				a.PolicyDocuments = []string{
					strings.Replace(ownDocument, "acme-*", strings.Repeat("x", 6144), 1),
					`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`,
				}
			}), Problems: []string{"policyDocuments[0]: policy-size", "policyDocuments[1].Statement[0].Action[0]: policy-admin"}},
			{
				Name: "a session that is too long", Program: deployRole(func(a *identity.DeployRoleArgs) { a.SessionMinutes = 721 }),
				Problems: []string{"sessionMinutes: out-of-range"},
			},
		},
	})
}

func TestPreviewRoleConforms(t *testing.T) {
	document := func(texts ...string) pulumi.RunFunc {
		return previewRole(func(a *identity.PreviewRoleArgs) { a.PolicyDocuments = texts })
	}
	allow := func(action string) string {
		return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":%q,"Resource":"*"}]}`, action)
	}
	componenttest.Conform(t, componenttest.Case{
		Token: identity.PreviewRoleType, Golden: "preview-role",
		Args: identity.PreviewRoleArgs{}, Component: identity.PreviewRole{},
		Minimal: previewRole(nil),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := identity.NewPreviewRole(ctx, "preview", nil)
			return err
		},
		Unknown: previewRole(func(a *identity.PreviewRoleArgs) {
			a.ProviderArn, a.PermissionsBoundaryArn = componenttest.UnknownString(), componenttest.UnknownString()
		}),
		Variants: map[string]pulumi.RunFunc{
			"everything": previewRole(func(a *identity.PreviewRoleArgs) {
				a.GitHubEnvironment = "plans"
				a.RoleName = "ci-preview"
				a.Regions = []string{"eu-west-1"}
				a.State = state()
				a.PolicyDocuments = []string{readDocument}
				a.SessionMinutes = 90
				a.PermissionsBoundaryArn = pulumi.String(someBoundary)
			}),
		},
		Bad: []componenttest.Bad{
			{Name: "bare pull requests", Program: previewRole(func(a *identity.PreviewRoleArgs) {
				a.Subjects = []string{"repo:acme/infra:pull_request", "repo:acme/infra:*"}
			}), Problems: []string{"subjects[0]: github-subject", "subjects[1]: github-subject"}},
			{Name: "documents that do more than read", Program: document(
				ownDocument, allow("sqs:*"), allow("secretsmanager:GetSecretValue"), allow("s3:Get*"), allow("kms:Decrypt"),
			), Problems: []string{
				"policyDocuments[0].Statement[0].Action[0]: policy-read-only", "policyDocuments[1].Statement[0].Action[0]: policy-read-only",
				"policyDocuments[2].Statement[0].Action[0]: policy-read-only", "policyDocuments[3].Statement[0].Action[0]: policy-read-only",
				"policyDocuments[4].Statement[0].Action[0]: policy-read-only",
			}},
			{Name: "a document that allows all but something", Program: document(
				`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}`,
			), Problems: []string{"policyDocuments[0].Statement[0].NotAction: policy-read-only"}},
			{Name: "everything at once", Program: previewRole(func(a *identity.PreviewRoleArgs) {
				a.Labels.Project, a.ProviderArn, a.GitHubEnvironment, a.SessionMinutes = "", nil, "a;b", 10
				a.Repository = identity.GitHubRepository{Owner: "acme", Name: "infra", OwnerId: "1"}
			}), Problems: []string{
				"labels.project: label-required", "providerArn: required", "repository.id: github-id",
				"gitHubEnvironment: github-environment", "sessionMinutes: out-of-range",
			}},
		},
	})
}

// trustOf is the trust policy of the only role that a program makes.
func trustOf(t *testing.T, program pulumi.RunFunc) iampolicy.Document {
	t.Helper()
	roles := componenttest.Run(t, program).Find("aws:iam/role:Role")
	require.Len(t, roles, 1)
	d, problems := iampolicy.ParseAs(iampolicy.TrustPolicy, roles[0].Input("assumeRolePolicy").(string))
	require.Empty(t, problems)
	assert.Empty(t, iamref.Check(d))
	assert.Empty(t, d.UnpinnedFederation())
	return d
}

// assume is what AWS answers to a token of GitHub's.
func assume(trust iampolicy.Document, subject, audience string) iampolicy.Decision {
	caller, _ := iampolicy.CallerOf(someProvider)
	return iampolicy.Evaluate(iampolicy.Request{
		Caller: caller, Action: "sts:AssumeRoleWithWebIdentity", Resource: "arn:aws:iam::123456789012:role/deploy",
		Context: iampolicy.Context{
			"token.actions.githubusercontent.com:sub": {subject}, "token.actions.githubusercontent.com:aud": {audience},
		},
	}, iampolicy.Policies{Resource: &trust}).Decision
}

func TestBothFormsOfTheSubjectAreLetInAndNoOther(t *testing.T) {
	const aud = "sts.amazonaws.com"
	trust := trustOf(t, deployRole(nil))
	assert.Equal(t, iampolicy.Allowed, assume(trust, "repo:acme/infra:environment:test", aud))
	assert.Equal(t, iampolicy.Allowed, assume(trust, "repo:acme@1234/infra@5678:environment:test", aud))
	for _, subject := range []string{
		"repo:acme/infra:pull_request", "repo:acme@1234/infra@5678:pull_request", "repo:acme/infra:ref:refs/heads/main",
		"repo:acme/infra:environment:test-preview", "repo:acme/infra:environment:Test", "repo:acme/infra:environment:tes",
		"repo:acme@1234/infra:environment:test", "repo:acme@4321/infra@5678:environment:test", "repo:acme/infra2:environment:test",
		"repo:acme-2/infra:environment:test", "repo:Acme/infra:environment:test", "repo:acme/infra:environment:test:ref:x", "",
	} {
		assert.Equal(t, iampolicy.ImplicitDeny, assume(trust, subject, aud), subject)
	}
	assert.Equal(t, iampolicy.ImplicitDeny, assume(trust, "repo:acme/infra:environment:test", "acme"))

	byName := trustOf(t, deployRole(func(a *identity.DeployRoleArgs) { a.Repository.Id, a.Repository.OwnerId = "", "" }))
	assert.Equal(t, iampolicy.Allowed, assume(byName, "repo:acme/infra:environment:test", aud))
	assert.Equal(t, iampolicy.ImplicitDeny, assume(byName, "repo:acme@1234/infra@5678:environment:test", aud))

	preview := trustOf(t, previewRole(nil))
	assert.Equal(t, iampolicy.Allowed, assume(preview, "repo:acme/infra:environment:test-preview", aud))
	assert.Equal(t, iampolicy.ImplicitDeny, assume(preview, "repo:acme/infra:environment:test", aud))
	assert.Equal(t, iampolicy.ImplicitDeny, assume(preview, "repo:acme/infra:pull_request", aud))

	colon := trustOf(t, deployRole(func(a *identity.DeployRoleArgs) { a.GitHubEnvironment = "prod:eu" }))
	assert.Equal(t, iampolicy.Allowed, assume(colon, "repo:acme/infra:environment:prod%3Aeu", aud))
}

// A deployment and a preview that are let in, one by one, may do this and not that.
func TestWhatPipelinesMayDo(t *testing.T) {
	documents := func(program pulumi.RunFunc) []iampolicy.Document {
		recorder := componenttest.Run(t, program)
		var all []iampolicy.Document
		for _, r := range append(recorder.Find("aws:iam/policy:Policy"), recorder.Find("aws:iam/rolePolicy:RolePolicy")...) {
			d, problems := iampolicy.Parse(r.Input("policy").(string))
			require.Empty(t, problems)
			all = append(all, d)
		}
		return all
	}
	caller, _ := iampolicy.CallerOf("arn:aws:iam::123456789012:role/acme-audio-test-deploy")
	decide := func(all []iampolicy.Document, action, resource string) iampolicy.Decision {
		return iampolicy.Evaluate(iampolicy.Request{
			Caller: caller, Action: action, Resource: resource, Context: iampolicy.Context{"aws:RequestedRegion": {"eu-west-1"}},
		}, iampolicy.Policies{Identity: all}).Decision
	}
	deploy := documents(deployRole(func(a *identity.DeployRoleArgs) { a.State = state(); a.State.BucketKeyArn = nil }))
	preview := documents(previewRole(func(a *identity.PreviewRoleArgs) { a.State = state(); a.State.BucketKeyArn = nil }))
	const (
		own     = "arn:aws:iam::123456789012:role/acme-audio-test-"
		file    = stateBucket + "/test/.pulumi/stacks/audio/test.json"
		foreign = stateBucket + "/prod/.pulumi/stacks/audio/prod.json"
	)
	for _, c := range []struct {
		action, resource string
		deploy, preview  iampolicy.Decision
	}{
		{"s3:GetObject", file, iampolicy.Allowed, iampolicy.Allowed},
		{"s3:PutObject", file, iampolicy.Allowed, iampolicy.ImplicitDeny},
		{"s3:DeleteObject", file, iampolicy.Allowed, iampolicy.ImplicitDeny},
		{"s3:GetObject", foreign, iampolicy.ImplicitDeny, iampolicy.ImplicitDeny},
		{"s3:GetObject", audioBucket + "/uploads/a.mp3", iampolicy.ImplicitDeny, iampolicy.ImplicitDeny},
		{"secretsmanager:GetSecretValue", someSecret, iampolicy.ImplicitDeny, iampolicy.ImplicitDeny},
		{"iam:CreateAccessKey", "arn:aws:iam::123456789012:user/x", iampolicy.ExplicitDeny, iampolicy.ImplicitDeny},
		{"iam:PutRolePolicy", own + "deploy", iampolicy.ExplicitDeny, iampolicy.ImplicitDeny},
		{"iam:UpdateAssumeRolePolicy", own + "preview", iampolicy.ExplicitDeny, iampolicy.ImplicitDeny},
		{"iam:GetRole", own + "trail", iampolicy.Allowed, iampolicy.Allowed},
		{"iam:CreateUser", "arn:aws:iam::123456789012:user/x", iampolicy.ExplicitDeny, iampolicy.ImplicitDeny},
	} {
		assert.Equal(t, c.deploy, decide(deploy, c.action, c.resource), "deploy: %s on %s", c.action, c.resource)
		assert.Equal(t, c.preview, decide(preview, c.action, c.resource), "preview: %s on %s", c.action, c.resource)
	}
	assert.Empty(t, iampolicy.FindEscalations(preview...))
}

func TestAProviderOfAnotherAccountIsRefused(t *testing.T) {
	_, err := componenttest.Update(deployRole(func(a *identity.DeployRoleArgs) {
		a.ProviderArn = pulumi.String(strings.Replace(someProvider, "123456789012", "210987654321", 1))
	}))
	require.ErrorContains(t, err, "expected the provider of account 123456789012, that of the role")
	_, err = componenttest.Update(deployRole(func(a *identity.DeployRoleArgs) {
		a.CreatedRoleBoundaryArn = strings.Replace(someBoundary, "123456789012", "210987654321", 1)
	}))
	require.Error(t, err)
}

func TestAPastedTokenIsNotQuoted(t *testing.T) {
	const secret = "ghp_wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLE12"
	_, err := componenttest.Update(deployRole(func(a *identity.DeployRoleArgs) {
		a.Repository = identity.GitHubRepository{Owner: secret + "!", Name: secret + "/", OwnerId: secret, Id: secret}
		a.GitHubEnvironment, a.Subjects, a.RoleName = secret+"*", []string{secret, secret}, secret+"!"
		a.ProviderArn, a.PermissionsBoundaryArn = pulumi.String(secret), pulumi.String(secret)
		a.Regions, a.CreatedRoleNames, a.CreatedRoleBoundaryArn = []string{secret}, []string{secret + "!"}, secret
		a.PolicyDocuments = []string{secret}
		a.State = &identity.PulumiState{
			BucketArn: pulumi.String(secret), Prefix: "/" + secret, BucketKeyArn: pulumi.String(secret), SecretsKeyArn: pulumi.String(secret),
		}
	}))
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "wJalr")
}
