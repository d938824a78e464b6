package storage

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// wafPrefix begins the name of every bucket that WAF delivers to.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
const wafPrefix = "aws-waf-logs-"

// NewLogBucket creates an archive for the logs of AWS services. It reports all problems with the arguments at once,
// before it creates anything.
func NewLogBucket(ctx *pulumi.Context, name string, args *LogBucketArgs, opts ...pulumi.ResourceOption) (*LogBucket, error) {
	if args == nil {
		args = &LogBucketArgs{}
	}
	if err := args.check(name).Err(LogBucketType, name); err != nil {
		return nil, err
	}
	b := &LogBucket{accepts: args.accepts(name)}
	if err := ctx.RegisterComponentResource(LogBucketType, name, b, opts...); err != nil {
		return nil, err
	}

	in := account.Lookup(ctx, b)
	s := &store{
		name: name, parent: b, lifecycle: args.Lifecycle, tags: args.Labels.Tags(name),
		bucketName:  bucketName(in, wafPrefix, args.BucketName, args.Labels, name),
		versioning:  VersioningEnabled,
		minimumSize: AllStorageClasses128K,
		lock:        args.ObjectLock,
		rules: []rule{{id: "bucket", abort: 7, markers: true, Retention: Retention{
			Transitions: args.Transitions, ExpiryDays: args.retentionDays(), NoncurrentExpiryDays: args.noncurrentDays(),
		}}},
	}
	switch {
	case args.KeyArn != nil:
		s.keyArn = args.KeyArn
	case args.Key != nil:
		s.keyArn = args.Key.KeyArn
	}
	s.policy = policyJSON(in, s, args.PolicyStatements, args.deliveries())

	r, err := s.create(ctx)
	if err != nil {
		return nil, err
	}
	b.BucketName, b.BucketArn, b.Region = r.bucket.Bucket, r.bucket.Arn, in.String(func(i account.Info) string { return i.Region })
	b.Bucket, b.PublicAccessBlock, b.OwnershipControls, b.BucketVersioning = r.bucket, r.publicAccess, r.ownership, r.versioning
	b.Encryption, b.Policy, b.LifecycleConfiguration, b.ObjectLockConfiguration = r.encryption, r.policy, r.rules, r.lock

	return b, ctx.RegisterResourceOutputs(b, r.outputs(pulumi.Map{
		"bucketName": b.BucketName,
		"bucketArn":  b.BucketArn,
		"region":     b.Region,
	}))
}

// AcceptsWaf says whether WAF web ACLs of the bucket's region can deliver to the bucket.
func (b *LogBucket) AcceptsWaf() bool { return b.accepts.waf }

// AcceptsFlowLogs says whether VPC flow logs of the bucket's region can deliver to the bucket, with or without
// Hive-compatible prefixes.
func (b *LogBucket) AcceptsFlowLogs(hivePartitions bool) bool {
	s := b.accepts.flowLogs
	return s != nil && s.HivePartitions == hivePartitions
}

// AcceptsLoadBalancer says whether every load balancer of the bucket's region whose name begins like that can deliver
// logs with that prefix.
func (b *LogBucket) AcceptsLoadBalancer(name, prefix string) bool {
	s := b.accepts.loadBalancers
	switch {
	case s == nil:
		return false
	case len(s.Prefixes) == 0 && prefix != "", len(s.Prefixes) > 0 && !slices.Contains(s.Prefixes, prefix):
		return false
	}
	return len(s.Names) == 0 || slices.ContainsFunc(s.Names, func(pattern string) bool {
		stem, open := strings.CutSuffix(pattern, "*")
		return open && strings.HasPrefix(name, stem)
	})
}

// AcceptsTrail says whether the trail of that name, whose home is the bucket's account and region, can deliver to the bucket.
func (b *LogBucket) AcceptsTrail(name string) bool { return slices.Contains(b.accepts.trails, name) }

func (a *LogBucketArgs) retentionDays() int { return or(a.RetentionDays, 400) }

// noncurrentDays are for logs that somebody deleted or overwrote. A lock keeps them longer, if it has to.
func (a *LogBucketArgs) noncurrentDays() int { return 30 }

func (a *LogBucketArgs) accepts(name string) accepted {
	out := accepted{name: name, waf: a.Sources.Waf != nil, loadBalancers: a.Sources.LoadBalancers, flowLogs: a.Sources.FlowLogs, bases: map[string]bool{}, buckets: map[string]bool{}}
	if s := a.Sources.CloudTrail; s != nil {
		out.trails = slices.Clone(s.TrailNames)
	}
	if s := a.Sources.AccessLogs; s != nil {
		out.prefix = logPrefix(s.Prefix)
		for _, b := range s.Buckets {
			out.bases[naming.Base(a.Labels.Project, a.Labels.Environment, b)] = true
		}
		for _, b := range s.BucketNames {
			out.buckets[b] = true
		}
	}
	return out
}

// deliveries are the statements that let the sources in.
func (a *LogBucketArgs) deliveries() func(target) []iampolicy.Statement {
	return func(t target) []iampolicy.Statement {
		var out []iampolicy.Statement
		if s := a.Sources.AccessLogs; s != nil {
			out = append(out, s.statements(t, a.Labels.Project, a.Labels.Environment)...)
		}
		if s := a.Sources.LoadBalancers; s != nil {
			out = append(out, s.statements(t)...)
		}
		if s := a.Sources.CloudTrail; s != nil {
			out = append(out, s.statements(t)...)
		}
		return append(out, a.Sources.vended(t)...)
	}
}

