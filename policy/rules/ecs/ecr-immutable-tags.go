package ecs

import "github.com/bulwark-iac/bulwark/policy/rule"

var ecrImmutableTags = rule.Rule{
	ID:       "ecr-immutable-tags",
	Title:    "Tags are immutable",
	Why:      "A tag that can be moved can be moved by whoever steals a build key: the next task that starts runs their program under your version.",
	Severity: rule.Medium,
	References: rule.References{
		FSBP:    []string{"ECR.2"},
		Checkov: []string{"CKV_AWS_51"},
		Trivy:   []string{"AWS-0031"},
		Pulumi:  []string{"aws-ecr-repository-disallow-mutable-image"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-2",
	Fix: rule.Fix{
		Bulwark: "image.NewRepository makes tags that do not move, unless RepositoryArgs.TagMutability gives that up",
		Plain:   `ecr.RepositoryArgs{ImageTagMutability: pulumi.String("IMMUTABLE")}`,
	},
	Types:    []string{repository},
	Resource: rule.WantOneOf("imageTagMutability", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"),
	Good: []rule.Example{{YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {imageTagMutability: IMMUTABLE}
`}, {Name: "but for some tags", YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {imageTagMutability: IMMUTABLE_WITH_EXCLUSION}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
api:
  type: aws:ecr/repository:Repository
`}, {Name: "mutable", YAML: `
api:
  type: aws:ecr/repository:Repository
  properties: {imageTagMutability: MUTABLE}
`}},
}
