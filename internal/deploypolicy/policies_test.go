package deploypolicy

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
)

// scope is that of a production stack.
func scope() Scope {
	return Scope{
		Account: "123456789012", Project: "acme-audio", Environment: "prod", Regions: []string{"eu-west-1"},
		Boundary: "arn:aws:iam::123456789012:policy/acme-boundary",
	}
}

// scopes are those that the policies have to be right for.
func scopes() map[string]Scope {
	wide := scope()
	wide.Regions, wide.Boundary, wide.AllowDestroy = nil, "", true
	long := scope()
	long.Project, long.Environment, long.Regions = strings.Repeat("project-", 2)+"abcdefgh", "environment-long", []string{"ap-southeast-1", "ap-southeast-2"}
	long.AllowDestroy = true
	spelt := scope()
	spelt.Project, spelt.Partition = "Acme Audio", "aws-cn"
	return map[string]Scope{"production": scope(), "everything": wide, "the longest names": long, "names with capitals": spelt}
}

// allowed decides on a need as AWS would.
func allowed(t *testing.T, policies []Policy, action, resource string, context iampolicy.Context) bool {
	t.Helper()
	caller, ok := iampolicy.CallerOf("arn:aws:sts::123456789012:assumed-role/acme-audio-prod-deploy/GitHubActions")
	require.True(t, ok)
	var all iampolicy.Policies
	for _, p := range policies {
		all.Identity = append(all.Identity, p.Document)
	}
	if strings.HasPrefix(action, "kms:") {
		// A key's policy leaves it to the account's identities, as package encryption writes it.
		all.Resource = &iampolicy.Document{Statements: []iampolicy.Statement{{
			Effect: iampolicy.Allow, Principals: iampolicy.Principals{AWS: []string{"123456789012"}}, Actions: []string{"kms:*"}, Resources: []string{"*"},
		}}}
	}
	if _, ok := context["aws:RequestedRegion"]; !ok {
		context = maps.Clone(context)
		if context == nil {
			context = iampolicy.Context{}
		}
		context["aws:RequestedRegion"] = []string{"eu-west-1"}
	}
	request := iampolicy.Request{Caller: caller, Action: action, Resource: resource, ResourceAccount: "123456789012", Context: context}
	return iampolicy.Evaluate(request, all).Decision == iampolicy.Allowed
}

// contexts are the requests of a need: with the tags that it asks for, as they may be.
func (s Scope) contexts(n need) []iampolicy.Context {
	tagged := func(keys ...string) iampolicy.Context {
		c := iampolicy.Context{}
		for _, key := range keys {
			c[key+"/Project"], c[key+"/Environment"] = []string{s.Project}, []string{s.Environment}
		}
		return c
	}
	const request, resource = "aws:RequestTag", "aws:ResourceTag"
	all := map[tags][]iampolicy.Context{
		noTags: {tagged()}, requested: {tagged(request)}, owned: {tagged(resource)},
		unclaimed: {tagged(), tagged(resource)}, claimed: {tagged(request), tagged(request, resource)},
	}[n.tags]
	var out []iampolicy.Context
	for _, c := range all {
		if bounded[n.action] && s.Boundary != "" {
			c["iam:PermissionsBoundary"] = []string{s.Boundary}
		}
		if len(n.values) == 0 {
			out = append(out, c)
		}
		for _, value := range n.values {
			with := maps.Clone(c)
			with[n.key] = []string{value}
			out = append(out, with)
		}
	}
	return out
}

// one is a resource that a pattern means.
func one(pattern string) string {
	if pattern == "*" {
		return ""
	}
	return strings.NewReplacer("*", "x", "?", "x").Replace(pattern)
}

// TestEveryCallIsCovered: each authorization that a recorded call asks for is given.
func TestEveryCallIsCovered(t *testing.T) {
	require.Greater(t, len(Calls()), 100, "the record is there")
	for name, s := range scopes() {
		t.Run(name, func(t *testing.T) {
			policies, err := Policies(s)
			require.NoError(t, err)
			looking, err := ReadOnly(s)
			require.NoError(t, err)
			for _, call := range Calls() {
				needs, err := call.needs()
				require.NoError(t, err)
				for _, n := range needs {
					for _, pattern := range n.resources {
						for _, arn := range s.arns(pattern) {
							for _, c := range s.contexts(n) {
								if len(s.Regions) > 0 {
									c["aws:RequestedRegion"] = []string{s.Regions[0]}
								}
								assert.Equal(t, s.allows(call), allowed(t, policies, n.action, one(arn), c), "%s needs %s on %s", call, n.action, arn)
								if call.looks() && reads(n.action) {
									assert.True(t, allowed(t, looking, n.action, one(arn), c), "%s needs %s on %s to look", call, n.action, arn)
								}
							}
						}
					}
				}
			}
		})
	}
}

