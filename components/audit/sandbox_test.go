//go:build sandbox

package audit_test

import (
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer"
	analyzertypes "github.com/aws/aws-sdk-go-v2/service/accessanalyzer/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	trailtypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	alarmtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// fresh is an empty account: trails, log buckets and settings of an account stand once in it.
func fresh(t *testing.T) *sandboxtest.Env {
	t.Helper()
	env := sandboxtest.New(t)
	env.Reset(t)
	return env
}

func TestTrailDeployed(t *testing.T) {
	env := fresh(t)
	stack := env.Deploy(t, withOthers(trailName, lifecycle.Disposable, everything), sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, _ sandboxtest.Result) {
		client := cloudtrail.NewFromConfig(env.AWSConfig(""))
		got, err := client.GetTrail(t.Context(), &cloudtrail.GetTrailInput{Name: aws.String(trailName)})
		require.NoError(t, err)
		assert.True(t, *got.Trail.IsMultiRegionTrail)
		assert.True(t, *got.Trail.IncludeGlobalServiceEvents)
		assert.True(t, *got.Trail.LogFileValidationEnabled)
		assert.True(t, *got.Trail.HasInsightSelectors)
		assert.Equal(t, "aws-waf-logs-acme-audio-test-logs-123456789012-eu-west-1", *got.Trail.S3BucketName)
		assert.Regexp(t, "^arn:aws:kms:eu-west-1:123456789012:key/", *got.Trail.KmsKeyId)
		assert.Equal(t, "arn:aws:logs:eu-west-1:123456789012:log-group:/cloudtrail/acme-audio-test:*",
			*got.Trail.CloudWatchLogsLogGroupArn)

		status, err := client.GetTrailStatus(t.Context(), &cloudtrail.GetTrailStatusInput{Name: got.Trail.TrailARN})
		require.NoError(t, err)
		assert.True(t, *status.IsLogging)

		selectors, err := client.GetEventSelectors(t.Context(),
			&cloudtrail.GetEventSelectorsInput{TrailName: got.Trail.TrailARN})
		require.NoError(t, err)
		assert.Empty(t, selectors.EventSelectors)
		var names []string
		for _, s := range selectors.AdvancedEventSelectors {
			names = append(names, *s.Name)
		}
		assert.Equal(t, []string{"Management events", "Objects read and written", "Objects written", "Objects read"}, names)

		insights, err := client.GetInsightSelectors(t.Context(),
			&cloudtrail.GetInsightSelectorsInput{TrailName: got.Trail.TrailARN})
		require.NoError(t, err)
		assert.ElementsMatch(t, []trailtypes.InsightSelector{
			{InsightType: trailtypes.InsightTypeApiCallRateInsight}, {InsightType: trailtypes.InsightTypeApiErrorRateInsight},
		}, insights.InsightSelectors)

		logs := cloudwatchlogs.NewFromConfig(env.AWSConfig(""))
		groups, err := logs.DescribeLogGroups(t.Context(),
			&cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String("/cloudtrail/" + trailName)})
		require.NoError(t, err)
		require.Len(t, groups.LogGroups, 1)
		assert.EqualValues(t, 731, *groups.LogGroups[0].RetentionInDays)
		assert.Equal(t, *got.Trail.KmsKeyId, aws.ToString(groups.LogGroups[0].KmsKeyId))

		filters, err := logs.DescribeMetricFilters(t.Context(),
			&cloudwatchlogs.DescribeMetricFiltersInput{LogGroupName: groups.LogGroups[0].LogGroupName})
		require.NoError(t, err)
		metrics := map[string]string{}
		for _, f := range filters.MetricFilters {
			require.Len(t, f.MetricTransformations, 1)
			metrics[*f.MetricTransformations[0].MetricName] = *f.MetricTransformations[0].MetricNamespace
			assert.Equal(t, "1", *f.MetricTransformations[0].MetricValue)
		}
		assert.Len(t, metrics, len(audit.Event("").Values())-2)

		alarms, err := cloudwatch.NewFromConfig(env.AWSConfig("")).DescribeAlarms(t.Context(),
			&cloudwatch.DescribeAlarmsInput{})
		require.NoError(t, err)
		alarmed := map[string]string{}
		for _, a := range alarms.MetricAlarms {
			alarmed[*a.MetricName] = *a.Namespace
			assert.Equal(t, []string{someTopic}, a.AlarmActions)
			assert.Equal(t, "notBreaching", *a.TreatMissingData)
			assert.Equal(t, alarmtypes.StatisticSum, a.Statistic)
			assert.True(t, *a.ActionsEnabled)
		}
		assert.Equal(t, metrics, alarmed, "each metric has its alarm")

		tags, err := client.ListTags(t.Context(), &cloudtrail.ListTagsInput{ResourceIdList: []string{*got.Trail.TrailARN}})
		require.NoError(t, err)
		var keys []string
		for _, tag := range tags.ResourceTagList[0].TagsList {
			keys = append(keys, *tag.Key)
		}
		assert.Subset(t, keys, componenttest.TagKeys)
	})
	left, err := cloudtrail.NewFromConfig(env.AWSConfig("")).ListTrails(t.Context(), &cloudtrail.ListTrailsInput{})
	require.NoError(t, err)
	assert.Empty(t, left.Trails)
}

