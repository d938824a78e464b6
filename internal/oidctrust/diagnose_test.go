package oidctrust

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

const provider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"

// attempt is a refused call with a subject.
func attempt(subject string) Attempt {
	return Attempt{
		Time: time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC), RoleARN: "arn:aws:iam::123456789012:role/acme-audio-prod-deploy", SessionName: "GitHubActions",
		ProviderARN: provider, Issuer: githubIssuer, Audience: anAudience, Subject: subject,
		Code: "AccessDenied", Message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
	}
}

// trust is a trust policy of one statement.
func trust(t *testing.T, operator, subject string) *iampolicy.Document {
	t.Helper()
	return parseTrust(t, `{"Version":"2012-10-17","Statement":[{"Sid":"GitHub","Effect":"Allow","Principal":{"Federated":"`+provider+`"},
		"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"`+githubIssuer+`:aud":"sts.amazonaws.com"},
		"`+operator+`":{"`+githubIssuer+`:sub":`+subject+`}}}]}`)
}

func parseTrust(t *testing.T, text string) *iampolicy.Document {
	t.Helper()
	// One operator twice: JSON keeps the last. Tests with StringEquals for both name them in one.
	text = strings.Replace(text, `"},
		"StringEquals":{`, `",`, 1)
	d, problems := iampolicy.Parse(text)
	require.NoError(t, iampolicy.Err(problems), text)
	return &d
}

// TestSubjects: what is said of a subject, and whether it is let in.
func TestSubjects(t *testing.T) {
	const classic = `"repo:acme/infra:environment:prod"`
	for name, c := range map[string]struct {
		operator, trust, subject string
		says, fix                string
		letsIn                   bool
	}{
		"renamed, classic to immutable": {
			"StringEquals", `"repo:acme/infrastructure:environment:prod"`, "repo:acme@11/infra@22:environment:prod", "renamed, from acme/infrastructure to acme/infra", "gh api repos/acme/infrastructure", true,
		},
		"a new repository, which has ids":            {"StringEquals", classic, "repo:acme@11/infra@22:environment:prod", "the ids of owner and repository in the subject", "add exactly repo:acme@11/infra@22:environment:prod", true},
		"renamed, and the ids are known":             {"StringEquals", `"repo:acme@11/old@22:environment:prod"`, "repo:acme@11/infra@22:environment:prod", "The ids are the same", "add exactly", true},
		"an owner that was renamed, by ids":          {"StringEquals", `"repo:acme@11/infra@22:environment:prod"`, "repo:acme-inc@11/infra@22:environment:prod", "The ids are the same", "add exactly", true},
		"deleted and made again":                     {"StringEquals", `"repo:acme@11/infra@22:environment:prod"`, "repo:acme@11/infra@33:environment:prod", "The ids differ", "make sure that the new repository is yours", false},
		"still classic":                              {"StringEquals", `"repo:acme@11/infra@22:environment:prod"`, "repo:acme/infra:environment:prod", "still gives this repository the classic one", "add exactly", true},
		"the job names an environment":               {"StringEquals", `"repo:acme/infra:ref:refs/heads/main"`, "repo:acme/infra:environment:prod", "then the subject names that instead of the branch main", "add exactly", true},
		"the job names no environment":               {"StringEquals", classic, "repo:acme/infra:ref:refs/heads/main", "The job names no environment", "add environment: prod to the job", false},
		"another environment":                        {"StringEquals", classic, "repo:acme/infra:environment:staging", "add it only if both may do the same", "add exactly", true},
		"another branch":                             {"StringEquals", `"repo:acme/infra:ref:refs/heads/main"`, "repo:acme/infra:ref:refs/heads/next", "The job runs for the branch next, and the role is for the branch main", "add exactly", true},
		"a tag":                                      {"StringEquals", `"repo:acme/infra:ref:refs/heads/main"`, "repo:acme/infra:ref:refs/tags/v1", "runs for the tag v1", "add exactly", true},
		"a pull request":                             {"StringEquals", classic, "repo:acme/infra:pull_request", "whoever changed it", "repo:acme/infra:environment:preview", false},
		"a pull request, with ids":                   {"StringEquals", classic, "repo:acme@11/infra@22:pull_request", "whoever changed it", "repo:acme@11/infra@22:environment:preview", false},
		"a fork":                                     {"StringEquals", classic, "repo:mallory/infra:environment:prod", "mallory is another owner than acme", "a fork gets no role", false},
		"a fork, with ids":                           {"StringLike", `"repo:acme@11/*:environment:prod"`, "repo:acme@99/infra@77:environment:prod", "another owner", "a fork gets no role", false},
		"another repository":                         {"StringEquals", classic, "repo:other/shop:environment:live", "None of them is about the repository other/shop", "make a role for this repository", false},
		"capital letters":                            {"StringEquals", classic, "repo:Acme/Infra:environment:prod", "other capital letters", "add exactly", true},
		"a wildcard that means itself":               {"StringEquals", `"repo:acme/infra:*"`, "repo:acme/infra:environment:prod", "A wildcard means itself with StringEquals", "add exactly", true},
		"a wildcard that means itself, of the owner": {"StringEquals", `"repo:acme/*"`, "repo:acme/infra:ref:refs/heads/main", "A wildcard means itself", "add exactly", true},
		"a pull request, in a template of the repository's own": {"StringEquals", classic, "repo:acme/infra:pull_request:workflow:ci", "whoever changed it", "do not add", false},
		"no context at all":                  {"StringEquals", `"repo:acme/infra"`, "repo:acme/infra:pull_request", "whoever changed it", "do not add", false},
		"a template of the repository's own": {"StringEquals", classic, "repo:acme/infra:environment:prod:job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/heads/main", "a template of its own", "add exactly", true},
		"no repository in it":                {"StringEquals", classic, "job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/heads/main", "It is not a subject of a repository", "gh api orgs/ORG", false},
		"several":                            {"StringEquals", `["repo:acme/web:environment:prod","repo:acme/infra:environment:dev"]`, "repo:acme/infra:environment:prod", "the role is for the environment dev", "add exactly", true},
	} {
		t.Run(name, func(t *testing.T) {
			policy := trust(t, c.operator, c.trust)
			a := attempt(c.subject)
			d := Diagnose(a, policy)
			assert.Equal(t, SubjectClaim, d.Cause)
			assert.Contains(t, d.Reason, c.says)
			assert.Contains(t, strings.Join(d.Fixes, "\n"), c.fix)
			require.Equal(t, c.letsIn, d.Trust != nil, "%+v", d)
			assert.Equal(t, c.letsIn, d.Change != "")
			if !c.letsIn {
				return
			}
			assert.Equal(t, iampolicy.Allowed, iampolicy.Evaluate(a.request(), iampolicy.Policies{Resource: d.Trust}).Decision)
			assert.Empty(t, wide(a, *d.Trust), "one exact subject")
			assert.Equal(t, iampolicy.ImplicitDeny, iampolicy.Evaluate(a.request(), iampolicy.Policies{Resource: policy}).Decision, "the given policy stays as it is")
		})
	}
}