// TestEveryActionIsNeeded: no action is allowed on a resource that no recorded call needs it on.
func TestEveryActionIsNeeded(t *testing.T) {
	for name, s := range scopes() {
		t.Run(name, func(t *testing.T) {
			needed := map[string]bool{}
			for _, call := range Calls() {
				needs, err := call.needs()
				require.NoError(t, err)
				for _, n := range needs {
					for _, resource := range n.resources {
						for _, arn := range s.arns(resource) {
							needed[string(n.tags)+" "+n.action+" "+arn] = true
						}
					}
				}
			}
			policies, err := Policies(s)
			require.NoError(t, err)
			for _, p := range policies {
				for _, statement := range p.Document.Statements {
					if statement.Effect == iampolicy.Deny {
						continue
					}
					assert.Empty(t, statement.NotActions)
					asked := askedTags(statement)
					for _, action := range statement.Actions {
						assert.NotContains(t, action, "*", "an action is named, not guessed")
						for _, arn := range statement.Resources {
							assert.True(t, needed[string(asked)+" "+action+" "+arn], "%s on %s in %s is needed by no call", action, arn, statement.Sid)
						}
					}
				}
			}
		})
	}
}

// askedTags reads what a statement asks of tags out of its conditions.
func askedTags(s iampolicy.Statement) tags {
	has := map[string]bool{}
	for _, c := range s.Conditions {
		has[c.Operator+" "+c.Key] = true
	}
	request, resource := has["StringEquals aws:RequestTag/Project"], has["StringEqualsIfExists aws:ResourceTag/Project"]
	switch {
	case request && resource:
		return claimed
	case request:
		return requested
	case resource:
		return unclaimed
	case has["StringEquals aws:ResourceTag/Project"]:
		return owned
	}
	return noTags
}

// TestRulesAreUsed: a rule of a service that was recorded is for a call that was recorded, or is a way back from one.
func TestRulesAreUsed(t *testing.T) {
	seen := map[string]bool{}
	for _, call := range Calls() {
		seen[call.prefix()+":"+call.Operation] = true
		seen[call.prefix()] = true
	}
	for service, operations := range rules {
		for _, operation := range slices.Sorted(maps.Keys(operations)) {
			for _, n := range operations[operation] {
				action := n.action
				if action == "" {
					action = service + ":" + operation
				}
				a, ok := iamref.Lookup(action)
				assert.True(t, ok, "%s of the rule for %s: AWS has no such action", action, operation)
				for _, pattern := range n.resources {
					for _, arn := range scope().arns(pattern) {
						assert.True(t, a.Takes(arn), "%s does not take %s", action, arn)
					}
				}
			}
		}
	}
	for _, service := range []string{"ec2", "s3", "kms", "iam", "logs", "cloudtrail", "wafv2", "acm", "route53", "elasticloadbalancing"} {
		assert.True(t, seen[service], service)
	}
}

// TestDocuments holds each policy against IAM's rules, AWS's reference and the limits.
func TestDocuments(t *testing.T) {
	for name, s := range scopes() {
		t.Run(name, func(t *testing.T) {
			for _, make := range []func(Scope) ([]Policy, error){Policies, ReadOnly} {
				policies, err := make(s)
				require.NoError(t, err)
				assert.LessOrEqual(t, len(policies), MaxPolicies)
				names := map[string]bool{}
				for _, p := range policies {
					assert.False(t, names[p.Name], p.Name)
					names[p.Name] = true
					text, err := p.Document.Render()
					require.NoError(t, err)
					assert.NoError(t, iampolicy.Err(p.Document.Check(iampolicy.ManagedPolicy)))
					assert.NoError(t, iampolicy.Err(iampolicy.ManagedPolicy.CheckSize(text)))
					assert.NoError(t, iampolicy.Err(iamref.Check(p.Document)), "%s", text)
					assert.Empty(t, p.Document.FullAdmin())
				}
			}
		})
	}
}

