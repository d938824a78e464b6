package identity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

const role = "arn:aws:iam::123456789012:role/acme-audio-test-api-task"

// decide is what AWS does with a call of the role, when the resource's own policy leaves it to the role's.
func decide(t *testing.T, d iampolicy.Document, action, resource string, context iampolicy.Context) iampolicy.Decision {
	t.Helper()
	caller, ok := iampolicy.CallerOf(role)
	require.True(t, ok)
	policies := iampolicy.Policies{Identity: []iampolicy.Document{d}}
	if strings.Contains(resource, ":kms:") {
		policies.Resource = &iampolicy.Document{Statements: []iampolicy.Statement{{
			Effect: iampolicy.Allow, Principals: iampolicy.Principals{AWS: []string{"arn:aws:iam::123456789012:root"}},
			Actions: []string{"kms:*"}, Resources: []string{"*"},
		}}}
	}
	return iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: action, Resource: resource, Context: context}, policies).Decision
}

func TestATaskRoleMayDoWhatItsGrantsSayAndNothingElse(t *testing.T) {
	_, d := policyOf(t, taskRole(func(b *storage.Bucket) []identity.Grant {
		return []identity.Grant{b.ReadWrite("uploads/")}
	}))
	throughS3 := func(object string) iampolicy.Context {
		return iampolicy.Context{
			"kms:ViaService":                       {"s3.eu-west-1.amazonaws.com"},
			"kms:EncryptionContext:aws:s3:arn":     {object},
			"kms:EncryptionContextKeys":            {"aws:s3:arn"},
			"kms:CallerAccount":                    {"123456789012"},
			"kms:RequestAlias":                     nil,
			"kms:EncryptionContext:aws:s3:another": nil,
		}
	}
	prefix := func(p string) iampolicy.Context { return iampolicy.Context{"s3:prefix": {p}} }
	for _, c := range []struct {
		action, resource string
		context          iampolicy.Context
		want             iampolicy.Decision
	}{
		{"s3:PutObject", audioBucket + "/uploads/a.mp3", nil, iampolicy.Allowed},
		{"s3:GetObject", audioBucket + "/uploads/a.mp3", nil, iampolicy.Allowed},
		{"s3:AbortMultipartUpload", audioBucket + "/uploads/a.mp3", nil, iampolicy.Allowed},
		{"s3:ListBucket", audioBucket, prefix("uploads/2026/"), iampolicy.Allowed},
		{"kms:GenerateDataKey", someKey, throughS3(audioBucket), iampolicy.Allowed},
		{"kms:Decrypt", someKey, throughS3(audioBucket + "/uploads/a.mp3"), iampolicy.Allowed},

		{"s3:GetObject", audioBucket + "/masters/a.mp3", nil, iampolicy.ImplicitDeny},
		{"s3:GetObject", audioBucket + "/uploads", nil, iampolicy.ImplicitDeny},
		{"s3:GetObject", "arn:aws:s3:::another/uploads/a.mp3", nil, iampolicy.ImplicitDeny},
		{"s3:GetObject", audioBucket + "-2/uploads/a.mp3", nil, iampolicy.ImplicitDeny},
		{"s3:DeleteObject", audioBucket + "/uploads/a.mp3", nil, iampolicy.ImplicitDeny},
		{"s3:GetObjectVersion", audioBucket + "/uploads/a.mp3", nil, iampolicy.ImplicitDeny},
		{"s3:PutObjectAcl", audioBucket + "/uploads/a.mp3", nil, iampolicy.ImplicitDeny},
		{"s3:ListBucket", audioBucket, prefix(""), iampolicy.ImplicitDeny},
		{"s3:ListBucket", audioBucket, nil, iampolicy.ImplicitDeny},
		{"s3:PutBucketPolicy", audioBucket, nil, iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey, nil, iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey, throughS3("arn:aws:s3:::another"), iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey, throughS3(audioBucket + "/masters/a.mp3"), iampolicy.ImplicitDeny},
		{"kms:Encrypt", someKey, throughS3(audioBucket), iampolicy.ImplicitDeny},
		{"kms:CreateGrant", someKey, throughS3(audioBucket), iampolicy.ImplicitDeny},
		{"kms:Decrypt", someKey[:len(someKey)-1] + "c", throughS3(audioBucket), iampolicy.ImplicitDeny},

		{"iam:PutRolePolicy", role, nil, iampolicy.ExplicitDeny},
		{"iam:PassRole", role, nil, iampolicy.ExplicitDeny},
		{"iam:CreateAccessKey", "arn:aws:iam::123456789012:user/x", nil, iampolicy.ExplicitDeny},
	} {
		assert.Equal(t, c.want, decide(t, d, c.action, c.resource, c.context), "%s on %s with %v", c.action, c.resource, c.context)
	}
	assert.Empty(t, iampolicy.FindEscalations(d))
}

