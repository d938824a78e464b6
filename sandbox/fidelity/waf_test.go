//go:build sandbox

package fidelity

import (
	pulumiaws "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/components/waf"
)

// webACLs makes a web ACL with every kind of rule, and one that only counts.
func webACLs(ctx *pulumi.Context, _ *pulumiaws.Provider) error {
	key, err := encryption.NewKey(ctx, "waf-logs", &encryption.KeyArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Uses: []encryption.Use{encryption.UseLogs},
	})
	if err != nil {
		return err
	}
	balancer, err := loadBalancer(ctx)
	if err != nil {
		return err
	}
	group, err := ruleGroup(ctx)
	if err != nil {
		return err
	}
	if _, err = waf.NewWebAcl(ctx, "edge", &waf.WebAclArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, LoadBalancerArn: balancer, LogGroup: &waf.LogGroup{RetentionDays: 30, Key: key},
		ManagedRuleGroups: []waf.ManagedRuleGroup{
			{Name: waf.CommonRuleSet, Version: "Version_1.19", Overrides: []waf.RuleOverride{{Rule: "NoUserAgent_HEADER", Mode: waf.ModeCount}}},
			{Name: waf.IPReputation, Overrides: []waf.RuleOverride{{Rule: "AWSManagedIPDDoSList", Mode: waf.ModeBlock}}},
		},
		Block:   &waf.IPSet{Addresses: []string{"203.0.113.0/24", "2001:db8:bad::/48"}},
		Allow:   &waf.IPSet{Addresses: []string{"192.0.2.10/32"}},
		Geo:     &waf.Geo{AllowCountries: []string{"DE", "FR"}},
		Uploads: &waf.Uploads{Paths: []string{"/recordings/", "/avatar"}},
		Rules: []waf.Rule{
			{Name: "login", Priority: 100, When: &waf.Match{Paths: []string{"/login"}}, Limit: 100},
			{Name: "forms", Priority: 110, When: &waf.Match{Paths: []string{"/signup", "/invite/"}}, Limit: 100},
			{Name: "signup", Priority: 120, When: &waf.Match{Paths: []string{"/signup", "/invite/"}, Methods: []waf.Method{waf.MethodPost}}, Limit: 20},
			{
				Name: "admin", Priority: 200, When: &waf.Match{Paths: []string{"/admin/"}},
				Unless: &waf.Match{Countries: []string{"DE"}, Hosts: []string{"status.acme.example"}},
			},
			{
				Name: "health", Priority: 300, Action: waf.ActionAllow,
				When: &waf.Match{Paths: []string{"/health"}, Hosts: []string{"api.acme.example"}, Labels: []string{"awswaf:clientip:geo:country:DE"}},
			},
			{Name: "group", Priority: 10000, RuleGroupArn: group, Capacity: 10},
		},
		BotControl:      &waf.BotControl{Level: waf.BotLevelTargeted},
		AccountTakeover: &waf.AccountTakeover{LoginPath: "/login", UsernameField: "/username", PasswordField: "/password"},
		AccountCreation: &waf.AccountCreation{
			PagePath: "/signup", CreationPath: "/signup/create", Payload: waf.PayloadFormEncoded, UsernameField: "user", PasswordField: "password",
			EmailField: "email", PhoneNumberFields: []string{"phone"}, AddressFields: []string{"street", "city"},
		},
		LoggedRequests: waf.LoggedMatched, RedactedFields: []string{waf.RedactQueryString, waf.RedactUriPath, waf.RedactMethod},
		SampledRequests: true, MaxCapacity: 2000,
	}); err != nil {
		return err
	}
	_, err = waf.NewWebAcl(ctx, "counting", &waf.WebAclArgs{
		Labels: labels, Mode: waf.ModeCount, Logging: toggle.Disabled,
		Geo: &waf.Geo{BlockCountries: []string{"KP"}}, Uploads: &waf.Uploads{Paths: []string{"/recordings/"}},
	})
	return err
}

// untyped is for what is asked for by its token. Without the version it would have another provider than the rest.
var untyped = pulumi.Version("6.83.2")

// loadBalancer makes one in the account's default network.
func loadBalancer(ctx *pulumi.Context) (pulumi.StringOutput, error) {
	var subnets struct {
		IDs []string `pulumi:"ids"`
	}
	// By its token: the package of the function takes long to compile.
	type filter struct {
		Name   string   `pulumi:"name"`
		Values []string `pulumi:"values"`
	}
	ask := struct {
		Filters []filter `pulumi:"filters"`
	}{[]filter{{"default-for-az", []string{"true"}}}}
	if err := ctx.Invoke("aws:ec2/getSubnets:getSubnets", &ask, &subnets, untyped); err != nil {
		return pulumi.StringOutput{}, err
	}
	balancer, err := lb.NewLoadBalancer(ctx, "guarded", &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String("application"), Subnets: pulumi.ToStringArray(subnets.IDs[:2]), Tags: labels.Tags("guarded"),
	})
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return balancer.Arn, nil
}

// ruleGroup makes a rule group as a user would bring it.
func ruleGroup(ctx *pulumi.Context) (pulumi.StringOutput, error) {
	var group struct {
		pulumi.CustomResourceState
		Arn pulumi.StringOutput `pulumi:"arn"`
	}
	seen := pulumi.Map{"cloudwatchMetricsEnabled": pulumi.Bool(true), "metricName": pulumi.String("group"), "sampledRequestsEnabled": pulumi.Bool(false)}
	// By its token: only components/waf may import the package.
	err := ctx.RegisterResource("aws:wafv2/ruleGroup:RuleGroup", "group", pulumi.Map{
		"scope": pulumi.String("REGIONAL"), "capacity": pulumi.Int(10), "visibilityConfig": seen, "tags": labels.Tags("group"),
		"rules": pulumi.Array{pulumi.Map{
			"name": pulumi.String("crawlers"), "priority": pulumi.Int(0), "action": pulumi.Map{"count": pulumi.Map{}}, "visibilityConfig": seen,
			"statement": pulumi.Map{"geoMatchStatement": pulumi.Map{"countryCodes": pulumi.ToStringArray([]string{"AQ"})}},
		}},
	}, &group, untyped)
	return group.Arn, err
}
