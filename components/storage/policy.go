package storage

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// policyTarget is the bucket that a policy is about.
type policyTarget struct {
	in     account.Info
	arn    string
	keyArn string
}

func (t policyTarget) objects(pattern string) string { return t.arn + "/" + pattern }

func (t policyTarget) bucketAndObjects() []string { return []string{t.arn, t.objects("*")} }

// policyJSON is the whole bucket policy: what every bucket denies, wrong keys, deliveries of logs, and what the caller
// adds. There can be only one policy on a bucket. It is known in previews as far as its inputs are.
func (b *builder) policyJSON() pulumi.StringOutput {
	inputs := []any{b.Location(), component.None()}
	if b.want.ownKey {
		inputs[1] = b.made.keyArn
	}
	for _, s := range b.want.statements {
		for _, c := range s.Conditions {
			inputs = append(inputs, c.Values)
		}
	}
	return pulumi.All(inputs...).ApplyT(func(values []any) ([]iampolicy.Statement, error) {
		t := policyTarget{in: values[0].(account.Info), keyArn: values[1].(string)}
		t.arn = t.in.BucketARN(b.want.physicalName(b.Name, t.in))
		statements := insecureTransport(t)
		if b.want.ownKey {
			statements = append(statements, otherEncryption(t)...)
		}
		if b.want.deliveries != nil {
			statements = append(statements, b.want.deliveries(t)...)
		}
		conditions := values[2:]
		var problems validate.Problems
		for i, s := range b.want.statements {
			n := len(s.Conditions)
			made := s.statement(t, conditions[:n])
			problems.Add(checkConfined(validate.Path("policyStatements").Index(i), made)...)
			statements, conditions = append(statements, made), conditions[n:]
		}
		return statements, b.Err(problems)
	}).(policydoc.Statements).JSON(iampolicy.BucketPolicy)
}

var everybody = iampolicy.Principals{Any: true}

// insecureTransport denies everything without TLS, and with a version of TLS older than 1.2.
// Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
func insecureTransport(t policyTarget) []iampolicy.Statement {
	return []iampolicy.Statement{
		{
			Sid: "DenyInsecureTransport", Effect: iampolicy.Deny, Principals: everybody, Actions: []string{"s3:*"},
			Resources:  t.bucketAndObjects(),
			Conditions: []iampolicy.Condition{{Operator: "Bool", Key: "aws:SecureTransport", Values: []string{"false"}}},
		},
		{
			Sid: "DenyOldTls", Effect: iampolicy.Deny, Principals: everybody, Actions: []string{"s3:*"},
			Resources:  t.bucketAndObjects(),
			Conditions: []iampolicy.Condition{{Operator: "NumericLessThan", Key: "s3:TlsVersion", Values: []string{"1.2"}}},
		},
	}
}

const (
	headerAlgorithm = "s3:x-amz-server-side-encryption"
	headerKey       = "s3:x-amz-server-side-encryption-aws-kms-key-id"
	headerCustomer  = "s3:x-amz-server-side-encryption-customer-algorithm"
)

// otherEncryption denies uploads that choose another encryption than the bucket's. Uploads that choose none are fine:
// the default encryption applies. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, which
// says of the algorithm aws:kms without a key that S3 then takes the key aws/s3, not the bucket's.
func otherEncryption(t policyTarget) []iampolicy.Statement {
	deny := func(sid string, conditions ...iampolicy.Condition) iampolicy.Statement {
		return iampolicy.Statement{
			Sid: sid, Effect: iampolicy.Deny, Principals: everybody, Actions: []string{"s3:PutObject"},
			Resources: []string{t.objects("*")}, Conditions: conditions,
		}
	}
	present := func(key string) iampolicy.Condition {
		return iampolicy.Condition{Operator: "Null", Key: key, Values: []string{"false"}}
	}
	return []iampolicy.Statement{
		deny("DenyOtherAlgorithm", present(headerAlgorithm),
			iampolicy.Condition{Operator: "StringNotEquals", Key: headerAlgorithm, Values: []string{"aws:kms"}}),
		deny("DenyOtherKey", present(headerKey),
			iampolicy.Condition{Operator: "StringNotEquals", Key: headerKey, Values: []string{t.keyArn}}),
		deny("DenyUnnamedKey",
			iampolicy.Condition{Operator: "StringEquals", Key: headerAlgorithm, Values: []string{"aws:kms"}},
			iampolicy.Condition{Operator: "Null", Key: headerKey, Values: []string{"true"}}),
		deny("DenyCustomerKey", present(headerCustomer)),
	}
}

// statement is the caller's statement for this bucket, with the values of its conditions.
func (p PolicyStatement) statement(t policyTarget, values []any) iampolicy.Statement {
	s := iampolicy.Statement{
		Sid: p.Sid, Effect: iampolicy.Effect(p.Effect), Actions: p.Actions,
		Principals: iampolicy.Principals{Service: p.Services, AWS: p.Principals},
	}
	if len(p.Services)+len(p.Principals) == 0 {
		s.Principals = everybody
	}
	if p.OnBucket {
		s.Resources = append(s.Resources, t.arn)
	}
	for _, pattern := range p.OnObjects {
		s.Resources = append(s.Resources, t.objects(pattern))
	}
	for i, c := range p.Conditions {
		s.Conditions = append(s.Conditions,
			iampolicy.Condition{Operator: c.Operator, Key: c.Key, Values: values[i].([]string)})
	}
	return s
}
