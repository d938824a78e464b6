package audit_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func TestTrailConforms(t *testing.T) {
	bad := func(name string, change func(*audit.TrailArgs), problems ...string) componenttest.Bad {
		return componenttest.Bad{Name: name, Program: trail(change), Problems: problems}
	}
	componenttest.Conform(t, componenttest.Case{
		Token: audit.TrailType, Golden: "trail", Args: audit.TrailArgs{}, Component: audit.Trail{},
		Minimal: trail(func(*audit.TrailArgs) {}),
		NoArgs:  func(ctx *pulumi.Context) error { _, err := audit.NewTrail(ctx, "trail", nil); return err },
		Unknown: trail(func(a *audit.TrailArgs) {
			a.LogBucketName, a.KeyArn = componenttest.UnknownString(), componenttest.UnknownString()
			a.DataEvents = []audit.DataEvents{{BucketArn: componenttest.UnknownString()}}
			a.AlarmActions = pulumi.StringArray{componenttest.UnknownString()}
		}),
		Disposable: withOthers(trailName, lifecycle.Disposable, everything),
		Variants: map[string]pulumi.RunFunc{
			"everything": withOthers(trailName, lifecycle.Permanent, everything),
			"own-key": withOthers("acme-audit", lifecycle.Permanent, func(a *audit.TrailArgs, with beside) {
				a.TrailName, a.LogBucket = "acme-audit", with.logs
			}),
		},
		Bad: []componenttest.Bad{
			bad("trail name", func(a *audit.TrailArgs) { a.TrailName = "acme--audit" }, "trailName: trail-name"),
			bad("no log bucket", func(a *audit.TrailArgs) { a.LogBucketName = nil }, "logBucketName: trail-log-bucket"),
			bad("log bucket's name", func(a *audit.TrailArgs) { a.LogBucketName = pulumi.String("Acme") },
				"logBucketName: bucket-name-characters"),
			{Name: "two log buckets", Program: withOthers(trailName, "", func(a *audit.TrailArgs, with beside) {
				a.LogBucket, a.LogBucketName = with.logs, pulumi.String("acme-trails")
			}), Problems: []string{"logBucketName: alternatives"}},
			{Name: "two keys", Program: withOthers(trailName, "", func(a *audit.TrailArgs, with beside) {
				a.LogBucket, a.Key, a.KeyArn = with.logs, with.key, pulumi.String(someKey)
			}), Problems: []string{"keyArn: alternatives"}},
			{Name: "a key for something else", Program: func(ctx *pulumi.Context) error {
				key, err := encryption.NewKey(ctx, "k",
					&encryption.KeyArgs{Labels: labels, Uses: []encryption.Use{encryption.UseS3}})
				if err != nil {
					return err
				}
				return trail(func(a *audit.TrailArgs) { a.Key = key })(ctx)
			}, Problems: []string{"key: key-use", "key: key-use"}},
			bad("an alias", func(a *audit.TrailArgs) { a.KeyArn = pulumi.String("alias/audit") }, "keyArn: key-arn"),
			{
				Name: "log bucket and key of other trails", Program: withOthers("acme-audio-prod", "", everything),
				Problems: []string{"logBucketName: trail-log-bucket-source", "key: trail-key"},
			},
			bad("retention", func(a *audit.TrailArgs) { a.RetentionDays = 364 }, "retentionDays: log-retention"),
			bad("data events of nothing", func(a *audit.TrailArgs) { a.DataEvents = []audit.DataEvents{{Events: "writes"}} },
				"dataEvents[0].events: not-supported", "dataEvents[0].bucketArn: data-events-bucket"),
			{Name: "data events of two", Program: withOthers(trailName, "", func(a *audit.TrailArgs, with beside) {
				a.LogBucket = with.logs
				a.DataEvents = []audit.DataEvents{{Bucket: with.audio, BucketArn: pulumi.String("arn:aws:s3:::acme")}}
			}), Problems: []string{"dataEvents[0].bucketArn: alternatives"}},
			bad("data events of the log bucket", func(a *audit.TrailArgs) {
				a.DataEvents = []audit.DataEvents{{BucketArn: pulumi.String("arn:aws:s3:::acme-trails")}}
			}, "dataEvents[0].bucketArn: data-events-loop"),
			bad("data events of objects", func(a *audit.TrailArgs) {
				a.DataEvents = []audit.DataEvents{
					{BucketArn: pulumi.String("arn:aws:s3:::acme/*")}, {BucketArn: pulumi.String("acme")},
				}
			}, "dataEvents[0].bucketArn: bucket-arn", "dataEvents[1].bucketArn: bucket-arn"),
			bad("insights and events", func(a *audit.TrailArgs) {
				a.Insights = []audit.Insight{"ApiCallRate", audit.InsightErrorRate, audit.InsightErrorRate}
				a.ExcludedEvents = []audit.Event{"root"}
			}, "insights[0]: not-supported", "insights[2]: duplicate", "excludedEvents[0]: not-supported"),
			bad("access keys", func(a *audit.TrailArgs) {
				a.RetiredAccessKeyIds = []string{
					"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "ASIAIOSFODNN7EXAMPLE", retiredKey, retiredKey,
				}
				a.ExcludedEvents = []audit.Event{audit.EventRetiredKeyUse}
			}, "retiredAccessKeyIds[0]: access-key-id", "retiredAccessKeyIds[1]: access-key-id",
				"retiredAccessKeyIds[3]: duplicate",
				"retiredAccessKeyIds: access-key-left-out"),
			bad("too many access keys", func(a *audit.TrailArgs) {
				for c := range 11 {
					a.RetiredAccessKeyIds = append(a.RetiredAccessKeyIds, "AKIAIOSFODNN7EXAMP"+string(rune('A'+c))+"E")
				}
			}, "retiredAccessKeyIds: access-key-count"),
			bad("alarms that tell nobody", func(a *audit.TrailArgs) { a.AlarmActions = pulumi.StringArray{} },
				"alarmActions: alarm-actions"),
			bad("alarms", func(a *audit.TrailArgs) {
				a.AlarmActions = pulumi.ToStringArray([]string{"alarms", someTopic + ":subscription"})
				a.AlarmThresholds = map[string]int{"root": 1, string(audit.EventRootUse): 0, string(audit.EventRetiredKeyUse): 2}
			}, "alarmActions[0]: topic-arn", "alarmActions[1]: topic-arn",
				`alarmThresholds["retired-key-use"]: alarm-thresholds`,
				`alarmThresholds["root"]: not-supported`, `alarmThresholds["root-use"]: out-of-range`),
			bad("thresholds without alarms", func(a *audit.TrailArgs) {
				a.AlarmThresholds = map[string]int{string(audit.EventRootUse): 1}
			}, "alarmThresholds: alarm-thresholds"),
		},
	})
}

