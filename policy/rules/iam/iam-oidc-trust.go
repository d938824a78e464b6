package iam

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var iamOidcTrust = rule.Rule{
	ID:         "iam-oidc-trust",
	Title:      "CI OIDC trust is pinned to a repo and branch",
	Why:        "GitHub signs tokens for every repository in the world. Without owner, repository and branch in the condition, somebody else's workflow, or a branch that nobody has reviewed, deploys to this account.",
	Severity:   rule.Critical,
	References: rule.References{Checkov: []string{"CKV_AWS_393", "CKV_AWS_358"}},
	Source:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
	Fix: rule.Fix{
		Bulwark: "identity.NewDeployRole trusts one environment of one repository, in both forms of its subject",
		Plain:   `iam.RoleArgs{AssumeRolePolicy: ...} with StringEquals "token.actions.githubusercontent.com:sub": "repo:acme/infra:ref:refs/heads/main" (or environment:prod) and ":aud": "sts.amazonaws.com"`,
	},
	Types: []string{role},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		at, d := trust(r)
		policies.Report(f, at, d.UnpinnedFederation(), "a condition that says whose tokens are taken")
		for _, loose := range looseSubjects(d) {
			switch {
			case loose.value == "":
				f.Fail(at, "Statement[%d]: lets in everybody who has an account at %s: expected a condition on %s:sub that names the owner", loose.statement, loose.provider, loose.provider)
			case loose.anyOwner:
				f.Fail(at, "Statement[%d]: the subject %s does not name the owner: expected one at %s", loose.statement, loose.value, loose.provider)
			default:
				f.Fail(at, "Statement[%d]: the subject %s takes every branch: expected one, such as ref:refs/heads/main, or an environment", loose.statement, loose.value)
			}
		}
	},
	Good: []rule.Example{{Name: "a branch", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com, "token.actions.githubusercontent.com:sub": "repo:acme/infra:ref:refs/heads/main"}}}
`}, {Name: "an environment", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com, "token.actions.githubusercontent.com:sub": "repo:acme/infra:environment:prod"}}}
`}, {Name: "a branch, by a key of its own", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringLike: {"token.actions.githubusercontent.com:sub": "repo:acme/infra:*"}, StringEquals: {"token.actions.githubusercontent.com:ref": refs/heads/main}}}
`}, {Name: "pull requests, for a role that only reads", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com, "token.actions.githubusercontent.com:sub": "repo:acme/infra:pull_request"}}}
`}, {Name: "GitLab", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"gitlab.com:aud": "https://gitlab.com", "gitlab.com:sub": "project_path:acme/infra:ref_type:branch:ref:main"}}}
`}, {Name: "an own provider", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/login.acme.example"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"login.acme.example:aud": acme}}}
`}, {Name: "no federation", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}
`}},
	Bad: []rule.Example{{Name: "every repository", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}}}
`}, {Name: "every owner", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}, StringLike: {"token.actions.githubusercontent.com:sub": "repo:*/infra:ref:refs/heads/main"}}}
`}, {Name: "every repository of the owner", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}, StringLike: {"token.actions.githubusercontent.com:sub": "repo:acme/*"}}}
`}, {Name: "every branch", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}, StringLike: {"token.actions.githubusercontent.com:sub": "repo:acme/infra:*"}}}
`}, {Name: "every branch, spelled out", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}, StringLike: {"token.actions.githubusercontent.com:sub": "repo:acme/infra:ref:refs/heads/*"}}}
`}, {Name: "every group of GitLab", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringEquals: {"gitlab.com:aud": "https://gitlab.com"}}}
`}, {Name: "every organization of Terraform", YAML: `
api:
  type: aws:iam/role:Role
  properties:
    assumeRolePolicy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"}, Action: "sts:AssumeRoleWithWebIdentity", Condition: {StringLike: {"app.terraform.io:aud": "aws.workload.identity", "app.terraform.io:sub": "organization:*:project:infra:workspace:prod:run_phase:apply"}}}
`}},
}