func TestTheOrderOfGrantsChangesNothing(t *testing.T) {
	grants := func(b *storage.Bucket) []identity.Grant {
		return []identity.Grant{b.Read("a/"), b.ReadWrite("b/"), b.Read("c/"), b.Delete("a/"), b.Read("b/")}
	}
	reversed := func(b *storage.Bucket) []identity.Grant {
		list := grants(b)
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
		return list
	}
	text, d := policyOf(t, taskRole(grants))
	again, _ := policyOf(t, taskRole(reversed))
	assert.Equal(t, text, again)

	bySid := map[string]iampolicy.Statement{}
	for _, s := range d.Statements {
		bySid[s.Sid] = s
	}
	assert.Equal(t, []string{audioBucket + "/a/*", audioBucket + "/b/*", audioBucket + "/c/*"}, bySid["ReadObjects"].Resources,
		"one statement for the same verb on several prefixes")
	assert.Equal(t, []string{"a/", "a/*", "b/", "b/*", "c/", "c/*"}, bySid["ReadList"].Conditions[0].Values)
	assert.Len(t, d.Statements, 6+1, "objects, list and key of Read and ReadWrite, less the list that Read covers, and Delete")
	assert.NotContains(t, text, "ReadWriteList")
}

func TestBrokenAndRepeatedGrantsAreReportedTogether(t *testing.T) {
	_, err := componenttest.Update(taskRole(func(b *storage.Bucket) []identity.Grant {
		return []identity.Grant{b.Read("*"), {}, b.Read("a/"), b.Write("/x"), b.Read("a/"), b.Write("${aws:userid}/")}
	}))
	require.ErrorContains(t, err, `bulwark:identity:TaskRole "api": 5 problems:
  - grants[0].prefix: "*" in Read("*") of bulwark:storage:Bucket "audio": expected a plain prefix of object keys, without *, ? or ${; fix: end the prefix where the wildcard began: a prefix already covers everything below it
  - grants[1]: missing: expected a grant that a component handed out; fix: such as bucket.Read("uploads/")
  - grants[3].prefix: "/x" in Write("/x") of bulwark:storage:Bucket "audio": expected a prefix without / in front`)
	require.ErrorContains(t, err, `
  - grants[4]: Read("a/") of bulwark:storage:Bucket "audio": expected each grant once; fix: remove one of the two
  - grants[5].prefix: "${aws:userid}/" in Write("${aws:userid}/") of bulwark:storage:Bucket "audio"`)
}

// inOtherAccount makes a role here and a bucket there.
func inOtherAccount(change func(*identity.TaskRoleArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		there, err := aws.NewProvider(ctx, "there", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"210987654321"}),
		})
		if err != nil {
			return err
		}
		bucket, err := audio(ctx, pulumi.Provider(there))
		if err != nil {
			return err
		}
		args := &identity.TaskRoleArgs{Labels: labels, Grants: []identity.Grant{bucket.Read("a/"), bucket.Write("b/")}}
		if change != nil {
			change(args)
		}
		_, err = identity.NewTaskRole(ctx, "api", args)
		return err
	}
}

