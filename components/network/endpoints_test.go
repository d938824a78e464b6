package network_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func endpoints(change func(*network.EndpointsArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &network.EndpointsArgs{
			Labels: labels, VpcId: pulumi.String(someVPC),
			RouteTableIds: pulumi.ToStringArray([]string{"rtb-0123456789abcdef0"}),
		}
		change(args)
		_, err := network.NewEndpoints(ctx, "aws", args)
		return err
	}
}

func TestEndpointsConform(t *testing.T) {
	all := func(a *network.EndpointsArgs) {
		a.SubnetIds = pulumi.ToStringArray([]string{"subnet-01234567", "subnet-0123456789abcdef0"})
		a.EndpointServices = network.EndpointService("").Values()
		a.TrustedAccounts, a.ReadableBuckets = []string{"210987654321"}, []string{"amazonlinux.eu-west-1.amazonaws.com"}
	}
	componenttest.Conform(t, componenttest.Case{
		Token: network.EndpointsType, Golden: "endpoints", Args: network.EndpointsArgs{}, Component: network.Endpoints{},
		Beside:   []string{"pulumi:providers:aws"},
		Minimal:  endpoints(func(*network.EndpointsArgs) {}),
		NoArgs:   func(ctx *pulumi.Context) error { _, err := network.NewEndpoints(ctx, "aws", nil); return err },
		Variants: map[string]pulumi.RunFunc{"every-service": endpoints(all)},
		Unknown: endpoints(func(a *network.EndpointsArgs) {
			all(a)
			a.VpcId, a.RouteTableIds = componenttest.UnknownString(), pulumi.StringArray{componenttest.UnknownString()}
			a.SubnetIds = pulumi.StringArray{componenttest.UnknownString()}
		}),
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: endpoints(func(a *network.EndpointsArgs) {
				a.Labels.Project = ""
				a.VpcId = pulumi.String("main")
				a.RouteTableIds = pulumi.ToStringArray([]string{"rtb-0123456789abcdef0", "subnet-0123456789abcdef0"})
				a.EndpointServices = services{"s3"}
				a.TrustedAccounts, a.ReadableBuckets = []string{"12"}, []string{"*"}
			}), Problems: []string{
				"labels.project: label-required", "vpcId: id-form", "routeTableIds[1]: id-form", "subnetIds: required",
				"endpointServices[0]: not-supported", "trustedAccounts[0]: account-id",
				"readableBuckets[0]: bucket-name-characters",
			}},
			{Name: "subnets", Program: endpoints(func(a *network.EndpointsArgs) {
				a.SubnetIds = pulumi.ToStringArray([]string{"subnet-012345678", "subnet-0123456G", ""})
			}), Problems: []string{"subnetIds[0]: id-form", "subnetIds[1]: id-form", "subnetIds[2]: id-form"}},
			{
				Name: "what a region does not have",
				Program: inSmallRegion(func(ctx *pulumi.Context, provider pulumi.ResourceOption) error {
					_, err := network.NewEndpoints(ctx, "aws", &network.EndpointsArgs{
						Labels: labels, VpcId: pulumi.String(someVPC), EndpointServices: services{network.EndpointXRay},
						RouteTableIds: pulumi.StringArray{}, SubnetIds: pulumi.StringArray{},
					}, provider)
					return err
				}),
				Problems: rules{"endpointServices[0]: endpoint-service-region"},
			},
		},
	})
}

