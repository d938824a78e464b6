package waf_test

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// bad are arguments that have to be refused.
func bad() []componenttest.Bad {
	return append(append(badManagedRuleGroups(), badRules()...), append(badSettings(), badLogging()...)...)
}

func refused(name string, change func(*waf.WebAclArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: webACL(change), Problems: problems}
}

func badManagedRuleGroups() []componenttest.Bad {
	return []componenttest.Bad{
		refused("a rule group that does not exist", func(a *waf.WebAclArgs) {
			a.ManagedRuleGroups = []waf.ManagedRuleGroup{{Name: "AWSManagedRulesComonRuleSet"}, {}}
			a.ExcludedManagedRuleGroups = []waf.ManagedRuleGroupName{"SQLi"}
		}, "managedRuleGroups[0].name: not-supported", "managedRuleGroups[1].name: waf-group",
			"excludedManagedRuleGroups[0]: not-supported"),
		refused("a rule group with a price among the others", func(a *waf.WebAclArgs) {
			a.ManagedRuleGroups = []waf.ManagedRuleGroup{
				{Name: "AWSManagedRulesBotControlRuleSet"}, {Name: "AWSManagedRulesAntiDDoSRuleSet"},
			}
		}, "managedRuleGroups[0].name: waf-group-paid", "managedRuleGroups[1].name: waf-group-paid"),
		refused("rule groups twice", func(a *waf.WebAclArgs) {
			a.ManagedRuleGroups = []waf.ManagedRuleGroup{{Name: waf.SQLInjection}, {Name: waf.SQLInjection}}
			a.ExcludedManagedRuleGroups = []waf.ManagedRuleGroupName{waf.SQLInjection, waf.SQLInjection, waf.PHP}
		}, "managedRuleGroups[0].name: waf-group", "managedRuleGroups[1].name: duplicate",
			"excludedManagedRuleGroups[2]: not-supported", "excludedManagedRuleGroups[1]: duplicate"),
		refused("overrides", func(a *waf.WebAclArgs) {
			a.ManagedRuleGroups = []waf.ManagedRuleGroup{
				{Name: waf.CommonRuleSet, Mode: "Count", Version: "1 2", Overrides: []waf.RuleOverride{
					{Rule: "SizeRestriction_BODY", Mode: waf.ModeCount}, {}, {Rule: "NoUserAgent_HEADER", Mode: "allow"},
					{Rule: "NoUserAgent_HEADER", Mode: waf.ModeCount},
				}},
				{Name: waf.IPReputation, Version: "Version_1.0"},
			}
		}, "managedRuleGroups[0].mode: not-supported", "managedRuleGroups[0].overrides[0].rule: not-supported",
			"managedRuleGroups[0].overrides[1].rule: required", "managedRuleGroups[0].overrides[1].mode: required",
			"managedRuleGroups[0].overrides[2].mode: not-supported", "managedRuleGroups[0].overrides[3].rule: duplicate",
			"managedRuleGroups[0].version: waf-group-version", "managedRuleGroups[1].version: waf-group-version"),
		refused("uploads everywhere", func(a *waf.WebAclArgs) {
			a.Uploads = &waf.Uploads{Paths: []string{"/"}}
		}, "uploads.paths[0]: request-path"),
		refused("uploads without effect", func(a *waf.WebAclArgs) {
			a.ExcludedManagedRuleGroups = []waf.ManagedRuleGroupName{waf.CommonRuleSet, waf.SQLInjection}
			a.Uploads = &waf.Uploads{Paths: []string{"/a/"}}
		}, "uploads: waf-upload-rule"),
		refused("uploads", func(a *waf.WebAclArgs) {
			a.ManagedRuleGroups = []waf.ManagedRuleGroup{{Name: waf.CommonRuleSet, Overrides: []waf.RuleOverride{
				{Rule: "SizeRestrictions_BODY", Mode: waf.ModeCount},
			}}}
			a.Uploads = &waf.Uploads{Rules: []string{
				"SizeRestrictions_BODY", "SizeRestriction_BODY", "PHPHighRiskMethodsVariables_BODY", "",
			}}
		}, "uploads.paths: request-path", "managedRuleGroups[0].overrides[0].rule: waf-override",
			"uploads.rules[1]: waf-upload-rule", "uploads.rules[2]: waf-upload-rule", "uploads.rules[3]: waf-upload-rule"),
		refused("forms", func(a *waf.WebAclArgs) {
			a.BotControl = &waf.BotControl{Level: "HIGH", Overrides: []waf.RuleOverride{
				{Rule: "CategorySearchEngines", Mode: waf.ModeCount},
			}}
			a.AccountTakeover = &waf.AccountTakeover{LoginPath: "login", UsernameField: "user", Payload: "XML"}
			a.AccountCreation = &waf.AccountCreation{
				CreationPath: "/signup?x", Payload: waf.PayloadFormEncoded, PhoneNumberFields: []string{"/phone"},
				AddressFields: []string{" "},
			}
		}, "botControl.level: not-supported", "botControl.overrides[0].rule: not-supported",
			"accountTakeover.loginPath: waf-form-path", "accountTakeover.payload: not-supported",
			"accountTakeover.usernameField: waf-form-field", "accountTakeover.passwordField: waf-form-field",
			"accountCreation.pagePath: waf-form-path", "accountCreation.creationPath: waf-form-path",
			"accountCreation.usernameField: waf-form-field", "accountCreation.phoneNumberFields[0]: waf-form-field",
			"accountCreation.addressFields[0]: waf-form-field"),
		refused("more capacity than the price includes", func(a *waf.WebAclArgs) {
			a.ManagedRuleGroups = []waf.ManagedRuleGroup{{Name: waf.Linux}, {Name: waf.POSIX}, {Name: waf.PHP}}
		}, "maxCapacity: waf-capacity"),
		refused("more capacity than there is", func(a *waf.WebAclArgs) {
			a.MaxCapacity = 5000
			a.Rules = []waf.Rule{{Name: "a", Priority: 100, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 4000}}
		}, "maxCapacity: waf-capacity"),
		refused("a limit that AWS does not have", func(a *waf.WebAclArgs) {
			a.MaxCapacity = 5001
		}, "maxCapacity: out-of-range"),
	}
}

