package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/golang-jwt/jwt/v5"

	"github.com/acme/audio-api/internal/auth"
	"github.com/acme/audio-api/internal/testpostgres"
)

const (
	issuer   = "https://login.local.example"
	audience = "audio-api"
)

// account is the sandbox as whoever deploys sees it.
type account struct {
	secrets *secretsmanager.Client
	objects *s3.Client
}

func (t *target) account() *account {
	c := aws.Config{
		Region: t.Region, BaseEndpoint: &t.Endpoint, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
	return &account{secrets: secretsmanager.NewFromConfig(c), objects: s3.NewFromConfig(c)}
}

// secrets are what the service reads.
type secrets struct {
	jwtARN, databaseARN string
	key                 auth.Key
	// made are those that the stack does not have.
	made    []string
	account *account
}

// provide fills both secrets with values for a local run. A stack without them gets some, which the role may read.
func (a *account) provide(ctx context.Context, t *target, role string, postgres *testpostgres.Server) (*secrets, error) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	s := &secrets{account: a, key: auth.Key{ID: "local", Value: base64.StdEncoding.EncodeToString(raw)}}
	keys, err := json.Marshal(auth.Keys{Current: s.key})
	if err != nil {
		return nil, err
	}
	for _, secret := range []struct {
		arn                 *string
		output, name, value string
	}{
		{&s.jwtARN, jwtSecretOutput, "audio-api-local-jwt", string(keys)},
		{&s.databaseARN, databaseSecretOutput, "audio-api-local-database", postgres.Secret()},
	} {
		if *secret.arn = t.output(secret.output); *secret.arn == "" {
			if *secret.arn, err = a.make(ctx, secret.name, role); err != nil {
				return nil, err
			}
			s.made = append(s.made, *secret.arn)
		}
		if _, err := a.secrets.PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{SecretId: secret.arn, SecretString: &secret.value}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// make makes a secret, or takes what an earlier run has left, and lets the role read it.
func (a *account) make(ctx context.Context, name, role string) (string, error) {
	_, err := a.secrets.CreateSecret(ctx, &secretsmanager.CreateSecretInput{Name: &name})
	var exists *types.ResourceExistsException
	if err != nil && !errors.As(err, &exists) {
		return "", err
	}
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Sid":"LocalRun","Effect":"Allow","Principal":{"AWS":%q},`+
		`"Action":"secretsmanager:GetSecretValue","Resource":"*"}]}`, role)
	out, err := a.secrets.PutResourcePolicy(ctx, &secretsmanager.PutResourcePolicyInput{SecretId: &name, ResourcePolicy: &policy})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.ARN), nil
}

func (s *secrets) remove(ctx context.Context) error {
	var problems []error
	for _, arn := range s.made {
		_, err := s.account.secrets.DeleteSecret(ctx, &secretsmanager.DeleteSecretInput{
			SecretId: &arn, ForceDeleteWithoutRecovery: aws.Bool(true),
		})
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}

// token is a token of a user, as the login service would sign it.
func (s *secrets) token(user string, validity time.Duration) string {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Subject: user, Issuer: issuer, Audience: jwt.ClaimStrings{audience}, ExpiresAt: jwt.NewNumericDate(time.Now().Add(validity)),
	})
	token.Header["kid"] = s.key.ID
	key, _ := base64.StdEncoding.DecodeString(s.key.Value)
	text, _ := token.SignedString(key) // fails for keys of another type only
	return text
}

// encryption says how the recording with an id is encrypted in the bucket, and where it lies there.
func (a *account) encryption(ctx context.Context, bucket, id string) (key, algorithm, kmsKey string, err error) {
	pages := s3.NewListObjectsV2Paginator(a.objects, &s3.ListObjectsV2Input{Bucket: &bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return "", "", "", err
		}
		for _, object := range page.Contents {
			if !strings.HasSuffix(aws.ToString(object.Key), "/"+id) {
				continue
			}
			head, err := a.objects.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: object.Key})
			if err != nil {
				return "", "", "", err
			}
			return *object.Key, string(head.ServerSideEncryption), aws.ToString(head.SSEKMSKeyId), nil
		}
	}
	return "", "", "", fmt.Errorf("recording %s is not in the bucket %s", id, bucket)
}