// TestLogBucketAndKeyHaveToLetTheTrailIn: what their policies say is known in the preview, where nothing exists yet.
func TestLogBucketAndKeyHaveToLetTheTrailIn(t *testing.T) {
	for name, test := range map[string]struct {
		accepted string
		change   func(*audit.TrailArgs, beside)
		problems []string
	}{
		"another trail": {"acme-audio-prod", everything, []string{
			"logBucketName: ", "add the trail's name to the log bucket's sources.cloudTrail.trailNames",
			"key: ", "add the trail's name to the key's trailNames",
		}},
		"a beginning of its name": {
			"acme-audio", func(a *audit.TrailArgs, with beside) { a.LogBucket = with.logs },
			[]string{"sources.cloudTrail.trailNames"},
		},
		"data events of the log bucket": {trailName, func(a *audit.TrailArgs, with beside) {
			a.LogBucket = with.logs
			logs := pulumi.Sprintf("arn:aws:s3:::%s", with.logs.BucketName)
			a.DataEvents = []audit.DataEvents{{Bucket: with.audio}, {BucketArn: logs}}
		}, []string{"dataEvents[1].bucketArn: ", "recording a delivery would cause the next one"}},
	} {
		t.Run(name, func(t *testing.T) {
			program := withOthers(test.accepted, "", test.change)
			for mode, run := range map[string]func(pulumi.RunFunc) (*componenttest.Recorder, error){
				"preview": componenttest.Preview, "update": componenttest.Update,
			} {
				recorder, err := run(program)
				for _, problem := range test.problems {
					assert.ErrorContains(t, err, problem, mode)
				}
				assert.Empty(t, recorder.Find(trailResource), mode)
			}
		})
	}
}

// TestALogBucketOfAnotherRegion: the policies name trails of their own region.
func TestALogBucketOfAnotherRegion(t *testing.T) {
	_, err := componenttest.Preview(inTwoRegions)
	assert.ErrorContains(t, err, `bulwark:audit:Trail "trail": logBucketName: `+
		`"aws-waf-logs-acme-audio-test-logs-123456789012-eu-west-1 in eu-west-1": `+
		"expected one in eu-central-1, the region of the trail")
}

// TestWhatIsKnownLateIsChecked: ARNs and names from elsewhere are checked once they are known.
func TestWhatIsKnownLateIsChecked(t *testing.T) {
	late := func(text string) pulumi.StringOutput { return pulumi.String(text).ToStringOutput() }
	for problem, change := range map[string]func(*audit.TrailArgs){
		`keyArn: "alias/audit": expected the ARN of a KMS key`: func(a *audit.TrailArgs) { a.KeyArn = late("alias/audit") },
		"expected one in eu-west-1, the region of the trail": func(a *audit.TrailArgs) {
			a.KeyArn = late("arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")
		},
		`logBucketName: "Acme": expected a bucket name`: func(a *audit.TrailArgs) { a.LogBucketName = late("Acme") },
		`dataEvents[0].bucketArn: "acme": expected the ARN of one bucket`: func(a *audit.TrailArgs) {
			a.DataEvents = []audit.DataEvents{{BucketArn: late("acme")}}
		},
		`alarmActions[1]: "alarms": expected the ARN of an SNS topic`: func(a *audit.TrailArgs) {
			a.AlarmActions = pulumi.StringArray{pulumi.String(someTopic), late("alarms")}
		},
		`alarmActions[0]: "arn:aws:sns:us-east-1:123456789012:alarms": expected one in eu-west-1`: func(a *audit.TrailArgs) {
			a.AlarmActions = pulumi.StringArray{late("arn:aws:sns:us-east-1:123456789012:alarms")}
		},
	} {
		_, err := componenttest.Preview(trail(change))
		require.ErrorContains(t, err, `bulwark:audit:Trail "trail": `, problem)
		assert.ErrorContains(t, err, problem)
	}
}

