package waf

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/waf/internal/value"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// What can be kept out of the logs, besides headers.
const (
	RedactMethod      = "method"
	RedactQueryString = "queryString"
	RedactUriPath     = "uriPath"
)

// RedactHeader keeps one header out of the logs.
func RedactHeader(name string) string { return value.HeaderPrefix + strings.ToLower(name) }

// alwaysRedacted would let readers of the logs act in the name of users.
var alwaysRedacted = []string{RedactHeader("authorization"), RedactHeader("cookie")}

// redacted are the parts kept out of the logs, in a fixed order.
func (a *WebAclArgs) redacted() wafv2.WebAclLoggingConfigurationRedactedFieldArray {
	var others []string
	for _, given := range a.RedactedFields {
		// Headers have no case.
		if header, ok := strings.CutPrefix(given, value.HeaderPrefix); ok {
			given = RedactHeader(header)
		}
		if !slices.Contains(alwaysRedacted, given) {
			others = append(others, given)
		}
	}
	slices.Sort(others)

	var out wafv2.WebAclLoggingConfigurationRedactedFieldArray
	for _, name := range append(slices.Clone(alwaysRedacted), others...) {
		var part wafv2.WebAclLoggingConfigurationRedactedFieldArgs
		switch name {
		case RedactMethod:
			part.Method = wafv2.WebAclLoggingConfigurationRedactedFieldMethodArgs{}
		case RedactQueryString:
			part.QueryString = wafv2.WebAclLoggingConfigurationRedactedFieldQueryStringArgs{}
		case RedactUriPath:
			part.UriPath = wafv2.WebAclLoggingConfigurationRedactedFieldUriPathArgs{}
		default:
			part.SingleHeader = wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs{Name: pulumi.String(strings.TrimPrefix(name, value.HeaderPrefix))}
		}
		out = append(out, part)
	}
	return out
}

// matchedOnly keeps what a rule acted on, challenged or counted.
func matchedOnly() wafv2.WebAclLoggingConfigurationLoggingFilterArgs {
	var conditions wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArray
	for _, action := range []string{"BLOCK", "CAPTCHA", "CHALLENGE", "COUNT"} {
		conditions = append(conditions, wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArgs{
			ActionCondition: wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionActionConditionArgs{Action: pulumi.String(action)},
		})
	}
	return wafv2.WebAclLoggingConfigurationLoggingFilterArgs{
		DefaultBehavior: pulumi.String("DROP"),
		Filters: wafv2.WebAclLoggingConfigurationLoggingFilterFilterArray{wafv2.WebAclLoggingConfigurationLoggingFilterFilterArgs{
			Behavior: pulumi.String("KEEP"), Requirement: pulumi.String("MEETS_ANY"), Conditions: conditions,
		}},
	}
}

// log sends the logs to where the arguments say. A logging configuration is found by its web ACL alone: to make the new
// one before deleting the old one would end in having none.
func (w *WebAcl) log(ctx *pulumi.Context, name string, args *WebAclArgs) error {
	w.LogDestinationArn = pulumi.String("").ToStringOutput()
	if args.Logging == LoggingOff {
		return nil
	}
	options := []pulumi.ResourceOption{pulumi.Parent(w), pulumi.DeleteBeforeReplace(true)}
	switch {
	case args.LogBucket != nil:
		w.LogDestinationArn = w.inRegion(args.LogBucket)
		// WAF tests whether it may deliver before it accepts the configuration.
		options = append(options, pulumi.DependsOn([]pulumi.Resource{args.LogBucket.Policy}))
	case args.LogBucketName != nil:
		w.LogDestinationArn = w.located(args.LogBucketName, func(text string, in account.Info) (string, error) {
			return in.BucketARN(text), wrong(value.LogBucketName("logBucketName", text))
		})
	case args.LogGroupArn != nil:
		w.LogDestinationArn = w.located(args.LogGroupArn, func(text string, in account.Info) (string, error) {
			return strings.TrimSuffix(text, ":*"), wrong(value.LogGroupARN("logGroupArn", text, in.Region))
		})
	default:
		if err := w.createLogGroup(ctx, name, args); err != nil {
			return err
		}
		w.LogDestinationArn = w.LogGroup.Arn
	}

	in := &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn: w.WebAcl.Arn, LogDestinationConfigs: pulumi.StringArray{w.LogDestinationArn}, RedactedFields: args.redacted(),
	}
	if args.LoggedRequests == LoggedMatched {
		in.LoggingFilter = matchedOnly()
	}
	var err error
	w.Logging, err = wafv2.NewWebAclLoggingConfiguration(ctx, name, in, options...)
	return err
}

// createLogGroup makes the log group, and a key for it unless one is given.
func (w *WebAcl) createLogGroup(ctx *pulumi.Context, name string, args *WebAclArgs) error {
	group := value.LogPrefix + naming.Base(args.Labels.Project, args.Labels.Environment, name)
	var keyArn pulumi.StringInput
	switch {
	case args.LogGroup.KeyArn != nil:
		keyArn = args.LogGroup.KeyArn
	case args.LogGroup.Key != nil:
		keyArn = args.LogGroup.Key.KeyArn
	default:
		var err error
		w.LogKey, err = encryption.NewKey(ctx, name+"-logs-key", &encryption.KeyArgs{
			Labels: args.Labels, Lifecycle: args.Lifecycle, Uses: []encryption.Use{encryption.UseLogs}, LogGroups: []string{group},
		}, pulumi.Parent(w))
		if err != nil {
			return err
		}
		keyArn = w.LogKey.KeyArn
	}
	var err error
	w.LogGroup, err = cloudwatch.NewLogGroup(ctx, name+"-logs", &cloudwatch.LogGroupArgs{
		Name: pulumi.String(group), RetentionInDays: pulumi.Int(cmp.Or(args.LogGroup.RetentionDays, defaultRetention)), KmsKeyId: keyArn,
		Tags: args.Labels.Tags(name + "-logs"),
	}, append(args.Lifecycle.Stateful(), pulumi.Parent(w))...)
	return err
}

// inRegion is the ARN of a log bucket, and an error if it is in another region: its policy lets in deliveries of its own
// region only.
func (w *WebAcl) inRegion(bucket *storage.LogBucket) pulumi.StringOutput {
	return pulumi.All(bucket.BucketArn, bucket.Region, w.location).ApplyT(func(values []any) (string, error) {
		arn, region, own := values[0].(string), values[1].(string), values[2].(account.Info).Region
		if region != own {
			return "", wrong(validate.Problems{validate.Invalid("logBucketName", arn, "a log bucket in "+own+", the region of the web ACL, not in "+region, "create one with the same provider")})
		}
		return arn, nil
	}).(pulumi.StringOutput)
}
