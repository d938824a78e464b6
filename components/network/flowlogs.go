package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// flowLogs records all connections, accepted and rejected, minute by minute.
func (b *builder) flowLogs() (err error) {
	to, name := component.OrEmpty(b.args.FlowLogs), b.Name+"-flow-logs"
	args := &ec2.FlowLogArgs{
		VpcId: b.out.Vpc.ID(), TrafficType: pulumi.String("ALL"), MaxAggregationInterval: pulumi.Int(60),
		Tags: b.args.Labels.Tags(name),
	}
	var before []pulumi.Resource
	if to.intoBucket() {
		before = b.intoBucket(to, args)
	} else if before, err = b.intoLogGroup(to, name, args); err != nil {
		return err
	}
	b.out.FlowLog, err = ec2.NewFlowLog(b.Ctx, name, args, b.Child(pulumi.DependsOn(before))...)
	return err
}

// intoBucket sends the flow logs to a log bucket. It returns what has to be there before them.
func (b *builder) intoBucket(to *FlowLogs, args *ec2.FlowLogArgs) (before []pulumi.Resource) {
	var bucket pulumi.StringOutput
	if to.LogBucket != nil {
		bucket = b.InRegion("flowLogs.logBucket", to.LogBucket.BucketName, to.LogBucket.Region, "the VPC")
		// Without the policy AWS refuses the destination.
		before = append(before, to.LogBucket.Policy)
	} else {
		bucket = b.Checked(to.LogBucketName, func(name string, _ account.Info) validate.Problems {
			return validate.ExistingBucketName("flowLogs.logBucketName", name)
		})
	}
	args.LogDestinationType = pulumi.String("s3")
	args.LogDestination = pulumi.All(bucket, b.Location()).ApplyT(func(values []any) string {
		return values[1].(account.Info).BucketARN(values[0].(string))
	}).(pulumi.StringOutput)
	args.DestinationOptions = ec2.FlowLogDestinationOptionsArgs{
		FileFormat: pulumi.String("parquet"), PerHourPartition: pulumi.Bool(true),
		HiveCompatiblePartitions: pulumi.Bool(to.HivePartitions),
	}
	return before
}

// intoLogGroup sends the flow logs to a log group, which it makes with its key and the role that writes into it. It
// returns what has to be there before them.
func (b *builder) intoLogGroup(to *FlowLogs, name string, args *ec2.FlowLogArgs) (before []pulumi.Resource, err error) {
	labels, key := b.args.Labels, to.keyChoice()
	if key.Arn != nil {
		key.Arn = keychoice.CheckedArn(&b.Base, "flowLogs.keyArn", key.Arn, "the VPC")
	}
	base := naming.Base(labels.Project, labels.Environment, b.Name)
	groupName := "/vpc-flow-logs/" + base
	group, err := loggroup.New(&b.Base, name, loggroup.Args{
		Labels: labels, Lifecycle: b.args.Lifecycle, GroupName: groupName, RetentionDays: to.RetentionDays, Key: key,
	})
	if err != nil {
		return nil, err
	}
	b.out.FlowLogGroup, b.out.FlowLogKey = group.LogGroup, group.Key
	writer, err := iam.NewRole(b.Ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(naming.Role(base, "-flow-logs")),
		Description:      pulumi.String("Lets the flow logs of " + b.Name + " write into " + groupName),
		AssumeRolePolicy: b.PolicyJSON(iampolicy.TrustPolicy, flowLogTrust), Tags: labels.Tags(name),
	}, b.Parent)
	if err != nil {
		return nil, err
	}
	policy, err := iam.NewRolePolicy(b.Ctx, name, &iam.RolePolicyArgs{
		Role: writer.Name, Policy: group.Arn.ApplyT(flowLogPolicy).(policydoc.Statements).JSON(iampolicy.RolePolicy),
	}, b.Parent)
	if err != nil {
		return nil, err
	}
	args.LogDestinationType, args.LogDestination = pulumi.String("cloud-watch-logs"), group.Arn
	args.IamRoleArn = writer.Arn
	// The first records would be lost if the role could not write yet.
	return []pulumi.Resource{policy}, nil
}

// flowLogTrust and flowLogPolicy are what AWS documents, narrowed down to the one group.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
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
			Sid: "Write", Effect: iampolicy.Allow, Resources: []string{group + ":*"},
			Actions: []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		},
		// The call lists all groups: AWS knows no narrower resource for it.
		{Sid: "Find", Effect: iampolicy.Allow, Actions: []string{"logs:DescribeLogGroups"}, Resources: []string{"*"}},
	}
}
