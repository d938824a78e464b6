package identity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// stateFolder is where Pulumi keeps everything, below the prefix.
const stateFolder = ".pulumi/"

// check reports what is wrong with a state that the program wrote down.
func (s *PulumiState) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	if s == nil {
		return ps
	}
	if s.BucketArn == nil {
		ps.Add(validate.Required(path.Field("bucketArn"), "the ARN of the bucket with the state", "name the bucket"))
	}
	if text, ok := component.Literal(s.BucketArn); ok {
		ps.Add(validate.BucketARN(path.Field("bucketArn"), text)...)
	}
	ps.Add(validate.KeyPrefix(path.Field("prefix"), s.Prefix)...)
	if s.Prefix != "" && s.Prefix[len(s.Prefix)-1] != '/' {
		ps.Add(validate.Invalid(path.Field("prefix"), s.Prefix, "a prefix that ends in /", "add it").By("state-prefix"))
	}
	for _, key := range []struct {
		field string
		arn   pulumi.StringInput
	}{{"bucketKeyArn", s.BucketKeyArn}, {"secretsKeyArn", s.SecretsKeyArn}} {
		if text, ok := component.Literal(key.arn); ok {
			ps.Add(validate.KeyARN(path.Field(key.field), text)...)
		}
	}
	return ps
}

// statements let a role read the state, or read and write it. Bucket and keys may be in another account, whose policies
// have to let the role in then.
func (s *PulumiState) statements(b *component.Base, readOnly bool) policydoc.Statements {
	type check func(validate.Path, string) validate.Problems
	text := func(arn pulumi.StringInput, field string, check check) pulumi.StringOutput {
		if arn == nil {
			return component.None()
		}
		return b.Checked(arn, func(text string, _ account.Info) validate.Problems {
			return check(validate.Path("state").Field(field), text)
		})
	}
	return pulumi.All(
		b.Location(), text(s.BucketArn, "bucketArn", validate.BucketARN),
		text(s.BucketKeyArn, "bucketKeyArn", validate.KeyARN), text(s.SecretsKeyArn, "secretsKeyArn", validate.KeyARN),
	).ApplyT(func(values []any) []iampolicy.Statement {
		in := values[0].(account.Info)
		return s.allow(in, values[1].(string), values[2].(string), values[3].(string), readOnly)
	}).(policydoc.Statements)
}

func (s *PulumiState) allow(
	in account.Info, bucket, bucketKey, secretsKey string, readOnly bool,
) []iampolicy.Statement {
	folder := s.Prefix + stateFolder
	objects := bucket + "/" + folder + "*"
	actions, keyActions := []string{"s3:GetObject"}, []string{"kms:Decrypt"}
	if !readOnly {
		actions = append(actions, "s3:DeleteObject", "s3:PutObject") // states, their history and backups, locks
		keyActions = append(keyActions, "kms:GenerateDataKey")
	}
	statements := []iampolicy.Statement{
		{Sid: "StateObjects", Effect: iampolicy.Allow, Actions: actions, Resources: []string{objects}},
		{
			Sid: "StateList", Effect: iampolicy.Allow, Actions: []string{"s3:ListBucket"}, Resources: []string{bucket},
			Conditions: []iampolicy.Condition{{Operator: "StringLike", Key: "s3:prefix", Values: []string{folder + "*"}}},
		},
	}
	if bucketKey != "" {
		arn, _ := validate.ParseARN(bucketKey)
		in.Region = arn.Region // that of the bucket, which may be another one than that of the stack
		statements = append(statements, policydoc.KeyUse("StateKey", bucketKey, in.Service("s3"), keyActions,
			[]iampolicy.Condition{{
				Operator: "StringLike", Key: "kms:EncryptionContext:aws:s3:arn", Values: []string{bucket, objects},
			}}))
	}
	if secretsKey != "" {
		// Pulumi calls KMS itself, to decrypt the key with which it encrypts the secrets of a stack.
		statements = append(statements, policydoc.KeyUse("StateSecrets", secretsKey, "", []string{"kms:Decrypt"}, nil))
	}
	return statements
}