// statements follow https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
func (s *AccessLogSource) statements(t target, project, environment string) []iampolicy.Statement {
	var arns []string
	for _, b := range s.Buckets {
		arns = append(arns, t.in.BucketARN(naming.Bucket("", naming.Base(project, environment, b), t.in.ID, t.in.Region)))
	}
	for _, b := range s.BucketNames {
		arns = append(arns, t.in.BucketARN(b))
	}
	slices.Sort(arns)
	return []iampolicy.Statement{{
		Sid: "S3AccessLogs", Effect: iampolicy.Allow, Principals: iampolicy.Principals{Service: []string{"logging.s3.amazonaws.com"}},
		Actions: []string{"s3:PutObject"}, Resources: []string{t.objects(logPrefix(s.Prefix) + "*")},
		Conditions: []iampolicy.Condition{
			{Operator: "ArnEquals", Key: "aws:SourceArn", Values: arns},
			{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{t.in.ID}},
		},
	}}
}

// statements follow https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html. A
// load balancer's ARN ends in digits that AWS chooses, and the policy precedes the load balancer: hence ArnLike.
func (s *LoadBalancerSource) statements(t target) []iampolicy.Statement {
	var resources []string
	for _, prefix := range s.Prefixes {
		resources = append(resources, t.objects(prefix+"/AWSLogs/"+t.in.ID+"/*"))
	}
	if resources == nil {
		resources = []string{t.objects("AWSLogs/" + t.in.ID + "/*")}
	}
	var arns []string
	for _, name := range s.Names {
		arns = append(arns, t.in.ARN("elasticloadbalancing", t.in.Region, "loadbalancer/app/"+name+"/*"))
	}
	if arns == nil {
		arns = []string{t.in.ARN("elasticloadbalancing", t.in.Region, "loadbalancer/app/*")}
	}
	return []iampolicy.Statement{{
		Sid: "LoadBalancerLogs", Effect: iampolicy.Allow, Principals: iampolicy.Principals{Service: []string{"logdelivery.elasticloadbalancing.amazonaws.com"}},
		Actions: []string{"s3:PutObject"}, Resources: resources,
		Conditions: []iampolicy.Condition{{Operator: "ArnLike", Key: "aws:SourceArn", Values: arns}},
	}}
}

// statements follow https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html.
// The trail's name is fixed, so its ARN is known before the trail is.
func (s *CloudTrailSource) statements(t target) []iampolicy.Statement {
	arns := make([]string, len(s.TrailNames))
	for i, name := range s.TrailNames {
		arns[i] = t.in.ARN("cloudtrail", t.in.Region, "trail/"+name)
	}
	service := iampolicy.Principals{Service: []string{"cloudtrail.amazonaws.com"}}
	ofTrails := iampolicy.Condition{Operator: "StringEquals", Key: "aws:SourceArn", Values: arns}
	return []iampolicy.Statement{
		{
			Sid: "CloudTrailAclCheck", Effect: iampolicy.Allow, Principals: service, Actions: []string{"s3:GetBucketAcl"},
			Resources: []string{t.arn}, Conditions: []iampolicy.Condition{ofTrails},
		},
		{
			Sid: "CloudTrailWrite", Effect: iampolicy.Allow, Principals: service, Actions: []string{"s3:PutObject"},
			Resources: []string{t.objects("AWSLogs/" + t.in.ID + "/*")},
			Conditions: []iampolicy.Condition{
				ofTrails,
				{Operator: "StringEquals", Key: "s3:x-amz-acl", Values: []string{"bucket-owner-full-control"}},
			},
		},
	}
}

// vended are WAF and flow logs, which come through the same service.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
func (s LogSources) vended(t target) []iampolicy.Statement {
	var resources, arns []string
	if s.Waf != nil {
		resources = append(resources, t.objects("AWSLogs/"+t.in.ID+"/WAFLogs/*"))
		if s.Waf.Global {
			arns = append(arns, t.in.ARN("logs", "us-east-1", "*"))
		}
	}
	if s.FlowLogs != nil {
		folder := "AWSLogs/" + t.in.ID
		if s.FlowLogs.HivePartitions {
			folder = "AWSLogs/aws-account-id=" + t.in.ID
		}
		resources = append(resources, t.objects(folder+"/*"))
	}
	if resources == nil {
		return nil
	}
	if regional := t.in.ARN("logs", t.in.Region, "*"); !slices.Contains(arns, regional) {
		arns = append(arns, regional)
	}
	slices.Sort(arns)
	service := iampolicy.Principals{Service: []string{"delivery.logs.amazonaws.com"}}
	ofAccount := []iampolicy.Condition{
		{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{t.in.ID}},
		{Operator: "ArnLike", Key: "aws:SourceArn", Values: arns},
	}
	return []iampolicy.Statement{
		{
			Sid: "LogDeliveryAclCheck", Effect: iampolicy.Allow, Principals: service,
			Actions: []string{"s3:GetBucketAcl", "s3:ListBucket"}, Resources: []string{t.arn}, Conditions: ofAccount,
		},
		{
			Sid: "LogDeliveryWrite", Effect: iampolicy.Allow, Principals: service, Actions: []string{"s3:PutObject"}, Resources: resources,
			Conditions: append(slices.Clone(ofAccount), iampolicy.Condition{Operator: "StringEquals", Key: "s3:x-amz-acl", Values: []string{"bucket-owner-full-control"}}),
		},
	}
}