func TestAGrantOfAnotherAccountIsRefusedInPreviewsToo(t *testing.T) {
	for name, run := range map[string]func(pulumi.RunFunc) (*componenttest.Recorder, error){
		"update": componenttest.Update, "preview": componenttest.Preview,
	} {
		recorder, err := run(inOtherAccount(nil))
		require.ErrorContains(t, err, `bulwark:identity:TaskRole "api": 2 problems:
  - grants[0]: Read("a/") of bulwark:storage:Bucket "audio" in account 210987654321: expected resources of account 123456789012, that of the role`, name)
		assert.ErrorContains(t, err, `grants[1]: Write("b/") of bulwark:storage:Bucket "audio" in account 210987654321`, name)
		assert.Empty(t, recorder.Find("aws:iam/role:Role"), "no role is left behind")
	}
}

func TestAResourceOfAnotherAccountHasToBeNamedAsSuch(t *testing.T) {
	program := func(account string) pulumi.RunFunc {
		return with(func(a *identity.TaskRoleArgs) {
			a.Statements = []identity.Statement{{
				Actions: []string{"sns:Publish"}, ResourceArns: strs("arn:aws:sns:eu-west-1:210987654321:x"), ResourceAccountId: account,
			}}
		})
	}
	_, err := componenttest.Update(program(""))
	require.ErrorContains(t, err, `bulwark:identity:TaskRole "api": statements[0]: arn:aws:sns:eu-west-1:210987654321:x in Own: expected resources of account 123456789012`)
	_, err = componenttest.Update(program("210987654321"))
	require.NoError(t, err)
}

func TestAPolicyThatIsTooLongSaysByHowMuchAndWhy(t *testing.T) {
	_, err := componenttest.Update(taskRole(func(b *storage.Bucket) []identity.Grant {
		grants := []identity.Grant{b.Delete("tmp/")}
		for i := range 40 {
			grants = append(grants, b.Read(fmt.Sprintf("tenant-%02d/of/a/long/prefix/", i)))
		}
		return grants
	}))
	require.ErrorContains(t, err, `bulwark:identity:TaskRole "api": grants: a policy of `)
	require.ErrorContains(t, err, `expected at most 10240, as AWS accepts`)
	require.ErrorContains(t, err, `too long; fix: grant a common prefix instead of many, or make two roles; most of it takes Read("tenant-`)
}

func TestGrantsOfYourOwn(t *testing.T) {
	publish := func(topic string) identity.Grant {
		return identity.NewGrant("publish orders", identity.Statement{Sid: "Publish", Actions: []string{"sns:Publish"}, ResourceArns: strs(topic)})
	}
	require.NoError(t, publish("arn:aws:sns:eu-west-1:123456789012:orders").Err())
	require.EqualError(t, publish("*").Err(), `grant "publish orders": grant.statements[0].resourceArns[0]: "*": `+
		"expected the ARNs of what sns:Publish is allowed on; fix: name the resources")
	require.Error(t, identity.NewGrant("nothing").Err())

	_, d := policyOf(t, with(func(a *identity.TaskRoleArgs) {
		a.Grants = []identity.Grant{publish("arn:aws:sns:eu-west-1:123456789012:b"), publish("arn:aws:sns:eu-west-1:123456789012:a")}
	}))
	assert.Equal(t, []string{"arn:aws:sns:eu-west-1:123456789012:a", "arn:aws:sns:eu-west-1:123456789012:b"}, d.Statements[0].Resources)

	_, err := componenttest.Update(with(func(a *identity.TaskRoleArgs) {
		a.Grants = []identity.Grant{publish("*"), identity.NewGrant("nothing")}
	}))
	require.ErrorContains(t, err, `
  - grants[0].statements[0].resourceArns[0]: "*" in publish orders: expected the ARNs of what sns:Publish is allowed on`)
	require.ErrorContains(t, err, `
  - grants[1].statements: missing`)
}

// Whatever way from some permissions to more is known, a statement with its actions is refused.
func TestNoStatementEscalates(t *testing.T) {
	for _, way := range iampolicy.Escalations() {
		_, err := componenttest.Update(with(func(a *identity.TaskRoleArgs) {
			for _, action := range way.Actions {
				a.Statements = append(a.Statements, identity.Statement{Actions: []string{action}, ResourceArns: strs("*")})
			}
		}))
		assert.Error(t, err, way.ID)
	}
}

