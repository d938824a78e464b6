package network_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/internal/fixture"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var labels = fixture.Labels

const (
	someVPC      = "vpc-0123456789abcdef0"
	someGroup    = "sg-0123456789abcdef0"
	ingressRule  = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressRule   = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint"
	natType      = "aws:ec2/natGateway:NatGateway"
	someKey      = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	flowLogGroup = "arn:aws:logs:eu-west-1:123456789012:log-group:/vpc-flow-logs/acme-audio-test-main"
)

// vpc makes a VPC as the change says.
func vpc(change func(*network.VpcArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := newVpc(ctx, change)
		return err
	}
}

func newVpc(ctx *pulumi.Context, change func(*network.VpcArgs)) (*network.Vpc, error) {
	args := &network.VpcArgs{Labels: labels}
	change(args)
	return network.NewVpc(ctx, "main", args)
}

// services are the endpoint services of a VPC.
type services = []network.EndpointService

// rules are "path: rule" of each problem.
type rules = []string

// logBucket makes a log bucket for these sources.
func logBucket(ctx *pulumi.Context, sources storage.LogSources) (*storage.LogBucket, error) {
	return storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{Labels: labels, Sources: sources})
}

// groupIn makes a security group of a VPC that is known by its id.
func groupIn(ctx *pulumi.Context, vpcID pulumi.StringInput, name string) (*network.SecurityGroup, error) {
	return network.NewSecurityGroup(ctx, name, &network.SecurityGroupArgs{Labels: labels, VpcId: vpcID})
}

// inSmallRegion runs a program with a provider of a region that lacks some zones and services.
func inSmallRegion(program func(*pulumi.Context, pulumi.ResourceOption) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		provider, err := providerIn(ctx, componenttest.SmallRegion)
		if err != nil {
			return err
		}
		return program(ctx, pulumi.Provider(provider))
	}
}

// vpcInSmallRegion makes a VPC there.
func vpcInSmallRegion(args network.VpcArgs) pulumi.RunFunc {
	return inSmallRegion(func(ctx *pulumi.Context, provider pulumi.ResourceOption) error {
		args.Labels = labels
		_, err := network.NewVpc(ctx, "main", &args, provider)
		return err
	})
}

func providerIn(ctx *pulumi.Context, region string) (*aws.Provider, error) {
	return aws.NewProvider(ctx, "elsewhere", &aws.ProviderArgs{Region: pulumi.String(region)})
}

// groups are security groups of one network.
func groups(ctx *pulumi.Context, in *network.Network, names ...string) (map[string]*network.SecurityGroup, error) {
	made := map[string]*network.SecurityGroup{}
	for _, name := range names {
		group, err := network.NewSecurityGroup(ctx, name, &network.SecurityGroupArgs{Labels: labels, Network: in})
		if err != nil {
			return nil, err
		}
		made[name] = group
	}
	return made, nil
}

// inputs are one input of every resource of a type, by name.
func inputs(r *componenttest.Recorder, typ, input string) map[string]any {
	found := map[string]any{}
	for _, reg := range r.Find(typ) {
		found[reg.Name] = reg.Input(input)
	}
	return found
}

type statement struct {
	Sid, Effect                 string
	Principal, Action, Resource any
	Condition                   map[string]map[string]any
}

// policy is a registered policy by the ids of its statements.
func policy(t *testing.T, text any) map[string]statement {
	t.Helper()
	var document struct{ Statement []statement }
	require.NoError(t, json.Unmarshal([]byte(text.(string)), &document))
	found := map[string]statement{}
	for _, s := range document.Statement {
		found[s.Sid] = s
	}
	return found
}
