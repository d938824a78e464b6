package iampolicy_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func ids(found []iampolicy.EscalationFinding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.ID)
	}
	return out
}

// Every escalation is found by its actions, and not without any one of them.
func TestEveryEscalation(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range iampolicy.Escalations() {
		t.Run(e.ID, func(t *testing.T) {
			assert.False(t, seen[e.ID], "the id is there twice")
			seen[e.ID] = true
			assert.NotEmpty(t, e.Explanation)
			allow := func(actions []string) iampolicy.Document {
				return iampolicy.Document{Statements: []iampolicy.Statement{{Effect: iampolicy.Allow, Actions: actions, Resources: []string{"*"}}}}
			}
			_, problems := iampolicy.ParseAs(iampolicy.ManagedPolicy, render(t, allow(e.Actions)))
			require.NoError(t, iampolicy.Err(problems))
			assert.Contains(t, ids(iampolicy.FindEscalations(allow(e.Actions))), e.ID)
			for i := range e.Actions {
				rest := slices.Delete(slices.Clone(e.Actions), i, i+1)
				assert.NotContains(t, ids(iampolicy.FindEscalations(allow(rest))), e.ID)
			}
		})
	}
}

func render(t *testing.T, d iampolicy.Document) string {
	t.Helper()
	text, err := d.Render()
	require.NoError(t, err)
	return text
}

func TestAdminEscalatesEveryWay(t *testing.T) {
	all := len(iampolicy.Escalations())
	assert.Len(t, iampolicy.FindEscalations(document(t, allow)), all)
	assert.Len(t, iampolicy.FindEscalations(document(t, `{"Effect":"Allow","NotAction":"s3:*","NotResource":"arn:aws:s3:::b"}`)), all)
	assert.Empty(t, iampolicy.FindEscalations(document(t, allow+","+deny)))
	assert.Empty(t, iampolicy.FindEscalations(document(t, deny)))
	assert.Empty(t, iampolicy.FindEscalations())
}

