package deploypolicy

// ec2Tagged adds the permission to set the tags of what a call of EC2 creates.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
func ec2Tagged(operation string, needs ...need) []need {
	return append(needs, on(requested, "ec2:*/*").as("ec2:CreateTags").when("ec2:CreateAction", operation))
}

// ec2Rules: what a call creates carries the tags of the request, what it uses has them already, and AWS looks at each of
// them on its own. The default network ACL, security group and route table of a new VPC have no tags at first.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var ec2Rules = map[string][]need{
	"AuthorizeSecurityGroupEgress": ec2Tagged("AuthorizeSecurityGroupEgress",
		on(owned, "ec2:*/*"), on(requested, "ec2:security-group-rule/*")),
	"AuthorizeSecurityGroupIngress": ec2Tagged("AuthorizeSecurityGroupIngress",
		on(owned, "ec2:*/*"), on(requested, "ec2:security-group-rule/*")),
	"AllocateAddress": ec2Tagged("AllocateAddress", on(requested, "ec2:elastic-ip/*")),
	// Flow logs to a bucket are a delivery of vended logs.
	// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
	"CreateFlowLogs": ec2Tagged("CreateFlowLogs",
		on(owned, "ec2:*/*"), on(requested, "ec2:vpc-flow-log/*"), anywhere().as("logs:CreateLogDelivery"),
		on(noTags, "s3:{bucket}").as("s3:GetBucketPolicy"), on(noTags, "s3:{bucket}").as("s3:PutBucketPolicy")),
	"DeleteFlowLogs":        {on(owned, "ec2:*/*"), anywhere().as("logs:DeleteLogDelivery")},
	"CreateInternetGateway": ec2Tagged("CreateInternetGateway", on(requested, "ec2:internet-gateway/*")),
	"CreateNatGateway":      ec2Tagged("CreateNatGateway", on(owned, "ec2:*/*"), on(requested, "ec2:natgateway/*")),
	"CreateNetworkAclEntry": {on(unclaimed, "ec2:network-acl/*")},
	"DeleteNetworkAclEntry": {on(unclaimed, "ec2:network-acl/*")},
	"ReplaceNetworkAclAssociation": {
		on(unclaimed, "ec2:network-acl/*"), on(owned, "ec2:*/*"),
	},
	"CreateRoute":         {on(owned, "ec2:*/*")},
	"CreateRouteTable":    ec2Tagged("CreateRouteTable", on(owned, "ec2:*/*"), on(requested, "ec2:route-table/*")),
	"CreateSecurityGroup": ec2Tagged("CreateSecurityGroup", on(owned, "ec2:*/*"), on(requested, "ec2:security-group/*")),
	"CreateSubnet":        ec2Tagged("CreateSubnet", on(owned, "ec2:*/*"), on(requested, "ec2:subnet/*")),
	// Tags of the default parts of a VPC are set by a call of its own.
	"CreateTags": {
		on(owned, "ec2:*/*"), on(claimed, "ec2:network-acl/*", "ec2:route-table/*", "ec2:security-group/*"),
	},
	"CreateVpc":         ec2Tagged("CreateVpc", on(requested, "ec2:vpc/*")),
	"CreateVpcEndpoint": ec2Tagged("CreateVpcEndpoint", on(owned, "ec2:*/*"), on(requested, "ec2:vpc-endpoint/*")),
}

// balancerRules: Elastic Load Balancing looks at the tags of the request and of the resource in one go.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var balancerRules = map[string][]need{
	"CreateListener": {
		on(owned, "elasticloadbalancing:*/*"), balancerTags("CreateListener"),
	},
	"CreateRule": {
		on(owned, "elasticloadbalancing:*/*"), balancerTags("CreateRule"),
	},
	// The first load balancer or target group of an account makes the role that Elastic Load Balancing works with.
	// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
	"CreateLoadBalancer": {
		on(requested, "elasticloadbalancing:loadbalancer/app/*"), balancerTags("CreateLoadBalancer"),
		serviceLinkedRole("elasticloadbalancing.amazonaws.com"),
	},
	"CreateTargetGroup": {
		on(requested, "elasticloadbalancing:targetgroup/*"), balancerTags("CreateTargetGroup"),
		serviceLinkedRole("elasticloadbalancing.amazonaws.com"),
	},
}

