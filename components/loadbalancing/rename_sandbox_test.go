//go:build sandbox

package loadbalancing_test

import (
	"testing"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// TestRenamesAndSwaps changes every label of the user's, and swaps two rules: each is an update of what is there, and
// nothing is made twice or taken away.
func TestRenamesAndSwaps(t *testing.T) {
	env := sandboxtest.New(t)
	var change func(*lbArgs)
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		return deploy(ctx, "renamed", func(a *lbArgs) error {
			a.ListenerProtocol, a.HostedZone = loadbalancing.ListenerHTTP, nil
			change(a)
			return nil
		})
	}, sandboxtest.Options{})
	args := func(group, office, first, second string, paths ...string) func(*lbArgs) {
		return func(a *lbArgs) {
			a.TargetGroups = []loadbalancing.TargetGroup{{Name: group, FormerNames: []string{"app"}, Port: 8080}}
			a.AllowedClients = []loadbalancing.AllowedClient{{Name: office, Cidrs: []string{"198.51.100.0/24"}}}
			a.Rules = []loadbalancing.Rule{
				{Name: first, Priority: 100, Paths: paths[:1], TargetGroup: group},
				{Name: second, Priority: 200, Paths: paths[1:], TargetGroup: group},
			}
			a.DefaultTargetGroup = group
		}
	}
	change = args("app", "office", "api", "health", "/api/*", "/health")
	first := stack.Up(t)
	change = args("web", "branch", "health", "api", "/health", "/api/*")
	second := stack.Up(t)
	assert.Zero(t, second.Created+second.Deleted+second.Replaced, "%v", second.Changes)
	assert.Equal(t, groups(t, first)["app"], groups(t, second)["web"], "the targets stay")

	listener := second.Output(t, "listener")
	rules, err := elb.NewFromConfig(env.AWSConfig("eu-west-1")).DescribeRules(t.Context(),
		&elb.DescribeRulesInput{ListenerArn: &listener})
	require.NoError(t, err)
	paths := map[string]string{}
	for _, rule := range rules.Rules {
		for _, condition := range rule.Conditions {
			paths[*rule.Priority] = condition.PathPatternConfig.Values[0]
		}
	}
	assert.Equal(t, map[string]string{"100": "/health", "200": "/api/*"}, paths)
	stack.UpUnchanged(t)
	stack.RefreshUnchanged(t)
	stack.Destroy(t)
}
