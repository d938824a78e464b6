package storage

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// target is the bucket that a policy is about.
type target struct {
	in     account.Info
	arn    string
	keyArn string
}

func (t target) objects(pattern string) string { return t.arn + "/" + pattern }

func (t target) both() []string { return []string{t.arn, t.objects("*")} }

// policyJSON is the whole bucket policy: what every bucket denies, wrong keys, deliveries of logs, and what the caller
// adds. There can be one policy on a bucket only. It is known in previews as far as its inputs are.
func policyJSON(in account.Output, s *store, extra []PolicyStatement, deliveries func(target) []iampolicy.Statement) pulumi.StringOutput {
	inputs := []any{in, s.bucketName}
	if s.keyArn != nil && s.denyForeignKeys {
		inputs = append(inputs, s.keyArn)
	} else {
		inputs = append(inputs, pulumi.String(""))
	}
	for _, e := range extra {
		for _, c := range e.Conditions {
			inputs = append(inputs, c.Values)
		}
	}
	return pulumi.All(inputs...).ApplyT(func(values []any) []iampolicy.Statement {
		t := target{in: values[0].(account.Info), keyArn: values[2].(string)}
		t.arn = t.in.BucketARN(values[1].(string))
		statements := transport(t)
		if t.keyArn != "" {
			statements = append(statements, foreignKeys(t)...)
		}
		if deliveries != nil {
			statements = append(statements, deliveries(t)...)
		}
		conditions := values[3:]
		for _, e := range extra {
			n := len(e.Conditions)
			statements = append(statements, e.statement(t, conditions[:n]))
			conditions = conditions[n:]
		}
		return statements
	}).(policydoc.Statements).JSON(iampolicy.BucketPolicy)
}

var anybody = iampolicy.Principals{Any: true}

// transport denies everything without TLS, and with a TLS older than 1.2.
// Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
func transport(t target) []iampolicy.Statement {
	return []iampolicy.Statement{
		{
			Sid: "DenyInsecureTransport", Effect: iampolicy.Deny, Principals: anybody, Actions: []string{"s3:*"}, Resources: t.both(),
			Conditions: []iampolicy.Condition{{Operator: "Bool", Key: "aws:SecureTransport", Values: []string{"false"}}},
		},
		{
			Sid: "DenyOldTls", Effect: iampolicy.Deny, Principals: anybody, Actions: []string{"s3:*"}, Resources: t.both(),
			Conditions: []iampolicy.Condition{{Operator: "NumericLessThan", Key: "s3:TlsVersion", Values: []string{"1.2"}}},
		},
	}
}

const (
	headerAlgorithm = "s3:x-amz-server-side-encryption"
	headerKey       = "s3:x-amz-server-side-encryption-aws-kms-key-id"
	headerCustomer  = "s3:x-amz-server-side-encryption-customer-algorithm"
)

