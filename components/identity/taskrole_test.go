package identity_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

func TestTaskRoleConforms(t *testing.T) {
	grants := func(b *storage.Bucket) []identity.Grant {
		return []identity.Grant{b.ReadWrite("uploads/"), b.Delete("uploads/")}
	}
	own := func(change func(*identity.Statement)) pulumi.RunFunc {
		s := identity.Statement{Sid: "Orders", Actions: []string{"sqs:SendMessage"}, ResourceArns: strs(someQueue)}
		change(&s)
		return with(func(a *identity.TaskRoleArgs) { a.Statements = []identity.Statement{s} })
	}
	componenttest.Conform(t, componenttest.Case{
		Token: identity.TaskRoleType, Golden: "task-role", Args: identity.TaskRoleArgs{}, Component: identity.TaskRole{},
		Minimal: with(func(*identity.TaskRoleArgs) {}),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := identity.NewTaskRole(ctx, "api", nil)
			return err
		},
		Unknown: func(ctx *pulumi.Context) error {
			_, err := identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
				Labels: labels, PermissionsBoundaryArn: componenttest.UnknownString(),
				Statements: []identity.Statement{{
					Actions: []string{"sqs:SendMessage"}, ResourceArns: pulumi.StringArray{componenttest.UnknownString()},
					Conditions: []identity.Condition{{
						Operator: identity.Bool, Key: "aws:SecureTransport", Values: pulumi.StringArray{componenttest.UnknownString()},
					}},
				}},
			})
			return err
		},
		Variants: map[string]pulumi.RunFunc{
			"grants": taskRole(grants),
			"everything": taskRole(grants, func(a *identity.TaskRoleArgs) {
				a.RoleName = "audio-api"
				a.PermissionsBoundaryArn = pulumi.String(someBoundary)
				a.Statements = []identity.Statement{
					{
						Sid: "Orders", Actions: []string{"sqs:SendMessage"}, ResourceArns: strs(someQueue),
						Conditions: []identity.Condition{
							{Operator: identity.Bool, Key: "aws:SecureTransport", Values: strs("true")},
						},
					},
					{Actions: []string{"xray:PutTraceSegments"}},
					{
						Sid: "Shared", Actions: []string{"sns:Publish"}, ResourceAccountId: "210987654321",
						ResourceArns: strs("arn:aws:sns:eu-west-1:210987654321:acme-*"),
					},
				}
			}),
		},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: func(ctx *pulumi.Context) error {
				_, err := identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
					RoleName: "arn:aws:iam::123456789012:role/x", PermissionsBoundaryArn: pulumi.String("boundary"),
					Grants:     []identity.Grant{{}},
					Statements: []identity.Statement{{}},
				})
				return err
			}, Problems: []string{
				"labels.project: label-required", "labels.environment: label-required", "labels.owner: label-required",
				"labels.costCenter: label-required", "labels.repository: label-required", "labels.dataClass: label-required",
				"roleName: role-name", "permissionsBoundaryArn: permissions-boundary", "grants[0]: grant",
				"statements[0].actions: required",
			}},
			{Name: "a name too long", Program: with(func(a *identity.TaskRoleArgs) {
				a.RoleName = "a-name-of-sixty-five-characters-which-is-one-more-than-iam-accepts"
			}), Problems: []string{"roleName: role-name"}},
			{Name: "a boundary that is a role", Program: with(func(a *identity.TaskRoleArgs) {
				a.PermissionsBoundaryArn = pulumi.String("arn:aws:iam::123456789012:role/x")
			}), Problems: []string{"permissionsBoundaryArn: permissions-boundary"}},
			{
				Name: "all actions of a service", Program: own(func(s *identity.Statement) { s.Actions = []string{"sqs:*"} }),
				Problems: []string{"statements[0].actions[0]: action-wildcard"},
			},
			{Name: "everything", Program: own(func(s *identity.Statement) {
				s.Actions, s.ResourceArns = []string{"*"}, strs("*")
			}), Problems: []string{"statements[0].actions[0]: action-wildcard"}},
			{
				Name: "an action without a service", Program: own(func(s *identity.Statement) { s.Actions = []string{"SendMessage"} }),
				Problems: []string{"statements[0].actions[0]: action-form"},
			},
			{
				Name: "an action that AWS does not have", Program: own(func(s *identity.Statement) { s.Actions = []string{"sqs:SendMessages"} }),
				Problems: []string{"statements[0].actions[0]: policy-unknown-action"},
			},
			{Name: "an action twice", Program: own(func(s *identity.Statement) {
				s.Actions = []string{"sqs:SendMessage", "sqs:SendMessage"}
			}), Problems: []string{"statements[0].actions[1]: duplicate"}},
			{Name: "IAM", Program: own(func(s *identity.Statement) {
				s.Actions, s.ResourceArns = []string{"iam:PassRole", "sts:AssumeRole"}, strs("arn:aws:iam::123456789012:role/x")
			}), Problems: []string{"statements[0].actions[0]: statement-escalation", "statements[0].actions[1]: statement-escalation"}},
			{
				Name: "no resource", Program: own(func(s *identity.Statement) { s.ResourceArns = nil }),
				Problems: []string{"statements[0].resourceArns: statement-resource"},
			},
			{
				Name: "an empty list of resources", Program: own(func(s *identity.Statement) { s.ResourceArns = pulumi.StringArray{} }),
				Problems: []string{"statements[0].resourceArns: statement-resource"},
			},
			{Name: "resources that reach too far", Program: own(func(s *identity.Statement) {
				s.ResourceArns = strs("*", "arn:aws:sqs:*:123456789012:orders", "arn:aws:sqs:eu-west-1:123456789012:*",
					"arn:aws:sqs:eu-west-1:123456789012:${aws:PrincipalTag/Queue}", "orders")
			}), Problems: []string{
				"statements[0].resourceArns[0]: statement-resource", "statements[0].resourceArns[1]: statement-resource",
				"statements[0].resourceArns[2]: statement-resource", "statements[0].resourceArns[3]: statement-resource",
				"statements[0].resourceArns[4]: statement-resource",
			}},
			{Name: "every table", Program: own(func(s *identity.Statement) {
				s.Actions, s.ResourceArns = []string{"dynamodb:GetItem"}, strs("arn:aws:dynamodb:eu-west-1:123456789012:table/*")
			}), Problems: []string{"statements[0].resourceArns[0]: statement-resource"}},
			{Name: "buckets of strangers", Program: own(func(s *identity.Statement) {
				s.Actions, s.ResourceArns = []string{"s3:GetObject"}, strs("arn:aws:s3:::acme*/x", "arn:aws:s3:::acme-*")
			}), Problems: []string{
				"statements[0].resourceArns[0]: statement-resource", "statements[0].resourceArns[1]: statement-resource",
			}},
			{Name: "a bad condition", Program: own(func(s *identity.Statement) {
				s.Conditions = []identity.Condition{
					{},
					{Operator: "StringIs", Key: "aws:SourceVpc", Values: strs("vpc-1")},
					{Operator: identity.StringEquals, Key: "aws:SourceVpc", Values: pulumi.StringArray{}},
					{Operator: identity.StringEquals, Key: "AWS:sourcevpc", Values: strs("vpc-1")},
				}
			}), Problems: []string{
				"statements[0].conditions[0].operator: required", "statements[0].conditions[0].key: required",
				"statements[0].conditions[0].values: required", "statements[0].conditions[1].operator: not-supported",
				"statements[0].conditions[2].values: required", "statements[0].conditions[3]: duplicate",
			}},
			{Name: "a condition key that the action does not know", Program: own(func(s *identity.Statement) {
				s.Conditions = []identity.Condition{{Operator: identity.StringEquals, Key: "s3:prefix", Values: strs("x")}}
			}), Problems: []string{"statements[0].conditions[0]: policy-condition-key"}},
			{
				Name: "sid and account", Program: own(func(s *identity.Statement) { s.Sid, s.ResourceAccountId = "send orders", "1234" }),
				Problems: []string{"statements[0].sid: policy-sid", "statements[0].resourceAccountId: account-id"},
			},
		},
	})
}
