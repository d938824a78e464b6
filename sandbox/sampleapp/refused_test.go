//go:build sandbox

package sampleapp

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// taskConfig is the configuration of an SDK client within the task: its credentials are the role's.
func taskConfig(t *testing.T, env *sandboxtest.Env, up sandboxtest.Result) aws.Config {
	t.Helper()
	answer, err := http.Get(env.Endpoint + "/_bulwark/ecs/credentials/" + up.Output(t, "clusterName") + "/" + up.Output(t, "serviceName"))
	require.NoError(t, err)
	defer answer.Body.Close()
	var found struct{ AccessKeyId, SecretAccessKey, Token, RoleArn string }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&found))
	require.Equal(t, up.Output(t, "taskRoleArn"), found.RoleArn)
	c := env.AWSConfig(region)
	c.Credentials = credentials.NewStaticCredentialsProvider(found.AccessKeyId, found.SecretAccessKey, found.Token)
	return c
}

// overPlainHTTP has a request count as one without TLS.
func overPlainHTTP(o *s3.Options) {
	o.APIOptions = append(o.APIOptions, smithyhttp.AddHeaderValue("X-Forwarded-Proto", "http"))
}

// refusedOneByOne tries with the role's credentials what the application has no business with. Each case has a neighbour
// that is allowed, so that none is refused for another reason than its own.
func (s *stack) refusedOneByOne(t *testing.T, app *application) {
	env, up, task := s.env, s.up, taskConfig(t, s.env, s.up)
	objects, keys, secrets := sandboxtest.S3(task), kms.NewFromConfig(task), secretsmanager.NewFromConfig(task)
	bucket, foreign := aws.String(up.Output(t, "audioBucket")), aws.String(up.Output(t, "foreignBucket"))
	foreignKey := aws.String(up.Output(t, "foreignKeyArn"))
	inside, outside := aws.String(prefix+"ann/1"), aws.String("billing/1")
	_, err := env.S3(region).PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: outside, Body: strings.NewReader("x")})
	require.NoError(t, err)
	_, err = env.S3(region).PutObject(t.Context(), &s3.PutObjectInput{Bucket: foreign, Key: inside, Body: strings.NewReader("x")})
	require.NoError(t, err)

	put := func(in s3.PutObjectInput, options ...func(*s3.Options)) func(context.Context) error {
		return func(ctx context.Context) error {
			in.Body = strings.NewReader("x")
			_, err := objects.PutObject(ctx, &in, options...)
			return err
		}
	}
	get := func(bucket, key *string, options ...func(*s3.Options)) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := objects.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key}, options...)
			return err
		}
	}
	list := func(bucket *string, prefix string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := objects.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: &prefix})
			return err
		}
	}
	readSecret := func(output string) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := secrets.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: aws.String(up.Output(t, output))})
			return err
		}
	}
	for name, call := range map[string]func(context.Context) error{
		"upload": put(s3.PutObjectInput{Bucket: bucket, Key: inside}), "list": list(bucket, prefix+"ann/"),
		"the secret of the tokens": readSecret("jwtSecretArn"), "the database's secret": readSecret("databaseSecretArn"),
	} {
		assert.NoError(t, call(t.Context()), name)
	}
	require.NoError(t, get(bucket, inside)(t.Context()), "download")

	for name, call := range map[string]func(context.Context) error{
		"upload under another prefix":       put(s3.PutObjectInput{Bucket: bucket, Key: outside}),
		"download from another prefix":      get(bucket, outside),
		"list another prefix":               list(bucket, "billing/"),
		"list the whole bucket":             list(bucket, ""),
		"upload to another bucket":          put(s3.PutObjectInput{Bucket: foreign, Key: inside}),
		"download from another bucket":      get(foreign, inside),
		"list another bucket":               list(foreign, prefix),
		"upload with a foreign key":         put(s3.PutObjectInput{Bucket: bucket, Key: inside, ServerSideEncryption: types.ServerSideEncryptionAwsKms, SSEKMSKeyId: foreignKey}),
		"upload without the key":            put(s3.PutObjectInput{Bucket: bucket, Key: inside, ServerSideEncryption: types.ServerSideEncryptionAes256}),
		"upload without TLS":                put(s3.PutObjectInput{Bucket: bucket, Key: inside}, overPlainHTTP),
		"download without TLS":              get(bucket, inside, overPlainHTTP),
		"another secret":                    readSecret("foreignSecretArn"),
		"a data key of a foreign key":       dataKey(keys, foreignKey),
		"a data key of the bucket's, by S3": dataKey(keys, aws.String(up.Output(t, "audioKeyArn"))),
		"deletion": func(ctx context.Context) error {
			_, err := objects.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: inside})
			return err
		},
		"deletion of the bucket": func(ctx context.Context) error {
			_, err := objects.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: bucket})
			return err
		},
		"the bucket's policy": func(ctx context.Context) error {
			_, err := objects.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: bucket, Policy: aws.String(`{"Version":"2012-10-17","Statement":[]}`)})
			return err
		},
		"overwrite a secret": func(ctx context.Context) error {
			_, err := secrets.PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{SecretId: aws.String(up.Output(t, "jwtSecretArn")), SecretString: aws.String("{}")})
			return err
		},
		"IAM: a user": func(ctx context.Context) error {
			_, err := iam.NewFromConfig(task).CreateUser(ctx, &iam.CreateUserInput{UserName: aws.String("mallory")})
			return err
		},
		"IAM: its own policy": func(ctx context.Context) error {
			_, err := iam.NewFromConfig(task).PutRolePolicy(ctx, &iam.PutRolePolicyInput{
				RoleName: aws.String(up.Output(t, "taskRoleName")), PolicyName: aws.String("more"),
				PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`),
			})
			return err
		},
	} {
		err := call(t.Context())
		var refused smithy.APIError
		if assert.ErrorAs(t, err, &refused, name) {
			assert.Contains(t, []string{"AccessDenied", "AccessDeniedException"}, refused.ErrorCode(), "%s: %v", name, err)
			t.Logf("%-36s %s", name, refused.ErrorCode())
		}
	}
	app.ownRecordings(t)
}

func dataKey(client *kms.Client, key *string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := client.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{KeyId: key, KeySpec: "AES_256"})
		return err
	}
}