// TestSameWithoutTheAccount: the policies are made before the account is known, when their number has to be.
func TestSameWithoutTheAccount(t *testing.T) {
	names := func(s Scope) []string {
		policies, err := Policies(s)
		require.NoError(t, err)
		var names []string
		for _, p := range policies {
			names = append(names, p.Name)
		}
		return names
	}
	other := scope()
	other.Account = "000000000000"
	other.Boundary = strings.Replace(other.Boundary, "123456789012", "000000000000", 1)
	assert.Equal(t, names(scope()), names(other))
}

// TestOthersAreOutOfReach: what belongs to another stack, or would give the deployment more than it has.
func TestOthersAreOutOfReach(t *testing.T) {
	s := scope()
	s.AllowDestroy = true
	policies, err := Policies(s)
	require.NoError(t, err)
	ours := func(more ...string) iampolicy.Context {
		c := iampolicy.Context{"aws:ResourceTag/Project": {"acme-audio"}, "aws:ResourceTag/Environment": {"prod"}}
		for i := 0; i < len(more); i += 2 {
			c[more[i]] = []string{more[i+1]}
		}
		return c
	}
	theirs := iampolicy.Context{"aws:ResourceTag/Project": {"acme-audio"}, "aws:ResourceTag/Environment": {"dev"}}
	bound := func(c iampolicy.Context) iampolicy.Context {
		c["iam:PermissionsBoundary"] = []string{s.Boundary}
		return c
	}
	passed := func(service string) iampolicy.Context { return iampolicy.Context{"iam:PassedToService": {service}} }
	const role = "arn:aws:iam::123456789012:role/"
	for _, c := range []struct {
		what, action, resource string
		context                iampolicy.Context
		allowed                bool
	}{
		{"its own VPC", "ec2:DeleteVpc", "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1", ours(), true},
		{"the VPC of another stack", "ec2:DeleteVpc", "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1", theirs, false},
		{"a VPC without tags", "ec2:DeleteVpc", "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1", nil, false},
		{"its own VPC in another region", "ec2:DeleteVpc", "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", ours("aws:RequestedRegion", "us-east-1"), false},
		{"a subnet without tags", "ec2:CreateSubnet", "arn:aws:ec2:eu-west-1:123456789012:subnet/*", nil, false},
		{
			"claiming somebody's subnet", "ec2:CreateTags", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1",
			iampolicy.Context{"aws:RequestTag/Project": {"acme-audio"}, "aws:RequestTag/Environment": {"prod"}},
			false,
		},
		{
			"claiming the default group of a VPC", "ec2:CreateTags", "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1",
			iampolicy.Context{"aws:RequestTag/Project": {"acme-audio"}, "aws:RequestTag/Environment": {"prod"}},
			true,
		},
		{
			"claiming a group of another stack", "ec2:CreateTags", "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1",
			iampolicy.Context{"aws:RequestTag/Project": {"acme-audio"}, "aws:RequestTag/Environment": {"prod"}, "aws:ResourceTag/Environment": {"dev"}},
			false,
		},
		{"its own bucket", "s3:PutBucketPolicy", "arn:aws:s3:::acme-audio-prod-audio-123456789012-eu-west-1", nil, true},
		{"the bucket of another stack", "s3:PutBucketPolicy", "arn:aws:s3:::acme-audio-dev-audio-123456789012-eu-west-1", nil, false},
		{"what is in a bucket", "s3:GetObject", "arn:aws:s3:::acme-audio-prod-audio-123456789012-eu-west-1/uploads/a.mp3", nil, false},
		{"the key of another stack", "kms:ScheduleKeyDeletion", "arn:aws:kms:eu-west-1:123456789012:key/1", theirs, false},
		{"decrypting with its own key", "kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:key/1", ours(), false},
		{
			"claiming the key of another stack", "kms:TagResource", "arn:aws:kms:eu-west-1:123456789012:key/1",
			iampolicy.Context{"aws:RequestTag/Project": {"acme-audio"}, "aws:RequestTag/Environment": {"prod"}, "aws:ResourceTag/Environment": {"dev"}, "aws:ResourceTag/Project": {"acme-audio"}},
			false,
		},
		{"its own trail", "cloudtrail:StartLogging", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/acme-audio-prod", nil, true},
		{"the trail of another stack", "cloudtrail:DeleteTrail", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/acme-audio-dev", nil, false},
		{"a role with the boundary", "iam:PutRolePolicy", role + "acme-audio-prod-task", bound(ours()), true},
		{"a role without the boundary", "iam:PutRolePolicy", role + "acme-audio-prod-task", ours(), false},
		{"a role of another stack", "iam:PutRolePolicy", role + "acme-audio-dev-task", bound(theirs), false},
		{"an administrator", "iam:PutRolePolicy", role + "admin", bound(ours()), false},
		{"its own role", "iam:PutRolePolicy", role + "acme-audio-prod-deploy", bound(ours()), false},
		{"the role of previews", "iam:DeleteRole", role + "acme-audio-prod-preview", ours(), false},
		{"its role to the trail", "iam:PassRole", role + "acme-audio-prod-trail-logs", passed("cloudtrail.amazonaws.com"), true},
		{"its role to a server", "iam:PassRole", role + "acme-audio-prod-trail-logs", passed("ec2.amazonaws.com"), false},
		{"another role to the trail", "iam:PassRole", role + "admin", passed("cloudtrail.amazonaws.com"), false},
		{"the web ACL of another stack", "wafv2:UpdateWebACL", "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1", theirs, false},
		{"its own web ACL", "wafv2:UpdateWebACL", "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1", ours(), true},
		{"a rule group of AWS", "wafv2:UpdateWebACL", "arn:aws:wafv2:eu-west-1:123456789012:regional/managedruleset/AWS/Core", nil, true},
		{"another's web ACL in front of its load balancer", "wafv2:AssociateWebACL", "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/1", theirs, false},
		{
			"a subnet in the VPC of another stack", "ec2:CreateSubnet", "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1",
			iampolicy.Context{"aws:RequestTag/Project": {"acme-audio"}, "aws:RequestTag/Environment": {"prod"}},
			false,
		},
		{"a key for a user", "iam:CreateAccessKey", "arn:aws:iam::123456789012:user/x", nil, false},
	} {
		assert.Equal(t, c.allowed, allowed(t, policies, c.action, c.resource, c.context), c.what)
	}
}

// TestGuardRails: they hold beside a policy that allows everything.
func TestGuardRails(t *testing.T) {
	policies, err := Policies(scope())
	require.NoError(t, err)
	policies = append(policies, Policy{Name: "admin", Document: iampolicy.Document{
		Statements: []iampolicy.Statement{{Effect: iampolicy.Allow, Actions: []string{"*"}, Resources: []string{"*"}}},
	}})
	bound := iampolicy.Context{"iam:PermissionsBoundary": {scope().Boundary}}
	for _, c := range []struct {
		what, action, resource string
		context                iampolicy.Context
		allowed                bool
	}{
		{"anything else", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:queue", nil, true},
		{"its own role", "iam:AttachRolePolicy", "arn:aws:iam::123456789012:role/acme-audio-prod-deploy", bound, false},
		{"reading its own role", "iam:GetRole", "arn:aws:iam::123456789012:role/acme-audio-prod-deploy", nil, true},
		{"its boundary", "iam:CreatePolicyVersion", scope().Boundary, nil, false},
		{"the provider", "iam:DeleteOpenIDConnectProvider", "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com", nil, false},
		{"a role without boundary", "iam:CreateRole", "arn:aws:iam::123456789012:role/x", nil, false},
		{"taking a boundary off", "iam:DeleteRolePermissionsBoundary", "arn:aws:iam::123456789012:role/x", bound, false},
		{"a user", "iam:CreateUser", "arn:aws:iam::123456789012:user/x", nil, false},
		{"its own bucket", "s3:DeleteBucket", "arn:aws:s3:::acme-audio-prod-audio-123456789012-eu-west-1", nil, false},
		{"its own trail", "cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/acme-audio-prod", nil, false},
		{"the organization's trail", "cloudtrail:PutEventSelectors", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/organization", nil, false},
		{"the service of another stack", "ecs:UpdateService", "arn:aws:ecs:eu-west-1:123456789012:service/a/b", iampolicy.Context{"aws:ResourceTag/Environment": {"dev"}}, false},
		{"the service of nobody", "ecs:UpdateService", "arn:aws:ecs:eu-west-1:123456789012:service/a/b", nil, true},
		{"another region", "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:queue", iampolicy.Context{"aws:RequestedRegion": {"us-east-1"}}, false},
	} {
		assert.Equal(t, c.allowed, allowed(t, policies, c.action, c.resource, c.context), c.what)
	}
}

// TestReadOnlyChangesNothing: every action reads, whatever its name.
func TestReadOnlyChangesNothing(t *testing.T) {
	policies, err := ReadOnly(scope())
	require.NoError(t, err)
	for _, p := range policies {
		for _, statement := range p.Document.Statements {
			for _, action := range statement.Actions {
				a, ok := iamref.Lookup(action)
				require.True(t, ok, action)
				assert.Contains(t, []iamref.Level{iamref.Read, iamref.List}, a.Level, action)
				assert.False(t, secretReads[action], action)
			}
		}
	}
}

func TestScope(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Scope)
		rules  []string
	}{
		"right":                        {func(*Scope) {}, nil},
		"nothing":                      {func(s *Scope) { *s = Scope{} }, []string{"account-id", "label-required", "label-required"}},
		"an account of eleven digits":  {func(s *Scope) { s.Account, s.Boundary = "12345678901", "" }, []string{"account-id"}},
		"a project of signs":           {func(s *Scope) { s.Project = "---" }, []string{"label-name"}},
		"a project with a wildcard":    {func(s *Scope) { s.Project = "acme*" }, []string{"tag-value-characters"}},
		"a zone for a region":          {func(s *Scope) { s.Regions = []string{"eu-west-1a"} }, []string{"region-form"}},
		"a region twice":               {func(s *Scope) { s.Regions = []string{"eu-west-1", "eu-west-1"} }, []string{"duplicate"}},
		"a boundary by its name":       {func(s *Scope) { s.Boundary = "acme-boundary" }, []string{"boundary-arn"}},
		"a boundary elsewhere":         {func(s *Scope) { s.Boundary = "arn:aws:iam::210987654321:policy/x" }, []string{"boundary-arn"}},
		"a boundary with a wildcard":   {func(s *Scope) { s.Boundary = "arn:aws:iam::123456789012:policy/*" }, []string{"boundary-arn"}},
		"a policy of AWS as boundary":  {func(s *Scope) { s.Boundary = "arn:aws:iam::aws:policy/PowerUserAccess" }, nil},
		"every role":                   {func(s *Scope) { s.RoleNames = []string{"*"} }, []string{"role-name-wide"}},
		"a role with a path":           {func(s *Scope) { s.RoleNames = []string{"service/x"} }, []string{"role-name"}},
		"an unknown partition":         {func(s *Scope) { s.Partition = "AWS" }, []string{"partition"}},
		"protected: every role":        {func(s *Scope) { s.Protected = []string{"a*"} }, []string{"role-name-wide"}},
		"another partition's boundary": {func(s *Scope) { s.Partition, s.Boundary = "aws-cn", "arn:aws-cn:iam::123456789012:policy/b" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := scope()
			c.change(&s)
			ps := s.Check()
			assert.Equal(t, c.rules, nilIfEmpty(ps.Rules()))
			_, err := Documents(s)
			assert.Equal(t, len(ps) > 0, err != nil)
		})
	}
}

func nilIfEmpty(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// TestBucketNames: package naming cuts long names, and the pattern means the cut ones too.
func TestBucketNames(t *testing.T) {
	s := scopes()["the longest names"]
	patterns := s.arns("s3:{bucket}")
	require.Len(t, patterns, 2)
	for _, pattern := range patterns {
		_, name, _ := strings.Cut(pattern, ":::")
		assert.LessOrEqual(t, len(name), maxBucketName)
		assert.True(t, strings.HasSuffix(name, "*-123456789012-*"))
	}
}

// TestUnknownCall: a call of which nobody knows what it needs is an error, and not left out.
func TestUnknownCall(t *testing.T) {
	for call, says := range map[string]string{
		"s3:FlyToTheMoon":  "AWS has no action s3:FlyToTheMoon",
		"ec2:CreateImage":  "makes a resource",
		"glue:DeleteTable": "neither names nor tags",
	} {
		service, operation, _ := strings.Cut(call, ":")
		_, err := Call{Service: service, Operation: operation}.needs()
		assert.ErrorContains(t, err, says)
		assert.ErrorContains(t, err, "rules of "+service)
	}
}

func TestSummarize(t *testing.T) {
	f, err := Summarize(scope(), false)
	require.NoError(t, err)
	looking, err := Summarize(scope(), true)
	require.NoError(t, err)
	assert.Less(t, looking.Calls, f.Calls)
	assert.Greater(t, f.Everywhere, 0)
	assert.Less(t, f.Everywhere*2, f.Calls, "most calls are kept to the project")
	for _, r := range f.Reasons {
		assert.NotEmpty(t, r.Reason)
		assert.NotEmpty(t, r.Actions)
	}
	for _, size := range f.Policies {
		assert.LessOrEqual(t, size.Characters, size.Most)
	}
	t.Logf("%+v", f)
}
