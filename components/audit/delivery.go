package audit

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// logGroup makes the log group, and the role with which CloudTrail writes there.
func (b *builder) logGroup() error {
	t, args, name := b.out, b.args, b.name+"-logs"
	var err error
	// The key policy names the group, and the group names the key: so its name is fixed.
	t.LogGroup, err = cloudwatch.NewLogGroup(b.ctx, name, &cloudwatch.LogGroupArgs{
		Name: pulumi.String(args.logGroupName()), KmsKeyId: b.judgedKey(), RetentionInDays: pulumi.Int(cmp.Or(args.RetentionDays, defaultRetention)),
		Tags: args.Labels.Tags(name),
	}, append(args.Lifecycle.Stateful(), b.parent)...)
	if err != nil {
		return err
	}
	t.LogGroupName, t.LogGroupArn = t.LogGroup.Name, t.LogGroup.Arn

	t.LogRole, err = iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Description:      pulumi.String("Lets the trail " + args.trailName() + " write into " + args.logGroupName()),
		AssumeRolePolicy: b.location.ApplyT(trust).(policydoc.Statements).JSON(iampolicy.TrustPolicy), Tags: args.Labels.Tags(name),
	}, b.parent)
	if err != nil {
		return err
	}
	t.LogRolePolicy, err = iam.NewRolePolicy(b.ctx, name, &iam.RolePolicyArgs{
		Role: t.LogRole.Name, Policy: b.location.ApplyT(args.writing).(policydoc.Statements).JSON(iampolicy.RolePolicy),
	}, b.parent)
	return err
}

// judgedKey is the ARN of the key, once it is known that the key lets the trail in: with the log group the first resource
// of the trail would come into being.
func (b *builder) judgedKey() pulumi.StringOutput {
	return pulumi.All(b.accepted, b.out.KeyArn).ApplyT(func(values []any) string { return values[1].(string) }).(pulumi.StringOutput)
}

// trust has no condition: CloudTrail sends neither aws:SourceArn nor aws:SourceAccount when it assumes this role, and with
// them its deliveries would stop. Whoever may pass the role to a trail decides who uses it: iam:PassRole.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func trust(account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "CloudTrail", Effect: iampolicy.Allow, Actions: []string{"sts:AssumeRole"},
		Principals: iampolicy.Principals{Service: []string{"cloudtrail.amazonaws.com"}},
	}}
}

// writing lets the role write into the streams of this trail, which CloudTrail calls <account>_CloudTrail_<region>, with
// endings when one is not enough.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func (a *TrailArgs) writing(in account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "Write", Effect: iampolicy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resources: []string{in.ARN("logs", in.Region, "log-group:"+a.logGroupName()+":log-stream:"+in.ID+"_CloudTrail_"+in.Region+"*")},
	}}
}