// TestTwoTrailsChange deploys two trails into one log bucket and changes one: each is read back as itself.
func TestTwoTrailsChange(t *testing.T) {
	env := fresh(t)
	change := func(*audit.TrailArgs) {}
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		logs, err := storage.NewLogBucket(ctx, "two-logs", &storage.LogBucketArgs{
			Labels: labels, Lifecycle: lifecycle.Disposable,
			Sources: storage.LogSources{CloudTrail: &storage.CloudTrailSource{TrailNames: []string{"first", "second"}}},
		})
		if err != nil {
			return err
		}
		for _, name := range []string{"first", "second"} {
			args := &audit.TrailArgs{Labels: labels, Lifecycle: lifecycle.Disposable, TrailName: name, LogBucket: logs}
			if name == "second" {
				change(args)
			}
			if _, err := audit.NewTrail(ctx, name, args); err != nil {
				return err
			}
		}
		return nil
	}, sandboxtest.Options{})
	client := cloudtrail.NewFromConfig(env.AWSConfig(""))
	for _, step := range []struct {
		name     string
		change   func(*audit.TrailArgs)
		insights int
		data     bool
	}{
		{"nothing that costs", func(*audit.TrailArgs) {}, 0, false},
		{"data events and insights", func(a *audit.TrailArgs) {
			a.DataEvents = []audit.DataEvents{{BucketArn: pulumi.String("arn:aws:s3:::acme-site")}}
			a.Insights = []audit.Insight{audit.InsightErrorRate}
		}, 1, true},
		{"another insight", func(a *audit.TrailArgs) { a.Insights = []audit.Insight{audit.InsightCallRate} }, 1, false},
	} {
		change = step.change
		stack.Up(t)
		for name, changed := range map[string]bool{"first": false, "second": true} {
			got, err := client.DescribeTrails(t.Context(), &cloudtrail.DescribeTrailsInput{
				TrailNameList: []string{"arn:aws:cloudtrail:eu-west-1:123456789012:trail/" + name},
			})
			require.NoError(t, err)
			require.Len(t, got.TrailList, 1, step.name)
			selectors, err := client.GetEventSelectors(t.Context(),
				&cloudtrail.GetEventSelectorsInput{TrailName: aws.String(name)})
			require.NoError(t, err)
			wanted := 1
			if changed && step.data {
				wanted = 2
			}
			assert.Len(t, selectors.AdvancedEventSelectors, wanted, "%s: %s", step.name, name)
			insights, err := client.GetInsightSelectors(t.Context(),
				&cloudtrail.GetInsightSelectorsInput{TrailName: aws.String(name)})
			if changed && step.insights > 0 {
				require.NoError(t, err)
				assert.Len(t, insights.InsightSelectors, step.insights, step.name)
			} else {
				var off *trailtypes.InsightNotEnabledException
				assert.ErrorAs(t, err, &off, "%s: %s", step.name, name)
			}
		}
		stack.UpUnchanged(t)
		stack.RefreshUnchanged(t)
	}
	stack.Destroy(t)
}

// TestEvidenceOutlivesTheStack: a permanent trail cannot be destroyed by mistake, and on purpose its events stay
// readable.
func TestEvidenceOutlivesTheStack(t *testing.T) {
	env := fresh(t)
	stack := env.Deploy(t, withOthers("evidence", lifecycle.Permanent, func(a *audit.TrailArgs, with beside) {
		a.TrailName, a.LogBucket = "evidence", with.logs
	}), sandboxtest.Options{})
	stack.Up(t)
	protected := map[string]bool{}
	for _, r := range stack.Resources(t) {
		protected[r.Type] = protected[r.Type] || r.Protect
	}
	assert.True(t, protected[trailResource])

	stack.Unprotect(t)
	stack.Destroy(t)
	_, err := cloudtrail.NewFromConfig(env.AWSConfig("")).GetTrail(t.Context(),
		&cloudtrail.GetTrailInput{Name: aws.String("evidence")})
	var gone *trailtypes.TrailNotFoundException
	require.ErrorAs(t, err, &gone)
	groups, err := cloudwatchlogs.NewFromConfig(env.AWSConfig("")).DescribeLogGroups(t.Context(),
		&cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String("/cloudtrail/evidence")})
	require.NoError(t, err)
	require.Len(t, groups.LogGroups, 1)
	assert.NotEmpty(t, groups.LogGroups[0].KmsKeyId)
}

