package audit

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// evaluate asks the policies of the log bucket and of the key whether they let the trail in, as AWS does when the trail
// is made. They are known in previews. Of a bucket or key that exists already only the name is known: AWS evaluates its
// policy then.
func (b *trailBuilder) evaluate() error {
	bucket, region, bucketPolicy, keyPolicy := component.None(), component.None(), component.None(), component.None()
	if logs := b.args.LogBucket; logs != nil {
		bucket, region, bucketPolicy = logs.BucketName, logs.Region, logs.Policy.Policy
	}
	if b.args.Key != nil {
		keyPolicy = b.args.Key.Key.Policy
	}
	b.evaluated = pulumi.All(b.Location(), bucket, region, bucketPolicy,
		keyPolicy).ApplyT(func(values []any) (bool, error) {
		in := values[0].(account.Info)
		var ps validate.Problems
		if b.args.LogBucket != nil {
			ps.Add(b.args.evaluateLogBucket(in, values[1].(string), values[2].(string), values[3].(string))...)
		}
		if b.args.Key != nil {
			ps.Add(b.args.evaluateKey(in, values[4].(string))...)
		}
		return true, b.Err(ps)
	}).(pulumi.BoolOutput)
	return nil
}

// onceEvaluated is a value, once it is known that the policies let the trail in.
func (b *trailBuilder) onceEvaluated(value pulumi.StringInput) pulumi.StringOutput {
	return pulumi.All(b.evaluated,
		value).ApplyT(func(values []any) string { return values[1].(string) }).(pulumi.StringOutput)
}

// logBucketName is the name of the log bucket, known in previews too.
func (b *trailBuilder) logBucketName() pulumi.StringOutput {
	if b.args.LogBucket != nil {
		return b.args.LogBucket.BucketName
	}
	return b.Checked(b.args.LogBucketName, func(text string, _ account.Info) validate.Problems {
		return validate.BucketName("logBucketName", text)
	})
}

func (b *trailBuilder) checkedLogBucketName() pulumi.StringOutput {
	return b.onceEvaluated(b.logBucketName())
}

// checkedKeyArn is the ARN of the key, once it is known that the key is of the trail's region and lets the trail in.
func (b *trailBuilder) checkedKeyArn() pulumi.StringOutput {
	if b.args.KeyArn != nil {
		return b.onceEvaluated(keychoice.CheckedArn(&b.Base, "keyArn", b.args.KeyArn, "the trail"))
	}
	return b.onceEvaluated(b.out.KeyArn)
}

func (a *TrailArgs) evaluateLogBucket(in account.Info, bucket, region, policy string) validate.Problems {
	if region != in.Region {
		// The policy names trails of its own region.
		return validate.Problems{validate.OtherRegion("logBucketName", bucket+" in "+region, in.Region, "the trail")}
	}
	if allows(policy, iampolicy.Request{
		Caller: service("cloudtrail.amazonaws.com"), Action: "s3:PutObject", ResourceAccount: in.ID,
		Resource: in.BucketARN(bucket) + "/AWSLogs/" + in.ID + "/CloudTrail/" + in.Region + "/file.json.gz",
		Context: iampolicy.Context{
			"aws:SourceArn": {a.arn(in)}, "aws:SourceAccount": {in.ID}, "aws:SecureTransport": {"true"},
			"s3:TlsVersion": {"1.3"},
			"s3:x-amz-acl":  {"bucket-owner-full-control"},
		},
	}) {
		return nil
	}
	return validate.Problems{a.logBucketOfOtherTrails()}
}

func (a *TrailArgs) logBucketOfOtherTrails() validate.Problem {
	return validate.Invalid("logBucketName", "a log bucket for other trails",
		"a log bucket that accepts the files of the trail "+a.trailName(),
		"add the trail's name to the log bucket's sources.cloudTrail.trailNames").By("trail-log-bucket-source")
}

func (a *TrailArgs) evaluateKey(in account.Info, policy string) (ps validate.Problems) {
	key, group := in.ARN("kms", in.Region, "key/key"), in.ARN("logs", in.Region, "log-group:"+a.logGroupName())
	if !allows(policy, iampolicy.Request{
		Caller: service("cloudtrail.amazonaws.com"), Action: "kms:GenerateDataKey", Resource: key,
		Context: iampolicy.Context{
			"aws:SourceArn": {a.arn(in)}, "aws:SourceAccount": {in.ID}, "kms:EncryptionContext:aws:cloudtrail:arn": {a.arn(in)},
		},
	}) {
		ps.Add(a.keyOfOtherTrails())
	}
	if !allows(policy, iampolicy.Request{
		Caller: service(in.Service("logs")), Action: "kms:GenerateDataKey", Resource: key,
		Context: iampolicy.Context{"kms:EncryptionContext:aws:logs:arn": {group}},
	}) {
		ps.Add(validate.Invalid("key", "a key for other log groups", "a key that the log group "+a.logGroupName()+" can use",
			"add it to the key's logGroups").By("trail-key"))
	}
	return ps
}

func (a *TrailArgs) keyOfOtherTrails() validate.Problem {
	return validate.Invalid("key", "a key for other trails", "a key that the trail "+a.trailName()+" can use",
		"add the trail's name to the key's trailNames, and create both with the same provider").By("trail-key")
}

// arn is the ARN that the trail will have.
func (a *TrailArgs) arn(in account.Info) string {
	return in.ARN("cloudtrail", in.Region, "trail/"+a.trailName())
}

func service(name string) iampolicy.Caller {
	return iampolicy.Caller{Kind: iampolicy.CallerService, ARN: name}
}

// allows is true unless the policy is sure to refuse. What other statements decide on details that only AWS knows is
// left to AWS.
func allows(policy string, r iampolicy.Request) bool {
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
