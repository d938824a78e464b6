package stack

import (
	"cmp"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var tagsRequired = rule.Rule{
	ID:       "tags-required",
	Title:    "Required tags on every taggable resource",
	Why:      "A resource without an owner is found when it is too late to ask: on a bill, or in an incident.",
	Severity: rule.Low,
	References: rule.References{FSBP: []string{
		"ECS.13*", "ECS.14*", "ECS.15*", "RDS.28*", "RDS.29*", "RDS.30*", "RDS.31*", "RDS.32*", "RDS.33*", "SNS.3*",
		"SecretsManager.5*", "Backup.2*", "Backup.3*", "Backup.4*", "Backup.5*", "CloudTrail.9*", "ECR.4*", "Lambda.6*",
	}},
	Source: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
	Fix: rule.Fix{
		Bulwark: "every component takes Labels and puts them on each child",
		Plain:   `Tags: pulumi.StringMap{"Owner": pulumi.String("...")}, or DefaultTags of the aws.Provider`,
	},
	Types: []string{"*"},
	Params: []rule.Param{{
		Name: "keys", Default: []string{"Project", "Environment", "Owner", "CostCenter"},
		Description: "Keys of the tags that every resource carries, with any value that is not empty.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		tags := tagsOf(r)
		if !tags.Exists() {
			f.NotApplicable("AWS gives it no tags")
			return
		}
		for _, key := range f.Texts("keys") {
			if tags.At(key).Text() == "" {
				f.Fail(r.Get("tags"), "lacks the tag %s: expected it, with a value", key)
			}
		}
	},
	Remediate: func(r *rule.Resource, c *rule.Changes) {
		tags := tagsOf(r)
		if !tags.Exists() {
			return
		}
		missing := map[string]string{}
		for _, key := range c.Texts("keys") {
			if tags.At(key).Text() != "" {
				continue
			}
			value := derived(c.Context(), key)
			if value == "" {
				return // whoever reads the failure has to look at the resource anyway
			}
			missing[key] = value
		}
		for key, value := range missing {
			c.Set("tags."+key, value)
			if r.Get("tagsAll").Exists() { // the engine does not ask the provider again
				c.Set("tagsAll."+key, value)
			}
		}
	},
	Good: []rule.Example{{YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    tags: {Project: acme, Environment: prod, Owner: platform, CostCenter: "2000"}
`}, {Name: "other keys", Params: map[string]any{"keys": []string{"team"}}, YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {tags: {team: platform}}
`}},
	Bad: []rule.Example{{Name: "no tags", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties: {tags: {}}
`}, {Name: "the stack's own are missing", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    tags: {Owner: platform, CostCenter: "2000"}
`}, {Name: "one is empty", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
  properties:
    tags: {Project: acme, Environment: prod, Owner: "", CostCenter: "2000"}
`}},
}

// derived is the value that a tag has in this stack: its own name and project, and what Bulwark's configuration says of
// the others; empty when nothing says it.
func derived(ctx *rule.Context, key string) string {
	switch key {
	case "Environment":
		return ctx.Stack
	case "Project":
		return cmp.Or(ctx.Config["bulwark:application"], ctx.Project)
	case "Owner":
		return ctx.Config["bulwark:owner"]
	case "CostCenter":
		return ctx.Config["bulwark:costCenter"]
	}
	return ""
}

// tagsOf are the tags of a resource with the provider's default tags; absent when AWS gives it none. The provider fills
// tagsAll in for every type that can carry tags, before policies see the inputs.
func tagsOf(r *rule.Resource) rule.Value {
	if !strings.HasPrefix(r.Type, "aws:") {
		return rule.Value{}
	}
	if all := r.Get("tagsAll"); all.Exists() {
		return all
	}
	return r.Get("tags")
}
