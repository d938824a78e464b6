//go:build sandbox

package fidelity

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awsiam "github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	awssecrets "github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

const (
	// accountTrust leaves it to the account's identity policies who assumes a role.
	accountTrust = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}]}`
	everyAction  = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`
)

// applicationRoles makes what an application uses, and three roles: one with grants, one that a boundary limits to S3, and
// one that is denied the bucket.
func applicationRoles(ctx *pulumi.Context) error {
	audio, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled})
	if err != nil {
		return err
	}
	other, err := storage.NewBucket(ctx, "other", &storage.BucketArgs{Labels: labels, Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled})
	if err != nil {
		return err
	}
	key, err := encryption.NewKey(ctx, "secrets", &encryption.KeyArgs{
		Labels: labels, Lifecycle: lifecycle.Disposable, Uses: []encryption.Use{encryption.UseSecrets},
	})
	if err != nil {
		return err
	}
	secret, err := secretsmanager.NewSecret(ctx, "database", &secretsmanager.SecretArgs{
		Name: pulumi.String("acme-audio/database"), KmsKeyId: key.KeyArn, RecoveryWindowInDays: pulumi.Int(0),
	})
	if err != nil {
		return err
	}
	if _, err = secretsmanager.NewSecretVersion(ctx, "database", &secretsmanager.SecretVersionArgs{
		SecretId: secret.ID(), SecretString: pulumi.ToSecret(pulumi.String("hidden")).(pulumi.StringOutput),
	}); err != nil {
		return err
	}
	boundary, err := iam.NewPolicy(ctx, "only-s3", &iam.PolicyArgs{
		Policy: pulumi.String(strings.Replace(everyAction, `"Action": "*"`, `"Action": ["s3:*", "kms:*"]`, 1)),
	})
	if err != nil {
		return err
	}
	reading := pulumi.Sprintf(`{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": %q},
		{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": %q, "Condition": {"StringEquals": {
			"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com", "kms:EncryptionContext:SecretARN": %q}}}]}`, secret.Arn, key.KeyArn, secret.Arn)
	denied := pulumi.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": [%q, "%s/*"]}]}`,
		audio.BucketArn, audio.BucketArn)
	for _, r := range []struct {
		name     string
		boundary pulumi.StringPtrInput
		policies []pulumi.StringInput
	}{
		{"application", nil, []pulumi.StringInput{audio.ReadWrite("uploads/").PolicyJSON(), reading}},
		{"bounded", boundary.Arn, []pulumi.StringInput{pulumi.String(everyAction)}},
		{"banned", nil, []pulumi.StringInput{pulumi.String(everyAction), denied}},
	} {
		if err := role(ctx, r.name, r.boundary, r.policies); err != nil {
			return err
		}
	}
	ctx.Export("bucket", audio.BucketName)
	ctx.Export("key", audio.KeyArn)
	ctx.Export("other", other.BucketName)
	ctx.Export("otherKey", other.KeyArn)
	ctx.Export("secret", secret.Arn)
	return nil
}

func role(ctx *pulumi.Context, name string, boundary pulumi.StringPtrInput, policies []pulumi.StringInput) error {
	made, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name: pulumi.String(name), AssumeRolePolicy: pulumi.String(accountTrust), PermissionsBoundary: boundary,
	})
	if err != nil {
		return err
	}
	for i, policy := range policies {
		label := name + "-" + string(rune('a'+i))
		if _, err := iam.NewRolePolicy(ctx, label, &iam.RolePolicyArgs{Role: made.Name, Policy: policy}); err != nil {
			return err
		}
	}
	return nil
}

// A role that was deployed may do what its grants say. Everything else is refused, one by one.
func TestRolesAreReal(t *testing.T) {
	env := sandboxtest.New(t)
	stack := env.Deploy(t, applicationRoles, sandboxtest.Options{})
	stack.Lifecycle(t, func(t testing.TB, up sandboxtest.Result) {
		a := application{t: t, env: env, up: up, cfg: session(t, env, "application", "")}
		a.uploadsAndDownloads()
		a.downloadsByURL()
		a.readsItsSecret()
		a.isRefused()
		a.isLimited()
		_, err := env.S3("").DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: a.bucket(), Key: aws.String("uploads/a")})
		require.NoError(t, err, "the deployer is not judged by identity policies")
	})
}

// session is the configuration of a client with a role's credentials, which a session policy limits if there is one.
func session(t testing.TB, env *sandboxtest.Env, role, policy string) aws.Config {
	t.Helper()
	in := &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::123456789012:role/" + role), RoleSessionName: aws.String("test")}
	if policy != "" {
		in.Policy = aws.String(policy)
	}
	out, err := sts.NewFromConfig(env.AWSConfig("")).AssumeRole(t.Context(), in)
	require.NoError(t, err)
	cfg, c := env.AWSConfig(""), out.Credentials
	cfg.Credentials = credentials.NewStaticCredentialsProvider(*c.AccessKeyId, *c.SecretAccessKey, *c.SessionToken)
	return cfg
}

// application is an application under its role.
type application struct {
	t   testing.TB
	env *sandboxtest.Env
	up  sandboxtest.Result
	cfg aws.Config
}

func (a application) bucket() *string { return aws.String(a.up.Output(a.t, "bucket")) }

func (a application) put(cfg aws.Config, key string, options ...func(*s3.PutObjectInput)) error {
	in := &s3.PutObjectInput{Bucket: a.bucket(), Key: aws.String(key), Body: strings.NewReader("sound")}
	for _, option := range options {
		option(in)
	}
	_, err := sandboxtest.S3(cfg).PutObject(a.t.Context(), in)
	return err
}

func (a application) get(cfg aws.Config, key string) (*s3.GetObjectOutput, error) {
	return sandboxtest.S3(cfg).GetObject(a.t.Context(), &s3.GetObjectInput{Bucket: a.bucket(), Key: aws.String(key)})
}

func (a application) uploadsAndDownloads() {
	require.NoError(a.t, a.put(a.cfg, "uploads/a"))
	out, err := a.get(a.cfg, "uploads/a")
	require.NoError(a.t, err)
	assert.Equal(a.t, types.ServerSideEncryptionAwsKms, out.ServerSideEncryption)
	assert.Equal(a.t, a.up.Output(a.t, "key"), *out.SSEKMSKeyId)
}

// downloadsByURL signs URLs with the role's credentials: S3 answers as it would answer the role.
func (a application) downloadsByURL() {
	signer := s3.NewPresignClient(sandboxtest.S3(a.cfg))
	for key, status := range map[string]int{"uploads/a": 200, "private/a": 403} {
		signed, err := signer.PresignGetObject(a.t.Context(), &s3.GetObjectInput{Bucket: a.bucket(), Key: aws.String(key)})
		require.NoError(a.t, err)
		out, err := http.Get(signed.URL)
		require.NoError(a.t, err)
		require.NoError(a.t, out.Body.Close())
		assert.Equal(a.t, status, out.StatusCode, key)
	}
}

func (a application) readsItsSecret() {
	in := &awssecrets.GetSecretValueInput{SecretId: aws.String(a.up.Output(a.t, "secret"))}
	out, err := awssecrets.NewFromConfig(a.cfg).GetSecretValue(a.t.Context(), in)
	require.NoError(a.t, err)
	assert.Equal(a.t, "hidden", *out.SecretString)
}

func (a application) isRefused() {
	ctx, client := a.t.Context(), sandboxtest.S3(a.cfg)
	require.NoError(a.t, a.put(a.env.AWSConfig(""), "private/a"))
	foreign := func(in *s3.PutObjectInput) {
		in.ServerSideEncryption, in.SSEKMSKeyId = types.ServerSideEncryptionAwsKms, aws.String(a.up.Output(a.t, "otherKey"))
	}
	_, otherPrefix := a.get(a.cfg, "private/a")
	_, listing := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: a.bucket()})
	_, otherBucket := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(a.up.Output(a.t, "other")), Prefix: aws.String("uploads/")})
	_, deletion := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: a.bucket(), Key: aws.String("uploads/a")})
	_, policy := client.DeleteBucketPolicy(ctx, &s3.DeleteBucketPolicyInput{Bucket: a.bucket()})
	_, user := awsiam.NewFromConfig(a.cfg).CreateUser(ctx, &awsiam.CreateUserInput{UserName: aws.String("mallory")})
	_, secrets := awssecrets.NewFromConfig(a.cfg).ListSecrets(ctx, &awssecrets.ListSecretsInput{})
	_, role := sts.NewFromConfig(a.cfg).AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn: aws.String("arn:aws:iam::123456789012:role/banned"), RoleSessionName: aws.String("test"),
	})
	for what, refusal := range map[string]struct {
		err    error
		reason string
	}{
		"another prefix":   {otherPrefix, "because no identity-based policy allows the s3:GetObject action"},
		"a write there":    {a.put(a.cfg, "private/b"), "because no identity-based policy allows the s3:PutObject action"},
		"the whole bucket": {listing, "because no identity-based policy allows the s3:ListBucket action"},
		"another bucket":   {otherBucket, "because no identity-based policy allows the s3:ListBucket action"},
		"a foreign key":    {a.put(a.cfg, "uploads/b", foreign), "with an explicit deny in a resource-based policy"},
		"a deletion":       {deletion, "because no identity-based policy allows the s3:DeleteObject action"},
		"the policy":       {policy, "because no identity-based policy allows the s3:DeleteBucketPolicy action"},
		"IAM":              {user, "because no identity-based policy allows the iam:CreateUser action"},
		"other secrets":    {secrets, "because no identity-based policy allows the secretsmanager:ListSecrets action"},
		"another role":     {role, "because no identity-based policy allows the sts:AssumeRole action"},
		"no TLS":           {a.put(sandboxtest.InsecureHTTP(a.cfg), "uploads/b"), "with an explicit deny in a resource-based policy"},
	} {
		a.refused(what, refusal.err, refusal.reason)
	}
}

// isLimited shows what takes permissions away: a session policy, a permissions boundary, a denial.
func (a application) isLimited() {
	limited := session(a.t, a.env, "application", `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}`)
	a.refused("session policy", a.put(limited, "uploads/b"), "because no session policy allows the s3:PutObject action")

	bounded := session(a.t, a.env, "bounded", "")
	require.NoError(a.t, a.put(bounded, "uploads/c"))
	_, err := awsiam.NewFromConfig(bounded).CreateUser(a.t.Context(), &awsiam.CreateUserInput{UserName: aws.String("mallory")})
	a.refused("boundary", err, "because no permissions boundary allows the iam:CreateUser action")

	_, err = a.get(session(a.t, a.env, "banned", ""), "uploads/a")
	a.refused("denial", err, "with an explicit deny in an identity-based policy")
}

func (a application) refused(what string, err error, reason string) {
	var refusal smithy.APIError
	if assert.ErrorAs(a.t, err, &refusal, what) {
		assert.Contains(a.t, []string{"AccessDenied", "AccessDeniedException"}, refusal.ErrorCode(), what)
		assert.True(a.t, strings.HasSuffix(refusal.ErrorMessage(), reason), "%s: %s", what, refusal.ErrorMessage())
	}
}
