package identity

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/internal/oidctrust"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a role of a pipeline.
func (p pipeline) check() validate.Problems {
	ps := checkRole(p.labels, p.roleName, p.boundary)
	ps.Add(p.checkProvider()...)
	ps.Add(p.repository.check("repository")...)
	if p.labels.Environment != "" { // else the default is not known
		ps.Add(checkEnvironment("gitHubEnvironment", p.environment)...)
	}
	for i, subject := range p.given {
		ps.Add(p.checkSubject(validate.Path("subjects").Index(i), subject)...)
	}
	ps.Add(validate.Distinct("subjects", p.given)...)
	ps.Add(p.state.check("state")...)
	for i, document := range p.documents {
		ps.Add(p.checkDocument(validate.Path("policyDocuments").Index(i), document)...)
	}
	ps.Add(validate.Range("sessionMinutes", p.sessionMinutes, 60, 720, "minutes")...)
	return append(ps, p.checkScope()...)
}

func (p pipeline) checkProvider() validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required("providerArn", "the provider that makes the account trust GitHub",
			"set providerArn, or provider in Go: one of NewGitHubProvider"),
		validate.Alternative{Path: "provider", Given: p.provider != nil},
		validate.Alternative{Path: "providerArn", Given: p.providerArn != nil},
	)
	if text, ok := component.Literal(p.providerArn); ok {
		ps.Add(checkProviderArn(text, account.Info{})...)
	}
	return ps
}

// checkProviderArn checks the ARN of GitHub's provider: one of the role's own account, once that is known.
func checkProviderArn(text string, in account.Info) validate.Problems {
	arn, ok := validate.ParseARN(text)
	if !ok || arn.Service != "iam" || arn.Resource != "oidc-provider/"+gitHubHost {
		return validate.Problems{validate.Invalid("providerArn", text,
			"the ARN of the account's provider for GitHub, arn:aws:iam::123456789012:oidc-provider/"+gitHubHost,
			"copy it from IAM, or make one with NewGitHubProvider").By("provider-arn")}
	}
	if in.ID != "" && arn.Account != in.ID {
		return validate.Problems{validate.Invalid("providerArn", text, "the provider of account "+in.ID+", that of the role",
			"make one there: a role trusts providers of its own account only").By("provider-arn")}
	}
	return nil
}

// GitHub's names: an owner is letters, digits and hyphens, as enterprise users have an underscore too; a repository is
// letters, digits and . _ -.
var (
	ownerForm      = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_-]{0,98}[A-Za-z0-9])?$`)
	repositoryForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)
	idForm         = regexp.MustCompile(`^[1-9][0-9]{0,18}$`)
)

func (r GitHubRepository) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	name := func(field, value, what string, form *regexp.Regexp) {
		at := path.Field(field)
		switch {
		case value == "":
			ps.Add(validate.Required(at, what, "set "+field))
		case strings.ContainsAny(value, "*?"):
			ps.Add(validate.Forbidden(at, value, what+", without wildcards: they would let in repositories of strangers",
				"make a role for each repository").By("github-wildcard"))
		case !form.MatchString(value):
			ps.Add(validate.Invalid(at, value, what, "write it as in github.com/<owner>/<name>").By("github-name"))
		}
	}
	name("owner", r.Owner, "the name of the repository's owner", ownerForm)
	name("name", r.Name, "the name of the repository, without its owner", repositoryForm)
	for _, id := range []struct{ field, value, other, command string }{
		{"ownerId", r.OwnerId, r.Id, ".owner.id"}, {"id", r.Id, r.OwnerId, ".id"},
	} {
		fix := "see gh api repos/<owner>/<name> --jq " + id.command
		switch {
		case id.value == "" && id.other != "":
			ps.Add(validate.Required(path.Field(id.field), "both ids, or none", fix).By("github-id"))
		case id.value != "" && !idForm.MatchString(id.value):
			ps.Add(validate.Invalid(path.Field(id.field), id.value, "digits", fix).By("github-id"))
		}
	}
	return ps
}

// checkEnvironment checks the name of an environment of a repository. Wildcards are refused: GitHub makes an
// environment that does not exist, without any protection, for whatever workflow names it.
// Source: https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
func checkEnvironment(path validate.Path, name string) validate.Problems {
	switch {
	case strings.ContainsAny(name, "*?") || strings.Contains(name, "${"):
		return validate.Problems{validate.Forbidden(path, name, "the name of one environment, without wildcards: "+
			"a workflow can run in an environment of any name, and those that are not made have no protection",
			"name the protected environment").By("github-environment")}
	case name == "" || len(name) > 255 || strings.ContainsAny(name, "'\"`,;\\\n\r\t"):
		return validate.Problems{validate.Invalid(path, name, "the name of a GitHub environment, 1 to 255 characters",
			"use the name in the repository's settings").By("github-environment")}
	}
	return nil
}

