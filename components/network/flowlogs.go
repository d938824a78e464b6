package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// flowLogs records all connections, accepted and rejected, minute by minute.
func (b *builder) flowLogs() error {
	to := b.args.FlowLogs
	if to == nil {
		to = &FlowLogs{}
	}
	args := &ec2.FlowLogArgs{
		VpcId: b.vpc.ID(), TrafficType: pulumi.String("ALL"), MaxAggregationInterval: pulumi.Int(60), Tags: b.args.Labels.Tags(b.name + "-flow-logs"),
	}
	opts := []pulumi.ResourceOption{b.parent}
	switch {
	case to.Bucket != nil:
		args.LogDestination = to.Bucket.BucketArn
		// Without the policy AWS refuses the destination.
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{to.Bucket.Policy}))
	case to.BucketArn != nil:
		args.LogDestination = to.BucketArn.ToStringOutput()
	}
	if args.LogDestination != nil {
		args.LogDestinationType = pulumi.String("s3")
		args.DestinationOptions = ec2.FlowLogDestinationOptionsArgs{
			FileFormat: pulumi.String("parquet"), HiveCompatiblePartitions: pulumi.Bool(to.HivePartitions), PerHourPartition: pulumi.Bool(true),
		}
	} else {
		writer, policy, err := b.logGroup(to)
		if err != nil {
			return err
		}
		args.LogDestinationType, args.LogDestination, args.IamRoleArn = pulumi.String("cloud-watch-logs"), b.out.FlowLogGroup.Arn, writer.Arn
		// The first records would be lost before the role may write.
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{policy}))
	}
	var err error
	b.out.FlowLog, err = ec2.NewFlowLog(b.ctx, b.name+"-flow-logs", args, opts...)
	return err
}

// logGroup makes the log group with its key, and the role that writes into it.
func (b *builder) logGroup(to *FlowLogs) (*iam.Role, *iam.RolePolicy, error) {
	name, labels := b.name+"-flow-logs", b.args.Labels
	// The key policy names the group, and the group names the key: so its name is fixed.
	groupName := "/vpc-flow-logs/" + naming.Base(labels.Project, labels.Environment, b.name)
	keyArn, err := b.logKey(to, name, groupName)
	if err != nil {
		return nil, nil, err
	}
	retention := to.RetentionDays
	if retention == 0 {
		retention = 400
	}
	b.out.FlowLogGroup, err = cloudwatch.NewLogGroup(b.ctx, name, &cloudwatch.LogGroupArgs{
		Name: pulumi.String(groupName), KmsKeyId: keyArn, RetentionInDays: pulumi.Int(retention), Tags: labels.Tags(name),
	}, append(b.args.Lifecycle.Stateful(), b.parent)...)
	if err != nil {
		return nil, nil, err
	}
	writer, err := iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Description:      pulumi.String("Lets the flow logs of " + b.name + " write into " + groupName),
		AssumeRolePolicy: b.location.ApplyT(flowLogTrust).(policydoc.Statements).JSON(iampolicy.TrustPolicy), Tags: labels.Tags(name),
	}, b.parent)
	if err != nil {
		return nil, nil, err
	}
	policy, err := iam.NewRolePolicy(b.ctx, name, &iam.RolePolicyArgs{
		Role: writer.Name, Policy: b.out.FlowLogGroup.Arn.ApplyT(flowLogPolicy).(policydoc.Statements).JSON(iampolicy.RolePolicy),
	}, b.parent)
	return writer, policy, err
}

func (b *builder) logKey(to *FlowLogs, name, groupName string) (pulumi.StringOutput, error) {
	if to.KeyArn != nil {
		return to.KeyArn.ToStringOutput(), nil
	}
	key := to.Key
	if key == nil {
		var err error
		key, err = encryption.NewKey(b.ctx, name, &encryption.KeyArgs{
			Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, Uses: []encryption.Use{encryption.UseLogs}, LogGroups: []string{groupName},
		}, b.parent)
		if err != nil {
			return pulumi.StringOutput{}, err
		}
	}
	b.out.FlowLogKey = key
	return key.KeyArn, nil
}

// flowLogTrust and flowLogPolicy follow https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html, narrowed
// down to the one group.
func flowLogTrust(in account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "FlowLogs", Effect: iampolicy.Allow, Actions: []string{"sts:AssumeRole"},
		Principals: iampolicy.Principals{Service: []string{"vpc-flow-logs.amazonaws.com"}},
		Conditions: []iampolicy.Condition{
			{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{in.ID}},
			{Operator: "ArnLike", Key: "aws:SourceArn", Values: []string{in.ARN("ec2", in.Region, "vpc-flow-log/*")}},
		},
	}}
}

func flowLogPolicy(group string) []iampolicy.Statement {
	return []iampolicy.Statement{
		{
			Sid: "Write", Effect: iampolicy.Allow, Actions: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resources: []string{group + ":*"},
		},
		// The call lists all groups: AWS knows no narrower resource for it.
		{Sid: "Find", Effect: iampolicy.Allow, Actions: []string{"logs:DescribeLogGroups"}, Resources: []string{"*"}},
	}
}
