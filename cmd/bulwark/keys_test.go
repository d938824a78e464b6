package main

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/accesskeys"
)

const (
	heldKey = "AKIAIOSFODNN7EXAMPLE"
	oldKey  = "AKIAI44QH8DHBEXAMPLE"
	aSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
)

// fakeAccount has two users: one whose key a service holds, one whose key is inactive and old.
type fakeAccount struct {
	accesskeys.IAMClient
	accesskeys.ECSClient
	err     error
	root    int32
	changed []string
}

func (f *fakeAccount) GetAccountSummary(context.Context, *iam.GetAccountSummaryInput, ...func(*iam.Options)) (*iam.GetAccountSummaryOutput, error) {
	return &iam.GetAccountSummaryOutput{SummaryMap: map[string]int32{"AccountAccessKeysPresent": f.root}}, f.err
}

func (f *fakeAccount) ListUsers(context.Context, *iam.ListUsersInput, ...func(*iam.Options)) (*iam.ListUsersOutput, error) {
	return &iam.ListUsersOutput{Users: []iamtypes.User{{UserName: aws.String("audio")}, {UserName: aws.String("left")}}}, nil
}

func (f *fakeAccount) ListAccessKeys(_ context.Context, in *iam.ListAccessKeysInput, _ ...func(*iam.Options)) (*iam.ListAccessKeysOutput, error) {
	key := iamtypes.AccessKeyMetadata{AccessKeyId: aws.String(heldKey), Status: iamtypes.StatusTypeActive, CreateDate: aws.Time(time.Now().AddDate(0, 0, -900).Add(-time.Hour))}
	if *in.UserName == "left" {
		key.AccessKeyId, key.Status = aws.String(oldKey), iamtypes.StatusTypeInactive
	}
	return &iam.ListAccessKeysOutput{AccessKeyMetadata: []iamtypes.AccessKeyMetadata{key}}, nil
}

func (f *fakeAccount) GetAccessKeyLastUsed(_ context.Context, in *iam.GetAccessKeyLastUsedInput, _ ...func(*iam.Options)) (*iam.GetAccessKeyLastUsedOutput, error) {
	used := &iamtypes.AccessKeyLastUsed{LastUsedDate: aws.Time(time.Now()), ServiceName: aws.String("s3"), Region: aws.String("eu-west-1")}
	if *in.AccessKeyId == oldKey {
		used.LastUsedDate = aws.Time(time.Now().AddDate(0, 0, -90).Add(-time.Hour))
	}
	return &iam.GetAccessKeyLastUsedOutput{AccessKeyLastUsed: used}, nil
}

func (f *fakeAccount) UpdateAccessKey(_ context.Context, in *iam.UpdateAccessKeyInput, _ ...func(*iam.Options)) (*iam.UpdateAccessKeyOutput, error) {
	f.changed = append(f.changed, *in.AccessKeyId+" "+string(in.Status))
	return nil, nil
}

func (f *fakeAccount) DeleteAccessKey(_ context.Context, in *iam.DeleteAccessKeyInput, _ ...func(*iam.Options)) (*iam.DeleteAccessKeyOutput, error) {
	f.changed = append(f.changed, *in.AccessKeyId+" deleted")
	return nil, nil
}

func (f *fakeAccount) ListClusters(context.Context, *ecs.ListClustersInput, ...func(*ecs.Options)) (*ecs.ListClustersOutput, error) {
	return &ecs.ListClustersOutput{ClusterArns: []string{"arn:aws:ecs:eu-west-1:123456789012:cluster/main"}}, nil
}

func (f *fakeAccount) ListServices(context.Context, *ecs.ListServicesInput, ...func(*ecs.Options)) (*ecs.ListServicesOutput, error) {
	return &ecs.ListServicesOutput{ServiceArns: []string{"audio"}}, nil
}

func (f *fakeAccount) DescribeServices(context.Context, *ecs.DescribeServicesInput, ...func(*ecs.Options)) (*ecs.DescribeServicesOutput, error) {
	return &ecs.DescribeServicesOutput{Services: []ecstypes.Service{{
		ServiceName: aws.String("audio"), TaskDefinition: aws.String("arn:aws:ecs:eu-west-1:123456789012:task-definition/audio:7"),
		Tags: []ecstypes.Tag{{Key: aws.String("Environment"), Value: aws.String("prod")}},
	}}}, nil
}