func TestOtherClaims(t *testing.T) {
	const right = `"repo:acme/infra:environment:prod"`
	base := func() Attempt { return attempt("repo:acme/infra:environment:prod") }
	statement := func(rest string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",` + rest + `}]}`
	}
	for name, c := range map[string]struct {
		attempt func(*Attempt)
		trust   string
		cause   Cause
		says    string
		change  string
	}{
		"let in by now": {func(*Attempt) {}, "", LetIn, "as it stands now", ""},
		"not refused":   {func(a *Attempt) { a.Code = "" }, "", NotRefused, "nothing to mend", ""},
		"an audience of the workflow's": {
			func(a *Attempt) { a.Audience = "https://github.acme.example" }, "", Audience, "The token is for the audience https://github.acme.example", "",
		},
		"an audience of the trust's": {
			func(*Attempt) {}, statement(`"Principal":{"Federated":"` + provider + `"},"Condition":{"StringEquals":{"` + githubIssuer + `:aud":"https://github.acme.example","` + githubIssuer + `:sub":` + right + `}}`),
			Audience, "asks for https://github.acme.example", "add sts.amazonaws.com to token.actions.githubusercontent.com:aud",
		},
		"an audience that the provider does not list": {
			func(a *Attempt) { a.Code, a.Message = "InvalidIdentityTokenException", "Incorrect token audience" }, "", Audience, "does not list", "",
		},
		"no provider": {
			func(a *Attempt) {
				a.Code, a.Message = "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com"
			}, "", NoProvider, "no identity provider", "",
		},
		"an expired token": {func(a *Attempt) { a.Code = "ExpiredTokenException" }, "", Token, "had expired", ""},
		"a provider of another account": {
			func(*Attempt) {}, strings.ReplaceAll(statement(`"Principal":{"Federated":"`+provider+`"},"Condition":{"StringEquals":{"`+githubIssuer+`:sub":`+right+`}}`), "123456789012", "210987654321"),
			OtherProvider, "the provider of another account", "Principal.Federated",
		},
		"a provider of another kind": {
			func(*Attempt) {}, statement(`"Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/gitlab.com"},"Condition":{"StringEquals":{"gitlab.com:sub":"x"}}`),
			OtherProvider, "different issuers", "",
		},
		"a role for services": {
			func(*Attempt) {}, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs-tasks.amazonaws.com"}}]}`,
			NoStatement, "No statement", "",
		},
		"the name of the session": {
			func(a *Attempt) { a.SessionName = "mine" },
			statement(`"Principal":{"Federated":"` + provider + `"},"Condition":{"StringEquals":{"sts:RoleSessionName":"GitHubActions","` + githubIssuer + `:sub":` + right + `}}`),
			SessionName, "The session is called mine", "",
		},
		"a denial": {
			func(*Attempt) {},
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"` + provider + `"}},
			  {"Sid":"Frozen","Effect":"Deny","Action":"sts:*","Principal":"*"}]}`,
			Denied, "denied by statement Frozen", "",
		},
		"a claim that is not recorded": {
			func(*Attempt) {},
			statement(`"Principal":{"Federated":"` + provider + `"},"Condition":{"StringEquals":{"` + githubIssuer + `:repository_visibility":"private","` + githubIssuer + `:sub":` + right + `}}`),
			OtherCondition, "not in CloudTrail's record", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := base()
			c.attempt(&a)
			policy := trust(t, "StringEquals", right)
			if c.trust != "" {
				policy = parseTrust(t, c.trust)
			}
			d := Diagnose(a, policy)
			assert.Equal(t, c.cause, d.Cause)
			assert.Contains(t, d.Reason, c.says)
			assert.NotNil(t, d.Fixes)
			if c.change == "" {
				assert.Nil(t, d.Trust)
				return
			}
			assert.Contains(t, d.Change, c.change)
			require.NotNil(t, d.Trust)
			assert.Equal(t, iampolicy.Allowed, iampolicy.Evaluate(a.request(), iampolicy.Policies{Resource: d.Trust}).Decision)
		})
	}
	d := Diagnose(base(), nil)
	assert.Equal(t, NoRole, d.Cause)
	assert.Contains(t, d.Reason, "acme-audio-prod-deploy")
}

// TestSeveralClaims: one that the job has to change keeps the trust policy as it is.
func TestSeveralClaims(t *testing.T) {
	a := attempt("repo:acme@11/infra@22:environment:prod")
	a.Audience = "https://github.acme.example"
	d := Diagnose(a, trust(t, "StringEquals", `"repo:acme/infra:environment:prod"`))
	assert.Len(t, d.Misses, 2)
	assert.Nil(t, d.Trust)
	assert.Empty(t, d.Change)
	assert.Len(t, d.Fixes, 2)
}

// TestWide: what a trust policy lets in already is told, whatever the refusal was about.
func TestWide(t *testing.T) {
	for subject, lets := range map[string][]string{
		`"repo:acme/infra:*"`:                  {"every pull request of acme/infra"},
		`"repo:acme/*"`:                        {"every pull request of acme/infra", "every repository of acme"},
		`"*"`:                                  {"every pull request", "every repository of acme", "every repository of GitHub"},
		`"repo:acme/infra:environment:*"`:      nil,
		`"repo:acme/infra:ref:refs/heads/*"`:   nil,
		`["repo:acme/infra:environment:prod"]`: nil,
	} {
		d := Diagnose(attempt("repo:acme/infra:ref:refs/tags/v1"), trust(t, "StringLike", subject))
		require.Len(t, d.Warnings, len(lets), subject)
		for i, what := range lets {
			assert.Contains(t, d.Warnings[i], what)
		}
	}
}