func badRules() []componenttest.Bad {
	admin := &waf.Match{Paths: []string{"/admin/"}}
	rule := func(name string, priority int) waf.Rule { return waf.Rule{Name: name, Priority: priority, When: admin} }
	return []componenttest.Bad{
		refused("priorities that collide", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{rule("a", 100), rule("b", 100)}
		}, "rules[1].priority: duplicate"),
		refused("priorities outside of the ranges", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{rule("a", 20), rule("b", 1100), rule("c", 20000), rule("d", -1)}
		}, "rules[0].priority: waf-rule-priority", "rules[1].priority: waf-rule-priority",
			"rules[2].priority: waf-rule-priority", "rules[3].priority: waf-rule-priority"),
		refused("names of rules", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{
				rule("", 100), rule("a b", 101), rule("rate-limit", 102), rule("x", 103), rule("x", 104), rule("All", 105),
			}
		}, "rules[0].name: waf-rule-name", "rules[1].name: waf-rule-name", "rules[2].name: duplicate",
			"rules[4].name: duplicate", "rules[5].name: waf-rule-name"),
		refused("rules without sense", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{
				{Name: "a", Priority: 100},
				{Name: "b", Priority: 101, When: &waf.Match{}, Unless: &waf.Match{}},
				{Name: "c", Priority: 102, When: admin, Capacity: 5, WindowSeconds: 60, Action: "drop", Mode: "no"},
				{Name: "d", Priority: 103, When: &waf.Match{Methods: []waf.Method{"GET"}}, Limit: 10, WindowSeconds: 61},
				{Name: "e", Priority: 104, When: admin, Limit: 10, Action: waf.ActionAllow},
			}
		}, "rules[0].when: waf-rule-form", "rules[1].when: waf-rule-form", "rules[1].unless: waf-rule-form",
			"rules[2].action: not-supported", "rules[2].mode: not-supported", "rules[2].capacity: waf-rule-form",
			"rules[2].windowSeconds: waf-rule-form", "rules[3].windowSeconds: waf-rate-window",
			"rules[3].when.paths: waf-rule-form", "rules[4].action: waf-rule-form"),
		refused("rule groups", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{
				{Name: "a", Priority: 100, RuleGroupArn: pulumi.String("acme")},
				{Name: "b", Priority: 101, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 50, When: admin, Limit: 10},
			}
		}, "rules[0].capacity: waf-rule-form", "rules[0].ruleGroupArn: rule-group-arn", "rules[1].when: alternatives",
			"rules[1].limit: alternatives"),
		refused("conditions", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{{Name: "a", Priority: 100, When: &waf.Match{
				Paths:   []string{"admin", "/", "/a*", "/a/../b", "/a//b", "/a%20b", "/x", "/x"},
				Methods: []waf.Method{"get", "", "GET", "GET"}, Hosts: []string{"https://acme.example"},
				Countries: []string{"uk", "de", "DE", "DE", "EU"}, Labels: []string{"a b"},
			}}}
		}, "rules[0].when.paths[0]: request-path", "rules[0].when.paths[1]: request-path",
			"rules[0].when.paths[2]: request-path", "rules[0].when.paths[3]: request-path",
			"rules[0].when.paths[4]: request-path", "rules[0].when.paths[5]: request-path",
			"rules[0].when.paths[7]: duplicate", "rules[0].when.methods[0]: not-supported",
			"rules[0].when.methods[1]: not-supported", "rules[0].when.methods[3]: duplicate", "rules[0].when.hosts[0]: waf-host",
			"rules[0].when.countries[0]: country-code", "rules[0].when.countries[1]: country-code",
			"rules[0].when.countries[3]: duplicate", "rules[0].when.countries[4]: country-code",
			"rules[0].when.labels[0]: waf-label"),
		refused("a label that comes later", func(a *waf.WebAclArgs) {
			label := &waf.Match{Labels: []string{"awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList"}}
			a.Rules = []waf.Rule{
				{Name: "a", Priority: 999, When: label}, {Name: "b", Priority: 10000, When: admin, Unless: label},
			}
		}, "rules[0].when.labels[0]: waf-label"),
		refused("too many limits and rule groups", func(a *waf.WebAclArgs) {
			for i := range 10 {
				limit := rule(fmt.Sprint("limit-", i), 100+i)
				limit.Limit = 10
				a.Rules = append(a.Rules, limit)
			}
			for i := range 51 {
				a.Rules = append(a.Rules, waf.Rule{
					Name: fmt.Sprint("group-", i), Priority: 200 + i, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 1,
				})
			}
		}, "rules: waf-rate-rules", "rules: waf-references"),
	}
}

