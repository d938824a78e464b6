//go:build sandbox

package waf_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/aws-sdk-go-v2/service/wafv2/types"
	provider "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// deploy makes a log bucket and a web ACL of that name, both disposable.
func deploy(name string, change func(*waf.WebAclArgs), opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		logs, err := storage.NewLogBucket(ctx, name+"-logs", &storage.LogBucketArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable, Sources: storage.LogSources{Waf: &storage.WafSource{}},
		})
		if err != nil {
			return err
		}
		args := &waf.WebAclArgs{Labels: labels, LogBucket: logs, Lifecycle: lifecycle.Disposable}
		change(args)
		acl, err := waf.NewWebAcl(ctx, name, args, opts...)
		if err != nil {
			return err
		}
		ctx.Export("arn", acl.WebAclArn)
		ctx.Export("logs", acl.LogDestinationArn)
		ctx.Export("bucket", logs.BucketArn)
		ctx.Export("capacity", acl.Capacity)
		return nil
	}
}

func TestWebAclDeployed(t *testing.T) {
	env := sandboxtest.New(t)
	balancer := newLoadBalancer(t, env, "deployed")
	stack := env.Deploy(t, deploy("deployed", func(a *waf.WebAclArgs) {
		everything(a)
		// The fidelity test has every kind of rule; the provider takes a while over each one.
		a.ExcludedManagedRuleGroups = []waf.ManagedRuleGroupName{waf.KnownBadInputs, waf.IPReputation, waf.SQLInjection}
		a.ManagedRuleGroups, a.Geo = a.ManagedRuleGroups[:1], nil
		a.BotControl, a.AccountTakeover, a.AccountCreation, a.Allow = nil, nil, nil, nil
		a.Uploads.Rules, a.Rules = nil, []waf.Rule{a.Rules[0], a.Rules[2]}
		a.LoadBalancerArn = pulumi.String(balancer)
	}), sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		client := wafv2.NewFromConfig(env.AWSConfig("eu-west-1"))
		acl := read(t, client, up.Output(t, "arn"))
		assert.NotNil(t, acl.DefaultAction.Allow)
		assert.EqualValues(t, up.Outputs["capacity"], acl.Capacity)

		byName := map[string]types.Rule{}
		for _, rule := range acl.Rules {
			byName[*rule.Name] = rule
			assert.True(t, rule.VisibilityConfig.CloudWatchMetricsEnabled, *rule.Name)
		}
		assert.Len(t, byName, 7)

		core := byName[string(waf.CommonRuleSet)]
		assert.NotNil(t, core.OverrideAction.None)
		assert.Equal(t, "Version_1.19", *core.Statement.ManagedRuleGroupStatement.Version)
		counted := map[string]bool{}
		for _, o := range core.Statement.ManagedRuleGroupStatement.RuleActionOverrides {
			counted[*o.Name] = o.ActionToUse.Count != nil
		}
		assert.Equal(t, map[string]bool{
			"NoUserAgent_HEADER": true, "SizeRestrictions_BODY": true, "CrossSiteScripting_BODY": true, "GenericLFI_BODY": true,
		}, counted)

		outside := byName[string(waf.CommonRuleSet)+"-outside-uploads"]
		assert.NotNil(t, outside.Action.Block)
		both := outside.Statement.AndStatement.Statements
		require.Len(t, both, 2)
		var found []string
		for _, s := range both[0].OrStatement.Statements {
			found = append(found, strings.TrimPrefix(*s.LabelMatchStatement.Key, "awswaf:managed:aws:core-rule-set:"))
		}
		assert.ElementsMatch(t, []string{"SizeRestrictions_Body", "CrossSiteScripting_Body", "GenericLFI_Body"}, found)
		paths := both[1].NotStatement.Statement.OrStatement.Statements
		require.Len(t, paths, 2)
		assert.Equal(t, "/recordings/", string(paths[0].ByteMatchStatement.SearchString))
		steps := map[int32]types.TextTransformationType{}
		for _, step := range paths[0].ByteMatchStatement.TextTransformations {
			steps[step.Priority] = step.Type
		}
		assert.Equal(t, map[int32]types.TextTransformationType{
			0: types.TextTransformationTypeUrlDecode, 1: types.TextTransformationTypeNormalizePath,
		}, steps)

		login := byName["login"]
		assert.EqualValues(t, 429, *login.Action.Block.CustomResponse.ResponseCode)
		limit := login.Statement.RateBasedStatement
		assert.EqualValues(t, 120, limit.EvaluationWindowSec)
		assert.Equal(t, "/login", string(limit.ScopeDownStatement.ByteMatchStatement.SearchString))

		logging, err := client.GetLoggingConfiguration(t.Context(), &wafv2.GetLoggingConfigurationInput{ResourceArn: acl.ARN})
		require.NoError(t, err)
		assert.Equal(t, []string{up.Output(t, "bucket")}, logging.LoggingConfiguration.LogDestinationConfigs)
		var headers []string
		for _, field := range logging.LoggingConfiguration.RedactedFields {
			if field.SingleHeader != nil {
				headers = append(headers, *field.SingleHeader.Name)
			}
		}
		assert.Equal(t, []string{"authorization", "cookie", "x-api-key"}, headers)
		assert.Equal(t, types.FilterBehaviorDrop, logging.LoggingConfiguration.LoggingFilter.DefaultBehavior)

		guarding := guardOf(t, client, balancer)
		require.NotNil(t, guarding)
		assert.Equal(t, up.Output(t, "arn"), *guarding.ARN)

		tags, err := client.ListTagsForResource(t.Context(), &wafv2.ListTagsForResourceInput{ResourceARN: acl.ARN})
		require.NoError(t, err)
		var keys []string
		for _, tag := range tags.TagInfoForResource.TagList {
			keys = append(keys, *tag.Key)
		}
		assert.Subset(t, keys, componenttest.TagKeys)
	})
}

