package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// need says whether a kind of policy has an element.
type need int

const (
	optional need = iota
	required
	forbidden
)

type form struct {
	principal, resource need
	// notPrincipal says whether NotPrincipal works.
	notPrincipal bool
	// id says whether Id is allowed.
	id bool
	// strictSid allows letters and digits only, uniqueSid each Sid once.
	strictSid, uniqueSid bool
	// federated says whether identity providers can be principals.
	federated bool
	// arns says that resources are ARNs or "*".
	arns bool
	// latin restricts the characters.
	latin bool
}

var (
	identityForm = form{principal: forbidden, resource: required, strictSid: true, uniqueSid: true, arns: true, latin: true}
	resourceForm = form{principal: required, resource: required, notPrincipal: true, id: true, arns: true}
)

func (k Kind) form() form {
	f := resourceForm
	switch k {
	case ManagedPolicy, RolePolicy, UserPolicy, GroupPolicy, SessionPolicy, ServiceControlPolicy:
		return identityForm
	case TrustPolicy:
		return form{principal: required, resource: forbidden, id: true, strictSid: true, uniqueSid: true, federated: true, latin: true}
	case ResourceControlPolicy:
		f.notPrincipal, f.strictSid, f.uniqueSid = false, true, true
	case TopicPolicy, QueuePolicy:
		f.uniqueSid = true
	case RepositoryPolicy, FileSystemPolicy:
		f.resource = optional // the repository or file system itself
	}
	return f
}

// Check reports what is wrong with the document as a policy of a kind: elements that such a policy must have or must not
// have, Sids, principals and resources that do not work there. It repeats nothing that Parse reports.
//
// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
func (d Document) Check(kind Kind) validate.Problems { return bounded(d.check(kind)) }

// check is Check without a bound.
func (d Document) check(kind Kind) validate.Problems {
	f := kind.form()
	var ps validate.Problems
	if d.ID != "" && !f.id {
		ps.Add(validate.Problem{Rule: RuleElement, Path: "Id", Value: validate.Show(d.ID), Expected: "no Id in " + kind.withArticle(), Fix: "remove it"})
	}
	for i, s := range d.Statements {
		ps = append(ps, s.check(i, kind, f)...)
	}
	if f.uniqueSid {
		ps = append(ps, d.duplicateSids()...)
	}
	if f.latin {
		ps = append(ps, d.checkCharacters()...)
	}
	return ps
}

func (s Statement) check(i int, kind Kind, f form) validate.Problems {
	var ps validate.Problems
	report := func(rule, element, value, expected, fix string) {
		ps.Add(validate.Problem{Rule: rule, Path: validate.Path(statementPath(i, element)), Value: value, Expected: expected, Fix: fix})
	}
	if f.strictSid && strings.IndexFunc(s.Sid, func(r rune) bool { return r > 'z' || !actionText(string(r), false) || r == '*' || r == '?' }) >= 0 {
		report(RuleSid, "Sid", validate.Show(s.Sid), "letters and digits only", "remove the others")
	}
	switch {
	case f.principal == forbidden && !s.Principals.IsZero():
		report(RulePrincipal, "Principal", s.Principals.show(), "no principal in "+kind.withArticle()+", which is about whom it is attached to", "remove it")
	case f.principal == forbidden && !s.NotPrincipals.IsZero():
		report(RulePrincipal, "NotPrincipal", s.NotPrincipals.show(), "no principal in "+kind.withArticle()+", which is about whom it is attached to", "remove it")
	case f.principal == required && s.Principals.IsZero() && s.NotPrincipals.IsZero():
		report(RulePrincipal, "Principal", "", "whom "+kind.withArticle()+" is about", "add it")
	case f.principal == required && !f.notPrincipal && !s.NotPrincipals.IsZero():
		report(RulePrincipal, "NotPrincipal", s.NotPrincipals.show(), "no NotPrincipal in "+kind.withArticle(), "name the principals, or use a condition on aws:PrincipalArn")
	}
	if f.principal != forbidden && !f.federated && len(s.Principals.Federated)+len(s.NotPrincipals.Federated) > 0 {
		report(RulePrincipal, "Principal.Federated", validate.Show(strings.Join(slices.Concat(s.Principals.Federated, s.NotPrincipals.Federated), ", ")),
			"no identity provider outside of trust policies", "name the role that its users assume")
	}
	named := len(s.Resources)+len(s.NotResources) > 0
	switch {
	case f.resource == required && !named:
		report(RuleResource, "Resource", "", "Resource or NotResource", "add one")
	case f.resource == forbidden && named:
		report(RuleResource, "Resource", validate.Show(strings.Join(slices.Concat(s.Resources, s.NotResources), ", ")),
			"no resource in "+kind.withArticle()+", which is about the role itself", "remove it")
	}
	if f.arns {
		ps = append(ps, checkARNs(statementPath(i, "Resource"), s.Resources)...)
		ps = append(ps, checkARNs(statementPath(i, "NotResource"), s.NotResources)...)
	}
	switch {
	case kind == TrustPolicy && s.Principals.Any:
		report(RulePrincipal, "Principal", `"*"`, "a principal in a trust policy", "name the accounts, roles or services that may assume the role")
	case kind == ResourceControlPolicy && (s.Effect != Deny || !s.Principals.Any):
		report(RulePrincipal, "Principal", s.Principals.show(), `Effect Deny and Principal "*" in a resource control policy`, "deny what nobody may do")
	}
	return ps
}

func checkARNs(path string, resources []string) validate.Problems {
	var ps validate.Problems
	for j, resource := range resources {
		if resource == "" || strings.HasPrefix(resource, "arn:") || strings.HasPrefix(resource, "*") {
			continue
		}
		ps.Add(validate.Problem{Rule: RuleResource, Path: validate.Path(indexed(path, j)), Value: validate.Show(resource), Expected: `an ARN or "*"`, Fix: "such as arn:aws:s3:::bucket/*"})
	}
	return ps
}

// checkCharacters asks for the characters that IAM accepts: tab, line feed, carriage return, and U+0020 to U+00FF.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
func (d Document) checkCharacters() validate.Problems {
	var ps validate.Problems
	judge := func(path func() string, text string) {
		alien := func(r rune) bool { return r > 0xFF || r < 0x20 && r != '\t' && r != '\n' && r != '\r' }
		if strings.IndexFunc(text, alien) >= 0 {
			ps.Add(validate.Problem{Rule: RuleCharacters, Path: validate.Path(path()), Value: validate.Show(text), Expected: "characters of Latin-1 only", Fix: "replace the others"})
		}
	}
	d.eachText(func(where place, text string) { judge(where.path, text) })
	for i, s := range d.Statements {
		for _, c := range s.Conditions {
			judge(func() string { return conditionPath(i, c) }, c.Key)
		}
	}
	return ps
}

// show is the principals in one text, for messages.
func (p Principals) show() string {
	if p.Any {
		return `"*"`
	}
	if all := slices.Concat(p.AWS, p.Service, p.Federated, p.CanonicalUser); len(all) > 0 {
		return validate.Show(strings.Join(all, ", "))
	}
	return "none"
}
