package audit

import (
	"slices"
	"strings"
)

// Event is something that should not happen, or not unnoticed.
type Event string

// The events, by how urgent they are.
const (
	// EventRetiredKeyUse: somebody uses one of TrailArgs.RetiredAccessKeyIds.
	EventRetiredKeyUse Event = "retired-key-use"
	// EventRootUse: somebody acts as the root user.
	EventRootUse Event = "root-use"
	// EventTrailChanges: a trail is made, changed, started, stopped or deleted.
	EventTrailChanges Event = "trail-changes"
	// EventMonitoringChanges: what a trail records changes, or logs, filters or alarms that watch it go.
	EventMonitoringChanges Event = "monitoring-changes"
	// EventUnauthorizedCalls: a call is refused for lack of permissions.
	EventUnauthorizedCalls Event = "unauthorized-calls"
	// EventSignInWithoutMFA: an IAM user signs in to the console without a second factor.
	EventSignInWithoutMFA Event = "sign-in-without-mfa"
	// EventSignInFailures: somebody fails to sign in to the console.
	EventSignInFailures Event = "sign-in-failures"
	// EventIAMPolicyChanges: a policy of IAM, or who has it, changes.
	EventIAMPolicyChanges Event = "iam-policy-changes"
	// EventKeyDeletion: a KMS key is disabled or about to be deleted.
	EventKeyDeletion Event = "key-deletion"
	// EventBucketPolicyChanges: policy, access control list, CORS, lifecycle or replication of a bucket changes.
	EventBucketPolicyChanges Event = "bucket-policy-changes"
	// EventConfigChanges: AWS Config is stopped or records something else.
	EventConfigChanges Event = "config-changes"
	// EventSecurityGroupChanges: a security group or one of its rules changes.
	EventSecurityGroupChanges Event = "security-group-changes"
	// EventNetworkACLChanges: a network ACL changes.
	EventNetworkACLChanges Event = "network-acl-changes"
	// EventGatewayChanges: an internet or customer gateway changes.
	EventGatewayChanges Event = "gateway-changes"
	// EventRouteTableChanges: a route or route table changes.
	EventRouteTableChanges Event = "route-table-changes"
	// EventVPCChanges: a VPC or a peering connection changes.
	EventVPCChanges Event = "vpc-changes"
	// EventOrganizationChanges: the organization, its accounts or its policies change. Only the trail of its management
	// account sees them.
	EventOrganizationChanges Event = "organization-changes"
)

// Values lists the events.
func (Event) Values() []Event {
	out := make([]Event, len(metricFilters))
	for i, f := range metricFilters {
		out[i] = f.event
	}
	return out
}

// metricFilter is how an event is found in the log group. The metric of an event is named after it, in CamelCase.
type metricFilter struct {
	event Event
	// title completes "Somebody ..." in the alarm.
	title string
	// control is the control of AWS Foundational Security Best Practices, or of CIS, that asks for it; empty for ours.
	control string
	// pattern is a filter pattern, character by character that of the control, which scanners compare. Empty for
	// EventRetiredKeyUse, which is made of the arguments.
	pattern string
	metric  string
}

