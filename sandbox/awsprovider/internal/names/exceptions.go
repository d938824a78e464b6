package names

// resourceTokens holds the resources whose official token follows no rule.
var resourceTokens = map[string]string{
	"aws_alb":                                     "aws:alb/loadBalancer:LoadBalancer",
	"aws_cloudtrail":                              "aws:cloudtrail/trail:Trail",
	"aws_config_config_rule":                      "aws:cfg/rule:Rule",
	"aws_config_configuration_recorder":           "aws:cfg/recorder:Recorder",
	"aws_config_configuration_recorder_status":    "aws:cfg/recorderStatus:RecorderStatus",
	"aws_db_instance_role_association":            "aws:rds/roleAssociation:RoleAssociation",
	"aws_ec2_host":                                "aws:ec2/dedicatedHost:DedicatedHost",
	"aws_guardduty_ipset":                         "aws:guardduty/iPSet:IPSet",
	"aws_guardduty_threatintelset":                "aws:guardduty/threatIntelSet:ThreatIntelSet",
	"aws_iam_openid_connect_provider":             "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
	"aws_iam_user_ssh_key":                        "aws:iam/sshKey:SshKey",
	"aws_lb":                                      "aws:lb/loadBalancer:LoadBalancer",
	"aws_network_interface_sg_attachment":         "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
	"aws_rds_instance_state":                      "aws:rds/instanceDesiredState:InstanceDesiredState",
	"aws_route53_hosted_zone_dnssec":              "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
	"aws_s3_bucket":                               "aws:s3/bucketV2:BucketV2",
	"aws_s3_bucket_replication_configuration":     "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
	"aws_s3_object":                               "aws:s3/bucketObjectv2:BucketObjectv2",
	"aws_sns_topic_data_protection_policy":        "aws:sns/dataProtectionPolicy:DataProtectionPolicy",
	"aws_sqs_queue_redrive_allow_policy":          "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
	"aws_sqs_queue_redrive_policy":                "aws:sqs/redrivePolicy:RedrivePolicy",
	"aws_vpc_endpoint_security_group_association": "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
	"aws_vpc_endpoint_service_allowed_principal":  "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
}

// functionTokens holds the same for data sources.
var functionTokens = map[string]string{
	"aws_alb":                         "aws:alb/getLoadBalancer:getLoadBalancer",
	"aws_canonical_user_id":           "aws:s3/getCanonicalUserId:getCanonicalUserId",
	"aws_ec2_host":                    "aws:ec2/getDedicatedHost:getDedicatedHost",
	"aws_eip":                         "aws:ec2/getElasticIp:getElasticIp",
	"aws_iam_openid_connect_provider": "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider",
	"aws_kms_ciphertext":              "aws:kms/getCipherText:getCipherText",
	"aws_lb":                          "aws:lb/getLoadBalancer:getLoadBalancer",
	"aws_lbs":                         "aws:lb/getLbs:getLbs",
	"aws_ec2_transit_gateway_dx_gateway_attachment": "aws:ec2transitgateway/getDirectConnectGatewayAttachment:getDirectConnectGatewayAttachment",
}

// properties holds the properties whose official name follows no rule, by Terraform type (or data. and the type) and
// path.
var properties = map[string]string{
	"aws_cloudwatch_log_subscription_filter.log_group_name": "logGroup",
	"aws_cloudwatch_metric_alarm.alarm_name":                "name",
	"aws_lambda_function.filename":                          "code",
	"aws_lambda_function.function_name":                     "name",
	"aws_lambda_layer_version.filename":                     "code",
	"aws_lambda_permission.function_name":                   "function",
	"aws_s3_bucket.bucket_region":                           "region",
	"aws_s3_bucket_website_configuration.routing_rule":      "routingRules",
	"aws_s3_bucket_website_configuration.routing_rules":     "routingRuleDetails",
	"aws_sns_topic_subscription.topic_arn":                  "topic",
	"data.aws_s3_bucket.bucket_region":                      "region",
}

// references holds the properties that take a resource in place of its name, with the resource's token: the SDK shows
// only that they take several types.
var references = map[string]string{
	"aws_cloudwatch_log_subscription_filter.log_group_name": "aws:cloudwatch/logGroup:LogGroup",
	"aws_cloudwatch_metric_alarm.alarm_actions":             "aws:sns/topic:Topic",
	"aws_cloudwatch_metric_alarm.insufficient_data_actions": "aws:sns/topic:Topic",
	"aws_cloudwatch_metric_alarm.ok_actions":                "aws:sns/topic:Topic",
	"aws_iam_group_policy_attachment.group":                 "aws:iam/group:Group",
	"aws_iam_policy_attachment.groups":                      "aws:iam/group:Group",
	"aws_iam_policy_attachment.roles":                       "aws:iam/role:Role",
	"aws_iam_policy_attachment.users":                       "aws:iam/user:User",
	"aws_iam_instance_profile.role":                         "aws:iam/role:Role",
	"aws_iam_role_policy.role":                              "aws:iam/role:Role",
	"aws_iam_role_policy_attachment.role":                   "aws:iam/role:Role",
	"aws_iam_user_policy_attachment.user":                   "aws:iam/user:User",
	"aws_instance.iam_instance_profile":                     "aws:iam/instanceProfile:InstanceProfile",
	"aws_lambda_permission.function_name":                   "aws:lambda/function:Function",
	"aws_s3_bucket_object.bucket":                           "aws:s3/bucket:Bucket",
	"aws_s3_object.bucket":                                  "aws:s3/bucket:Bucket",
	"aws_sns_topic_subscription.topic_arn":                  "aws:sns/topic:Topic",
}