// checkSubject checks a subject of the arguments: of this repository, and of jobs that run in an environment.
func (p pipeline) checkSubject(path validate.Path, text string) validate.Problems {
	refuse := func(expected, fix string) validate.Problems {
		return validate.Problems{validate.Forbidden(path, text, expected, fix).By("github-subject")}
	}
	s, ok := oidctrust.ParseSubject(text)
	own := p.repository.Owner + "/" + p.repository.Name
	if len(p.repository.check("")) > 0 {
		own = "<owner>/<name>"
	}
	_, context, _ := strings.Cut(strings.TrimPrefix(text, "repo:"), ":")
	environment, custom := strings.CutPrefix(context, "environment:")
	name, _, _ := strings.Cut(environment, ":")
	switch {
	case !ok || strings.Contains(text, "${"):
		return refuse("a subject that begins with the repository, such as repo:"+own+":environment:prod",
			"begin the template of the repository's subjects with repo and context")
	case strings.ContainsAny(s.Owner+s.OwnerID, "*?"):
		return refuse("an exact owner: with a wildcard strangers name theirs alike", "write repo:"+own)
	case strings.ContainsAny(s.Name+s.NameID, "*?"):
		return refuse("an exact repository: anybody in the organisation could make one that matches", "write repo:"+own)
	case s.Owner != p.repository.Owner || s.Name != p.repository.Name ||
		s.OwnerID != "" && s.OwnerID != p.repository.OwnerId || s.NameID != "" && s.NameID != p.repository.Id:
		return refuse("a subject of the repository "+own, "make a role for each repository")
	case strings.HasPrefix(context, "pull_request") || strings.HasPrefix(context, "*") || strings.HasPrefix(context, "?"):
		return refuse("no subject that covers pull requests: every workflow of the repository can have one of those",
			"run the job in an environment, and write repo:"+own+":environment:<name>")
	case !custom:
		return refuse("a subject of jobs that run in an environment: who may push to a branch, or run a workflow there, is "+
			"not what protects it", "run the job in an environment, and write repo:"+own+":environment:<name>")
	}
	return checkEnvironment(path, name)
}

// checkScope reports what deploypolicy finds wrong with the scope. Labels are checked before.
func (p pipeline) checkScope() validate.Problems {
	var ps validate.Problems
	fields := map[validate.Path]validate.Path{"boundary": "createdRoleBoundaryArn", "roleNames": "createdRoleNames"}
	for _, problem := range p.in(p.anyAccount()).Check() {
		list, index, _ := strings.Cut(string(problem.Path), "[")
		if list == "project" || list == "environment" || list == "protected" {
			continue // of the labels, and of the role's name
		}
		if field, ok := fields[validate.Path(list)]; ok {
			problem.Path = field
			if index != "" {
				problem.Path += validate.Path("[" + index)
			}
		}
		ps.Add(problem)
	}
	if len(ps) > 0 || p.labels.Project == "" || p.labels.Environment == "" {
		return ps
	}
	policies, err := p.policies(p.in(p.anyAccount()))
	if err != nil {
		return ps // found by the checks before
	}
	if n := len(policies) + len(p.documents); n > deploypolicy.MaxPolicies {
		ps.Add(validate.Invalid("policyDocuments", fmt.Sprintf("%d documents", len(p.documents)),
			fmt.Sprintf("at most %d: a role can have %d managed policies, and this one has %d anyway",
				deploypolicy.MaxPolicies-len(policies), deploypolicy.MaxPolicies, len(policies)), "join documents").
			By("policy-count"))
	}
	return ps
}

// checkDocument checks a policy of the arguments: that AWS accepts it, and that it only reads if the role only reads.
func (p pipeline) checkDocument(path validate.Path, text string) validate.Problems {
	var ps validate.Problems
	d, problems := iampolicy.ParseAs(iampolicy.ManagedPolicy, text)
	if len(problems) == 0 {
		problems = iamref.Check(d)
	}
	for _, problem := range problems {
		if problem.Path == "" {
			problem.Path = path
		} else {
			problem.Path = path.Field(string(problem.Path))
		}
		ps.Add(problem)
	}
	if len(ps) > 0 {
		return ps
	}
	for _, f := range d.FullAdmin() {
		ps.Add(validate.Forbidden(path.Field(f.Path), f.Value, "the actions that the stack needs: this "+f.Reason,
			"list them one by one").By("policy-admin"))
	}
	if p.readOnly {
		ps.Add(checkReadOnly(path, d)...)
	}
	return ps
}

// dataReads are actions that read data, not how a stack is configured.
var dataReads = []string{
	"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "s3:GetObject", "s3:GetObjectVersion",
	"secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue",
}

// checkReadOnly reports what a preview does not need: actions that change something, and those that read data.
func checkReadOnly(path validate.Path, d iampolicy.Document) validate.Problems {
	var ps validate.Problems
	for i, s := range d.Statements {
		if s.Effect != iampolicy.Allow {
			continue
		}
		at := func(element string) validate.Path { return path.Field(fmt.Sprintf("Statement[%d].%s", i, element)) }
		if len(s.NotActions) > 0 {
			ps.Add(validate.Forbidden(at("NotAction"), strings.Join(s.NotActions, ", "), "the actions that are allowed",
				"list them one by one").By("policy-read-only"))
		}
		for j, pattern := range s.Actions {
			for _, action := range iamref.Match(pattern) {
				expected := ""
				switch {
				case action.Level != iamref.Read && action.Level != iamref.List:
					expected = "actions that only read: " + action.String() + " is one of " + strings.ToLower(string(action.Level))
				case slices.Contains(dataReads, action.String()):
					expected = "no action that reads data, as " + action.String() + " does"
				}
				if expected != "" {
					ps.Add(validate.Forbidden(at(fmt.Sprintf("Action[%d]", j)), pattern, expected,
						"give it to the role that deploys").By("policy-read-only"))
					break
				}
			}
		}
	}
	return ps
}