// TestDeliveryIsAllowed asks the policies of role, bucket and key what CloudTrail asks them.
func TestDeliveryIsAllowed(t *testing.T) {
	recorder := componenttest.Run(t, withOthers(trailName, "", everything))
	parse := func(typ, name, property string) *iampolicy.Document {
		for _, r := range recorder.Find(typ) {
			if r.Name == name {
				document, problems := iampolicy.Parse(r.Input(property).(string))
				require.Empty(t, problems)
				return &document
			}
		}
		require.Fail(t, "not registered", "%s %s", typ, name)
		return nil
	}
	cloudTrail := iampolicy.Caller{Kind: iampolicy.CallerService, ARN: "cloudtrail.amazonaws.com"}
	role := iampolicy.Caller{Kind: iampolicy.CallerRole, ARN: "arn:aws:iam::123456789012:role/trail-logs"}

	// Without aws:SourceArn and aws:SourceAccount, which CloudTrail does not send here.
	assert.Equal(t, iampolicy.Allowed, iampolicy.Evaluate(
		iampolicy.Request{Caller: cloudTrail, Action: "sts:AssumeRole", Resource: role.ARN},
		iampolicy.Policies{Resource: parse(roleResource, "trail-logs", "assumeRolePolicy")},
	).Decision)

	rolePolicy := parse("aws:iam/rolePolicy:RolePolicy", "trail-logs", "policy")
	writing := iampolicy.Policies{Identity: []iampolicy.Document{*rolePolicy}}
	const group = "arn:aws:logs:eu-west-1:123456789012:log-group:/cloudtrail/acme-audio-test"
	for resource, want := range map[string]iampolicy.Decision{
		group + ":log-stream:123456789012_CloudTrail_eu-west-1":          iampolicy.Allowed,
		group + ":log-stream:123456789012_CloudTrail_eu-west-1_2":        iampolicy.Allowed,
		group + ":log-stream:999999999999_CloudTrail_eu-west-1":          iampolicy.ImplicitDeny,
		group + "-other:log-stream:123456789012_CloudTrail_eu-west-1":    iampolicy.ImplicitDeny,
		group + ":log-stream:application":                                iampolicy.ImplicitDeny,
		"arn:aws:logs:eu-west-1:123456789012:log-group:app:log-stream:x": iampolicy.ImplicitDeny,
	} {
		for _, action := range []string{"logs:CreateLogStream", "logs:PutLogEvents"} {
			request := iampolicy.Request{Caller: role, Action: action, Resource: resource}
			assert.Equal(t, want, iampolicy.Evaluate(request, writing).Decision, "%s %s", action, resource)
		}
	}
	deletion := iampolicy.Request{
		Caller: role, Action: "logs:DeleteLogStream", Resource: group + ":log-stream:123456789012_CloudTrail_eu-west-1",
	}
	assert.Equal(t, iampolicy.ImplicitDeny, iampolicy.Evaluate(deletion, writing).Decision)
}

func TestOnlyTheNamedBucketsAreRecorded(t *testing.T) {
	recorder := componenttest.Run(t, withOthers(trailName, "", everything))
	trails := recorder.Find(trailResource)
	require.Len(t, trails, 1)
	starts := map[string]string{}
	for _, s := range trails[0].Input("advancedEventSelectors").([]any) {
		selector := s.(map[string]any)
		for _, f := range selector["fieldSelectors"].([]any) {
			field := f.(map[string]any)
			if values, ok := field["startsWiths"].([]any); ok {
				require.Len(t, values, 1)
				starts[selector["name"].(string)] = values[0].(string)
			}
		}
	}
	assert.Equal(t, map[string]string{
		"Objects read and written": "arn:aws:s3:::acme-audio-test-audio-123456789012-eu-west-1/",
		"Objects written":          "arn:aws:s3:::acme-replica/",
		"Objects read":             "arn:aws:s3:::acme-site/",
	}, starts)
	for _, start := range starts {
		assert.False(t, strings.HasPrefix("arn:aws:s3:::"+trails[0].Input("s3BucketName").(string)+"/AWSLogs/", start),
			"the trail records its own deliveries")
	}
}