func badSettings() []componenttest.Bad {
	return []componenttest.Bad{
		refused("labels", func(a *waf.WebAclArgs) { a.Labels.Owner = "" }, "labels.owner: label-required"),
		{Name: "the component's name", Program: func(ctx *pulumi.Context) error {
			_, err := waf.NewWebAcl(ctx, "edge.acl", &waf.WebAclArgs{Labels: labels, LogBucketName: pulumi.String(logBucket)})
			return err
		}, Problems: []string{"name: resource-name"}},
		refused("a name too long for a metric", func(a *waf.WebAclArgs) {
			a.Labels.Project = strings.Repeat("a", 120)
		}, "name: waf-metric-name"),
		refused("modes", func(a *waf.WebAclArgs) {
			a.Mode, a.Lifecycle = "cuont", "forever"
		}, "lifecycle: not-supported", "mode: not-supported"),
		refused("another load balancer", func(a *waf.WebAclArgs) {
			a.LoadBalancerArn = pulumi.String("arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/acme/1")
		}, "loadBalancerArn: load-balancer-arn"),
		refused("rate limits", func(a *waf.WebAclArgs) {
			a.RateLimit = &waf.RateLimit{Limit: 9, WindowSeconds: 90, Mode: "off"}
		}, "rateLimit.limit: waf-rate-limit", "rateLimit.windowSeconds: waf-rate-window", "rateLimit.mode: not-supported"),
		refused("a rate limit beyond all bounds", func(a *waf.WebAclArgs) {
			a.RateLimit = &waf.RateLimit{Limit: 2_000_000_001}
		}, "rateLimit.limit: waf-rate-limit"),
		refused("addresses", func(a *waf.WebAclArgs) {
			a.Block = &waf.IPSet{Mode: "no", Addresses: []string{
				"203.0.113.7", "203.0.113.7/24", "0.0.0.0/0", "203.0.113.0/33", "2001:db8::1", "::ffff:203.0.113.0/120",
				"acme.example", "198.51.100.0/24", "198.51.100.0/24",
			}}
			a.Allow = &waf.IPSet{}
		}, "block.addresses[0]: cidr-form", "block.addresses[1]: cidr-host-bits", "block.addresses[3]: cidr-form",
			"block.addresses[4]: cidr-form", "block.addresses[5]: cidr-form", "block.addresses[6]: cidr-form",
			"block.addresses[8]: duplicate", "block.addresses[2]: waf-address",
			"block.mode: not-supported", "allow.addresses: waf-address"),
		refused("an address that is blocked before it is allowed", func(a *waf.WebAclArgs) {
			a.Block = &waf.IPSet{Addresses: []string{"203.0.113.0/24"}}
			a.Allow = &waf.IPSet{Addresses: []string{"198.51.100.0/24", "203.0.113.7/32"}}
		}, "allow.addresses[1]: waf-address-blocked"),
		refused("too many addresses", func(a *waf.WebAclArgs) {
			a.Block = &waf.IPSet{}
			for i := range 10_001 {
				a.Block.Addresses = append(a.Block.Addresses, fmt.Sprintf("10.%d.%d.0/24", i/256, i%256))
			}
		}, "block.addresses: waf-address"),
		refused("countries twice over", func(a *waf.WebAclArgs) {
			a.Geo = &waf.Geo{AllowCountries: []string{"DE"}, BlockCountries: []string{"ZZ"}, Mode: "x"}
		}, "geo.blockCountries: alternatives", "geo.blockCountries[0]: country-code", "geo.mode: not-supported"),
		refused("no countries", func(a *waf.WebAclArgs) { a.Geo = &waf.Geo{} }, "geo.blockCountries: waf-geo"),
	}
}

