package edge

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// askAs turns the options of a component into those of a question: the same parent, the same AWS provider.
func askAs(opts []pulumi.ResourceOption) ([]pulumi.InvokeOption, error) {
	o, err := pulumi.NewResourceOptions(opts...)
	if err != nil {
		return nil, err
	}
	var ask []pulumi.InvokeOption
	if o.Parent != nil {
		ask = append(ask, pulumi.Parent(o.Parent))
	}
	for _, p := range o.Providers {
		if p, ok := p.(*aws.Provider); ok {
			ask = append(ask, pulumi.Provider(p))
		}
	}
	return ask, nil
}

// awsVersion is the version of pulumi-aws, without which the engine would take another provider for the question.
const awsVersion = "6.83.2"

type subnetQuestion struct {
	Id string `pulumi:"id"`
}

type subnetAnswer struct {
	AvailabilityZone string `pulumi:"availabilityZone"`
}

// checkZones reports subnets that are in fewer than two zones, or two in one zone, which AWS refuses. It asks by the name
// of the function, so that the package does not have to contain all of EC2.
func checkZones(ctx *pulumi.Context, ids []string, ask ...pulumi.InvokeOption) (validate.Problems, error) {
	if len(ids) < 2 {
		return validate.Problems{tooFewZones(len(ids), "subnets")}, nil
	}
	ask = append(slices.Clone(ask), pulumi.Version(awsVersion))
	var ps validate.Problems
	var zones []string
	for i, id := range ids {
		var subnet subnetAnswer
		if err := ctx.Invoke("aws:ec2/getSubnet:getSubnet", &subnetQuestion{Id: id}, &subnet, ask...); err != nil {
			return nil, err
		}
		if slices.Contains(zones, subnet.AvailabilityZone) {
			ps.Add(validate.Conflict(validate.Path("subnetIds").Index(i), id, "one subnet a zone: another one is in "+subnet.AvailabilityZone+" too", "give a subnet of another zone").By("subnet-zones"))
		}
		zones = append(zones, subnet.AvailabilityZone)
	}
	return ps, nil
}

// located judges values that are known late, once they are.
type located struct {
	ctx  *pulumi.Context
	name string
	in   account.Output
	// ask makes questions go to the provider of the component's children.
	ask pulumi.InvokeOption
}

// subnets are the subnets given, and an error if they are in too few zones.
func (l located) subnets(ids pulumi.StringArrayInput) pulumi.StringArrayOutput {
	return ids.ToStringArrayOutput().ApplyT(func(ids []string) ([]string, error) {
		ps, err := checkZones(l.ctx, ids, l.ask)
		if err != nil {
			return nil, err
		}
		return ids, validate.Problems(ps).Err(LoadBalancerType, l.name)
	}).(pulumi.StringArrayOutput)
}

// certificate is the ARN given, and an error if it is one of another region.
func (l located) certificate(path validate.Path, arn pulumi.StringInput) pulumi.StringOutput {
	return pulumi.All(arn, l.in).ApplyT(func(values []any) (string, error) {
		text := values[0].(string)
		return text, validate.Problems(checkCertificateARN(path, text, values[1].(account.Info).Region)).Err(LoadBalancerType, l.name)
	}).(pulumi.StringOutput)
}

// logBucket is the name of the log bucket, and an error if it is in another region: ELB delivers to its own only.
func (l located) logBucket(bucket *storage.LogBucket) pulumi.StringOutput {
	return pulumi.All(bucket.BucketName, bucket.Region, l.in).ApplyT(func(values []any) (string, error) {
		name, region, own := values[0].(string), values[1].(string), values[2].(account.Info).Region
		if region == own {
			return name, nil
		}
		return "", validate.Problems{
			validate.Invalid("logBucketName", name+" in "+region, "a log bucket in "+own+", the region of the load balancer", "make a log bucket with the same provider").By("log-bucket-region"),
		}.Err(LoadBalancerType, l.name)
	}).(pulumi.StringOutput)
}

// zone is the id of the zone, and an error if AWS knows it under another name: records would be where nobody looks.
func (l located) zone(z *Zone) pulumi.StringOutput {
	found := route53.LookupZoneOutput(l.ctx, route53.LookupZoneOutputArgs{ZoneId: z.Id.ToStringOutput()}, l.ask)
	return pulumi.All(z.Id, found.Name(), found.PrivateZone()).ApplyT(func(values []any) (string, error) {
		id, name := values[0].(string), strings.TrimSuffix(values[1].(string), ".")
		private, _ := values[2].(*bool)
		var ps validate.Problems
		if name != z.Name {
			ps.Add(validate.Conflict("zone.id", id, "the zone "+z.Name+", and not "+name, "give the id and the name of the same zone").By("zone-name"))
		}
		if private != nil && *private {
			ps.Add(validate.Invalid("zone.id", id, "a public hosted zone, in which ACM can see its records", "give the public zone of the same name").By("zone-private"))
		}
		return id, ps.Err(LoadBalancerType, l.name)
	}).(pulumi.StringOutput)
}
