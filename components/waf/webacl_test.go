package waf_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestWebAclConforms(t *testing.T) {
	componenttest.Conform(t, componenttest.Case{
		Token: waf.WebAclType, Golden: "webacl", Args: waf.WebAclArgs{}, Component: waf.WebAcl{},
		Minimal: webACL(func(*waf.WebAclArgs) {}),
		NoArgs:  func(ctx *pulumi.Context) error { _, err := waf.NewWebAcl(ctx, "edge", nil); return err },
		Unknown: webACL(func(a *waf.WebAclArgs) {
			a.LoadBalancerArn, a.LogBucketName, a.LogGroupArn = componenttest.UnknownString(), nil, componenttest.UnknownString()
			a.Rules = []waf.Rule{{Name: "group", Priority: 100, RuleGroupArn: componenttest.UnknownString(), Capacity: 10}}
		}),
		Disposable: webACL(func(a *waf.WebAclArgs) {
			a.Lifecycle, a.LogBucketName, a.LogGroup = lifecycle.Disposable, nil, &waf.LogGroup{RetentionDays: 7}
		}),
		Variants: map[string]pulumi.RunFunc{
			"everything": webACL(everything),
			"count": webACL(func(a *waf.WebAclArgs) {
				a.Mode, a.Uploads = waf.ModeCount, &waf.Uploads{Paths: []string{"/recordings/"}}
			}),
			"log-bucket": func(ctx *pulumi.Context) error {
				logs, err := newLogBucket(ctx)
				if err != nil {
					return err
				}
				return webACL(func(a *waf.WebAclArgs) { a.LogBucket, a.LogBucketName = logs, nil })(ctx)
			},
			"log-group": webACL(func(a *waf.WebAclArgs) { a.LogBucketName, a.LogGroup = nil, &waf.LogGroup{} }),
			"log-group-key": webACL(func(a *waf.WebAclArgs) {
				a.LogBucketName, a.LogGroup = nil, &waf.LogGroup{KeyArn: pulumi.String(someKey), RetentionDays: 30}
			}),
			"no-logging": webACL(func(a *waf.WebAclArgs) { a.LogBucketName, a.Logging = nil, toggle.Disabled }),
		},
		Bad: bad(),
	})
}

func TestANewRuleMovesNoOther(t *testing.T) {
	few := rules(t, componenttest.Run(t, webACL(func(*waf.WebAclArgs) {})))
	many := rules(t, componenttest.Run(t, webACL(everything)))
	for name, rule := range few {
		if name != string(waf.KnownBadInputs) {
			assert.Equal(t, rule["priority"], many[name]["priority"], name)
		}
	}
	taken := map[any]string{}
	for name, rule := range many {
		assert.NotContains(t, taken, rule["priority"], "%s and %s", name, taken[rule["priority"]])
		taken[rule["priority"]] = name
	}
}

func TestEveryRuleHasMetricsAndNoneSamplesUnasked(t *testing.T) {
	for sampled, program := range map[bool]pulumi.RunFunc{
		false: webACL(func(a *waf.WebAclArgs) { everything(a); a.SampledRequests = false }), true: webACL(everything),
	} {
		recorder := componenttest.Run(t, program)
		configs := map[string]any{"the web ACL": recorder.Find(webACLResource)[0].Input("visibilityConfig")}
		for name, rule := range rules(t, recorder) {
			configs[name] = rule["visibilityConfig"]
			assert.Equal(t, name, rule["visibilityConfig"].(map[string]any)["metricName"])
		}
		for name, config := range configs {
			assert.Equal(t, true, config.(map[string]any)["cloudwatchMetricsEnabled"], name)
			assert.Equal(t, sampled, config.(map[string]any)["sampledRequestsEnabled"], name)
		}
	}
}

func TestTokensNeverReachTheLogs(t *testing.T) {
	header := func(name string) map[string]any { return map[string]any{"singleHeader": map[string]any{"name": name}} }
	method, uriPath := map[string]any{"method": map[string]any{}}, map[string]any{"uriPath": map[string]any{}}
	for name, c := range map[string]struct {
		given []string
		want  []any
	}{
		"nothing given": {nil, []any{header("authorization"), header("cookie")}},
		"more given": {
			[]string{"uriPath", "header:X-Api-Key", "method"},
			[]any{header("authorization"), header("cookie"), header("x-api-key"), method, uriPath},
		},
		"given in vain": {[]string{"header:Cookie"}, []any{header("authorization"), header("cookie")}},
	} {
		recorder := componenttest.Run(t, webACL(func(a *waf.WebAclArgs) { a.RedactedFields = c.given }))
		assert.Equal(t, c.want, recorder.Find(loggingResource)[0].Input("redactedFields"), name)
	}
}

func TestAddressesStandAsAWSGivesThemBack(t *testing.T) {
	recorder := componenttest.Run(t, webACL(func(a *waf.WebAclArgs) {
		a.Block = &waf.IPSet{Addresses: []string{"2001:db8::/32", "203.0.113.0/24", "2001:DB8:1::1/128"}}
	}))
	sets := map[string]any{}
	for _, set := range recorder.Find(ipSetResource) {
		sets[set.Name] = set.Input("addresses")
	}
	assert.Equal(t, map[string]any{
		"edge-block-ipv4": []any{"203.0.113.0/24"},
		"edge-block-ipv6": []any{"2001:0db8:0000:0000:0000:0000:0000:0000/32", "2001:0db8:0001:0000:0000:0000:0000:0001/128"},
	}, sets)
}

func TestTheKeyOfALogGroupServesThatGroupOnly(t *testing.T) {
	recorder := componenttest.Run(t, webACL(func(a *waf.WebAclArgs) {
		a.LogBucketName, a.LogGroup = nil, &waf.LogGroup{}
	}))
	const name = "aws-waf-logs-acme-audio-test-edge"
	assert.Contains(t, recorder.Find("aws:kms/key:Key")[0].Input("policy"),
		`"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-west-1:123456789012:log-group:`+name+`"`)
	assert.Equal(t, name, recorder.Find("aws:cloudwatch/logGroup:LogGroup")[0].Input("name"))
}