func badLogging() []componenttest.Bad {
	return []componenttest.Bad{
		refused("no logging", func(a *waf.WebAclArgs) { a.LogBucketName = nil }, "logBucketName: waf-logging-required"),
		refused("logging disabled and a destination", func(a *waf.WebAclArgs) {
			a.Logging = toggle.Disabled
		}, "logging: waf-logging-off"),
		refused("logging disabled, with wishes", func(a *waf.WebAclArgs) {
			a.LogBucketName, a.Logging, a.LoggedRequests = nil, toggle.Disabled, waf.LoggedMatched
		}, "logging: waf-logging-off"),
		refused("logging off", func(a *waf.WebAclArgs) { a.Logging = "off" }, "logging: not-supported"),
		refused("three destinations", func(a *waf.WebAclArgs) {
			a.LogGroup, a.LogGroupArn = &waf.LogGroup{}, pulumi.String(logGroup)
		}, "logGroup: alternatives", "logGroupArn: alternatives"),
		refused("a bucket with another name", func(a *waf.WebAclArgs) {
			a.LogBucketName = pulumi.String("acme-logs")
		}, "logBucketName: waf-log-name"),
		refused("a name that is not a bucket's", func(a *waf.WebAclArgs) {
			a.LogBucketName = pulumi.String("aws-waf-logs-Acme")
		}, "logBucketName: bucket-name-characters"),
		refused("log groups", func(a *waf.WebAclArgs) {
			a.LogBucketName = nil
			a.LogGroup = &waf.LogGroup{RetentionDays: 100, KeyArn: pulumi.String("alias/x")}
		}, "logGroup.retentionDays: log-retention", "logGroup.keyArn: key-arn"),
		refused("other log groups", func(a *waf.WebAclArgs) {
			a.LogBucketName = nil
			a.LogGroupArn = pulumi.String("arn:aws:logs:eu-west-1:123456789012:log-group:acme")
		}, "logGroupArn: waf-log-name"),
		refused("a log stream", func(a *waf.WebAclArgs) {
			a.LogBucketName, a.LogGroupArn = nil, pulumi.String("arn:aws:firehose:eu-west-1:123456789012:deliverystream/x")
		}, "logGroupArn: log-group-arn"),
		{Name: "a log bucket without the source", Program: func(ctx *pulumi.Context) error {
			logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
				Labels: labels, Sources: storage.LogSources{FlowLogs: &storage.FlowLogSource{}},
			})
			if err != nil {
				return err
			}
			return webACL(func(a *waf.WebAclArgs) { a.LogBucket, a.LogBucketName = logs, nil })(ctx)
		}, Problems: []string{"logBucketName: waf-log-bucket-source"}},
		refused("what WAF cannot redact", func(a *waf.WebAclArgs) {
			a.RedactedFields = []string{
				"body", "cookies", "x-api-key", "queryArgument:token", "header:", "header:a b", "uripath",
			}
			a.LoggedRequests = "some"
		}, "loggedRequests: not-supported", "redactedFields[0]: waf-redaction", "redactedFields[1]: waf-redaction",
			"redactedFields[2]: waf-redaction", "redactedFields[3]: waf-redaction", "redactedFields[4]: waf-redaction",
			"redactedFields[5]: waf-redaction", "redactedFields[6]: waf-redaction"),
	}
}