// TestRollout goes from counting to blocking, adds and removes addresses, and changes where logs go: each step is an
// update, and the load balancer is guarded all the time.
func TestRollout(t *testing.T) {
	env := sandboxtest.New(t)
	balancer := newLoadBalancer(t, env, "rollout")
	client := wafv2.NewFromConfig(env.AWSConfig("eu-west-1"))
	var change func(*waf.WebAclArgs)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		return deploy("rollout", func(a *waf.WebAclArgs) {
			a.LoadBalancerArn = pulumi.String(balancer)
			change(a)
		})(ctx)
	}, sandboxtest.Options{})

	all := []string{"rate-limit"}
	for _, name := range []waf.ManagedRuleGroupName{
		waf.IPReputation, waf.CommonRuleSet, waf.KnownBadInputs, waf.SQLInjection,
	} {
		all = append(all, string(name))
	}
	var first string
	for _, step := range []struct {
		name   string
		change func(*waf.WebAclArgs)
		blocks []string
		sets   []string
	}{
		{"count", func(a *waf.WebAclArgs) { a.Mode = waf.ModeCount }, nil, nil},
		{"one group blocks", func(a *waf.WebAclArgs) {
			a.Mode, a.ManagedRuleGroups = waf.ModeCount, []waf.ManagedRuleGroup{{Name: waf.KnownBadInputs, Mode: waf.ModeBlock}}
		}, []string{string(waf.KnownBadInputs)}, nil},
		{"block, with blocked addresses", func(a *waf.WebAclArgs) {
			a.Block = &waf.IPSet{Addresses: []string{"203.0.113.0/24", "2001:db8::/32"}}
		}, append(slices.Clone(all), "block-ipv4", "block-ipv6"), []string{"block-ipv4", "block-ipv6"}},
		{"without them, logs in a log group", func(a *waf.WebAclArgs) {
			a.LogBucket, a.LogGroup = nil, &waf.LogGroup{}
		}, all, nil},
	} {
		change = step.change
		up := stack.Up(t)
		if first == "" {
			first = up.Output(t, "arn")
		}
		acl := read(t, client, up.Output(t, "arn"))
		assert.Equal(t, first, *acl.ARN, "%s: the web ACL is updated, not replaced", step.name)
		assert.ElementsMatch(t, step.blocks, blocking(acl), step.name)

		require.NotNil(t, guardOf(t, client, balancer), step.name)

		sets, err := client.ListIPSets(t.Context(), &wafv2.ListIPSetsInput{Scope: types.ScopeRegional})
		require.NoError(t, err)
		var names []string
		for _, set := range sets.IPSets {
			if rest, ours := strings.CutPrefix(*set.Name, "rollout-"); ours {
				names = append(names, rest[:len("block-ipv4")])
			}
		}
		assert.ElementsMatch(t, step.sets, names, step.name)

		logging, err := client.GetLoggingConfiguration(t.Context(), &wafv2.GetLoggingConfigurationInput{ResourceArn: acl.ARN})
		require.NoError(t, err, step.name)
		assert.Equal(t, []string{up.Output(t, "logs")}, logging.LoggingConfiguration.LogDestinationConfigs, step.name)
	}
	stack.UpUnchanged(t)
	stack.Destroy(t)
}