func balancerTags(operation string) need {
	return on(requested, "elasticloadbalancing:*/*").as("elasticloadbalancing:AddTags").when("elasticloadbalancing:CreateAction", operation)
}

// serviceLinkedRole lets a service make the role that it works with itself, when a call is the first of an account.
func serviceLinkedRole(service string) need {
	return on(noTags, "iam:role/aws-service-role/*").as("iam:CreateServiceLinkedRole").when("iam:AWSServiceName", service)
}

// wafRules: a web ACL is put in front of a load balancer with a permission for each of them.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var wafRules = map[string][]need{
	"AssociateWebACL": {
		on(owned, "wafv2:regional/*"), wafBalancer, anywhere().as("elasticloadbalancing:SetWebAcl"),
	},
	"DisassociateWebACL": {
		wafBalancer, anywhere().as("elasticloadbalancing:SetWebAcl"),
	},
	"GetWebACLForResource": {
		on(noTags, "wafv2:regional/*").because(readGone), wafBalancer,
	},
	"CreateWebACL": {
		on(requested, "wafv2:regional/webacl/*"), wafManaged, on(owned, "wafv2:regional/*"), on(claimed, "wafv2:regional/*").as("wafv2:TagResource"),
	},
	"CreateIPSet": {on(requested, "wafv2:regional/ipset/*"), on(claimed, "wafv2:regional/*").as("wafv2:TagResource")},
	"CreateRuleGroup": {
		on(requested, "wafv2:regional/rulegroup/*"), on(owned, "wafv2:regional/*"), on(claimed, "wafv2:regional/*").as("wafv2:TagResource"),
	},
	"UpdateWebACL": {on(owned, "wafv2:regional/*"), wafManaged},
	// The logs of a web ACL are vended logs, which AWS delivers once it has seen to the policy of the bucket.
	// Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
	"PutLoggingConfiguration": {
		on(owned, "wafv2:regional/*"), anywhere().as("logs:CreateLogDelivery"),
		on(noTags, "s3:{bucket}").as("s3:GetBucketPolicy"), on(noTags, "s3:{bucket}").as("s3:PutBucketPolicy"),
	},
	"DeleteLoggingConfiguration": {
		on(owned, "wafv2:regional/*"), anywhere().as("logs:DeleteLogDelivery"),
	},
}

// wafManaged are the rule groups that AWS keeps, which are asked for one by one with those of the project.
var wafManaged = on(noTags, "wafv2:regional/managedruleset/*").because("the rule groups that AWS keeps have no tags of the project")

// wafBalancer is the load balancer of a call of WAF, which looks at no tags of it.
var wafBalancer = on(noTags, "elasticloadbalancing:loadbalancer/app/*").
	because("WAF looks at no tags of a load balancer, and Pulumi chooses its name")

// acmRules: a certificate is tagged when it is requested.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var acmRules = map[string][]need{
	"RequestCertificate": {
		on(requested, "*"), on(claimed, "acm:certificate/*").as("acm:AddTagsToCertificate"),
	},
	"AddTagsToCertificate": {on(owned, "acm:certificate/*")},
}

// zoneReason: Route 53 has neither names nor tags in its permissions.
const zoneReason = "Route 53 tells hosted zones apart by an id that AWS chooses, and knows no tags in policies"

// route53Rules: hosted zones are named by their ids only.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var route53Rules = map[string][]need{
	"ChangeResourceRecordSets": {on(noTags, "route53:hostedzone/*").because(zoneReason)},
	"ChangeTagsForResource":    {on(noTags, "route53:hostedzone/*").because(zoneReason)},
	"DeleteHostedZone":         {on(noTags, "route53:hostedzone/*").because(zoneReason)},
	"GetChange":                {on(noTags, "route53:change/*").because("a change has an id that AWS chooses")},
	"GetDNSSEC":                {on(noTags, "route53:hostedzone/*").because(zoneReason)},
	"GetHostedZone":            {on(noTags, "route53:hostedzone/*").because(zoneReason)},
	"ListResourceRecordSets":   {on(noTags, "route53:hostedzone/*").because(zoneReason)},
	"ListTagsForResource":      {on(noTags, "route53:hostedzone/*").because(zoneReason)},
}
