package deploypolicy

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// toCome are calls of services that a stack may get, as the AWS provider makes them.
var toCome = map[string]string{
	"ecs": "CreateCluster DeleteCluster DescribeClusters PutClusterCapacityProviders UpdateCluster UpdateClusterSettings CreateService " +
		"UpdateService DeleteService DescribeServices ListServices ListClusters RegisterTaskDefinition DeregisterTaskDefinition DeleteTaskDefinitions DescribeTaskDefinition " +
		"ListTaskDefinitions ListServiceDeployments DescribeServiceDeployments DescribeServiceRevisions ListTasks DescribeTasks " +
		"TagResource UntagResource ListTagsForResource",
	"ecr": "CreateRepository DeleteRepository DescribeRepositories PutLifecyclePolicy GetLifecyclePolicy DeleteLifecyclePolicy SetRepositoryPolicy " +
		"GetRepositoryPolicy DeleteRepositoryPolicy PutImageScanningConfiguration PutImageTagMutability TagResource UntagResource ListTagsForResource " +
		"GetAuthorizationToken BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage BatchGetImage DescribeImages",
	"application-autoscaling": "RegisterScalableTarget DeregisterScalableTarget DescribeScalableTargets PutScalingPolicy DescribeScalingPolicies DeleteScalingPolicy " +
		"PutScheduledAction DescribeScheduledActions DeleteScheduledAction ListTagsForResource TagResource UntagResource",
	"scheduler": "CreateSchedule GetSchedule UpdateSchedule DeleteSchedule CreateScheduleGroup GetScheduleGroup DeleteScheduleGroup TagResource UntagResource ListTagsForResource",
	"iam":       "PutRolePermissionsBoundary UpdateRole AttachRolePolicy DetachRolePolicy ListRoleTags ListRoles",
	"logs":      "GetLogEvents AssociateKmsKey PutSubscriptionFilter",
	"elbv2":     "CreateRule ModifyRule DeleteRule DescribeRules DescribeTargetHealth SetSecurityGroups SetSubnets",
	"ec2":       "AllocateAddress ReleaseAddress CreateNatGateway DeleteNatGateway DescribeNatGateways DescribeAddresses ModifySubnetAttribute ModifySecurityGroupRules ReplaceRoute",
	"kms":       "CreateGrant DisableKey UpdateAlias",
	"s3":        "PutBucketReplication DeleteBucketReplication ListObjectVersions DeleteBucketPolicy DeleteBucketCors GetBucketLocation PutObjectLockConfiguration",
	"wafv2":     "CreateIPSet UpdateIPSet DeleteIPSet GetIPSet CreateRuleGroup UpdateRuleGroup GetRuleGroup DeleteRuleGroup",
}

// TestServicesToCome: the record is renewed by one command when a stack grows: the rules know the calls already.
func TestServicesToCome(t *testing.T) {
	s := scope()
	var calls []Call
	for service, operations := range toCome {
		for operation := range strings.FieldsSeq(operations) {
			call := Call{Service: service, Operation: operation, Phases: []Phase{Up}}
			needs, err := call.needs()
			require.NoError(t, err)
			for _, n := range needs {
				if n.resources[0] == "*" && n.tags == noTags {
					assert.NotEmpty(t, n.reason, "%s needs %s on everything", call, n.action)
				}
			}
			calls = append(calls, call)
		}
	}
	policies, err := s.policies(append(Calls(), calls...), s.guards())
	require.NoError(t, err)
	assert.LessOrEqual(t, len(policies), MaxPolicies)
	for _, p := range policies {
		text, err := p.Document.Render()
		require.NoError(t, err)
		t.Logf("%s: %d characters", p.Name, iampolicy.Size(text))
		assert.NoError(t, iampolicy.Err(p.Document.Check(iampolicy.ManagedPolicy)))
		assert.NoError(t, iampolicy.Err(iamref.Check(p.Document)), "%s", text)
	}
}
