package waf_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

const (
	webACLResource      = "aws:wafv2/webAcl:WebAcl"
	ipSetResource       = "aws:wafv2/ipSet:IpSet"
	loggingResource     = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
	associationResource = "aws:wafv2/webAclAssociation:WebAclAssociation"

	logBucket    = "aws-waf-logs-acme"
	logGroup     = "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-acme"
	loadBalancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/50dc6c495c0c9188"
	ruleGroup    = "arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/acme/1234abcd-12ab-34cd-56ef-1234567890ab"
	someKey      = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// webACL makes a web ACL that logs into an existing bucket, unless the arguments say otherwise.
func webACL(change func(*waf.WebAclArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &waf.WebAclArgs{Labels: labels, LogBucketName: pulumi.String(logBucket)}
		change(args)
		_, err := waf.NewWebAcl(ctx, "edge", args)
		return err
	}
}

// newLogBucket makes a log bucket that accepts the logs of WAF.
func newLogBucket(ctx *pulumi.Context, opts ...pulumi.ResourceOption) (*storage.LogBucket, error) {
	return storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
		Labels: labels, Sources: storage.LogSources{Waf: &storage.WafSource{}},
	}, opts...)
}

// everything fills in all arguments but those for a log group.
func everything(a *waf.WebAclArgs) {
	a.LoadBalancerArn = pulumi.String(loadBalancer)
	a.ManagedRuleGroups = []waf.ManagedRuleGroup{
		{Name: waf.CommonRuleSet, Version: "Version_1.19", Overrides: []waf.RuleOverride{
			{Rule: "NoUserAgent_HEADER", Mode: waf.ModeCount},
		}},
		{Name: waf.IPReputation, Overrides: []waf.RuleOverride{{Rule: "AWSManagedIPDDoSList", Mode: waf.ModeBlock}}},
		{Name: waf.AnonymousIP, Mode: waf.ModeCount},
		{Name: waf.Linux},
	}
	a.ExcludedManagedRuleGroups = []waf.ManagedRuleGroupName{waf.KnownBadInputs}
	a.RateLimit = &waf.RateLimit{Limit: 1000, WindowSeconds: 60}
	a.Block = &waf.IPSet{Addresses: []string{"203.0.113.0/24", "198.51.100.7/32", "2001:db8:bad::/48"}}
	a.Allow = &waf.IPSet{Addresses: []string{"192.0.2.10/32", "2001:db8:1::1/128"}}
	a.Geo = &waf.Geo{BlockCountries: []string{"KP", "SY"}, Mode: waf.ModeCount}
	a.Uploads = &waf.Uploads{
		Paths: []string{"/recordings/", "/avatar"},
		Rules: []string{"SizeRestrictions_BODY", "SQLi_BODY", "SQLiExtendedPatterns_BODY"},
	}
	a.Rules = []waf.Rule{
		{Name: "login", Priority: 100, When: &waf.Match{Paths: []string{"/login"}}, Limit: 100, WindowSeconds: 120},
		{
			Name: "signup", Priority: 110, Limit: 20,
			When: &waf.Match{Paths: []string{"/signup", "/invite/"}, Methods: []waf.Method{waf.MethodPost}},
		},
		{
			Name: "admin", Priority: 200,
			When:   &waf.Match{Paths: []string{"/admin/"}},
			Unless: &waf.Match{Countries: []string{"DE"}, Hosts: []string{"status.acme.example"}},
		},
		{
			Name: "health", Priority: 300, Action: waf.ActionAllow,
			When: &waf.Match{Paths: []string{"/health"}, Hosts: []string{"api.acme.example"}},
		},
		{Name: "acme-group", Priority: 400, RuleGroupArn: pulumi.String(ruleGroup), Capacity: 50, Mode: waf.ModeCount},
		{Name: "hosting", Priority: 10000, When: &waf.Match{
			Labels: []string{"awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList"}, Paths: []string{"/login"},
		}},
	}
	a.BotControl = &waf.BotControl{Level: waf.BotLevelTargeted, Overrides: []waf.RuleOverride{
		{Rule: "SignalNonBrowserUserAgent", Mode: waf.ModeCount},
	}}
	a.AccountTakeover = &waf.AccountTakeover{LoginPath: "/login", UsernameField: "/username", PasswordField: "/password"}
	a.AccountCreation = &waf.AccountCreation{
		PagePath: "/signup", CreationPath: "/signup/create", Payload: waf.PayloadFormEncoded,
		UsernameField: "user", PasswordField: "password", EmailField: "email",
		PhoneNumberFields: []string{"phone"}, AddressFields: []string{"street", "city"},
	}
	a.LoggedRequests = waf.LoggedMatched
	a.RedactedFields = []string{waf.RedactQueryString, waf.RedactHeader("X-Api-Key"), waf.RedactUriPath, waf.RedactMethod}
	a.SampledRequests = true
	a.MaxCapacity = 2000
}

// rules are the rules of the only web ACL, by name.
func rules(t *testing.T, r *componenttest.Recorder) map[string]map[string]any {
	t.Helper()
	found := r.Find(webACLResource)
	require.Len(t, found, 1)
	out := map[string]map[string]any{}
	for _, raw := range found[0].Input("rules").([]any) {
		rule := raw.(map[string]any)
		require.NotContains(t, out, rule["name"].(string))
		out[rule["name"].(string)] = rule
	}
	return out
}
