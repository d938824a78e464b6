package waf_test

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// bad are arguments that have to be refused.
func bad() []componenttest.Bad {
	return append(badRules(), badSettings()...)
}

func refused(name string, change func(*waf.WebAclArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: webACL(change), Problems: problems}
}

func badRules() []componenttest.Bad {
	admin := &waf.Match{Paths: []string{"/admin/"}}
	return []componenttest.Bad{
		refused("a group that does not exist", func(a *waf.WebAclArgs) {
			a.Groups, a.LeaveOut = []waf.ManagedGroup{{Group: "AWSManagedRulesComonRuleSet"}, {}}, []waf.Group{"SQLi"}
		}, "groups[0].group: not-supported", "groups[1].group: waf-group", "leaveOut[0]: not-supported"),
		refused("a group with a price among the others", func(a *waf.WebAclArgs) {
			a.Groups = []waf.ManagedGroup{{Group: "AWSManagedRulesBotControlRuleSet"}, {Group: "AWSManagedRulesAntiDDoSRuleSet"}}
		}, "groups[0].group: waf-group-paid", "groups[1].group: waf-group-paid"),
		refused("groups twice", func(a *waf.WebAclArgs) {
			a.Groups = []waf.ManagedGroup{{Group: waf.SQLInjection}, {Group: waf.SQLInjection}}
			a.LeaveOut = []waf.Group{waf.SQLInjection, waf.SQLInjection, waf.PHP}
		}, "groups[0].group: waf-group", "groups[1].group: waf-group", "leaveOut[1]: waf-group", "leaveOut[2]: not-supported"),
		refused("overrides", func(a *waf.WebAclArgs) {
			a.Groups = []waf.ManagedGroup{{Group: waf.CommonRuleSet, Mode: "Count", Version: "1 2", Overrides: []waf.RuleOverride{
				{Rule: "SizeRestriction_BODY", Mode: waf.ModeCount}, {}, {Rule: "NoUserAgent_HEADER", Mode: "allow"}, {Rule: "NoUserAgent_HEADER", Mode: waf.ModeCount},
			}}, {Group: waf.IPReputation, Version: "Version_1.0"}}
		}, "groups[0].mode: not-supported", "groups[0].overrides[0].rule: not-supported", "groups[0].overrides[1].rule: required",
			"groups[0].overrides[1].mode: required", "groups[0].overrides[2].mode: not-supported", "groups[0].overrides[3].rule: waf-override",
			"groups[0].version: waf-group-version", "groups[1].version: waf-group-version"),
		refused("rate limits", func(a *waf.WebAclArgs) { a.RateLimit = &waf.RateLimit{Limit: 9, WindowSeconds: 90, Mode: "off"} },
			"rateLimit.limit: waf-rate-limit", "rateLimit.windowSeconds: waf-rate-window", "rateLimit.mode: not-supported"),
		refused("a rate limit beyond all bounds", func(a *waf.WebAclArgs) { a.RateLimit = &waf.RateLimit{Limit: 2_000_000_001} }, "rateLimit.limit: waf-rate-limit"),
		refused("priorities that collide", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{{Name: "a", Priority: 100, When: admin}, {Name: "b", Priority: 100, When: admin}}
		}, "rules[1].priority: waf-rule-priority"),
		refused("priorities outside of the ranges", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{{Name: "a", Priority: 20, When: admin}, {Name: "b", Priority: 1100, When: admin}, {Name: "c", Priority: 20000, When: admin}, {Name: "d", Priority: -1, When: admin}}
		}, "rules[0].priority: waf-rule-priority", "rules[1].priority: waf-rule-priority", "rules[2].priority: waf-rule-priority", "rules[3].priority: waf-rule-priority"),
		refused("names of rules", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{
				{Priority: 100, When: admin},
				{Name: "a b", Priority: 101, When: admin},
				{Name: "rate-limit", Priority: 102, When: admin},
				{Name: "x", Priority: 103, When: admin},
				{Name: "x", Priority: 104, When: admin},
				{Name: "All", Priority: 105, When: admin},
			}
		}, "rules[0].name: waf-rule-name", "rules[1].name: waf-rule-name", "rules[2].name: waf-rule-name", "rules[4].name: waf-rule-name", "rules[5].name: waf-rule-name"),
		refused("rules without sense", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{
				{Name: "a", Priority: 100},
				{Name: "b", Priority: 101, When: &waf.Match{}, Unless: &waf.Match{}},
				{Name: "c", Priority: 102, When: admin, Capacity: 5, WindowSeconds: 60, Action: "drop", Mode: "no"},
				{Name: "d", Priority: 103, When: &waf.Match{Methods: []waf.Method{"GET"}}, Limit: 10, WindowSeconds: 61},
				{Name: "e", Priority: 104, When: admin, Limit: 10, Action: waf.ActionAllow},
			}
		}, "rules[0].when: waf-rule-form", "rules[1].when: waf-rule-form", "rules[1].unless: waf-rule-form",
			"rules[2].action: not-supported", "rules[2].mode: not-supported", "rules[2].capacity: waf-rule-form", "rules[2].windowSeconds: waf-rule-form",
			"rules[3].windowSeconds: waf-rate-window", "rules[3].when.paths: waf-rule-form", "rules[4].action: waf-rule-form"),
		refused("rule groups", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{
				{Name: "a", Priority: 100, RuleGroupArn: pulumi.String("acme")},
				{Name: "b", Priority: 101, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 50, When: admin},
			}
		}, "rules[0].capacity: waf-rule-form", "rules[0].ruleGroupArn: waf-rule-group", "rules[1].ruleGroupArn: waf-rule-form"),
		refused("conditions", func(a *waf.WebAclArgs) {
			a.Rules = []waf.Rule{{Name: "a", Priority: 100, When: &waf.Match{
				Paths: []string{"admin", "/", "/a*", "/a/../b", "/a//b", "/a%20b", "/x", "/x"}, Methods: []waf.Method{"get", ""},
				Hosts: []string{"https://acme.example"}, Countries: []string{"uk", "de", "DE", "DE", "EU"}, Labels: []string{"a b"},
			}}}
		}, "rules[0].when.paths[0]: waf-path", "rules[0].when.paths[1]: waf-path", "rules[0].when.paths[2]: waf-path", "rules[0].when.paths[3]: waf-path",
			"rules[0].when.paths[4]: waf-path", "rules[0].when.paths[5]: waf-path", "rules[0].when.paths[7]: waf-path",
			"rules[0].when.methods[0]: not-supported", "rules[0].when.methods[1]: not-supported", "rules[0].when.hosts[0]: waf-host",
			"rules[0].when.countries[0]: waf-country", "rules[0].when.countries[1]: waf-country", "rules[0].when.countries[3]: waf-country",
			"rules[0].when.countries[4]: waf-country", "rules[0].when.labels[0]: waf-label"),
		refused("a label that comes later", func(a *waf.WebAclArgs) {
			label := []string{"awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList"}
			a.Rules = []waf.Rule{
				{Name: "a", Priority: 999, When: &waf.Match{Labels: label}}, {Name: "b", Priority: 10000, When: admin, Unless: &waf.Match{Labels: label}},
			}
		}, "rules[0].when.labels[0]: waf-label"),
		refused("more capacity than the price includes", func(a *waf.WebAclArgs) {
			a.Groups = []waf.ManagedGroup{{Group: waf.Linux}, {Group: waf.POSIX}, {Group: waf.PHP}}
		}, "maxCapacity: waf-capacity"),
		refused("more capacity than there is", func(a *waf.WebAclArgs) {
			a.MaxCapacity = 5000
			a.Rules = []waf.Rule{{Name: "a", Priority: 100, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 4000}}
		}, "maxCapacity: waf-capacity"),
		refused("a limit that AWS does not have", func(a *waf.WebAclArgs) { a.MaxCapacity = 5001 }, "maxCapacity: out-of-range"),
		refused("too many limits and rule groups", func(a *waf.WebAclArgs) {
			for i := range 10 {
				a.Rules = append(a.Rules, waf.Rule{Name: fmt.Sprint("limit-", i), Priority: 100 + i, When: admin, Limit: 10})
			}
			for i := range 51 {
				a.Rules = append(a.Rules, waf.Rule{Name: fmt.Sprint("group-", i), Priority: 200 + i, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 1})
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
		refused("a name too long for a metric", func(a *waf.WebAclArgs) { a.Labels.Project = strings.Repeat("a", 120) }, "name: waf-metric-name"),
		refused("modes", func(a *waf.WebAclArgs) { a.Mode, a.Lifecycle = "cuont", "forever" }, "lifecycle: not-supported", "mode: not-supported"),
		refused("another load balancer", func(a *waf.WebAclArgs) {
			a.LoadBalancerArn = pulumi.String("arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/acme/1")
		}, "loadBalancerArn: waf-load-balancer"),
		refused("addresses", func(a *waf.WebAclArgs) {
			a.Deny = &waf.AddressList{Mode: "no", Addresses: []string{
				"203.0.113.7", "203.0.113.7/24", "0.0.0.0/0", "203.0.113.0/33", "2001:db8::1", "::ffff:203.0.113.0/120", "acme.example", "198.51.100.0/24", "198.51.100.0/24",
			}}
			a.Allow = &waf.AddressList{}
		}, "deny.addresses[0]: waf-address", "deny.addresses[1]: waf-address", "deny.addresses[2]: waf-address", "deny.addresses[3]: waf-address",
			"deny.addresses[4]: waf-address", "deny.addresses[5]: waf-address", "deny.addresses[6]: waf-address", "deny.addresses[8]: waf-address",
			"deny.mode: not-supported", "allow.addresses: waf-address"),
		refused("an address that is denied before it is allowed", func(a *waf.WebAclArgs) {
			a.Deny = &waf.AddressList{Addresses: []string{"203.0.113.0/24"}}
			a.Allow = &waf.AddressList{Addresses: []string{"198.51.100.0/24", "203.0.113.7/32"}}
		}, "allow.addresses[1]: waf-address-denied"),
		refused("too many addresses", func(a *waf.WebAclArgs) {
			a.Deny = &waf.AddressList{}
			for i := range 10_001 {
				a.Deny.Addresses = append(a.Deny.Addresses, fmt.Sprintf("10.%d.%d.0/24", i/256, i%256))
			}
		}, "deny.addresses: waf-address"),
		refused("countries twice over", func(a *waf.WebAclArgs) {
			a.Geo = &waf.Geo{AllowCountries: []string{"DE"}, DenyCountries: []string{"ZZ"}, Mode: "x"}
		}, "geo.denyCountries: waf-geo", "geo.denyCountries[0]: waf-country", "geo.mode: not-supported"),
		refused("no countries", func(a *waf.WebAclArgs) { a.Geo = &waf.Geo{} }, "geo.denyCountries: waf-geo"),
		refused("uploads everywhere", func(a *waf.WebAclArgs) { a.Uploads = &waf.Uploads{Paths: []string{"/"}} }, "uploads.paths[0]: waf-path"),
		refused("uploads without effect", func(a *waf.WebAclArgs) {
			a.LeaveOut, a.Uploads = []waf.Group{waf.CommonRuleSet, waf.SQLInjection}, &waf.Uploads{Paths: []string{"/a/"}}
		}, "uploads: waf-upload-rule"),
		refused("uploads", func(a *waf.WebAclArgs) {
			a.Groups = []waf.ManagedGroup{{Group: waf.CommonRuleSet, Overrides: []waf.RuleOverride{{Rule: "SizeRestrictions_BODY", Mode: waf.ModeCount}}}}
			a.Uploads = &waf.Uploads{Rules: []string{"SizeRestrictions_BODY", "SizeRestriction_BODY", "PHPHighRiskMethodsVariables_BODY", ""}}
		}, "uploads.paths: waf-path", "groups[0].overrides[0].rule: waf-override", "uploads.rules[1]: waf-upload-rule", "uploads.rules[2]: waf-upload-rule", "uploads.rules[3]: waf-upload-rule"),
		refused("forms", func(a *waf.WebAclArgs) {
			a.BotControl = &waf.BotControl{Level: "HIGH", Overrides: []waf.RuleOverride{{Rule: "CategorySearchEngines", Mode: waf.ModeCount}}}
			a.AccountTakeover = &waf.AccountTakeover{LoginPath: "login", UsernameField: "user", Payload: "XML"}
			a.AccountCreation = &waf.AccountCreation{CreationPath: "/signup?x", Payload: waf.PayloadFormEncoded, PhoneNumberFields: []string{"/phone"}, AddressFields: []string{" "}}
		}, "botControl.level: not-supported", "botControl.overrides[0].rule: not-supported",
			"accountTakeover.loginPath: waf-form-path", "accountTakeover.payload: not-supported", "accountTakeover.usernameField: waf-form-field", "accountTakeover.passwordField: waf-form-field",
			"accountCreation.pagePath: waf-form-path", "accountCreation.creationPath: waf-form-path",
			"accountCreation.addressFields[0]: waf-form-field", "accountCreation.phoneNumberFields[0]: waf-form-field", "accountCreation.usernameField: waf-form-field"),
		refused("no logging", func(a *waf.WebAclArgs) { a.LogBucketName = nil }, "logBucketName: waf-logging-required"),
		refused("logging off and on", func(a *waf.WebAclArgs) { a.Logging = waf.LoggingOff }, "logging: waf-logging-off"),
		refused("logging off, with wishes", func(a *waf.WebAclArgs) {
			a.LogBucketName, a.Logging, a.LoggedRequests = nil, waf.LoggingOff, waf.LoggedMatched
		}, "logging: waf-logging-off"),
		refused("two destinations", func(a *waf.WebAclArgs) { a.LogGroup = &waf.LogGroup{} }, "logGroup: waf-logging-twice"),
		refused("a bucket with another name", func(a *waf.WebAclArgs) { a.LogBucketName = pulumi.String("acme-logs") }, "logBucketName: waf-log-name"),
		refused("log groups", func(a *waf.WebAclArgs) {
			a.LogBucketName = nil
			a.LogGroup = &waf.LogGroup{RetentionDays: 100, KeyArn: pulumi.String("alias/x")}
		}, "logGroup.retentionDays: log-group-retention", "logGroup.keyArn: key-arn"),
		refused("other log groups", func(a *waf.WebAclArgs) {
			a.LogBucketName, a.LogGroupArn = nil, pulumi.String("arn:aws:logs:eu-west-1:123456789012:log-group:acme")
		}, "logGroupArn: waf-log-name"),
		{Name: "a log bucket without the source", Program: func(ctx *pulumi.Context) error {
			logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: storage.LogSources{FlowLogs: &storage.FlowLogSource{}}})
			if err != nil {
				return err
			}
			return webACL(func(a *waf.WebAclArgs) { a.LogBucket, a.LogBucketName = logs, nil })(ctx)
		}, Problems: []string{"logBucketName: waf-log-bucket-source"}},
		refused("what WAF cannot redact", func(a *waf.WebAclArgs) {
			a.RedactedFields = []string{"body", "cookies", "x-api-key", "queryArgument:token", "header:", "header:a b", "uripath"}
			a.LoggedRequests = "some"
		}, "loggedRequests: not-supported", "redactedFields[0]: waf-redaction", "redactedFields[1]: waf-redaction", "redactedFields[2]: waf-redaction",
			"redactedFields[3]: waf-redaction", "redactedFields[4]: waf-redaction", "redactedFields[5]: waf-redaction", "redactedFields[6]: waf-redaction"),
	}
}
