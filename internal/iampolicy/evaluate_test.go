package iampolicy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

const (
	user      = "arn:aws:iam::123456789012:user/bob"
	role      = "arn:aws:iam::123456789012:role/reader"
	session   = "arn:aws:sts::123456789012:assumed-role/reader/bob"
	federated = "arn:aws:sts::123456789012:federated-user/bob"
	stranger  = "arn:aws:iam::210987654321:role/reader"
	object    = "arn:aws:s3:::b/k"
	key       = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	target    = "arn:aws:iam::123456789012:role/target"
)

// policies are statements by the type of policy they are in. "none" stands for a document that says nothing on the matter.
type policies struct {
	identity, resource, boundary, session, endpoint, rcp string
	scp                                                  [][]string
}

const (
	allow = `{"Sid":"Yes","Effect":"Allow","Action":"*","Resource":"*"}`
	deny  = `{"Sid":"No","Effect":"Deny","Action":"*","Resource":"*"}`
	// silent is about something else.
	silent = `{"Sid":"Other","Effect":"Allow","Action":"ec2:RunInstances","Resource":"*"}`
)

// grantTo allows everything to principals of a resource's policy.
func grantTo(principal string) string {
	return `{"Sid":"Grant","Effect":"Allow","Principal":` + principal + `,"Action":"*","Resource":"*"}`
}

func byARN(arn string) string { return `{"AWS":"` + arn + `"}` }

func (p policies) build(t *testing.T) iampolicy.Policies {
	t.Helper()
	one := func(statements string) *iampolicy.Document {
		if statements == "" {
			return nil
		}
		d := document(t, statements)
		return &d
	}
	several := func(statements string) []iampolicy.Document {
		if d := one(statements); d != nil {
			return []iampolicy.Document{document(t, silent), *d}
		}
		return nil
	}
	out := iampolicy.Policies{
		Identity: several(p.identity), Resource: one(p.resource), Boundary: one(p.boundary), Session: several(p.session),
		Endpoint: one(p.endpoint), ResourceControl: several(p.rcp),
	}
	for _, level := range p.scp {
		var documents []iampolicy.Document
		for _, d := range level {
			documents = append(documents, document(t, d))
		}
		out.ServiceControl = append(out.ServiceControl, documents)
	}
	return out
}

// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
func TestEvaluate(t *testing.T) {
	type want struct {
		decision iampolicy.Decision
		by       iampolicy.PolicyType
	}
	allowed := func(by iampolicy.PolicyType) want { return want{iampolicy.Allowed, by} }
	denied := func(by iampolicy.PolicyType) want { return want{iampolicy.ExplicitDeny, by} }
	refused := func(by iampolicy.PolicyType) want { return want{iampolicy.ImplicitDeny, by} }

	for name, test := range map[string]struct {
		caller   string
		policies policies
		want     want
	}{
		"nothing":                           {user, policies{}, refused(iampolicy.IdentityType)},
		"other policies":                    {user, policies{identity: silent, resource: `{"Effect":"Allow","Principal":"*","Action":"ec2:*","Resource":"*"}`}, refused(iampolicy.IdentityType)},
		"identity":                          {user, policies{identity: allow}, allowed(iampolicy.IdentityType)},
		"identity, denied by itself":        {user, policies{identity: allow + "," + deny}, denied(iampolicy.IdentityType)},
		"identity, denied by the resource":  {user, policies{identity: allow, resource: `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceType)},
		"denied to another":                 {user, policies{identity: allow, resource: `{"Effect":"Deny","Principal":` + byARN(role) + `,"Action":"*","Resource":"*"}`}, allowed(iampolicy.IdentityType)},
		"denied to the account":             {user, policies{identity: allow, resource: `{"Effect":"Deny","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceType)},
		"denied to the role of the session": {session, policies{identity: allow, resource: `{"Effect":"Deny","Principal":` + byARN(role) + `,"Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceType)},

		"boundary without grant":   {user, policies{boundary: allow}, refused(iampolicy.IdentityType)},
		"identity within boundary": {user, policies{identity: allow, boundary: allow}, allowed(iampolicy.IdentityType)},
		"identity out of bounds":   {user, policies{identity: allow, boundary: silent}, refused(iampolicy.BoundaryType)},
		"denied by the boundary":   {user, policies{identity: allow, boundary: allow + "," + deny}, denied(iampolicy.BoundaryType)},
		"identity within session":  {session, policies{identity: allow, session: allow}, allowed(iampolicy.IdentityType)},
		"identity out of session":  {session, policies{identity: allow, session: silent}, refused(iampolicy.SessionType)},
		"denied by the session":    {session, policies{identity: allow, session: deny}, denied(iampolicy.SessionType)},
		"session without grant":    {session, policies{session: allow}, refused(iampolicy.IdentityType)},
		"session has no say":       {user, policies{identity: allow, session: silent + "," + deny}, allowed(iampolicy.IdentityType)},

		"user by name":                        {user, policies{resource: grantTo(byARN(user))}, allowed(iampolicy.ResourceType)},
		"user by name, out of bounds":         {user, policies{resource: grantTo(byARN(user)), boundary: silent}, allowed(iampolicy.ResourceType)},
		"user by account":                     {user, policies{resource: grantTo(`{"AWS":"123456789012"}`)}, refused(iampolicy.IdentityType)},
		"role by name":                        {session, policies{resource: grantTo(byARN(role))}, allowed(iampolicy.ResourceType)},
		"role by name, path unknown":          {session, policies{resource: grantTo(byARN("arn:aws:iam::123456789012:role/path/reader"))}, allowed(iampolicy.ResourceType)},
		"role by name, out of bounds":         {session, policies{resource: grantTo(byARN(role)), boundary: silent}, refused(iampolicy.BoundaryType)},
		"role by name, out of session":        {session, policies{resource: grantTo(byARN(role)), session: silent}, refused(iampolicy.SessionType)},
		"session by name":                     {session, policies{resource: grantTo(byARN(session))}, allowed(iampolicy.ResourceType)},
		"session by name, out of all limits":  {session, policies{resource: grantTo(byARN(session)), boundary: silent, session: silent}, allowed(iampolicy.ResourceType)},
		"another session by name":             {session, policies{resource: grantTo(byARN(session + "x"))}, refused(iampolicy.IdentityType)},
		"everybody":                           {user, policies{resource: grantTo(`"*"`)}, allowed(iampolicy.ResourceType)},
		"everybody, out of all limits":        {session, policies{resource: grantTo(`{"AWS":"*"}`), boundary: silent, session: silent}, allowed(iampolicy.ResourceType)},
		"everybody, denied by the identity":   {user, policies{identity: deny, resource: grantTo(`"*"`)}, denied(iampolicy.IdentityType)},
		"role of the same name elsewhere":     {session, policies{resource: grantTo(byARN(stranger))}, refused(iampolicy.IdentityType)},
		"user of the same name as a role":     {user, policies{resource: grantTo(byARN("arn:aws:iam::123456789012:role/bob"))}, refused(iampolicy.IdentityType)},
		"federated user":                      {federated, policies{identity: allow, session: allow}, allowed(iampolicy.IdentityType)},
		"federated user without session":      {federated, policies{identity: allow}, refused(iampolicy.SessionType)},
		"federated user by name":              {federated, policies{resource: grantTo(byARN(federated))}, allowed(iampolicy.ResourceType)},
		"federated user by user":              {federated, policies{resource: grantTo(byARN(user)), session: allow}, allowed(iampolicy.ResourceType)},
		"federated user by user, no session":  {federated, policies{resource: grantTo(byARN(user))}, refused(iampolicy.SessionType)},
		"root user":                           {own, policies{}, allowed(iampolicy.IdentityType)},
		"root user, denied by the resource":   {own, policies{resource: `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceType)},
		"root user, denied by organization":   {own, policies{scp: [][]string{{allow, deny}}}, denied(iampolicy.ServiceControlType)},
		"root user, limited by organization":  {own, policies{scp: [][]string{{silent}}}, refused(iampolicy.ServiceControlType)},
		"organization":                        {user, policies{identity: allow, scp: [][]string{{allow}, {silent, allow}}}, allowed(iampolicy.IdentityType)},
		"organization, a level is silent":     {user, policies{identity: allow, scp: [][]string{{allow}, {silent}, {allow}}}, refused(iampolicy.ServiceControlType)},
		"organization alone":                  {user, policies{scp: [][]string{{allow}}}, refused(iampolicy.IdentityType)},
		"organization against the resource":   {user, policies{resource: grantTo(`"*"`), scp: [][]string{{silent}}}, refused(iampolicy.ServiceControlType)},
		"organization of the resource denies": {user, policies{identity: allow, rcp: `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceControlType)},
		"endpoint":                            {user, policies{identity: allow, endpoint: grantTo(`"*"`)}, allowed(iampolicy.IdentityType)},
		"endpoint for others":                 {user, policies{identity: allow, endpoint: grantTo(byARN(role))}, refused(iampolicy.EndpointType)},
		"endpoint denies":                     {user, policies{identity: allow, endpoint: `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`}, denied(iampolicy.EndpointType)},

		"other account, both":                 {stranger, policies{identity: allow, resource: grantTo(byARN(stranger))}, allowed(iampolicy.ResourceType)},
		"other account by account":            {stranger, policies{identity: allow, resource: grantTo(`{"AWS":"210987654321"}`)}, allowed(iampolicy.ResourceType)},
		"other account, everybody":            {stranger, policies{identity: allow, resource: grantTo(`"*"`)}, allowed(iampolicy.ResourceType)},
		"other account, identity alone":       {stranger, policies{identity: allow}, refused(iampolicy.ResourceType)},
		"other account, resource alone":       {stranger, policies{resource: grantTo(byARN(stranger))}, refused(iampolicy.IdentityType)},
		"other account, everybody alone":      {stranger, policies{resource: grantTo(`"*"`)}, refused(iampolicy.IdentityType)},
		"other account, out of bounds":        {stranger, policies{identity: allow, boundary: silent, resource: grantTo(byARN(stranger))}, refused(iampolicy.BoundaryType)},
		"other account, root user":            {other, policies{resource: grantTo(`{"AWS":"210987654321"}`)}, allowed(iampolicy.ResourceType)},
		"other account, root user not named":  {other, policies{resource: grantTo(byARN(stranger))}, refused(iampolicy.ResourceType)},
		"other account, denied by the own":    {stranger, policies{identity: deny, resource: grantTo(`"*"`)}, denied(iampolicy.IdentityType)},
		"service by name":                     {"cloudtrail.amazonaws.com", policies{resource: grantTo(`{"Service":"cloudtrail.amazonaws.com"}`)}, allowed(iampolicy.ResourceType)},
		"another service":                     {"cloudtrail.amazonaws.com", policies{resource: grantTo(`{"Service":"sns.amazonaws.com"}`)}, refused(iampolicy.ResourceType)},
		"service outside of the organization": {"cloudtrail.amazonaws.com", policies{resource: grantTo(`{"Service":"cloudtrail.amazonaws.com"}`), scp: [][]string{{deny}}, identity: deny}, allowed(iampolicy.ResourceType)},
		"service denied with everybody":       {"cloudtrail.amazonaws.com", policies{resource: grantTo(`{"Service":"cloudtrail.amazonaws.com"}`) + `,{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceType)},
		"anonymous":                           {"*", policies{resource: grantTo(`"*"`)}, allowed(iampolicy.ResourceType)},
		"anonymous is no account":             {"*", policies{identity: allow, resource: grantTo(`{"AWS":["123456789012","arn:aws:iam::123456789012:user/bob"]}`)}, refused(iampolicy.ResourceType)},

		"everybody but others":               {user, policies{resource: `{"Effect":"Allow","NotPrincipal":` + byARN(role) + `,"Action":"*","Resource":"*"}`}, allowed(iampolicy.ResourceType)},
		"everybody but the user":             {user, policies{resource: `{"Effect":"Allow","NotPrincipal":{"AWS":["arn:aws:iam::123456789012:user/bob","123456789012"]},"Action":"*","Resource":"*"}`}, refused(iampolicy.IdentityType)},
		"denied to all but others":           {user, policies{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":` + byARN(role) + `,"Action":"*","Resource":"*"}`}, denied(iampolicy.ResourceType)},
		"denied to all but user and account": {user, policies{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::123456789012:user/bob","arn:aws:iam::123456789012:root"]},"Action":"*","Resource":"*"}`}, allowed(iampolicy.IdentityType)},
		"denied to all but the role":         {session, policies{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::123456789012:role/reader","arn:aws:iam::123456789012:root"]},"Action":"*","Resource":"*"}`}, allowed(iampolicy.IdentityType)},
		"denied to all but a service":        {"sns.amazonaws.com", policies{resource: grantTo(`{"Service":"sns.amazonaws.com"}`) + `,{"Effect":"Deny","NotPrincipal":{"Service":"sns.amazonaws.com"},"Action":"*","Resource":"*"}`}, allowed(iampolicy.ResourceType)},
		// Whether the account has to be named depends on the service.
		"denied to all but the user": {user, policies{identity: allow, resource: `{"Effect":"Deny","NotPrincipal":` + byARN(user) + `,"Action":"*","Resource":"*"}`}, want{iampolicy.Undetermined, iampolicy.ResourceType}},

		"other action":        {user, policies{identity: `{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}`}, refused(iampolicy.IdentityType)},
		"action by case":      {user, policies{identity: `{"Effect":"Allow","Action":"S3:getobject","Resource":"*"}`}, allowed(iampolicy.IdentityType)},
		"all but an action":   {user, policies{identity: `{"Effect":"Allow","NotAction":"s3:Get*","Resource":"*"}`}, refused(iampolicy.IdentityType)},
		"all but another":     {user, policies{identity: `{"Effect":"Allow","NotAction":"s3:Put*","Resource":"*"}`}, allowed(iampolicy.IdentityType)},
		"other resource":      {user, policies{identity: `{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"}`}, refused(iampolicy.IdentityType)},
		"all but a resource":  {user, policies{identity: `{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::b/*"}`}, refused(iampolicy.IdentityType)},
		"wildcards in a part": {user, policies{identity: `{"Effect":"Allow","Action":"s3:*","Resource":"arn:*:s3:::?/*"}`}, allowed(iampolicy.IdentityType)},
	} {
		t.Run(name, func(t *testing.T) {
			caller, ok := iampolicy.CallerOf(test.caller)
			require.True(t, ok)
			r := iampolicy.Request{Caller: caller, Action: "s3:GetObject", Resource: object, ResourceAccount: own}
			got := iampolicy.Evaluate(r, test.policies.build(t))
			assert.Equal(t, test.want, want{got.Decision, got.Type}, got.Reason)
			assert.NotEmpty(t, got.Reason)
		})
	}
}

// Identity policies alone have no effect on a key.
// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
func TestEvaluateKey(t *testing.T) {
	for name, test := range map[string]struct {
		caller   string
		policies policies
		want     iampolicy.Decision
	}{
		"identity alone":               {user, policies{identity: allow, resource: grantTo(byARN(role))}, iampolicy.ImplicitDeny},
		"account alone":                {user, policies{resource: grantTo(`{"AWS":"123456789012"}`)}, iampolicy.ImplicitDeny},
		"account and identity":         {user, policies{identity: allow, resource: grantTo(byARN("arn:aws:iam::123456789012:root"))}, iampolicy.Allowed},
		"account, out of bounds":       {user, policies{identity: allow, boundary: silent, resource: grantTo(`{"AWS":"123456789012"}`)}, iampolicy.ImplicitDeny},
		"by name":                      {user, policies{resource: grantTo(byARN(user))}, iampolicy.Allowed},
		"role by name, out of bounds":  {session, policies{resource: grantTo(byARN(role)), boundary: silent}, iampolicy.ImplicitDeny},
		"root user":                    {own, policies{resource: grantTo(`{"AWS":"123456789012"}`)}, iampolicy.Allowed},
		"root user not named":          {own, policies{resource: grantTo(byARN(role))}, iampolicy.ImplicitDeny},
		"other account, both":          {stranger, policies{identity: allow, resource: grantTo(`{"AWS":"210987654321"}`)}, iampolicy.Allowed},
		"other account, key alone":     {stranger, policies{resource: grantTo(`{"AWS":"210987654321"}`)}, iampolicy.ImplicitDeny},
		"everybody through a service":  {user, policies{resource: `{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:CallerAccount":"123456789012","kms:ViaService":"s3.eu-west-1.amazonaws.com"}}}`}, iampolicy.Allowed},
		"everybody, not through it":    {user, policies{resource: `{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:CallerAccount":"123456789012","kms:ViaService":"sqs.eu-west-1.amazonaws.com"}}}`}, iampolicy.ImplicitDeny},
		"stranger through the service": {stranger, policies{identity: allow, resource: `{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:CallerAccount":"123456789012"}}}`}, iampolicy.ImplicitDeny},
		"policy not known":             {user, policies{identity: allow}, iampolicy.Undetermined},
		"policy not known, denied":     {user, policies{identity: deny}, iampolicy.ExplicitDeny},
		"policy not known, no grant":   {user, policies{}, iampolicy.Undetermined},
	} {
		t.Run(name, func(t *testing.T) {
			caller, ok := iampolicy.CallerOf(test.caller)
			require.True(t, ok)
			r := iampolicy.Request{Caller: caller, Action: "kms:Decrypt", Resource: key, Context: iampolicy.Context{"kms:ViaService": {"s3.eu-west-1.amazonaws.com"}}}
			got := iampolicy.Evaluate(r, test.policies.build(t))
			assert.Equal(t, test.want, got.Decision, got.Reason)
		})
	}
	caller, _ := iampolicy.CallerOf(user)
	got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: "kms:ListKeys"}, policies{identity: allow}.build(t))
	assert.Equal(t, iampolicy.Allowed, got.Decision, "an action that is about no key")
}

func TestDelegatesToAccount(t *testing.T) {
	d := document(t, `
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":["kms:Describe*","kms:Decrypt"],"Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/admin"},"Action":"kms:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"kms:*","Resource":"*"}`)
	assert.True(t, d.DelegatesToAccount(own, "kms:Decrypt"))
	assert.True(t, d.DelegatesToAccount(own, "kms:DescribeKey"))
	assert.False(t, d.DelegatesToAccount(own, "kms:PutKeyPolicy"))
	assert.False(t, d.DelegatesToAccount(own, "kms:*"))
	assert.True(t, d.DelegatesToAccount(other, "kms:*"))
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
func TestEvaluateTrust(t *testing.T) {
	trust := func(principal, action string) string {
		return `{"Effect":"Allow","Principal":` + principal + `,"Action":"` + action + `"}`
	}
	const github = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
	for name, test := range map[string]struct {
		caller   string
		action   string
		policies policies
		want     iampolicy.Decision
	}{
		"identity alone":           {user, "sts:AssumeRole", policies{identity: allow, resource: trust(`{"Service":"ec2.amazonaws.com"}`, "sts:AssumeRole")}, iampolicy.ImplicitDeny},
		"no trust policy":          {user, "sts:AssumeRole", policies{identity: allow}, iampolicy.ImplicitDeny},
		"account alone":            {user, "sts:AssumeRole", policies{resource: trust(`{"AWS":"123456789012"}`, "sts:AssumeRole")}, iampolicy.ImplicitDeny},
		"account and identity":     {user, "sts:AssumeRole", policies{identity: allow, resource: trust(`{"AWS":"123456789012"}`, "sts:AssumeRole")}, iampolicy.Allowed},
		"by name":                  {user, "sts:AssumeRole", policies{resource: trust(byARN(user), "sts:AssumeRole")}, iampolicy.Allowed},
		"session tags":             {user, "sts:TagSession", policies{identity: allow, resource: trust(byARN(user), "sts:AssumeRole")}, iampolicy.ImplicitDeny},
		"other account, both":      {stranger, "sts:AssumeRole", policies{identity: allow, resource: trust(byARN(stranger), "sts:AssumeRole")}, iampolicy.Allowed},
		"other account, one side":  {stranger, "sts:AssumeRole", policies{resource: trust(byARN(stranger), "sts:AssumeRole")}, iampolicy.ImplicitDeny},
		"service":                  {"ecs-tasks.amazonaws.com", "sts:AssumeRole", policies{resource: trust(`{"Service":"ecs-tasks.amazonaws.com"}`, "sts:AssumeRole")}, iampolicy.Allowed},
		"identity provider":        {github, "sts:AssumeRoleWithWebIdentity", policies{resource: trust(`{"Federated":"`+github+`"}`, "sts:AssumeRoleWithWebIdentity")}, iampolicy.Allowed},
		"another action":           {github, "sts:AssumeRoleWithWebIdentity", policies{resource: trust(`{"Federated":"`+github+`"}`, "sts:AssumeRoleWithSAML")}, iampolicy.ImplicitDeny},
		"another provider":         {"accounts.google.com", "sts:AssumeRoleWithWebIdentity", policies{resource: trust(`{"Federated":"`+github+`"}`, "sts:AssumeRoleWithWebIdentity")}, iampolicy.ImplicitDeny},
		"administration of a role": {user, "iam:DeleteRole", policies{identity: allow}, iampolicy.Allowed},
	} {
		t.Run(name, func(t *testing.T) {
			caller, ok := iampolicy.CallerOf(test.caller)
			require.True(t, ok)
			got := iampolicy.Evaluate(iampolicy.Request{Caller: caller, Action: test.action, Resource: target}, test.policies.build(t))
			assert.Equal(t, test.want, got.Decision, got.Reason)
		})
	}
}

func TestResultTellsWhy(t *testing.T) {
	caller, _ := iampolicy.CallerOf(user)
	r := iampolicy.Request{Caller: caller, Action: "s3:GetObject", Resource: object, Unknown: []string{"aws:SourceVpc"}}

	got := iampolicy.Evaluate(r, policies{identity: silent + "," + allow}.build(t))
	assert.Equal(t, iampolicy.Result{
		Decision: iampolicy.Allowed, Type: iampolicy.IdentityType, Document: 1, Statement: 1, Sid: "Yes",
		Reason: "allowed by statement Yes of the identity policy",
	}, got)

	got = iampolicy.Evaluate(r, policies{identity: allow, scp: [][]string{{allow}, {allow, `{"Effect":"Deny","Action":"s3:*","Resource":"*"}`}}}.build(t))
	assert.Equal(t, iampolicy.Result{
		Decision: iampolicy.ExplicitDeny, Type: iampolicy.ServiceControlType, Document: 2, Statement: 0,
		Reason: "denied by statement 0 of the service control policy",
	}, got)

	got = iampolicy.Evaluate(r, policies{identity: allow, resource: `{"Sid":"Vpc","Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpc":"vpc-1","aws:SourceVpce":"vpce-1"}}}`}.build(t))
	assert.Equal(t, iampolicy.Result{
		Decision: iampolicy.Undetermined, Type: iampolicy.ResourceType, Document: 0, Statement: 0, Sid: "Vpc",
		Reason: "perhaps denied by statement Vpc of the resource policy", Unknown: []string{"aws:SourceVpc"},
	}, got)

	got = iampolicy.Evaluate(r, policies{resource: `{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpc":"vpc-1"}}}`}.build(t))
	assert.Equal(t, iampolicy.Undetermined, got.Decision)
	assert.Equal(t, "perhaps allowed by statement 0 of the resource policy", got.Reason)

	// What is not known cannot change these.
	got = iampolicy.Evaluate(r, policies{resource: `{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpc":"vpc-1"}}}`}.build(t))
	assert.Equal(t, iampolicy.Result{
		Decision: iampolicy.ImplicitDeny, Type: iampolicy.IdentityType, Document: -1, Statement: -1, Reason: "no identity policy allows it",
	}, got)

	role, _ := iampolicy.CallerOf(role)
	got = iampolicy.Evaluate(iampolicy.Request{Caller: role, Action: "s3:GetObject", Resource: object}, policies{resource: grantTo(byARN(session))}.build(t))
	assert.Equal(t, iampolicy.Undetermined, got.Decision)
	assert.Equal(t, []string{"aws:userid"}, got.Unknown)
	got = iampolicy.Evaluate(iampolicy.Request{Caller: role, Action: "s3:GetObject", Resource: object}, policies{resource: grantTo(`{"AWS":["` + session + `","` + user + `","arn:aws:iam::123456789012:role/reader"]}`)}.build(t))
	assert.Equal(t, iampolicy.Allowed, got.Decision, "the role is named, whatever its session")
}

func TestCallerOf(t *testing.T) {
	for name, want := range map[string]iampolicy.Caller{
		"*":                              {Kind: iampolicy.CallerAnonymous},
		own:                              {Kind: iampolicy.CallerRoot, ARN: "arn:aws:iam::123456789012:root"},
		user:                             {Kind: iampolicy.CallerUser, ARN: user},
		role:                             {Kind: iampolicy.CallerRole, ARN: role},
		session:                          {Kind: iampolicy.CallerRole, ARN: role, Session: session},
		federated:                        {Kind: iampolicy.CallerFederatedUser, ARN: federated},
		"a.b":                            {Kind: iampolicy.CallerProvider, ARN: "a.b"},
		"www.amazon.com":                 {Kind: iampolicy.CallerProvider, ARN: "www.amazon.com"},
		"cognito-identity.amazonaws.com": {Kind: iampolicy.CallerProvider, ARN: "cognito-identity.amazonaws.com"},
		"ec2.amazonaws.com.cn":           {Kind: iampolicy.CallerService, ARN: "ec2.amazonaws.com.cn"},
		"arn:aws:iam::123456789012:saml-provider/okta": {Kind: iampolicy.CallerProvider, ARN: "arn:aws:iam::123456789012:saml-provider/okta"},
	} {
		got, ok := iampolicy.CallerOf(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got, name)
	}
	for _, name := range []string{"", "bob", "arn:", "arn:aws:s3:::b", "arn:aws:iam::1:user/bob", "arn:aws:iam::123456789012:group/g", "arn:aws:iam::123456789012:user/", "arn:aws:sts::123456789012:assumed-role/r", "*.amazonaws.com"} {
		_, ok := iampolicy.CallerOf(name)
		assert.False(t, ok, name)
	}
}
