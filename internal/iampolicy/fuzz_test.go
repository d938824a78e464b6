package iampolicy_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

var seeds = []string{
	bucketPolicy,
	`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":["ecs-tasks.amazonaws.com"],"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:*:123456789012:*"},"Bool":{"a:b":true}}}}`,
	`{"Id":"x","Statement":[{"Sid":"1","Effect":"Deny","NotPrincipal":{"AWS":["*"]},"NotAction":["s3:*","*"],"NotResource":"arn:aws:s3:::b/${aws:username}/${*}"}]}`,
	`{"Version":"2012-10-17","Statement":[{"effect":"allow","Action":["*",1],"Resource":"*","Condition":{"Null":{"aws:x":"${a, 'b'}"},"ForAllValues:StringNotLikeIfExists":{"AWS:X":["\u002a","é"]}}},[],null]}`,
	`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":["arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}","*"],"Condition":{"NumericLessThan":{"s3:TlsVersion":1.2},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"DateLessThan":{"aws:CurrentTime":"2026"}}}]}`,
	strings.Repeat(`{"Statement":[`, 40) + strings.Repeat(`]}`, 40),
	`{"Statement":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`,
}

// ask puts every question to a document.
func ask(d iampolicy.Document) {
	d.AllowsPublic()
	d.CrossAccount(own)
	d.Accounts()
	d.FullAdmin()
	d.ServiceWildcards()
	d.WildcardActions()
	d.WildcardResources()
	d.AllowNotAction()
	d.AllowNotResource()
	d.AllowNotPrincipal()
	d.DenyAll()
	d.ConfusedDeputy()
	d.UnpinnedFederation()
	d.DeniesInsecureTransport("s3:*")
	d.DeniesTLSBelow(1.2, "arn:aws:s3:::b")
	d.VacuousConditions()
	d.Variables()
	d.DelegatesToAccount(own, "kms:*")
	iampolicy.FindEscalations(d)
	for _, kind := range iampolicy.Kinds() {
		d.Check(kind)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, problems := iampolicy.Parse(text)
		ask(d)
		require.LessOrEqual(t, len(problems), 101)
		for _, p := range problems {
			require.NotEmpty(t, p.Rule)
			require.NotEmpty(t, p.Expected)
			require.NotContains(t, p.Value, "\n")
		}
		if len(problems) > 0 {
			return
		}
		rendered, err := d.Render()
		require.NoError(t, err)
		require.LessOrEqual(t, iampolicy.Size(rendered), len(rendered))
		again, problems := iampolicy.Parse(rendered)
		require.NoError(t, iampolicy.Err(problems))
		require.Equal(t, d.Canonical(), again)
		twice, err := again.Render()
		require.NoError(t, err)
		require.Equal(t, rendered, twice)

		// A document that was decoded before is the same.
		var value any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		require.NoError(t, decoder.Decode(&value))
		decoded, problems := iampolicy.ParseValue(value)
		require.NoError(t, iampolicy.Err(problems))
		require.Equal(t, d.Canonical(), decoded.Canonical())
	})
}

