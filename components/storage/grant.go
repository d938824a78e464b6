package storage

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Grant is what an identity may do with a bucket, the statement for its key included. PolicyJSON is the policy for a
// role. A grant for a malformed prefix carries an error, which Err returns and PolicyJSON fails with.
type Grant = policydoc.Grant

// Read lets an identity list and read the objects under a prefix: uploads/ for example. The empty prefix is the whole
// bucket.
func (b *Bucket) Read(prefix string) Grant {
	return b.grant(prefix, "Read", []string{"s3:GetObject"}, []string{"kms:Decrypt"}, true)
}

// Write lets an identity upload objects under a prefix, in parts too. It can overwrite, and neither read nor delete.
func (b *Bucket) Write(prefix string) Grant {
	return b.grant(prefix, "Write", writeActions, writeKeyActions, false)
}

// ReadWrite is Read and Write.
func (b *Bucket) ReadWrite(prefix string) Grant {
	return b.grant(prefix, "ReadWrite", append([]string{"s3:GetObject"}, writeActions...), writeKeyActions, true)
}

// Delete lets an identity delete objects under a prefix. Their versions stay, as long as the bucket keeps them.
func (b *Bucket) Delete(prefix string) Grant {
	return b.grant(prefix, "Delete", []string{"s3:DeleteObject"}, nil, false)
}

var writeActions = []string{"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"}

// writeKeyActions include Decrypt, because S3 reads the parts of an upload again when it puts them together.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
var writeKeyActions = []string{"kms:Decrypt", "kms:GenerateDataKey"}

func (b *Bucket) grant(prefix, verb string, actions, keyActions []string, list bool) Grant {
	from := policydoc.Source{Type: BucketType, Name: b.name, Location: b.location}
	return objects{from, b.BucketArn, b.KeyArn}.grant(prefix, verb, actions, keyActions, list)
}

// Read lets an identity list and read the copies under a prefix: for a reader in the second region. Nobody is granted
// to write there but the replication.
func (b *ReplicaBucket) Read(prefix string) Grant {
	from := policydoc.Source{Type: ReplicaBucketType, Name: b.name, Location: b.location}
	o := objects{from, b.BucketArn, b.KeyArn}
	return o.grant(prefix, "Read", []string{"s3:GetObject"}, []string{"kms:Decrypt"}, true)
}

// objects are those of a bucket that grants are about.
type objects struct {
	from           policydoc.Source
	bucket, keyArn pulumi.StringOutput
}

func (o objects) grant(prefix, verb string, actions, keyActions []string, list bool) Grant {
	words := verb + "(" + validate.Show(prefix) + ")"
	if err := inputerror.Of(validate.KeyPrefix("grant.prefix", prefix), o.from.Type, o.from.Name); err != nil {
		return policydoc.Refuse(o.from, words, err)
	}
	known := pulumi.All(o.from.Location, o.bucket, o.keyArn)
	return policydoc.NewGrant(o.from, words, known.ApplyT(func(values []any) []iampolicy.Statement {
		in, arn, keyArn := values[0].(account.Info), values[1].(string), values[2].(string)
		objects := arn + "/" + prefix + "*"
		statements := []iampolicy.Statement{{
			Sid: verb + "Objects", Effect: iampolicy.Allow, Actions: actions, Resources: []string{objects},
		}}
		if list {
			s := iampolicy.Statement{
				Sid: verb + "List", Effect: iampolicy.Allow, Actions: []string{"s3:ListBucket"}, Resources: []string{arn},
			}
			if prefix != "" {
				s.Conditions = []iampolicy.Condition{
					{Operator: "StringLike", Key: "s3:prefix", Values: []string{prefix, prefix + "*"}},
				}
			}
			statements = append(statements, s)
		}
		if keyActions != nil {
			// The context is the bucket with a bucket key, and the object for what was uploaded without one.
			context := iampolicy.Condition{
				Operator: "StringLike", Key: "kms:EncryptionContext:aws:s3:arn", Values: []string{arn, objects},
			}
			statements = append(statements,
				policydoc.KeyUse(verb+"Key", keyArn, in.Service("s3"), keyActions, []iampolicy.Condition{context}))
		}
		return statements
	}).(policydoc.Statements))
}