// foreignKeys denies uploads that choose another encryption than the bucket's. Uploads that choose none are fine: the
// default encryption applies.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, which says of the algorithm aws:kms without
// a key that S3 then takes the key aws/s3, not the bucket's.
func foreignKeys(t target) []iampolicy.Statement {
	deny := func(sid string, conditions ...iampolicy.Condition) iampolicy.Statement {
		return iampolicy.Statement{
			Sid: sid, Effect: iampolicy.Deny, Principals: anybody, Actions: []string{"s3:PutObject"},
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
func (p PolicyStatement) statement(t target, values []any) iampolicy.Statement {
	s := iampolicy.Statement{
		Sid: p.Sid, Effect: iampolicy.Effect(p.Effect), Actions: p.Actions,
		Principals: iampolicy.Principals{Service: p.Services, AWS: p.Principals},
	}
	if len(p.Services)+len(p.Principals) == 0 {
		s.Principals = anybody
	}
	if p.OnBucket {
		s.Resources = append(s.Resources, t.arn)
	}
	for _, pattern := range p.OnObjects {
		s.Resources = append(s.Resources, t.objects(pattern))
	}
	for i, c := range p.Conditions {
		s.Conditions = append(s.Conditions, iampolicy.Condition{Operator: c.Operator, Key: c.Key, Values: values[i].([]string)})
	}
	return s
}

var (
	sid    = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)
	action = regexp.MustCompile(`^s3:[A-Za-z]+\*?$|^s3:\*$`)
	ownIDs = []string{"DenyInsecureTransport", "DenyOldTls", "DenyOtherAlgorithm", "DenyOtherKey", "DenyUnnamedKey", "DenyCustomerKey"}
)

func checkStatements(statements []PolicyStatement) validate.Problems {
	var ps validate.Problems
	seen := slices.Clone(ownIDs)
	for i, p := range statements {
		path := validate.Path("policyStatements").Index(i)
		if !sid.MatchString(p.Sid) {
			ps.Add(validate.Invalid(path.Field("sid"), p.Sid, "1 to 64 letters and digits", "name the statement").By("policy-sid"))
		} else if slices.Contains(seen, p.Sid) {
			ps.Add(validate.Conflict(path.Field("sid"), p.Sid, "a name that no other statement has", "choose another").By("policy-sid"))
		}
		seen = append(seen, p.Sid)
		ps.Add(p.check(path)...)
	}
	return ps
}

func (p PolicyStatement) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	if p.Effect == "" {
		ps.Add(validate.Required(path.Field("effect"), "Allow or Deny", "set effect"))
	}
	ps.Add(validate.Enum(path.Field("effect"), p.Effect)...)
	if p.Effect == Allow && len(p.Services)+len(p.Principals) == 0 {
		ps.Add(validate.Required(path.Field("principals"), "whom the statement lets in", "name services or principals: a bucket is never open to everybody").By("policy-principals"))
	}
	for i, principal := range p.Principals {
		if strings.ContainsAny(principal, "*?") || !strings.HasPrefix(principal, "arn:") {
			ps.Add(validate.Invalid(path.Field("principals").Index(i), principal, "the ARN of a role, user or account, without wildcards", "such as arn:aws:iam::123456789012:role/reader").By("policy-principals"))
		}
	}
	for i, service := range p.Services {
		if !strings.HasSuffix(service, ".amazonaws.com") && !strings.HasSuffix(service, ".amazonaws.com.cn") {
			ps.Add(validate.Invalid(path.Field("services").Index(i), service, "a service principal", "such as cloudfront.amazonaws.com").By("policy-principals"))
		}
	}
	if p.Effect == Allow && len(p.Services) > 0 && !slices.ContainsFunc(p.Conditions, PolicyCondition.confines) {
		ps.Add(validate.Required(path.Field("conditions"), "a condition on aws:SourceArn, aws:SourceAccount or aws:SourceOrgID: otherwise the service can be used from any account", "add one").By("policy-confused-deputy"))
	}
	if len(p.Actions) == 0 {
		ps.Add(validate.Required(path.Field("actions"), "S3 actions", "such as s3:GetObject"))
	}
	for i, a := range p.Actions {
		if !action.MatchString(a) || (p.Effect == Allow && strings.Contains(a, "*")) {
			ps.Add(validate.Invalid(path.Field("actions").Index(i), a, "an S3 action, without wildcards in Allow", "such as s3:GetObject").By("policy-actions"))
		}
	}
	if !p.OnBucket && len(p.OnObjects) == 0 {
		ps.Add(validate.Required(path.Field("onObjects"), "what the statement is about", "set onBucket or onObjects"))
	}
	for i, c := range p.Conditions {
		at := path.Field("conditions").Index(i)
		if c.Operator == "" {
			ps.Add(validate.Required(at.Field("operator"), "an IAM operator", "such as StringEquals"))
		}
		if c.Key == "" {
			ps.Add(validate.Required(at.Field("key"), "a condition key", "such as aws:SourceArn"))
		}
		if c.Values == nil {
			ps.Add(validate.Required(at.Field("values"), "what the key is compared with", "give at least one value"))
		}
	}
	return ps
}

// confines says whether the condition ties a service to resources of an account or organisation.
func (c PolicyCondition) confines() bool {
	return slices.Contains([]string{"aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"}, c.Key)
}