func TestEachServiceHasItsEndpoints(t *testing.T) {
	for service, want := range map[network.EndpointService][]string{
		network.EndpointECR:            {"com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.eu-west-1.ecr.dkr"},
		network.EndpointLogs:           {"com.amazonaws.eu-west-1.logs"},
		network.EndpointSecretsManager: {"com.amazonaws.eu-west-1.secretsmanager"},
		network.EndpointKMS:            {"com.amazonaws.eu-west-1.kms"},
		network.EndpointSSM:            {"com.amazonaws.eu-west-1.ssm"},
		network.EndpointECSExec:        {"com.amazonaws.eu-west-1.ssmmessages"},
		network.EndpointXRay:           {"com.amazonaws.eu-west-1.xray"},
		network.EndpointSTS:            {"com.amazonaws.eu-west-1.sts"},
		network.EndpointMonitoring:     {"com.amazonaws.eu-west-1.monitoring"},
		network.EndpointSNS:            {"com.amazonaws.eu-west-1.sns"},
		network.EndpointSQS:            {"com.amazonaws.eu-west-1.sqs"},
		network.EndpointEvents:         {"com.amazonaws.eu-west-1.events"},
	} {
		recorder := componenttest.Run(t, vpc(func(a *network.VpcArgs) { a.EndpointServices = services{service} }))
		var got []string
		for _, r := range recorder.Find(endpointType) {
			if r.Input("vpcEndpointType") == "Interface" {
				got = append(got, r.Input("serviceName").(string))
				assert.Equal(t, true, r.Input("privateDnsEnabled"))
				assert.Equal(t, []any{"main-private-a-id", "main-private-b-id"}, r.Input("subnetIds"))
				assert.Equal(t, []any{"main-endpoints-id"}, r.Input("securityGroupIds"))
			}
		}
		assert.ElementsMatch(t, want, got, service)
	}
}

func TestEndpointPoliciesStayWithinTheAccount(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	for _, r := range recorder.Find(endpointType) {
		for sid, s := range policy(t, r.Input("policy")) {
			assert.Equal(t, "Allow", s.Effect)
			assert.NotEqual(t, "*", s.Action, "%s %s", r.Name, sid)
			if sid == "OwnAccount" {
				assert.Equal(t, map[string]map[string]any{"StringEquals": {
					"aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": []any{"123456789012", "210987654321"},
				}}, s.Condition, r.Name)
				continue
			}
			assert.Equal(t, "main-endpoints-s3", r.Name, "only S3 has something without a condition")
			assert.Equal(t, "s3:GetObject", s.Action)
			assert.NotEqual(t, "*", s.Resource)
		}
	}
	s3 := policy(t, inputs(recorder, endpointType, "policy")["main-endpoints-s3"])
	assert.Equal(t, "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", s3["EcrLayers"].Resource)
	assert.Empty(t, s3["EcrLayers"].Condition, "the addresses of layers are signed by ECR, not by the caller")
	assert.Equal(t, "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*", s3["ReadableBuckets"].Resource)
}

func TestImageLayersPassWithoutEndpointServicesToo(t *testing.T) {
	recorder := componenttest.Run(t, vpc(func(a *network.VpcArgs) { a.Egress = network.EgressNATSingle }))
	s3 := policy(t, inputs(recorder, endpointType, "policy")["main-endpoints-s3"])
	assert.Contains(t, s3, "EcrLayers", "the route to S3 takes the layers of images that come through NAT")
	assert.NotContains(t, s3, "ReadableBuckets")
	assert.Equal(t, "123456789012", s3["OwnAccount"].Condition["StringEquals"]["aws:ResourceAccount"])
}

func TestWithoutInterfaceEndpointsThereIsNoGroup(t *testing.T) {
	var group string
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		v, err := newVpc(ctx, func(*network.VpcArgs) {})
		if err != nil {
			return err
		}
		group = "unset"
		ctx.Export("group", v.EndpointSecurityGroupId.ApplyT(func(id string) string { group = id; return id }))
		return nil
	})
	assert.Empty(t, group)
	assert.Empty(t, recorder.Find(network.SecurityGroupType))
}

// SQS of that region is in one of the two zones only, and its endpoints have no policies.
func TestAnEndpointIsWhereItsServiceIs(t *testing.T) {
	recorder := componenttest.Run(t, inSmallRegion(func(ctx *pulumi.Context, provider pulumi.ResourceOption) error {
		_, err := network.NewVpc(ctx, "main", &network.VpcArgs{
			Labels: labels, Zones: []string{"a", "c"}, EndpointServices: services{network.EndpointSQS, network.EndpointKMS},
		}, provider)
		return err
	}))
	assert.Equal(t, map[string]any{
		"main-endpoints-s3": nil, "main-endpoints-sqs": []any{"main-private-c-id"},
		"main-endpoints-kms": []any{"main-private-a-id", "main-private-c-id"},
	}, inputs(recorder, endpointType, "subnetIds"))
	assert.Nil(t, inputs(recorder, endpointType, "policy")["main-endpoints-sqs"], "AWS refuses a policy where it has none")
}