func (f *fakeAccount) ListTasks(context.Context, *ecs.ListTasksInput, ...func(*ecs.Options)) (*ecs.ListTasksOutput, error) {
	return &ecs.ListTasksOutput{}, nil
}

func (f *fakeAccount) DescribeTaskDefinition(context.Context, *ecs.DescribeTaskDefinitionInput, ...func(*ecs.Options)) (*ecs.DescribeTaskDefinitionOutput, error) {
	return &ecs.DescribeTaskDefinitionOutput{TaskDefinition: &ecstypes.TaskDefinition{ContainerDefinitions: []ecstypes.ContainerDefinition{{
		Name: aws.String("app"), Environment: []ecstypes.KeyValuePair{
			{Name: aws.String("AWS_ACCESS_KEY_ID"), Value: aws.String(heldKey)},
			{Name: aws.String("AWS_SECRET_ACCESS_KEY"), Value: aws.String(aSecret)},
		},
	}}}}, nil
}

// keysBench is a command line with that account.
func keysBench() (*bench, *fakeAccount) {
	b, account := newBench(false), &fakeAccount{}
	b.keyClients = func(_ context.Context, o keysOptions) (accesskeys.Clients, error) {
		b.session.asked = append(b.session.asked, o)
		return accesskeys.Clients{IAM: account, ECS: map[string]accesskeys.ECSClient{"eu-west-1": account}}, nil
	}
	return b, account
}

func TestKeysOutput(t *testing.T) {
	b, account := keysBench()
	account.root = 1
	require.Equal(t, 0, b.run(t, "keys"))
	for _, want := range []string{
		"The root user has 1 access key: delete them first",
		"AKIAIOSFODNN7EXAMPLE  audio, active, 900 days old\n  last use  20",
		", s3 in eu-west-1\n  held by   prod: main/audio (audio:7), container app, AWS_ACCESS_KEY_ID\n",
		"AKIAI44QH8DHBEXAMPLE  left, inactive, 900 days old",
		" 1. AKIAI44QH8DHBEXAMPLE (left): Inactive, and unused for 90 days: delete it. Nothing brings a deleted key back.\n    -> bulwark keys delete AKIAI44QH8DHBEXAMPLE\n",
		" 2. AKIAIOSFODNN7EXAMPLE (audio): prod (audio) holds it: give the service a task role",
		"Containers were looked at in eu-west-1; a key has to be unused for 35 days.",
	} {
		assert.Contains(t, b.out.String(), want)
	}
	assert.NotContains(t, b.out.String(), aSecret[:8])
	assert.Empty(t, account.changed)
}

func TestKeysJSON(t *testing.T) {
	b, _ := keysBench()
	require.Equal(t, 0, b.run(t, "keys", "--json"))
	var got struct {
		Keys []struct {
			ID, User, Stage   string
			Active            bool
			AgeDays, IdleDays int
			LastUse           struct{ Service, Region string }
			Holders           []struct{ Environment, Service, Variable string }
		}
		Steps     []struct{ KeyID, Stage, Command string }
		QuietDays int
		RootKeys  *int
		Foreign   []any
		Unread    []any
		Regions   []string
	}
	require.NoError(t, json.Unmarshal(b.out.Bytes(), &got))
	require.Len(t, got.Keys, 2)
	held := got.Keys[0]
	assert.Equal(t, []any{heldKey, "audio", "replace", true, 900, 0, "s3"}, []any{held.ID, held.User, held.Stage, held.Active, held.AgeDays, held.IdleDays, held.LastUse.Service})
	require.Len(t, held.Holders, 1)
	assert.Equal(t, "prod", held.Holders[0].Environment)
	assert.Equal(t, "delete", got.Steps[0].Stage)
	assert.NotNil(t, got.RootKeys)
	assert.NotNil(t, got.Foreign, "a list, not null")
	assert.NotNil(t, got.Unread)
	assert.NotContains(t, b.out.String(), aSecret[:8])
}

func TestKeysFlags(t *testing.T) {
	b, _ := keysBench()
	require.Equal(t, 0, b.run(t, "keys", "--region", "eu-west-1,eu-central-1", "--profile", "audit", "--quiet-days", "7"))
	assert.Equal(t, []any{keysOptions{profile: "audit", regions: []string{"eu-west-1", "eu-central-1"}, quietDays: 7}}, b.session.asked)
}

