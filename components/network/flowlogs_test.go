package network_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// flowLogsTo makes a VPC with these flow logs.
func flowLogsTo(to network.FlowLogs) pulumi.RunFunc {
	return vpc(func(a *network.VpcArgs) { a.FlowLogs = &to })
}

func TestFlowLogsReachABucketByItsName(t *testing.T) {
	for _, name := range []pulumi.StringInput{
		pulumi.String("acme.logs"), pulumi.String("acme.logs").ToStringOutput(),
	} {
		recorder := componenttest.Run(t, flowLogsTo(network.FlowLogs{LogBucketName: name, HivePartitions: true}))
		log := recorder.Find("aws:ec2/flowLog:FlowLog")[0]
		assert.Equal(t, "s3", log.Input("logDestinationType"))
		assert.Equal(t, "arn:aws:s3:::acme.logs", log.Input("logDestination"))
		assert.Equal(t, true, log.Input("destinationOptions").(map[string]any)["hiveCompatiblePartitions"])
		assert.Empty(t, recorder.Find("aws:kms/key:Key"), "the bucket has its own encryption")
	}
}

// What the program learns late is refused with the message of what it wrote down.
func TestFlowLogDestinationsThatAreKnownLate(t *testing.T) {
	late := func(text string) pulumi.StringInput { return pulumi.String(text).ToStringOutput() }
	for _, c := range []struct {
		program pulumi.RunFunc
		want    string
	}{
		{
			flowLogsTo(network.FlowLogs{LogBucketName: late("arn:aws:s3:::acme-logs")}),
			`logBucketName: "arn:aws:s3:::acme-logs": expected the name of one bucket, without wildcards; ` +
				`fix: use the bucket's name, not its ARN or a prefix`,
		},
		{
			flowLogsTo(network.FlowLogs{KeyArn: late("alias/logs")}),
			`keyArn: "alias/logs": expected the ARN of a KMS key`,
		},
		{
			flowLogsTo(network.FlowLogs{KeyArn: pulumi.String("arn:aws:kms:us-east-1:123456789012:key/1")}),
			`keyArn: "arn:aws:kms:us-east-1:123456789012:key/1": expected one in eu-west-1, the region of the VPC`,
		},
		{
			func(ctx *pulumi.Context) error {
				provider, err := providerIn(ctx, componenttest.SmallRegion)
				if err != nil {
					return err
				}
				logs, err := storage.NewLogBucket(ctx, "logs", &storage.LogBucketArgs{
					Labels: labels, Sources: storage.LogSources{FlowLogs: &storage.FlowLogSource{}},
				}, pulumi.Provider(provider))
				if err != nil {
					return err
				}
				return flowLogsTo(network.FlowLogs{LogBucket: logs})(ctx)
			},
			`logBucket: "aws-waf-logs-acme-audio-test-logs-123456789012-xx-small-1 in xx-small-1": ` +
				`expected one in eu-west-1, the region of the VPC`,
		},
	} {
		_, err := componenttest.Update(c.program)
		require.ErrorContains(t, err, `bulwark:network:Vpc "main": flowLogs.`+c.want)
	}
}
