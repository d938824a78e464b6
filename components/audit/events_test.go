package audit_test

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// TestEventsAreFound holds the filter patterns against events as CloudTrail writes them.
func TestEventsAreFound(t *testing.T) {
	recorder := componenttest.Run(t,
		trail(func(a *audit.TrailArgs) { a.RetiredAccessKeyIds = []string{retiredKey, retiredKey2} }))
	patterns := map[audit.Event]string{}
	for _, r := range recorder.Find(filterResource) {
		pattern := r.Input("pattern").(string)
		assert.LessOrEqual(t, len(pattern), 1024, "CloudWatch Logs takes no longer pattern")
		patterns[audit.Event(r.Input("name").(string))] = pattern
	}
	require.Len(t, patterns, len(audit.Event("").Values()))

	type event = map[string]any
	call := func(source, name string) event {
		return event{
			"eventSource": source + ".amazonaws.com", "eventName": name, "eventType": "AwsApiCall",
			"userIdentity": event{"type": "AssumedRole", "accessKeyId": "ASIAIOSFODNN7EXAMPLE"},
		}
	}
	with := func(e event, more event) event {
		for key, value := range more {
			e[key] = value
		}
		return e
	}
	signIn := func(identity, mfa, result string) event {
		return with(call("signin", "ConsoleLogin"), event{
			"userIdentity": event{"type": identity}, "additionalEventData": event{"MFAUsed": mfa},
			"responseElements": event{"ConsoleLogin": result},
		})
	}
	for name, test := range map[string]struct {
		event event
		found []audit.Event
	}{
		"nothing special": {call("s3", "GetObject"), nil},
		"a retired key": {
			with(call("s3", "GetObject"),
				event{"userIdentity": event{"type": "IAMUser", "accessKeyId": retiredKey2}}),
			[]audit.Event{audit.EventRetiredKeyUse},
		},
		"another key": {with(call("s3", "GetObject"),
			event{"userIdentity": event{"type": "IAMUser", "accessKeyId": "AKIAIOSFODNN7EXAMPLF"}}), nil},
		"root": {
			with(call("s3", "ListBuckets"), event{"userIdentity": event{"type": "Root"}}),
			[]audit.Event{audit.EventRootUse},
		},
		"a service for root": {with(call("s3", "ListBuckets"),
			event{"userIdentity": event{"type": "Root", "invokedBy": "support.amazonaws.com"}}), nil},
		"a service's own event": {with(call("kms", "RotateKey"),
			event{"eventType": "AwsServiceEvent", "userIdentity": event{"type": "Root"}}), nil},
		"trail stopped":      {call("cloudtrail", "StopLogging"), []audit.Event{audit.EventTrailChanges}},
		"trail records less": {call("cloudtrail", "PutEventSelectors"), []audit.Event{audit.EventMonitoringChanges}},
		"log group gone":     {call("logs", "DeleteLogGroup"), []audit.Event{audit.EventMonitoringChanges}},
		"EC2 refuses": {
			with(call("ec2", "RunInstances"), event{"errorCode": "Client.UnauthorizedOperation"}),
			[]audit.Event{audit.EventUnauthorizedCalls},
		},
		"others refuse": {
			with(call("kms", "Decrypt"), event{"errorCode": "AccessDeniedException"}),
			[]audit.Event{audit.EventUnauthorizedCalls},
		},
		"another error":       {with(call("s3", "GetObject"), event{"errorCode": "NoSuchKey"}), nil},
		"sign-in without MFA": {signIn("IAMUser", "No", "Success"), []audit.Event{audit.EventSignInWithoutMFA}},
		"sign-in with MFA":    {signIn("IAMUser", "Yes", "Success"), nil},
		"single sign-on":      {signIn("AssumedRole", "No", "Success"), nil},
		"failed sign-in": {with(signIn("IAMUser", "No", "Failure"),
			event{"errorMessage": "Failed authentication"}), []audit.Event{audit.EventSignInFailures}},
		"IAM policy":               {call("iam", "AttachRolePolicy"), []audit.Event{audit.EventIAMPolicyChanges}},
		"organization policy":      {call("organizations", "CreatePolicy"), []audit.Event{audit.EventOrganizationChanges}},
		"another service's policy": {call("fms", "DeletePolicy"), nil},
		"key deletion":             {call("kms", "ScheduleKeyDeletion"), []audit.Event{audit.EventKeyDeletion}},
		"bucket policy":            {call("s3", "PutBucketPolicy"), []audit.Event{audit.EventBucketPolicyChanges}},
		"config":                   {call("config", "StopConfigurationRecorder"), []audit.Event{audit.EventConfigChanges}},
		"security group": {
			call("ec2", "AuthorizeSecurityGroupIngress"),
			[]audit.Event{audit.EventSecurityGroupChanges},
		},
		"network ACL":              {call("ec2", "ReplaceNetworkAclEntry"), []audit.Event{audit.EventNetworkACLChanges}},
		"gateway":                  {call("ec2", "AttachInternetGateway"), []audit.Event{audit.EventGatewayChanges}},
		"route":                    {call("ec2", "ReplaceRoute"), []audit.Event{audit.EventRouteTableChanges}},
		"route of another service": {call("appmesh", "CreateRoute"), nil},
		"VPC":                      {call("ec2", "CreateVpcPeeringConnection"), []audit.Event{audit.EventVPCChanges}},
		"root removes a bucket rule": {
			with(call("s3", "DeleteBucketPolicy"), event{"userIdentity": event{"type": "Root"}}),
			[]audit.Event{audit.EventBucketPolicyChanges, audit.EventRootUse},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var found []audit.Event
			for event, pattern := range patterns {
				matches, err := match(pattern, test.event)
				require.NoError(t, err, event)
				if matches {
					found = append(found, event)
				}
			}
			slices.Sort(found)
			assert.Equal(t, test.found, found)
		})
	}
}

