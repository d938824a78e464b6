package waf

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/loggroup"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// logging sends the logs to where the arguments say. AWS finds a logging configuration by its web ACL alone: to make
// the new one before deleting the old one would end in having none.
func (b *builder) logging() (err error) {
	b.out.LogDestinationArn = component.None()
	if !b.args.Logging.On() {
		return nil
	}
	options := b.Child(pulumi.DeleteBeforeReplace(true))
	if b.out.LogDestinationArn, err = b.logDestination(); err != nil {
		return err
	}
	if b.args.LogBucket != nil {
		// WAF tests whether it may deliver before it accepts the configuration.
		options = append(options, pulumi.DependsOn([]pulumi.Resource{b.args.LogBucket.Policy}))
	}
	in := &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn: b.out.WebAclArn, LogDestinationConfigs: pulumi.StringArray{b.out.LogDestinationArn},
		RedactedFields: b.args.redacted(),
	}
	if b.args.LoggedRequests == LoggedMatched {
		in.LoggingFilter = matchedOnly()
	}
	b.out.Logging, err = wafv2.NewWebAclLoggingConfiguration(b.Ctx, b.Name, in, options...)
	return err
}

// logDestination is the ARN of what receives the logs. A log bucket has to be in the region of the web ACL, because its
// policy lets in deliveries of its own region only.
func (b *builder) logDestination() (pulumi.StringOutput, error) {
	switch a := b.args; {
	case a.LogBucket != nil:
		return b.InRegion("logBucketName", a.LogBucket.BucketArn, a.LogBucket.Region, whose), nil
	case a.LogBucketName != nil:
		name := b.Checked(a.LogBucketName, func(text string, _ account.Info) validate.Problems {
			return checkLogBucketName("logBucketName", text)
		})
		return pulumi.All(name, b.Location()).ApplyT(func(values []any) string {
			return values[1].(account.Info).BucketARN(values[0].(string))
		}).(pulumi.StringOutput), nil
	case a.LogGroupArn != nil:
		arn := b.checkedARN("logGroupArn", a.LogGroupArn, checkLogGroupARN)
		return arn.ApplyT(func(text string) string { return strings.TrimSuffix(text, ":*") }).(pulumi.StringOutput), nil
	}
	if err := b.logGroup(); err != nil {
		return pulumi.StringOutput{}, err
	}
	return b.out.LogGroup.Arn, nil
}

// logGroup makes the log group, and a key for it unless one is given.
func (b *builder) logGroup() error {
	key := b.args.LogGroup.key()
	if key.Arn != nil {
		key.Arn = keychoice.CheckedArn(&b.Base, "logGroup.keyArn", key.Arn, whose)
	}
	group, err := loggroup.New(&b.Base, b.Name+"-logs", loggroup.Args{
		Labels: b.args.Labels, Lifecycle: b.args.Lifecycle, GroupName: logNamePrefix + b.args.metricName(b.Name),
		RetentionDays: b.args.LogGroup.RetentionDays, Key: key,
	})
	if err != nil {
		return err
	}
	b.out.LogGroup, b.out.LogKey = group.LogGroup, group.Key
	return nil
}

// matchedOnly keeps what a rule acted on, challenged or counted.
func matchedOnly() wafv2.WebAclLoggingConfigurationLoggingFilterArgs {
	type (
		filters    = wafv2.WebAclLoggingConfigurationLoggingFilterFilterArray
		filter     = wafv2.WebAclLoggingConfigurationLoggingFilterFilterArgs
		conditions = wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArray
		condition  = wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArgs
		ofAction   = wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionActionConditionArgs
	)
	var acted conditions
	for _, action := range []string{"BLOCK", "CAPTCHA", "CHALLENGE", "COUNT"} {
		acted = append(acted, condition{ActionCondition: ofAction{Action: pulumi.String(action)}})
	}
	return wafv2.WebAclLoggingConfigurationLoggingFilterArgs{
		DefaultBehavior: pulumi.String("DROP"),
		Filters: filters{
			filter{Behavior: pulumi.String("KEEP"), Requirement: pulumi.String("MEETS_ANY"), Conditions: acted},
		},
	}
}
