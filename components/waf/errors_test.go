package waf_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestWhatIsKnownLateIsCheckedLate(t *testing.T) {
	late := func(text string) pulumi.StringInput { return pulumi.String(text).ToStringOutput() }
	for name, c := range map[string]struct {
		change   func(*waf.WebAclArgs)
		problems []string
	}{
		"a network load balancer": {
			func(a *waf.WebAclArgs) {
				a.LoadBalancerArn = late("arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/acme/1")
			},
			[]string{`loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/acme/1": ` +
				"expected the ARN of an Application Load Balancer"},
		},
		"a load balancer of another region": {
			func(a *waf.WebAclArgs) {
				a.LoadBalancerArn = late("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/acme/1")
			},
			[]string{"expected one in eu-west-1, the region of the web ACL"},
		},
		"a log bucket with another name": {
			func(a *waf.WebAclArgs) { a.LogBucketName = late("acme-logs") },
			[]string{`logBucketName: "acme-logs": expected a name that starts with aws-waf-logs-`},
		},
		"a log group with another name": {
			func(a *waf.WebAclArgs) {
				a.LogBucketName, a.LogGroupArn = nil, late("arn:aws:logs:eu-west-1:123456789012:log-group:acme")
			},
			[]string{"expected a log group whose name starts with aws-waf-logs-"},
		},
		"a log group with another name in another region": {
			func(a *waf.WebAclArgs) {
				a.LogBucketName, a.LogGroupArn = nil, late("arn:aws:logs:us-east-1:123456789012:log-group:acme")
			},
			[]string{
				": 2 problems:", "expected a log group whose name starts with aws-waf-logs-",
				"expected one in eu-west-1, the region of the web ACL",
			},
		},
		"a rule group for CloudFront": {
			func(a *waf.WebAclArgs) {
				arn := late("arn:aws:wafv2:eu-west-1:123456789012:global/rulegroup/x/1")
				a.Rules = []waf.Rule{{Name: "x", Priority: 100, Capacity: 1, RuleGroupArn: arn}}
			},
			[]string{`rules[0].ruleGroupArn: "arn:aws:wafv2:`, "expected the ARN of a regional rule group"},
		},
		"a rule group of another region": {
			func(a *waf.WebAclArgs) {
				arn := late("arn:aws:wafv2:us-east-1:123456789012:regional/rulegroup/x/1")
				a.Rules = []waf.Rule{{Name: "x", Priority: 100, Capacity: 1, RuleGroupArn: arn}}
			},
			[]string{"rules[0].ruleGroupArn: ", "expected one in eu-west-1, the region of the web ACL"},
		},
		"a key of another region": {
			func(a *waf.WebAclArgs) {
				arn := pulumi.String("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")
				a.LogBucketName, a.LogGroup = nil, &waf.LogGroup{KeyArn: arn}
			},
			[]string{"logGroup.keyArn: ", "expected one in eu-west-1, the region of the web ACL"},
		},
		"an alias instead of a key": {
			func(a *waf.WebAclArgs) {
				a.LogBucketName, a.LogGroup = nil, &waf.LogGroup{KeyArn: late("alias/logs")}
			},
			[]string{`logGroup.keyArn: "alias/logs": expected the ARN of a KMS key`},
		},
	} {
		_, err := componenttest.Update(webACL(c.change))
		require.Error(t, err, name)
		for _, problem := range append(c.problems, `bulwark:waf:WebAcl "edge": `, "; fix: ") {
			assert.Contains(t, err.Error(), problem, name)
		}
	}
}

func TestALogBucketOfAnotherRegionIsRefused(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		second, err := aws.NewProvider(ctx, "second", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		logs, err := newLogBucket(ctx, pulumi.Provider(second))
		if err != nil {
			return err
		}
		return webACL(func(a *waf.WebAclArgs) { a.LogBucket, a.LogBucketName = logs, nil })(ctx)
	})
	require.ErrorContains(t, err, `bulwark:waf:WebAcl "edge": logBucketName: "arn:aws:s3:::`)
	assert.ErrorContains(t, err, ` in eu-central-1": expected one in eu-west-1, the region of the web ACL; fix: `)
}

