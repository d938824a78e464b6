package stack

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var providerRegionAllowed = rule.Rule{
	ID:       "provider-region-allowed",
	Title:    "Providers use allowed regions and default tags",
	Why:      "What is deployed into a region that nobody watches is watched by nobody, and keys in a provider are keys in the state.",
	Severity: rule.High,
	Source:   "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_securely_operate_multi_accounts.html",
	Fix: rule.Fix{
		Bulwark: "set aws:region to a region on the list; components take a second provider for a second region",
		Plain:   `aws.ProviderArgs{Region: pulumi.String("eu-west-1")} without AccessKey and SecretKey: use a role or the environment`,
	},
	Types: []string{"pulumi:providers:aws"},
	Params: []rule.Param{{
		Name: "regions", Default: []string{}, Description: "Regions that providers may use; none means all.",
	}, {
		Name: "defaultTags", Default: false, Description: "Whether every provider has to have default tags.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		for _, key := range []string{"accessKey", "secretKey", "token"} {
			f.WantUnset(r.Get(key), "static credentials stay in the state; use a role or the environment")
		}
		if regions, region := f.Texts("regions"), r.Get("region"); len(regions) > 0 && !region.Empty() && !slices.Contains(regions, region.Text()) {
			f.Fail(region, "%s: expected a region on the list of the parameter regions", region)
		}
		if f.Bool("defaultTags") {
			f.WantSome(r.Get("defaultTags").JSON().Get("tags"), "default tags")
		}
	},
	Good: []rule.Example{{YAML: `
main:
  type: pulumi:providers:aws
  properties: {region: eu-west-1}
`}, {Name: "on the list", Params: map[string]any{"regions": []string{"eu-west-1"}}, YAML: `
main:
  type: pulumi:providers:aws
  properties: {region: eu-west-1}
`}},
	Bad: []rule.Example{{Name: "another region", Params: map[string]any{"regions": []string{"eu-central-1"}}, YAML: `
main:
  type: pulumi:providers:aws
  properties: {region: eu-west-1}
`}, {Name: "keys", YAML: `
main:
  type: pulumi:providers:aws
  properties: {region: eu-west-1, accessKey: AKIAIOSFODNN7EXAMPLE}
`}},
}