// metricFilters are those of all events.
//
// Sources: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html, for the organization CIS
// AWS Foundations Benchmark 3.0.0, 4.15. The syntax:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
var metricFilters = []metricFilter{
	{event: EventRetiredKeyUse, metric: "RetiredKeyUse", title: "used a retired access key"},
	{
		event: EventRootUse, metric: "RootUse", title: "acted as the root user", control: "CloudWatch.1, CIS 4.3",
		pattern: `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
	},
	{
		event: EventTrailChanges, metric: "TrailChanges", title: "changed a trail", control: "CloudWatch.5, CIS 4.5",
		pattern: calls("", "CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
	},
	{
		event: EventMonitoringChanges, metric: "MonitoringChanges", title: "changed what is recorded or watched",
		pattern: calls("", "PutEventSelectors", "PutInsightSelectors", "DeleteLogGroup", "DeleteLogStream",
			"DeleteMetricFilter", "DeleteAlarms", "DisableAlarmActions"),
	},
	{
		event: EventUnauthorizedCalls, metric: "UnauthorizedCalls", title: "was refused for lack of permissions",
		control: "CloudWatch.2, CIS 4.1",
		pattern: `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`,
	},
	{
		event: EventSignInWithoutMFA, metric: "SignInWithoutMFA", title: "signed in without a second factor",
		control: "CloudWatch.3, CIS 4.2",
		pattern: `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ` +
			`($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`,
	},
	{
		event: EventSignInFailures, metric: "SignInFailures", title: "failed to sign in", control: "CloudWatch.6, CIS 4.6",
		pattern: `{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`,
	},
	{
		event: EventIAMPolicyChanges, metric: "IAMPolicyChanges", title: "changed a policy of IAM",
		control: "CloudWatch.4, CIS 4.4",
		pattern: calls(
			"iam", "DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
			"PutUserPolicy",
			"CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy",
			"AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy",
		),
	},
	{
		event: EventKeyDeletion, metric: "KeyDeletion", title: "disabled or deleted a KMS key",
		control: "CloudWatch.7, CIS 4.7",
		pattern: calls("kms", "DisableKey", "ScheduleKeyDeletion"),
	},
	{
		event: EventBucketPolicyChanges, metric: "BucketPolicyChanges", title: "changed the policy of a bucket",
		control: "CloudWatch.8, CIS 4.8",
		pattern: calls(
			"s3", "PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
			"DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication",
		),
	},
	{
		event: EventConfigChanges, metric: "ConfigChanges", title: "changed AWS Config", control: "CloudWatch.9, CIS 4.9",
		pattern: calls("config", "StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel",
			"PutConfigurationRecorder"),
	},
	{
		event: EventSecurityGroupChanges, metric: "SecurityGroupChanges", title: "changed a security group",
		control: "CloudWatch.10, CIS 4.10",
		pattern: calls(
			"", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress",
			"RevokeSecurityGroupEgress",
			"CreateSecurityGroup", "DeleteSecurityGroup",
		),
	},
	{
		event: EventNetworkACLChanges, metric: "NetworkACLChanges", title: "changed a network ACL",
		control: "CloudWatch.11, CIS 4.11",
		pattern: calls(
			"", "CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry",
			"ReplaceNetworkAclEntry",
			"ReplaceNetworkAclAssociation",
		),
	},
	{
		event: EventGatewayChanges, metric: "GatewayChanges", title: "changed a gateway", control: "CloudWatch.12, CIS 4.12",
		pattern: calls(
			"", "CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway",
			"DeleteInternetGateway",
			"DetachInternetGateway",
		),
	},
	{
		event: EventRouteTableChanges, metric: "RouteTableChanges", title: "changed a route table",
		control: "CloudWatch.13, CIS 4.13",
		pattern: calls(
			"ec2", "CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable",
			"DeleteRoute",
			"DisassociateRouteTable",
		),
	},
	{
		event: EventVPCChanges, metric: "VPCChanges", title: "changed a VPC", control: "CloudWatch.14, CIS 4.14",
		pattern: calls(
			"", "CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection",
			"DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc",
			"DisableVpcClassicLink", "EnableVpcClassicLink",
		),
	},
	{
		event: EventOrganizationChanges, metric: "OrganizationChanges", title: "changed the organization",
		control: "CIS 4.15",
		pattern: calls(
			"organizations", "AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy",
			"DeclineHandshake",
			"DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy", "DisablePolicyType",
			"EnablePolicyType",
			"InviteAccountToOrganization", "LeaveOrganization", "MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy",
			"UpdateOrganizationalUnit",
		),
	},
}

// calls is the pattern of calls of a service by name; an empty service is any.
func calls(service string, names ...string) string {
	terms := make([]string, len(names))
	for i, name := range names {
		terms[i] = "($.eventName=" + name + ")"
	}
	named := strings.Join(terms, " || ")
	if service == "" {
		return "{" + named + "}"
	}
	return "{($.eventSource=" + service + ".amazonaws.com) && (" + named + ")}"
}

// keyUse is the pattern of every call that one of the access keys signs. CloudTrail keeps their ids.
func keyUse(ids []string) string {
	terms := make([]string, len(ids))
	for i, id := range ids {
		terms[i] = `($.userIdentity.accessKeyId="` + id + `")`
	}
	return "{" + strings.Join(terms, " || ") + "}"
}

// metricFilters are those of the events that the trail watches.
func (a *TrailArgs) metricFilters() []metricFilter {
	var out []metricFilter
	for _, f := range metricFilters {
		if f.event == EventRetiredKeyUse {
			if len(a.RetiredAccessKeyIds) == 0 {
				continue
			}
			f.pattern = keyUse(a.RetiredAccessKeyIds)
		}
		if !slices.Contains(a.ExcludedEvents, f.event) {
			out = append(out, f)
		}
	}
	return out
}
