package waf_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// guard makes the web ACL of a service that takes recordings: until somebody has looked at the logs, it blocks nothing
// but known bad inputs.
func guard(ctx *pulumi.Context, loadBalancerArn pulumi.StringInput) (*waf.WebAcl, error) {
	logs, err := storage.NewLogBucket(ctx, "waf-logs", &storage.LogBucketArgs{
		Labels:  labels,
		Sources: storage.LogSources{Waf: &storage.WafSource{}},
	})
	if err != nil {
		return nil, err
	}
	return waf.NewWebAcl(ctx, "edge", &waf.WebAclArgs{
		Labels:            labels,
		LoadBalancerArn:   loadBalancerArn,
		LogBucket:         logs,
		Mode:              waf.ModeCount,
		ManagedRuleGroups: []waf.ManagedRuleGroup{{Name: waf.KnownBadInputs, Mode: waf.ModeBlock}},
		Uploads:           &waf.Uploads{Paths: []string{"/recordings/"}},
		Rules: []waf.Rule{
			{Name: "login", Priority: 100, When: &waf.Match{Paths: []string{"/login"}}, Limit: 100},
		},
		RedactedFields: []string{waf.RedactHeader("x-api-key"), waf.RedactQueryString},
	})
}

// A web ACL in front of a load balancer. In a program of your own, pulumi.Run takes the place of pulumi.RunErr and of
// the mocks.
func ExampleNewWebAcl() {
	program := func(ctx *pulumi.Context) error {
		acl, err := guard(ctx, pulumi.String(loadBalancer))
		if err != nil {
			return err
		}
		ctx.Export("webAclArn", acl.WebAclArn)
		return nil
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, r := range recorder.Find(webACLResource) {
		for _, rule := range r.Input("rules").([]any) {
			fmt.Println(rule.(map[string]any)["priority"], rule.(map[string]any)["name"])
		}
	}
	// Output:
	// 20 rate-limit
	// 100 login
	// 1000 AWSManagedRulesAmazonIpReputationList
	// 1100 AWSManagedRulesCommonRuleSet
	// 1101 AWSManagedRulesCommonRuleSet-outside-uploads
	// 1120 AWSManagedRulesKnownBadInputsRuleSet
	// 1130 AWSManagedRulesSQLiRuleSet
	// 1131 AWSManagedRulesSQLiRuleSet-outside-uploads
}