// What is certain without knowing a key stays so whatever its value. A denial of everything denies everything.
func FuzzEvaluate(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		data := make([]byte, 120)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := dice{data: data}
		caller, _ := iampolicy.CallerOf(d.pick(user, role, session, federated, own, other, stranger, "sns.amazonaws.com", "*", "graph.facebook.com"))
		r := iampolicy.Request{
			Caller: caller, Action: d.pick("s3:GetObject", "s3:PutObject", "kms:Decrypt", "sts:AssumeRole"), Resource: d.pick(object, key, target, ""),
			Unknown: []string{"*"},
		}
		p := iampolicy.Policies{Identity: d.documents()}
		one, two, three := d.document(), d.document(), d.document()
		switch d.roll(4) {
		case 0:
			p.Boundary, p.Session, p.ServiceControl = &one, d.documents(), [][]iampolicy.Document{d.documents(), d.documents()}
		case 1:
			p.Resource = &two
		case 2:
			p.Resource, p.Boundary, p.Session = &two, &one, d.documents()
		case 3:
			p.Resource, p.Endpoint, p.ResourceControl = &two, &three, d.documents()
		}
		vague := iampolicy.Evaluate(r, p)
		require.NotEmpty(t, vague.Reason)
		require.Equal(t, vague, iampolicy.Evaluate(r, p))

		r.Unknown = nil
		for range 4 {
			r.Context = iampolicy.Context{}
			for _, k := range contextKeys {
				if d.roll(2) == 0 {
					r.Context[k] = d.some(contextValues...)
				}
			}
			exact := iampolicy.Evaluate(r, p)
			if exact.Decision == iampolicy.Undetermined {
				// The name of a session may be unknown too, and NotPrincipal may be unclear.
				require.Subset(t, []string{"aws:userid"}, exact.Unknown)
			}
			switch vague.Decision {
			case iampolicy.Allowed, iampolicy.ExplicitDeny:
				require.Equal(t, vague.Decision, exact.Decision, "%s; %s", vague.Reason, exact.Reason)
			case iampolicy.ImplicitDeny:
				require.Contains(t, []iampolicy.Decision{iampolicy.ImplicitDeny, iampolicy.ExplicitDeny}, exact.Decision, "%s; %s", vague.Reason, exact.Reason)
			case iampolicy.Undetermined:
			}
		}

		p.ResourceControl = append(p.ResourceControl, iampolicy.Document{Statements: []iampolicy.Statement{{
			Effect: iampolicy.Deny, Principals: iampolicy.Principals{Any: true}, Actions: []string{"*"}, Resources: []string{"*"},
		}}})
		require.Equal(t, iampolicy.ExplicitDeny, iampolicy.Evaluate(r, p).Decision)
	})
}

var (
	contextKeys   = []string{"aws:x", "aws:y", "aws:PrincipalTag/team"}
	contextValues = []string{"red", "blue", "10", "10.0.0.1", "true", "2026-01-31", "*", "arn:aws:sns:eu-west-1:123456789012:t"}
)

// dice make choices of bytes; without more bytes, the first one.
type dice struct{ data []byte }

func (d *dice) roll(sides int) int {
	if len(d.data) == 0 {
		return 0
	}
	n := int(d.data[0]) % sides
	d.data = d.data[1:]
	return n
}

func (d *dice) pick(from ...string) string { return from[d.roll(len(from))] }

// some are up to two of them.
func (d *dice) some(from ...string) []string {
	var out []string
	for range d.roll(3) {
		out = append(out, d.pick(from...))
	}
	return out
}

func (d *dice) documents() []iampolicy.Document {
	var out []iampolicy.Document
	for range d.roll(3) {
		out = append(out, d.document())
	}
	return out
}

func (d *dice) document() iampolicy.Document {
	out := iampolicy.Document{Version: d.pick(iampolicy.Version2012, iampolicy.Version2012, iampolicy.Version2008)}
	for range 1 + d.roll(3) {
		out.Statements = append(out.Statements, d.statement())
	}
	return out
}