// TestAReplacedWebAclStillGuards gives the web ACL another name, which replaces it: its association and its logging are
// found by what they belong to, and must not go with the old ones.
func TestAReplacedWebAclStillGuards(t *testing.T) {
	env := sandboxtest.New(t)
	balancer := newLoadBalancer(t, env, "replaced")
	client := wafv2.NewFromConfig(env.AWSConfig("eu-west-1"))
	name := ""
	rename := func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		if acl, ok := args.Props.(*provider.WebAclArgs); ok {
			acl.Name = pulumi.String(name)
		}
		return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: args.Opts}
	}
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		return deploy("replaced", func(a *waf.WebAclArgs) { a.LoadBalancerArn = pulumi.String(balancer) },
			pulumi.Transformations([]pulumi.ResourceTransformation{rename}))(ctx)
	}, sandboxtest.Options{})
	for _, name = range []string{"first", "second"} {
		up := stack.Up(t)
		arn := up.Output(t, "arn")
		assert.Contains(t, arn, "/webacl/"+name+"/")
		guarding := guardOf(t, client, balancer)
		require.NotNil(t, guarding, "the load balancer is not guarded any more")
		assert.Equal(t, arn, *guarding.ARN)
		_, err := client.GetLoggingConfiguration(t.Context(), &wafv2.GetLoggingConfigurationInput{ResourceArn: &arn})
		assert.NoError(t, err)
	}
	acls, err := client.ListWebACLs(t.Context(), &wafv2.ListWebACLsInput{Scope: types.ScopeRegional})
	require.NoError(t, err)
	for _, acl := range acls.WebACLs {
		assert.NotEqual(t, "first", *acl.Name)
	}
	stack.Destroy(t)
}

func read(t testing.TB, client *wafv2.Client, arn string) *types.WebACL {
	t.Helper()
	parts := strings.Split(arn, "/")
	out, err := client.GetWebACL(t.Context(), &wafv2.GetWebACLInput{
		Name: &parts[len(parts)-2], Id: &parts[len(parts)-1], Scope: types.ScopeRegional,
	})
	require.NoError(t, err)
	return out.WebACL
}

// guardOf is the web ACL in front of a load balancer; nil without one.
func guardOf(t testing.TB, client *wafv2.Client, balancer string) *types.WebACL {
	t.Helper()
	out, err := client.GetWebACLForResource(t.Context(), &wafv2.GetWebACLForResourceInput{ResourceArn: &balancer})
	require.NoError(t, err)
	return out.WebACL
}

// blocking are the rules that act on a request.
func blocking(acl *types.WebACL) []string {
	var names []string
	for _, rule := range acl.Rules {
		if action, override := rule.Action, rule.OverrideAction; (action != nil && action.Count == nil) ||
			(override != nil && override.Count == nil) {
			names = append(names, *rule.Name)
		}
	}
	return names
}

// newLoadBalancer makes an Application Load Balancer in the account's default network, and returns its ARN.
func newLoadBalancer(t testing.TB, env *sandboxtest.Env, name string) string {
	t.Helper()
	described := query(t, env, "ec2", url.Values{"Action": {"DescribeSubnets"}, "Version": {"2016-11-15"}})
	subnets := regexp.MustCompile(`subnet-[0-9a-f]+`).FindAllString(described, -1)
	slices.Sort(subnets)
	subnets = slices.Compact(subnets)
	require.GreaterOrEqual(t, len(subnets), 2)
	answer := query(t, env, "elasticloadbalancing", url.Values{
		"Action": {"CreateLoadBalancer"}, "Version": {"2015-12-01"}, "Name": {name},
		"Subnets.member.1": {subnets[0]}, "Subnets.member.2": {subnets[1]},
	})
	return regexp.MustCompile(`arn:aws:elasticloadbalancing:[^<]+`).FindString(answer)
}

// query asks a service whose SDK would take long to compile.
func query(t testing.TB, env *sandboxtest.Env, service string, values url.Values) string {
	t.Helper()
	body := values.Encode()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, env.Endpoint, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	hash := sha256.Sum256([]byte(body))
	credentials, err := env.AWSConfig("eu-west-1").Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	require.NoError(t, v4.NewSigner().SignHTTP(t.Context(), credentials, request, hex.EncodeToString(hash[:]), service,
		"eu-west-1", time.Now()))
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, string(answer))
	return string(answer)
}
