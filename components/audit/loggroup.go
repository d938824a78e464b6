package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// logGroup makes the log group, with the key that is checked: it is the first resource of the trail to be made.
func (b *trailBuilder) logGroup() error {
	group, err := loggroup.New(&b.Base, b.Name+"-logs", loggroup.Args{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, GroupName: b.args.logGroupName(),
		RetentionDays: b.args.RetentionDays, Key: keychoice.Choice{Arn: b.checkedKeyArn()},
	})
	if err != nil {
		return err
	}
	b.out.LogGroup = group.LogGroup
	b.out.LogGroupName, b.out.LogGroupArn = group.Name, group.Arn
	return nil
}

// logRole makes the role with which CloudTrail writes into the log group.
func (b *trailBuilder) logRole() (err error) {
	name, labels := b.Name+"-logs", b.args.Labels
	b.out.LogRole, err = iam.NewRole(b.Ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(naming.Role(naming.Base(labels.Project, labels.Environment, b.Name), "-logs")),
		Description:      pulumi.String("Lets the trail " + b.args.trailName() + " write into " + b.args.logGroupName()),
		AssumeRolePolicy: b.PolicyJSON(iampolicy.TrustPolicy, trust), Tags: labels.Tags(name),
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.LogRolePolicy, err = iam.NewRolePolicy(b.Ctx, name, &iam.RolePolicyArgs{
		Role: b.out.LogRole.Name, Policy: b.PolicyJSON(iampolicy.RolePolicy, b.args.writing),
	}, b.Parent)
	return err
}

// trust has no condition: CloudTrail sends neither aws:SourceArn nor aws:SourceAccount when it assumes this role, and
// with them its deliveries would stop. Whoever may pass the role to a trail decides who uses it: iam:PassRole.
// Source:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func trust(account.Info) []iampolicy.Statement {
	return []iampolicy.Statement{{
		Sid: "CloudTrail", Effect: iampolicy.Allow, Actions: []string{"sts:AssumeRole"},
		Principals: iampolicy.Principals{Service: []string{"cloudtrail.amazonaws.com"}},
	}}
}

// writing lets the role write into the streams of this trail, which CloudTrail calls <account>_CloudTrail_<region>,
// with endings when one is not enough.
// Source:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func (a *TrailArgs) writing(in account.Info) []iampolicy.Statement {
	streams := "log-group:" + a.logGroupName() + ":log-stream:" + in.ID + "_CloudTrail_" + in.Region + "*"
	return []iampolicy.Statement{{
		Sid: "Write", Effect: iampolicy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resources: []string{in.ARN("logs", in.Region, streams)},
	}}
}