func TestKeysChanges(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		code int
		out  string
		errs string
		done []string
	}{
		"deactivate a held key": {[]string{"deactivate", heldKey}, 6, "", "bulwark: AKIAIOSFODNN7EXAMPLE is in use: prod (audio) holds it\n  -> ", nil},
		"deactivate it knowingly": {
			[]string{"deactivate", heldKey, "--although-used"}, 0, "AKIAIOSFODNN7EXAMPLE of audio is deactivated.\n", "", []string{heldKey + " Inactive"},
		},
		"delete an active key":  {[]string{"delete", heldKey}, 6, "", "is active", nil},
		"delete a retired key":  {[]string{"delete", oldKey}, 0, "AKIAI44QH8DHBEXAMPLE of left is deleted.\n", "", []string{oldKey + " deleted"}},
		"bring one back":        {[]string{"activate", oldKey, "--json"}, 0, `"state": "active again"`, "", []string{oldKey + " Active"}},
		"a key of nobody":       {[]string{"deactivate", "AKIANOBODYNOBODYNOBO"}, 6, "", "no user of the account has the key", nil},
		"a secret for the id":   {[]string{"delete", aSecret}, 2, "", "a text of 40 characters (not shown)", nil},
		"a secret for a verb":   {[]string{aSecret}, 2, "", "not shown", nil},
		"no key":                {[]string{"delete"}, 2, "", "expected the id of one access key, got 0 arguments", nil},
		"no days of quiet":      {[]string{"deactivate", oldKey, "--quiet-days", "0"}, 2, "", "--quiet-days 0: expected at least 1 day", nil},
		"a verb that is no one": {[]string{"rotate"}, 2, "", `bulwark keys has no command "rotate"`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			b, account := keysBench()
			assert.Equal(t, c.code, b.run(t, append([]string{"keys"}, c.args...)...))
			assert.Contains(t, b.out.String(), c.out)
			assert.Contains(t, b.errs.String(), c.errs)
			assert.NotContains(t, b.errs.String(), aSecret[:8])
			assert.Equal(t, c.done, account.changed)
		})
	}
}

// TestAWSErrors: one message for each problem, with the permission that is missing.
func TestAWSErrors(t *testing.T) {
	wrap := func(err error) error {
		return &smithy.OperationError{ServiceID: "IAM", OperationName: "GetAccountSummary", Err: err}
	}
	for name, c := range map[string]struct {
		err  error
		says []string
	}{
		"a permission": {
			wrap(&smithy.GenericAPIError{Code: "AccessDenied", Message: "User: x is not authorized\n to perform: iam:GetAccountSummary"}),
			[]string{"cannot list the access keys: the permission iam:GetAccountSummary is missing", "is not authorized to perform", "SecurityAudit"},
		},
		"wrong credentials": {
			wrap(&smithy.GenericAPIError{Code: "InvalidClientTokenId", Message: "The security token included in the request is invalid."}),
			[]string{"InvalidClientTokenId", "sign in again"},
		},
		"no network":     {wrap(errors.New("dial tcp: connection refused")), []string{"IAM is not reached: dial tcp: connection refused", "check the network"}},
		"no credentials": {wrap(errors.New("get credentials: no EC2 IMDS role found")), []string{"no credentials of AWS are found", "--profile"}},
		"something else": {errors.New("broken"), []string{"cannot list the access keys: broken"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("AWS_ENDPOINT_URL", "")
			b, account := keysBench()
			account.err = c.err
			assert.Equal(t, 1, b.run(t, "keys"))
			for _, want := range c.says {
				assert.Contains(t, b.errs.String(), want)
			}
			assert.Empty(t, b.out.String())
		})
	}
}

// TestNoRegion: nothing is asked before the region is known.
func TestNoRegion(t *testing.T) {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	_, err := loadAWS(t.Context(), awsOptions{})
	assert.ErrorContains(t, err, "no AWS region is set")
	assert.ErrorContains(t, err, "--region eu-west-1")
	_, err = loadAWS(t.Context(), awsOptions{region: "eu-west-1", profile: "nobody"})
	assert.ErrorContains(t, err, "nobody")
}
