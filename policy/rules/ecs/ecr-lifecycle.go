package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecrLifecycle = rule.Rule{
	ID:         "ecr-lifecycle",
	Title:      "Lifecycle policy present",
	Why:        "Every build leaves an image for ever: the bill grows, and old versions with known holes stay there to be started.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"ECR.3"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-3",
	Fix: rule.Fix{
		Bulwark: "image.NewRepository keeps the 100 newest images with a tag; RepositoryArgs.Retention says which",
		Plain:   "ecr.NewLifecyclePolicy with Repository: repository.Name",
	},
	Types: []string{repository, lifecyclePolicy},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(repository), func(r *rule.Resource) { f.WantReferrer(r, "repository", lifecyclePolicy) })
	},
	Good: []rule.Example{{YAML: `
api:
  type: aws:ecr/repository:Repository
old:
  type: aws:ecr/lifecyclePolicy:LifecyclePolicy
  properties: {repository: "${api.name}", policy: '{"rules":[]}'}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
api:
  type: aws:ecr/repository:Repository
`}, {Name: "of another repository", YAML: `
api:
  type: aws:ecr/repository:Repository
web:
  type: aws:ecr/repository:Repository
  properties: {name: web}
old:
  type: aws:ecr/lifecyclePolicy:LifecyclePolicy
  properties: {repository: web, policy: '{"rules":[]}'}
`}},
}
