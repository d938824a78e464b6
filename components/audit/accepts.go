package audit

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// judge asks the policies of the log bucket and of the key whether they let the trail in, as AWS does when the trail is
// made. They are known in previews. Of a bucket or key that exists already only the name is known: AWS is the judge then.
func (b *builder) judge() pulumi.BoolOutput {
	bucket, region, policy, keyPolicy := b.logBucketName(), pulumi.String("").ToStringOutput(), pulumi.String("").ToStringOutput(), pulumi.String("").ToStringOutput()
	if b.args.LogBucket != nil {
		region, policy = b.args.LogBucket.Region, b.args.LogBucket.Policy.Policy
	}
	if b.args.Key != nil {
		keyPolicy = b.args.Key.Key.Policy
	}
	return pulumi.All(b.location, bucket, region, policy, keyPolicy).ApplyT(func(values []any) (bool, error) {
		in := values[0].(account.Info)
		var ps validate.Problems
		if b.args.LogBucket != nil {
			ps.Add(b.args.bucketLetsIn(in, values[1].(string), values[2].(string), values[3].(string))...)
		}
		if b.args.Key != nil {
			ps.Add(b.args.keyLetsIn(in, values[4].(string))...)
		}
		return true, wrong(ps, b.name)
	}).(pulumi.BoolOutput)
}

// logBucketName is the name of the log bucket, known in previews too.
func (b *builder) logBucketName() pulumi.StringOutput {
	if b.args.LogBucket != nil {
		return b.args.LogBucket.BucketName
	}
	return b.args.LogBucketName.ToStringOutput()
}

// bucketName is logBucketName, once it is judged.
func (b *builder) bucketName() pulumi.StringOutput {
	return pulumi.All(b.accepted, b.logBucketName()).ApplyT(func(values []any) string { return values[1].(string) }).(pulumi.StringOutput)
}

// wrong is an error about values that are known late, or nil.
func wrong(ps validate.Problems, name string) error { return ps.Err(TrailType, name) }

func dataEventsPath(i int) validate.Path {
	return validate.Path("dataEvents").Index(i).Field("bucketArn")
}

func (a *TrailArgs) bucketLetsIn(in account.Info, bucket, region, policy string) validate.Problems {
	if region != in.Region {
		return validate.Problems{validate.Invalid("logBucketName", bucket+" in "+region, "a log bucket in "+in.Region+", the region of the trail: its policy names trails of its own region", "create both with the same provider").By("trail-log-bucket-region")}
	}
	if lets(policy, iampolicy.Request{
		Caller: service("cloudtrail.amazonaws.com"), Action: "s3:PutObject", ResourceAccount: in.ID,
		Resource: in.BucketARN(bucket) + "/AWSLogs/" + in.ID + "/CloudTrail/" + in.Region + "/file.json.gz",
		Context: iampolicy.Context{
			"aws:SourceArn": {a.arn(in)}, "aws:SourceAccount": {in.ID}, "aws:SecureTransport": {"true"}, "s3:TlsVersion": {"1.3"},
			"s3:x-amz-acl": {"bucket-owner-full-control"},
		},
	}) {
		return nil
	}
	return validate.Problems{a.otherTrailsBucket()}
}

func (a *TrailArgs) otherTrailsBucket() validate.Problem {
	return validate.Invalid("logBucketName", "a log bucket for other trails", "a log bucket that accepts the files of the trail "+a.trailName(), "add the trail's name to the log bucket's sources.cloudTrail.trailNames").By("trail-log-bucket-source")
}

func (a *TrailArgs) keyLetsIn(in account.Info, policy string) (ps validate.Problems) {
	if !lets(policy, iampolicy.Request{
		Caller: service("cloudtrail.amazonaws.com"), Action: "kms:GenerateDataKey", Resource: in.ARN("kms", in.Region, "key/key"),
		Context: iampolicy.Context{"aws:SourceArn": {a.arn(in)}, "aws:SourceAccount": {in.ID}, "kms:EncryptionContext:aws:cloudtrail:arn": {a.arn(in)}},
	}) {
		ps.Add(a.otherTrailsKey())
	}
	if !lets(policy, iampolicy.Request{
		Caller: service(in.Service("logs")), Action: "kms:GenerateDataKey", Resource: in.ARN("kms", in.Region, "key/key"),
		Context: iampolicy.Context{"kms:EncryptionContext:aws:logs:arn": {in.ARN("logs", in.Region, "log-group:"+a.logGroupName())}},
	}) {
		ps.Add(validate.Invalid("key", "a key for other log groups", "a key that the log group "+a.logGroupName()+" can use", "add it to the key's logGroups").By("trail-key"))
	}
	return ps
}

func (a *TrailArgs) otherTrailsKey() validate.Problem {
	return validate.Invalid("key", "a key for other trails", "a key that the trail "+a.trailName()+" can use", "add the trail's name to the key's trailNames, and create both with the same provider").By("trail-key")
}

// arn is the ARN that the trail will have.
func (a *TrailArgs) arn(in account.Info) string {
	return in.ARN("cloudtrail", in.Region, "trail/"+a.trailName())
}

func service(name string) iampolicy.Caller {
	return iampolicy.Caller{Kind: iampolicy.CallerService, ARN: name}
}

// lets is true unless the policy is sure to refuse. What other statements make of details that only AWS knows is left to it.
func lets(policy string, r iampolicy.Request) bool {
	document, problems := iampolicy.Parse(policy)
	if len(problems) > 0 {
		return false
	}
	r.Unknown = []string{"*"}
	switch iampolicy.Evaluate(r, iampolicy.Policies{Resource: &document}).Decision {
	case iampolicy.ImplicitDeny, iampolicy.ExplicitDeny:
		return false
	}
	return true
}
