// Package account finds out where a component is deployed: account, region, partition. It asks the provider that the
// component's children use, so that a component under another provider gets that one's answers.
package account

import (
	"reflect"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Info is where a component is deployed. Its values are known in previews too.
type Info struct {
	// ID is the account's twelve digits.
	ID string
	// Region is the region's name, for example eu-west-1.
	Region string
	// Partition is aws, aws-cn or aws-us-gov; DNSSuffix ends the names of its services, for example amazonaws.com.
	Partition, DNSSuffix string
}

// Root is the ARN that stands for the account in a policy: everything that the account's own IAM policies allow.
func (i Info) Root() string { return i.ARN("iam", "", "root") }

// ARN names a resource of the account.
func (i Info) ARN(service, region, resource string) string {
	return "arn:" + i.Partition + ":" + service + ":" + region + ":" + i.ID + ":" + resource
}

// BucketARN names a bucket, whose ARN has neither region nor account.
func (i Info) BucketARN(name string) string { return "arn:" + i.Partition + ":s3:::" + name }

// Service is the principal or endpoint of a service in this region, for example s3.eu-west-1.amazonaws.com.
func (i Info) Service(name string) string { return name + "." + i.Region + "." + i.DNSSuffix }

// Output is Info that is known late.
type Output struct{ *pulumi.OutputState }

// ElementType implements pulumi.Output.
func (Output) ElementType() reflect.Type { return reflect.TypeFor[Info]() }

func init() { pulumi.RegisterOutputType(Output{}) }

// Lookup asks the provider of the component's children.
func Lookup(ctx *pulumi.Context, component pulumi.Resource) Output {
	parent := pulumi.Parent(component)
	identity := aws.GetCallerIdentityOutput(ctx, aws.GetCallerIdentityOutputArgs{}, parent)
	region := aws.GetRegionOutput(ctx, aws.GetRegionOutputArgs{}, parent)
	partition := aws.GetPartitionOutput(ctx, aws.GetPartitionOutputArgs{}, parent)
	return pulumi.All(identity.AccountId(), region.Name(), partition.Partition(), partition.DnsSuffix()).
		ApplyT(func(values []any) Info {
			return Info{
				ID: values[0].(string), Region: values[1].(string),
				Partition: values[2].(string), DNSSuffix: values[3].(string),
			}
		}).(Output)
}

// String derives a text.
func (o Output) String(f func(Info) string) pulumi.StringOutput {
	return o.ApplyT(f).(pulumi.StringOutput)
}