func TestAPastedSecretIsNotQuoted(t *testing.T) {
	const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		bucket, err := audio(ctx)
		if err != nil {
			return err
		}
		_, err = identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
			Labels: labels, RoleName: secret, PermissionsBoundaryArn: pulumi.String(secret),
			Grants: []identity.Grant{bucket.Read("/" + secret), bucket.Read(secret), bucket.Read(secret)},
			Statements: []identity.Statement{{
				Sid: secret, Actions: []string{secret}, ResourceArns: strs(secret), ResourceAccountId: secret,
				Conditions: []identity.Condition{{Operator: secret, Key: secret}, {Operator: secret, Key: secret}},
			}},
		})
		return err
	})
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "wJalr")
	_, err = componenttest.Update(executionRole(func(a *identity.ExecutionRoleArgs) {
		a.LogGroupArns, a.RepositoryArns, a.SecretArns, a.ParameterArns, a.KeyArns = strs(secret), strs(secret), strs(secret), strs(secret), strs(secret)
		a.RegistryAccountIds = []string{secret}
	}))
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "wJalr")
}

// Without it a task starts before its permissions are there, and a service can be left without them when it is deleted.
func TestWhatIsGivenARoleWaitsForItsPolicy(t *testing.T) {
	recorder := componenttest.Run(t, func(ctx *pulumi.Context) error {
		task, err := identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
			Labels: labels, Statements: []identity.Statement{{Actions: []string{"xray:PutTraceSegments"}}},
		})
		if err != nil {
			return err
		}
		execution, err := identity.NewExecutionRole(ctx, "api", &identity.ExecutionRoleArgs{
			Labels: labels, LogGroupArns: strs(someLogGroup),
		})
		if err != nil {
			return err
		}
		_, err = ssm.NewParameter(ctx, "definition", &ssm.ParameterArgs{
			Type: pulumi.String("String"), Value: pulumi.Sprintf("%s %s", task.RoleArn, execution.RoleArn),
		})
		return err
	})
	dependencies := strings.Join(recorder.Find("aws:ssm/parameter:Parameter")[0].Dependencies, " ")
	assert.Contains(t, dependencies, identity.TaskRoleType+"$aws:iam/rolePolicy:RolePolicy::api")
	assert.Contains(t, dependencies, identity.ExecutionRoleType+"$aws:iam/rolePolicy:RolePolicy::api")
}

func TestASecretByItsNameIsNamedWithItsEnding(t *testing.T) {
	// secret_name-?????? stands for one secret; without the six characters nothing would match.
	_, d := policyOf(t, with(func(a *identity.TaskRoleArgs) {
		a.Statements = []identity.Statement{{
			Actions:      []string{"secretsmanager:GetSecretValue"},
			ResourceArns: strs(strings.TrimSuffix(someSecret, "AbCdEf") + "??????"),
		}}
	}))
	assert.Equal(t, iampolicy.Allowed, decide(t, d, "secretsmanager:GetSecretValue", someSecret, nil))
	assert.Equal(t, iampolicy.ImplicitDeny, decide(t, d, "secretsmanager:GetSecretValue", someSecret+"x", nil))
}

func TestAGrantForAPipelineIsNoneForAnApplication(t *testing.T) {
	_, err := componenttest.Update(with(func(a *identity.TaskRoleArgs) {
		statements := pulumi.String("").ToStringOutput().ApplyT(func(string) []iampolicy.Statement {
			return []iampolicy.Statement{{
				Sid: "Pass", Effect: iampolicy.Allow, Actions: []string{"iam:PassRole"}, Resources: []string{role},
			}}
		}).(policydoc.Statements)
		a.Grants = []identity.Grant{policydoc.NewGrant(policydoc.Source{Type: "acme:jobs:Task", Name: "migrate"}, "Run()", statements)}
	}))
	require.ErrorContains(t, err, `bulwark:identity:TaskRole "api": grants[0]: iam:PassRole in Run() of acme:jobs:Task "migrate": `+
		`expected no action that hands out permissions or credentials; fix: give the grant to the role of a pipeline, not of an application`)
}