func (d *dice) statement() iampolicy.Statement {
	s := iampolicy.Statement{Effect: iampolicy.Effect(d.pick("Allow", "Allow", "Deny"))}
	principals := iampolicy.Principals{
		AWS: d.some(user, role, session, own, other, stranger, "*", "AROAEXAMPLEID12345678"), Service: d.some("sns.amazonaws.com"), Federated: d.some("graph.facebook.com"),
		Any: d.roll(4) == 0,
	}
	if d.roll(6) == 0 {
		s.NotPrincipals = principals
	} else {
		s.Principals = principals
	}
	actions := append(d.some("s3:*", "s3:Get*", "kms:Decrypt", "sts:*"), d.pick("*", "s3:PutObject"))
	if d.roll(5) == 0 {
		s.NotActions = actions
	} else {
		s.Actions = actions
	}
	resources := append(d.some("*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:x}", "arn:aws:iam::*:role/*"), d.pick("*", "arn:aws:s3:::${aws:PrincipalTag/team, 'b'}/k"))
	switch d.roll(5) {
	case 0:
		s.NotResources = resources
	case 1:
	default:
		s.Resources = resources
	}
	for range d.roll(3) {
		s.Conditions = append(s.Conditions, iampolicy.Condition{
			Operator: d.pick("", "", "ForAllValues:", "ForAnyValue:") + d.pick("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringNotEqualsIgnoreCase",
				"NumericLessThan", "NumericNotEquals", "DateGreaterThan", "Bool", "IpAddress", "NotIpAddress", "ArnLike", "ArnNotLike", "Null") + d.pick("", "", "IfExists"),
			Key:    d.pick(contextKeys...),
			Values: append(d.some(contextValues...), d.pick("red", "true", "${aws:y}", "${aws:PrincipalTag/team, 'red'}", "10.0.0.0/8", "r*", "arn:aws:sns:*:*:${aws:x}")),
		})
	}
	return s
}

func TestPathologicalPatternsAreFast(t *testing.T) {
	pattern := strings.Repeat("*a", 2000)
	d := iampolicy.Document{Statements: []iampolicy.Statement{{Effect: iampolicy.Allow, Actions: []string{"s3:" + pattern}, Resources: []string{"arn:aws:s3:::" + pattern}}}}
	caller, _ := iampolicy.CallerOf(user)
	text := strings.Repeat("a", 4000) + "b"
	got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: "s3:" + text, Resource: "arn:aws:s3:::" + text}, iampolicy.Policies{Identity: []iampolicy.Document{d}})
	assert.Equal(t, iampolicy.ImplicitDeny, got.Decision)
}

// bucketPolicy is a policy of usual size.
const bucketPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "DenyInsecureTransport", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
      "Resource": ["arn:aws:s3:::acme-dev-audio", "arn:aws:s3:::acme-dev-audio/*"],
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    },
    {
      "Sid": "DenyOldTls", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
      "Resource": ["arn:aws:s3:::acme-dev-audio", "arn:aws:s3:::acme-dev-audio/*"],
      "Condition": {"NumericLessThan": {"s3:TlsVersion": 1.2}}
    },
    {
      "Sid": "DenyOtherKey", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-dev-audio/*",
      "Condition": {
        "Null": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "false"},
        "StringNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
      }
    },
    {
      "Sid": "LogDelivery", "Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"},
      "Action": ["s3:GetBucketAcl", "s3:ListBucket"], "Resource": "arn:aws:s3:::acme-dev-audio",
      "Condition": {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": {"aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*"}
      }
    }
  ]
}`

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(bucketPolicy)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := iampolicy.Parse(bucketPolicy); problems != nil {
			b.Fatal(problems)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	d := parse(b, bucketPolicy)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Render(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuestions(b *testing.B) {
	d := parse(b, bucketPolicy)
	b.ReportAllocs()
	for b.Loop() {
		ask(d)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	d := parse(b, bucketPolicy)
	caller, _ := iampolicy.CallerOf("delivery.logs.amazonaws.com")
	r := iampolicy.Request{
		Caller: caller, Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme-dev-audio",
		Context: iampolicy.Context{
			"aws:SourceAccount": {own}, "aws:SourceArn": {"arn:aws:logs:eu-west-1:123456789012:delivery-source:x"}, "aws:SecureTransport": {"true"}, "s3:TlsVersion": {"1.3"},
		},
	}
	b.ReportAllocs()
	for b.Loop() {
		if got := iampolicy.Evaluate(r, iampolicy.Policies{Resource: &d}); got.Decision != iampolicy.Allowed {
			b.Fatal(got.Reason)
		}
	}
}