// TestAlarmsFollowTheirMetrics: an alarm on a metric that no filter feeds would never go off.
func TestAlarmsFollowTheirMetrics(t *testing.T) {
	var metrics []audit.Metric
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		made, err := audit.NewTrail(ctx, "trail", &audit.TrailArgs{
			Labels: labels, LogBucketName: pulumi.String("acme-trails"), AlarmActions: pulumi.ToStringArray([]string{someTopic}),
			RetiredAccessKeyIds: []string{retiredKey}, ExcludedEvents: []audit.Event{audit.EventVPCChanges},
			AlarmThresholds: map[string]int{string(audit.EventUnauthorizedCalls): 10},
		})
		if err != nil {
			return err
		}
		metrics = made.Metrics()
		for _, m := range metrics {
			assert.NotNil(t, made.Filter(m.Event), m.Event)
			assert.NotNil(t, made.Alarm(m.Event), m.Event)
		}
		assert.Nil(t, made.Alarm(audit.EventVPCChanges))
		return nil
	})
	type metric struct{ namespace, name any }
	var fed, exposed, alarmed []metric
	for _, r := range recorder.Find(filterResource) {
		to := r.Input("metricTransformation").(map[string]any)
		fed = append(fed, metric{to["namespace"], to["name"]})
	}
	for _, m := range metrics {
		exposed = append(exposed, metric{m.Namespace, m.Name})
	}
	for _, r := range recorder.Find(alarmResource) {
		alarmed = append(alarmed, metric{r.Input("namespace"), r.Input("metricName")})
		want := 1.0
		if r.Input("metricName") == "UnauthorizedCalls" {
			want = 10
		}
		assert.InDelta(t, want, r.Input("threshold"), 0, r.Name)
		assert.Equal(t, "notBreaching", r.Input("treatMissingData"), r.Name)
		assert.Equal(t, []any{someTopic}, r.Input("alarmActions"), r.Name)
	}
	assert.Len(t, fed, len(audit.Event("").Values())-1)
	assert.ElementsMatch(t, fed, exposed)
	assert.ElementsMatch(t, fed, alarmed)
}
