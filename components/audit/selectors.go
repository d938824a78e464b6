package audit

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// selectors say what the trail records: all management events, and the calls on objects of the buckets for data.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
func (b *trailBuilder) selectors() cloudtrail.TrailAdvancedEventSelectorArray {
	out := cloudtrail.TrailAdvancedEventSelectorArray{selector("Management events", equals("eventCategory", "Management"))}
	for _, group := range []struct {
		events ObjectEvents
		name   string
		more   []cloudtrail.TrailAdvancedEventSelectorFieldSelectorInput
	}{
		{ObjectEventsAll, "Objects read and written", nil},
		{
			ObjectEventsWrite, "Objects written",
			[]cloudtrail.TrailAdvancedEventSelectorFieldSelectorInput{equals("readOnly", "false")},
		},
		{
			ObjectEventsRead, "Objects read",
			[]cloudtrail.TrailAdvancedEventSelectorFieldSelectorInput{equals("readOnly", "true")},
		},
	} {
		var objects pulumi.StringArray
		for i, d := range b.args.DataEvents {
			if cmp.Or(d.Events, ObjectEventsAll) == group.events {
				objects = append(objects, b.objects(i, d))
			}
		}
		if objects == nil {
			continue
		}
		fields := append([]cloudtrail.TrailAdvancedEventSelectorFieldSelectorInput{
			equals("eventCategory", "Data"), equals("resources.type", "AWS::S3::Object"),
			cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{Field: pulumi.String("resources.ARN"), StartsWiths: objects},
		}, group.more...)
		out = append(out, selector(group.name, fields...))
	}
	return out
}

func selector(name string,
	fields ...cloudtrail.TrailAdvancedEventSelectorFieldSelectorInput,
) cloudtrail.TrailAdvancedEventSelectorInput {
	return cloudtrail.TrailAdvancedEventSelectorArgs{
		Name: pulumi.String(name), FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray(fields),
	}
}

func equals(field, value string) cloudtrail.TrailAdvancedEventSelectorFieldSelectorInput {
	return cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{
		Field:  pulumi.String(field),
		Equals: pulumi.StringArray{pulumi.String(value)},
	}
}

// objects is how the ARNs of a bucket's objects begin. The closing / keeps out buckets whose names only begin alike.
func (b *trailBuilder) objects(i int, d DataEvents) pulumi.StringInput {
	if d.Bucket != nil {
		return pulumi.All(d.Bucket.BucketName, b.Location()).ApplyT(func(values []any) string {
			return values[1].(account.Info).BucketARN(values[0].(string)) + "/"
		}).(pulumi.StringOutput)
	}
	path := validate.Path("dataEvents").Index(i).Field("bucketArn")
	return pulumi.All(d.BucketArn, b.logBucketName()).ApplyT(func(values []any) (string, error) {
		arn := values[0].(string)
		return arn + "/", b.Err(checkRecordedBucket(path, arn, values[1].(string)))
	}).(pulumi.StringOutput)
}
