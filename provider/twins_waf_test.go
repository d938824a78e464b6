package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/waf"
)

var _ = addTwins(map[string]twin{
	waf.WebAclType: {
		inputs: object{
			"labels": labelsObject, "loadBalancerArn": someLoadBalancer, "mode": "count", "logBucketName": "aws-waf-logs-acme",
			"managedRuleGroups": []any{object{
				"name": "AWSManagedRulesCommonRuleSet", "mode": "block", "overrides": []any{object{"rule": "NoUserAgent_HEADER", "mode": "count"}},
			}},
			"excludedManagedRuleGroups": []any{"AWSManagedRulesSQLiRuleSet"}, "rateLimit": object{"limit": 1000.0, "windowSeconds": 60.0},
			"block": object{"addresses": []any{"203.0.113.0/24"}}, "uploads": object{"paths": []any{"/recordings/"}},
			"rules": []any{
				object{"name": "admin", "priority": 100.0, "when": object{"paths": []any{"/admin/"}, "methods": []any{"POST"}}, "unless": object{"countries": []any{"DE"}}},
				object{"name": "ours", "priority": 200.0, "ruleGroupArn": someRuleGroup, "capacity": 50.0},
			},
			"botControl": object{"level": "COMMON"}, "accountTakeover": object{"loginPath": "/login", "usernameField": "/user", "passwordField": "/password"},
			"loggedRequests": "matched", "redactedFields": []any{waf.RedactQueryString},
		},
		program: func(ctx *pulumi.Context) error {
			_, err := waf.NewWebAcl(ctx, "it", &waf.WebAclArgs{
				Labels: labels, LoadBalancerArn: pulumi.String(someLoadBalancer), Mode: waf.ModeCount, LogBucketName: pulumi.String("aws-waf-logs-acme"),
				ManagedRuleGroups: []waf.ManagedRuleGroup{{
					Name: waf.CommonRuleSet, Mode: waf.ModeBlock, Overrides: []waf.RuleOverride{{Rule: "NoUserAgent_HEADER", Mode: waf.ModeCount}},
				}},
				ExcludedManagedRuleGroups: []waf.ManagedRuleGroupName{waf.SQLInjection}, RateLimit: &waf.RateLimit{Limit: 1000, WindowSeconds: 60},
				Block: &waf.IPSet{Addresses: []string{"203.0.113.0/24"}}, Uploads: &waf.Uploads{Paths: []string{"/recordings/"}},
				Rules: []waf.Rule{
					{Name: "admin", Priority: 100, When: &waf.Match{Paths: []string{"/admin/"}, Methods: []waf.Method{waf.MethodPost}}, Unless: &waf.Match{Countries: []string{"DE"}}},
					{Name: "ours", Priority: 200, RuleGroupArn: pulumi.String(someRuleGroup), Capacity: 50},
				},
				BotControl:      &waf.BotControl{Level: waf.BotLevelCommon},
				AccountTakeover: &waf.AccountTakeover{LoginPath: "/login", UsernameField: "/user", PasswordField: "/password"},
				LoggedRequests:  waf.LoggedMatched, RedactedFields: []string{waf.RedactQueryString},
			})
			return err
		},
	},
})
