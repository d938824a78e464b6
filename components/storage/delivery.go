package storage

import (
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// ownerFullControl is the access control list with which services write, and which S3 then ignores: it is off.
var ownerFullControl = iampolicy.Condition{
	Operator: "StringEquals", Key: "s3:x-amz-acl", Values: []string{"bucket-owner-full-control"},
}

// deliveries are the statements that let the sources in.
func (a *LogBucketArgs) deliveries(t policyTarget) []iampolicy.Statement {
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
	return append(out, a.Sources.logDelivery(t)...)
}

// statements follow https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
func (s *AccessLogSource) statements(t policyTarget, project, environment string) []iampolicy.Statement {
	var arns []string
	for _, b := range s.Buckets {
		arns = append(arns, t.in.BucketARN(naming.Bucket("", naming.Base(project, environment, b), t.in.ID, t.in.Region)))
	}
	for _, b := range s.BucketNames {
		arns = append(arns, t.in.BucketARN(b))
	}
	slices.Sort(arns)
	return []iampolicy.Statement{{
		Sid: "S3AccessLogs", Effect: iampolicy.Allow,
		Principals: iampolicy.Principals{Service: []string{"logging.s3.amazonaws.com"}},
		Actions:    []string{"s3:PutObject"}, Resources: []string{t.objects(s.prefix() + "*")},
		Conditions: []iampolicy.Condition{
			{Operator: "ArnEquals", Key: "aws:SourceArn", Values: arns},
			{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{t.in.ID}},
		},
	}}
}

// statements follow https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html. A
// load balancer's ARN ends in digits that AWS chooses, and the policy precedes the load balancer: hence ArnLike.
func (s *LoadBalancerSource) statements(t policyTarget) []iampolicy.Statement {
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
		Sid: "LoadBalancerLogs", Effect: iampolicy.Allow,
		Principals: iampolicy.Principals{Service: []string{"logdelivery.elasticloadbalancing.amazonaws.com"}},
		Actions:    []string{"s3:PutObject"}, Resources: resources,
		Conditions: []iampolicy.Condition{{Operator: "ArnLike", Key: "aws:SourceArn", Values: arns}},
	}}
}

// statements follow
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html. The trail's
// name is fixed, so its ARN is known before the trail is.
func (s *CloudTrailSource) statements(t policyTarget) []iampolicy.Statement {
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
				ownerFullControl,
			},
		},
	}
}

// logDelivery lets in WAF and flow logs, which come through the same service. The first two statements are AWS's own to
// the letter: where the service finds them, it does not change the policy itself. The third lets in the same sources
// without the header of an access control list, which the service was seen to leave out where the owner is enforced.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
func (s LogSources) logDelivery(t policyTarget) []iampolicy.Statement {
	folders := s.logFolders(t)
	if folders == nil {
		return nil
	}
	service := iampolicy.Principals{Service: []string{"delivery.logs.amazonaws.com"}}
	ofAccount := []iampolicy.Condition{
		{Operator: "StringEquals", Key: "aws:SourceAccount", Values: []string{t.in.ID}},
		{Operator: "ArnLike", Key: "aws:SourceArn", Values: s.logDeliverers(t)},
	}
	return []iampolicy.Statement{
		{
			Sid: "AWSLogDeliveryAclCheck", Effect: iampolicy.Allow, Principals: service,
			Actions: []string{"s3:GetBucketAcl", "s3:ListBucket"}, Resources: []string{t.arn}, Conditions: ofAccount,
		},
		{
			Sid: "AWSLogDeliveryWrite", Effect: iampolicy.Allow, Principals: service, Actions: []string{"s3:PutObject"},
			Resources:  []string{t.objects("AWSLogs/" + t.in.ID + "/*")},
			Conditions: append(slices.Clone(ofAccount), ownerFullControl),
		},
		{
			Sid: "LogDeliveryWithoutAcl", Effect: iampolicy.Allow, Principals: service, Actions: []string{"s3:PutObject"},
			Resources: folders, Conditions: ofAccount,
		},
	}
}

// logFolders are where WAF and flow logs write.
func (s LogSources) logFolders(t policyTarget) []string {
	var folders []string
	if s.Waf != nil {
		folders = append(folders, t.objects("AWSLogs/"+t.in.ID+"/WAFLogs/*"))
	}
	if s.FlowLogs != nil {
		folder := "AWSLogs/" + t.in.ID
		if s.FlowLogs.HivePartitions {
			folder = "AWSLogs/aws-account-id=" + t.in.ID
		}
		folders = append(folders, t.objects(folder+"/*"))
	}
	return folders
}

// logDeliverers are the ARNs in whose name WAF and flow logs come.
func (s LogSources) logDeliverers(t policyTarget) []string {
	regions := []string{t.in.Region}
	if s.Waf != nil && s.Waf.Global && t.in.Region != globalRegion {
		regions = append(regions, globalRegion)
	}
	arns := make([]string, len(regions))
	for i, region := range regions {
		arns[i] = t.in.ARN("logs", region, "*")
	}
	slices.Sort(arns)
	return arns
}

// globalRegion is where the logs of CloudFront's web ACLs come from.
const globalRegion = "us-east-1"
