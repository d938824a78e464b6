package storage_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestEveryBucketDeniesOldTransport(t *testing.T) {
	recorder := componenttest.Run(t, everything)
	for name, got := range policies(t, recorder) {
		insecure, old := got["DenyInsecureTransport"], got["DenyOldTls"]
		for _, s := range []statement{insecure, old} {
			assert.Equal(t, "Deny", s.Effect, name)
			assert.Equal(t, "*", s.Principal, name)
			assert.Len(t, s.Resource, 2, "%s: the bucket and its objects", name)
		}
		assert.Equal(t, "false", insecure.Condition["Bool"]["aws:SecureTransport"])
		assert.Equal(t, "1.2", old.Condition["NumericLessThan"]["s3:TlsVersion"])
	}
}

func TestABucketDeniesWrongKeysAndNotMissingHeaders(t *testing.T) {
	recorder := componenttest.Run(t, bucket(func(a *storage.BucketArgs) { a.KeyArn = pulumi.String(someKey) }))
	got := policies(t, recorder)["audio"]
	const (
		algorithm = "s3:x-amz-server-side-encryption"
		key       = "s3:x-amz-server-side-encryption-aws-kms-key-id"
		customer  = "s3:x-amz-server-side-encryption-customer-algorithm"
	)
	assert.Equal(t, map[string]map[string]any{"Null": {algorithm: "false"}, "StringNotEquals": {algorithm: "aws:kms"}},
		got["DenyOtherAlgorithm"].Condition)
	assert.Equal(t, map[string]map[string]any{"Null": {key: "false"}, "StringNotEquals": {key: someKey}},
		got["DenyOtherKey"].Condition)
	assert.Equal(t, map[string]map[string]any{"Null": {key: "true"}, "StringEquals": {algorithm: "aws:kms"}},
		got["DenyUnnamedKey"].Condition)
	assert.Equal(t, map[string]map[string]any{"Null": {customer: "false"}}, got["DenyCustomerKey"].Condition)
}

// A value that is known late is held against the same rules, in the preview in which it is known.
func TestAConditionThatIsKnownLateHasToConfine(t *testing.T) {
	program := func(value string) pulumi.RunFunc {
		return bucket(func(a *storage.BucketArgs) {
			s := reader(pulumi.StringArray{pulumi.String(value).ToStringOutput()})
			s.Conditions[0].Operator, s.Conditions[0].Key = "StringLike", "AWS:SourceAccount"
			a.PolicyStatements = []storage.PolicyStatement{s}
		})
	}
	componenttest.Run(t, program("123456789012"))
	_, err := componenttest.Update(program("*"))
	require.ErrorContains(t, err, "policyStatements[0].conditions: missing: expected a condition that fixes aws:SourceArn")
}

func TestGrants(t *testing.T) {
	got := map[string]string{}
	componenttest.Run(t, func(ctx *pulumi.Context) error {
		b, err := storage.NewBucket(ctx, "audio",
			&storage.BucketArgs{Labels: labels, AccessLogs: toggle.Disabled, KeyArn: pulumi.String(someKey)})
		if err != nil {
			return err
		}
		pulumi.All(
			b.Read("uploads/").PolicyJSON(), b.Write("uploads/").PolicyJSON(), b.ReadWrite("").PolicyJSON(),
			b.Delete("tmp/").PolicyJSON(),
		).ApplyT(func(values []any) error {
			for i, name := range []string{"read", "write", "all", "delete"} {
				got[name] = values[i].(string)
			}
			return nil
		})
		for _, bad := range []string{"*", "/x", "a/${aws:username}"} {
			require.Error(t, b.Read(bad).Err(), bad)
		}
		require.NoError(t, b.Read("uploads/").Err())
		return nil
	})
	const (
		arn = "arn:aws:s3:::acme-audio-test-audio-123456789012-eu-west-1"
		via = `"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}`
	)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"ReadObjects","Effect":"Allow","Action":"s3:GetObject","Resource":"`+arn+`/uploads/*"},
		{"Sid":"ReadList","Effect":"Allow","Action":"s3:ListBucket","Resource":"`+arn+`",
			"Condition":{"StringLike":{"s3:prefix":["uploads/","uploads/*"]}}},
		{"Sid":"ReadKey","Effect":"Allow","Action":"kms:Decrypt","Resource":"`+someKey+`",
			"Condition":{`+via+`,
				"StringLike":{"kms:EncryptionContext:aws:s3:arn":["`+arn+`","`+arn+`/uploads/*"]}}}]}`, got["read"])
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"WriteObjects","Effect":"Allow",
			"Action":["s3:AbortMultipartUpload","s3:ListMultipartUploadParts","s3:PutObject"],
			"Resource":"`+arn+`/uploads/*"},
		{"Sid":"WriteKey","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"`+someKey+`",
			"Condition":{`+via+`,
				"StringLike":{"kms:EncryptionContext:aws:s3:arn":["`+arn+`","`+arn+`/uploads/*"]}}}]}`, got["write"])
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"DeleteObjects","Effect":"Allow","Action":"s3:DeleteObject","Resource":"`+arn+`/tmp/*"}]}`, got["delete"])
	assert.Contains(t, got["all"], `"Resource":"`+arn+`/*"`)
	assert.NotContains(t, got["all"], "s3:prefix")
}

func TestAGrantForABadPrefixFailsTheProgram(t *testing.T) {
	_, err := componenttest.Update(func(ctx *pulumi.Context) error {
		b, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, AccessLogs: toggle.Disabled})
		if err != nil {
			return err
		}
		ctx.Export("policy", b.Read("*").PolicyJSON())
		return nil
	})
	require.ErrorContains(t, err,
		`bulwark:storage:Bucket "audio": grant.prefix: "*": expected a plain prefix of object keys`)
}