func TestAKeyForOtherUsesIsRefused(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		key, err := encryption.NewKey(ctx, "key", &encryption.KeyArgs{
			Labels: labels, Uses: []encryption.Use{encryption.UseS3},
		})
		if err != nil {
			return err
		}
		return webACL(func(a *waf.WebAclArgs) { a.LogBucketName, a.LogGroup = nil, &waf.LogGroup{Key: key} })(ctx)
	})
	assert.ErrorContains(t, err, "logGroup.key: ")
}

// TestNoMessageQuotesASecret pastes secrets into arguments, told apart by how their problems begin. The message has to
// name the argument, and must not quote what stands there.
func TestNoMessageQuotesASecret(t *testing.T) {
	const accessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY"
	const token = "xoxb-123456789012-" + "abcdefghijklmnop"
	when := func(m waf.Match) func(*waf.WebAclArgs) {
		return func(a *waf.WebAclArgs) { a.Rules = []waf.Rule{{Name: "x", Priority: 100, When: &m}} }
	}
	paste := func(secret string) map[string]func(*waf.WebAclArgs) {
		lateSecret := pulumi.ToSecret(pulumi.String(secret)).(pulumi.StringOutput)
		return map[string]func(*waf.WebAclArgs){
			"redactedFields[0]":        func(a *waf.WebAclArgs) { a.RedactedFields = []string{secret} },
			"redactedFields[0]: a":     func(a *waf.WebAclArgs) { a.RedactedFields = []string{"header:" + secret + "/"} },
			"uploads.paths[0]":         func(a *waf.WebAclArgs) { a.Uploads = &waf.Uploads{Paths: []string{secret}} },
			"rules[0].when.paths[0]":   when(waf.Match{Paths: []string{"//" + secret}}),
			"rules[0].when.hosts[0]":   when(waf.Match{Hosts: []string{secret + "/"}}),
			"rules[0].when.labels[0]":  when(waf.Match{Labels: []string{secret + "/"}}),
			"rules[0].when.methods[0]": when(waf.Match{Methods: []waf.Method{waf.Method(secret)}}),
			"block.addresses[0]":       func(a *waf.WebAclArgs) { a.Block = &waf.IPSet{Addresses: []string{secret}} },
			"logBucketName":            func(a *waf.WebAclArgs) { a.LogBucketName = pulumi.String(secret) },
			"logBucketName: a":         func(a *waf.WebAclArgs) { a.LogBucketName = lateSecret },
			"loadBalancerArn":          func(a *waf.WebAclArgs) { a.LoadBalancerArn = lateSecret },
			"logGroupArn": func(a *waf.WebAclArgs) {
				a.LogBucketName, a.LogGroupArn = nil, pulumi.String(secret)
			},
			"rules[0].ruleGroupArn": func(a *waf.WebAclArgs) {
				a.Rules = []waf.Rule{{Name: "x", Priority: 100, Capacity: 1, RuleGroupArn: pulumi.String(secret)}}
			},
			"accountTakeover.passwordField": func(a *waf.WebAclArgs) {
				a.AccountTakeover = &waf.AccountTakeover{LoginPath: "/login", UsernameField: "/user", PasswordField: secret}
			},
			"accountCreation.emailField": func(a *waf.WebAclArgs) {
				a.AccountCreation = &waf.AccountCreation{PagePath: "/a", CreationPath: "/b", EmailField: secret}
			},
			"accountCreation.passwordField": func(a *waf.WebAclArgs) {
				a.AccountCreation = &waf.AccountCreation{PagePath: "/a", CreationPath: "/b", PasswordField: secret}
			},
		}
	}
	for _, secret := range []string{accessKey, token} {
		for problem, change := range paste(secret) {
			_, err := componenttest.Update(webACL(change))
			require.ErrorContains(t, err, problem)
			assert.NotContains(t, err.Error(), secret, problem)
		}
	}

	// A password has no form that gives it away.
	_, err := componenttest.Update(webACL(func(a *waf.WebAclArgs) {
		a.AccountTakeover = &waf.AccountTakeover{LoginPath: "/login", UsernameField: "/user", PasswordField: "hunter2"}
	}))
	require.ErrorContains(t, err, "accountTakeover.passwordField: a string of 7 characters (not shown): expected a JSON")
	assert.NotContains(t, err.Error(), "hunter2")
}