func TestFindEscalations(t *testing.T) {
	passTo := func(condition string) string {
		return `{"Effect":"Allow","Action":["iam:PassRole","ec2:RunInstances","ecs:RunTask"],"Resource":"*","Condition":{` + condition + `}}`
	}
	for name, test := range map[string]struct {
		statements string
		want       []string
	}{
		"named role":                 {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"arn:aws:iam::123456789012:role/app"}`, nil},
		"roles with a prefix":        {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"arn:aws:iam::123456789012:role/app-*"}`, nil},
		"roles of an account":        {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"arn:aws:iam::123456789012:role/*"}`, []string{"iam-put-role-policy"}},
		"everything of an account":   {`{"Effect":"Allow","Action":"iam:PutRole*","Resource":"arn:aws:iam::123456789012:*"}`, []string{"iam-put-role-policy", "iam-put-role-boundary"}},
		"broken off":                 {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"arn:aws:iam::*"}`, []string{"iam-put-role-policy"}},
		"another service":            {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"arn:aws:s3:::*"}`, nil},
		"users":                      {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"arn:aws:iam::123456789012:user/*"}`, nil},
		"roles of any account":       {`{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/*"}`, []string{"sts-assume-role"}},
		"a role of any account":      {`{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/reader"}`, nil},
		"all but a user":             {`{"Effect":"Allow","Action":"iam:CreateAccessKey","NotResource":"arn:aws:iam::123456789012:user/root"}`, []string{"iam-create-access-key"}},
		"all but users":              {`{"Effect":"Allow","Action":"iam:CreateAccessKey","NotResource":"arn:aws:iam::*:user/*"}`, nil},
		"one's own keys":             {`{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"arn:aws:iam::*:user/${aws:username}"}`, nil},
		"one's own policies":         {`{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"arn:aws:iam::*:user/${aws:username}"}`, []string{"iam-put-user-policy"}},
		"with a boundary":            {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*","Condition":{"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::123456789012:policy/b"}}}`, nil},
		"with a boundary, if any":    {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*","Condition":{"StringEqualsIfExists":{"iam:PermissionsBoundary":"arn:aws:iam::123456789012:policy/b"}}}`, []string{"iam-put-role-policy"}},
		"denied without a boundary":  {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"iam:PermissionsBoundary":"arn:aws:iam::123456789012:policy/b"}}}`, nil},
		"tagged":                     {`{"Effect":"Allow","Action":"ssm:SendCommand","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}}`, nil},
		"named policy":               {`{"Effect":"Allow","Action":"iam:AttachRolePolicy","Resource":"*","Condition":{"ArnEquals":{"iam:PolicyARN":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}}`, nil},
		"any policy of AWS":          {`{"Effect":"Allow","Action":"iam:AttachRolePolicy","Resource":"*","Condition":{"ArnLike":{"iam:PolicyARN":"arn:aws:iam::aws:policy/*"}}}`, []string{"iam-attach-role-policy"}},
		"with a second factor":       {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}`, []string{"iam-put-role-policy"}},
		"denied for all roles":       {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"},{"Effect":"Deny","Action":"iam:Put*","Resource":"arn:aws:iam::123456789012:role/*"}`, nil},
		"denied for a role":          {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"},{"Effect":"Deny","Action":"iam:Put*","Resource":"arn:aws:iam::123456789012:role/admin"}`, []string{"iam-put-role-policy"}},
		"denied for all but a role":  {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"},{"Effect":"Deny","Action":"iam:Put*","NotResource":"arn:aws:iam::123456789012:role/app"}`, nil},
		"denied all but reading":     {`{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","NotAction":"iam:Get*","Resource":"*"}`, nil},
		"denied without the factor":  {`{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}`, []string{"iam-put-role-policy"}},
		"two documents' statements":  {`{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"},{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"arn:aws:ec2:eu-west-1:123456789012:instance/i-1"}`, []string{"pass-role-ec2"}},
		"named role passed":          {`{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/app"},{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*"}`, nil},
		"passed to any service":      {passTo(`"Bool":{"aws:SecureTransport":"true"}`), []string{"pass-role-ec2", "pass-role-ecs-run-task"}},
		"passed to a service":        {passTo(`"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}`), []string{"pass-role-ecs-run-task"}},
		"passed to a service, like":  {passTo(`"StringLike":{"iam:PassedToService":["ecs*.amazonaws.com","s3.amazonaws.com"]}`), []string{"pass-role-ecs-run-task"}},
		"passed to all but one":      {passTo(`"StringNotEquals":{"iam:PassedToService":"ec2.amazonaws.com"}`), []string{"pass-role-ecs-run-task"}},
		"denied to pass to others":   {passTo(`"Bool":{"aws:SecureTransport":"true"}`) + `,{"Effect":"Deny","Action":"iam:PassRole","Resource":"*","Condition":{"StringNotEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}}`, []string{"pass-role-ecs-run-task"}},
		"second action denied":       {`{"Effect":"Allow","Action":["iam:PassRole","ec2:RunInstances"],"Resource":"*"},{"Effect":"Deny","Action":"ec2:Run*","Resource":"*"}`, nil},
		"second action half denied":  {`{"Effect":"Allow","Action":["iam:PassRole","ec2:RunInstances"],"Resource":"*"},{"Effect":"Deny","Action":"ec2:Run*","Resource":"arn:aws:ec2:us-east-1:*:*"}`, []string{"pass-role-ec2"}},
		"functions by wildcard":      {`{"Effect":"Allow","Action":"lambda:Update*","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:*"}`, []string{"lambda-update-function-code", "lambda-update-function-configuration"}},
		"functions of a team":        {`{"Effect":"Allow","Action":"lambda:Update*","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:red-*"}`, nil},
		"a policy of the resource's": {`{"Effect":"Allow","Action":"lambda:UpdateFunctionCode"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, ids(iampolicy.FindEscalations(document(t, test.statements))))
		})
	}
}

func TestEscalationTellsWho(t *testing.T) {
	one := document(t, `{"Sid":"Pass","Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/team":"red"}}}`)
	other := document(t, silent+`,{"Sid":"Ecs","Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"ArnEquals":{"ecs:cluster":"arn:aws:ecs:eu-west-1:123456789012:cluster/c"}}},{"Effect":"Allow","Action":"ecs:RunTask","Resource":"*"}`)
	found := iampolicy.FindEscalations(one, other)
	i := slices.Index(ids(found), "pass-role-ecs-run-task")
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, []iampolicy.EscalationGrant{
		{Action: "iam:PassRole", Document: 0, Statement: 0, Sid: "Pass"},
		{Action: "ecs:RunTask", Document: 1, Statement: 2},
	}, found[i].Grants)
	assert.True(t, found[i].Conditional)
	assert.Equal(t, []string{"iam:PassRole", "ecs:RunTask"}, found[i].Actions)

	found = iampolicy.FindEscalations(document(t, `{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"}`))
	require.Len(t, found, 1)
	assert.False(t, found[0].Conditional)
}