// TestAnotherTrailIsRefused: the log bucket belongs to other trails. Neither trail nor log group comes into being.
func TestAnotherTrailIsRefused(t *testing.T) {
	env := fresh(t)
	stack := env.Deploy(t, withOthers("refused", lifecycle.Disposable, func(a *audit.TrailArgs, with beside) {
		a.TrailName, a.LogBucket, a.Key = "stranger", with.logs, with.key
	}), sandboxtest.Options{})
	_, err := stack.TryUp(t.Context())
	require.ErrorContains(t, err, "sources.cloudTrail.trailNames")
	for _, r := range stack.Resources(t) {
		assert.NotContains(t, []string{trailResource, "aws:cloudwatch/logGroup:LogGroup"}, r.Type)
	}
	stack.Destroy(t)
}

func TestBaselineDeployed(t *testing.T) {
	env := fresh(t)
	stack := env.Deploy(t, baseline(func(a *audit.AccountBaselineArgs) {
		a.Lifecycle, a.UnusedAccessDays = lifecycle.Disposable, 90
	}), sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, _ sandboxtest.Result) {
		block, err := control(t, env).GetPublicAccessBlock(t.Context(),
			&s3control.GetPublicAccessBlockInput{AccountId: aws.String("123456789012")})
		require.NoError(t, err)
		for _, on := range []*bool{
			block.PublicAccessBlockConfiguration.BlockPublicAcls, block.PublicAccessBlockConfiguration.BlockPublicPolicy,
			block.PublicAccessBlockConfiguration.IgnorePublicAcls, block.PublicAccessBlockConfiguration.RestrictPublicBuckets,
		} {
			assert.True(t, aws.ToBool(on))
		}

		policy, err := iam.NewFromConfig(env.AWSConfig("")).GetAccountPasswordPolicy(t.Context(),
			&iam.GetAccountPasswordPolicyInput{})
		require.NoError(t, err)
		assert.EqualValues(t, 14, *policy.PasswordPolicy.MinimumPasswordLength)
		assert.EqualValues(t, 24, *policy.PasswordPolicy.PasswordReusePrevention)
		assert.EqualValues(t, 90, *policy.PasswordPolicy.MaxPasswordAge)
		assert.True(t, policy.PasswordPolicy.RequireSymbols)
		assert.False(t, aws.ToBool(policy.PasswordPolicy.HardExpiry), "nobody is locked out")

		analyzers, err := accessanalyzer.NewFromConfig(env.AWSConfig("")).ListAnalyzers(t.Context(),
			&accessanalyzer.ListAnalyzersInput{})
		require.NoError(t, err)
		found := map[analyzertypes.Type]*int32{}
		for _, a := range analyzers.Analyzers {
			found[a.Type] = nil
			if unused, ok := a.Configuration.(*analyzertypes.AnalyzerConfigurationMemberUnusedAccess); ok {
				found[a.Type] = unused.Value.UnusedAccessAge
			}
			assert.Equal(t, "bulwark", a.Tags["ManagedBy"])
		}
		assert.Equal(t, map[analyzertypes.Type]*int32{
			analyzertypes.TypeAccount: nil, analyzertypes.TypeAccountUnusedAccess: aws.Int32(90),
		}, found)
	})
	_, err := control(t, env).GetPublicAccessBlock(t.Context(),
		&s3control.GetPublicAccessBlockInput{AccountId: aws.String("123456789012")})
	assert.Error(t, err, "a disposable baseline takes its settings back")
}

// TestAPermanentBaselineStays: destroying the stack leaves the account as safe as it was.
func TestAPermanentBaselineStays(t *testing.T) {
	env := fresh(t)
	stack := env.Deploy(t, baseline(func(*audit.AccountBaselineArgs) {}), sandboxtest.Options{})
	stack.Up(t)
	stack.Unprotect(t)
	stack.Destroy(t)
	_, err := control(t, env).GetPublicAccessBlock(t.Context(),
		&s3control.GetPublicAccessBlockInput{AccountId: aws.String("123456789012")})
	require.NoError(t, err)
	_, err = iam.NewFromConfig(env.AWSConfig("")).GetAccountPasswordPolicy(t.Context(),
		&iam.GetAccountPasswordPolicyInput{})
	require.NoError(t, err)
	analyzers, err := accessanalyzer.NewFromConfig(env.AWSConfig("")).ListAnalyzers(t.Context(),
		&accessanalyzer.ListAnalyzersInput{})
	require.NoError(t, err)
	assert.Empty(t, analyzers.Analyzers, "AWS allows one, and a retained one would stand in the way of the next")
}

// control is a client of S3 Control, which puts the account before the host name: the emulator answers as a proxy.
func control(t testing.TB, env *sandboxtest.Env) *s3control.Client {
	t.Helper()
	endpoint, err := url.Parse(env.Endpoint)
	require.NoError(t, err)
	cfg := env.AWSConfig("")
	cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
		tr.Proxy = http.ProxyURL(endpoint)
	})
	return s3control.NewFromConfig(cfg)
}
