package main

import (
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// account answers for the engine and AWS, as Pulumi's guide to unit tests shows: no helper of Bulwark is needed.
type account struct {
	mu    sync.Mutex
	found map[string][]resource.PropertyMap
}

func (a *account) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.found[args.TypeToken] = append(a.found[args.TypeToken], args.Inputs)
	outputs := args.Inputs.Copy()
	outputs["arn"] = resource.NewProperty("arn:aws:test:::" + args.Name)
	return args.Name, outputs, nil
}

func (a *account) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	answer := map[string]any{"accountId": "123456789012", "name": "eu-west-1", "partition": "aws", "dnsSuffix": "amazonaws.com"}
	switch args.Token {
	case "aws:index/getAvailabilityZones:getAvailabilityZones":
		answer = map[string]any{"names": []any{"eu-west-1a", "eu-west-1b", "eu-west-1c"}}
	case "aws:ec2/getVpcEndpointService:getVpcEndpointService":
		answer = map[string]any{"vpcEndpointPolicySupported": true}
	}
	return resource.NewPropertyMapFromMap(answer), nil
}

func run(t *testing.T, egress string) *account {
	t.Helper()
	aws := &account{found: map[string][]resource.PropertyMap{}}
	err := pulumi.RunErr(private, pulumi.WithMocks("network", "prod", aws), func(info *pulumi.RunInfo) {
		info.Config = map[string]string{"network:owner": "platform@acme.example", "network:egress": egress}
	})
	require.NoError(t, err)
	return aws
}

func TestPrivate(t *testing.T) {
	aws := run(t, "")
	assert.Len(t, aws.found["aws:ec2/vpcEndpoint:VpcEndpoint"], 5, "S3, two for ECR, logs, secrets")
	assert.Empty(t, aws.found["aws:ec2/natGateway:NatGateway"])

	groups := aws.found["aws:rds/subnetGroup:SubnetGroup"]
	require.Len(t, groups, 1)
	assert.Equal(t, "main-isolated-a", groups[0]["subnetIds"].ArrayValue()[0].StringValue())
	for _, rule := range aws.found["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] {
		assert.True(t, rule["referencedSecurityGroupId"].HasValue(), "rules name groups, not addresses: %v", rule)
	}
}

func TestPrivateWithNAT(t *testing.T) {
	aws := run(t, "natPerZone")
	assert.Len(t, aws.found["aws:ec2/natGateway:NatGateway"], 2)
	assert.Len(t, aws.found["aws:ec2/vpcEndpoint:VpcEndpoint"], 1, "S3")
}
