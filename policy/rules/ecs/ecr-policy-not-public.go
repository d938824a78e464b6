package ecs

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var ecrPolicyNotPublic = rule.Rule{
	ID:       "ecr-policy-not-public",
	Title:    "Repository policy is not public",
	Why:      "A repository that is open to everybody gives away the program, with all that was left in its layers; one that everybody may push to runs theirs.",
	Severity: rule.High,
	References: rule.References{
		Checkov: []string{"CKV_AWS_32"},
		Trivy:   []string{"AWS-0032"},
		CDKNag:  []string{"AwsSolutions-ECR1"},
	},
	Source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
	Fix: rule.Fix{
		Bulwark: "image.NewRepository lets in the accounts of RepositoryArgs.PullAccess, and nobody else",
		Plain:   `"Principal": {"AWS": "arn:aws:iam::444455556666:root"} in the policy of ecr.NewRepositoryPolicy`,
	},
	Types: []string{repositoryPolicy},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		policy := r.Get("policy")
		document, ok := policies.Read(policy)
		if !ok {
			f.NotApplicable("it has no policy")
			return
		}
		for _, public := range document.Public() {
			f.Fail(policy, "%s: %s; expected the accounts that may use it", public.Path, public.Reason)
		}
	},
	Good: []rule.Example{{Name: "another account", YAML: `
pull:
  type: aws:ecr/repositoryPolicy:RepositoryPolicy
  properties:
    repository: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "ecr:BatchGetImage"}]
`}, {Name: "everybody in the organization", YAML: `
pull:
  type: aws:ecr/repositoryPolicy:RepositoryPolicy
  properties:
    repository: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: "ecr:BatchGetImage"
            Condition: {StringEquals: {"aws:PrincipalOrgID": o-acme123456}}
`}},
	Bad: []rule.Example{{Name: "everybody", YAML: `
pull:
  type: aws:ecr/repositoryPolicy:RepositoryPolicy
  properties:
    repository: api
    policy:
      fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "ecr:*"}]}
`}, {Name: "everybody but one", YAML: `
pull:
  type: aws:ecr/repositoryPolicy:RepositoryPolicy
  properties:
    repository: api
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, NotPrincipal: {AWS: "arn:aws:iam::444455556666:root"}, Action: "ecr:BatchGetImage"}]
`}},
}
