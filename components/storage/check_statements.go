package storage

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

var (
	sidForm    = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)
	actionForm = regexp.MustCompile(`^s3:[A-Za-z]+\*?$|^s3:\*$`)
)

// ownSids name the statements that the component makes itself.
var ownSids = []string{
	"DenyInsecureTransport", "DenyOldTls", "DenyOtherAlgorithm", "DenyOtherKey", "DenyUnnamedKey", "DenyCustomerKey",
}

// checkStatements checks the statements that the caller adds: each alone, and that their names are unique.
func checkStatements(statements []PolicyStatement) validate.Problems {
	var ps validate.Problems
	sids := slices.Clone(ownSids)
	for i, s := range statements {
		path := validate.Path("policyStatements").Index(i)
		if !sidForm.MatchString(s.Sid) {
			ps.Add(validate.Invalid(path.Field("sid"), s.Sid, "1 to 64 letters and digits",
				"name the statement").By("policy-sid"))
		} else if slices.Contains(sids, s.Sid) {
			ps.Add(validate.Conflict(path.Field("sid"), s.Sid, "a name that no other statement has",
				"choose another").By("policy-sid"))
		}
		sids = append(sids, s.Sid)
		problems := s.check(path)
		if len(problems) == 0 {
			problems = s.evaluate(path)
		}
		ps.Add(problems...)
	}
	return ps
}

func (p PolicyStatement) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	if p.Effect == "" {
		ps.Add(validate.Required(path.Field("effect"), "Allow or Deny", "set effect"))
	}
	ps.Add(validate.Enum(path.Field("effect"), p.Effect)...)
	ps.Add(p.checkPrincipals(path)...)
	if len(p.Actions) == 0 {
		ps.Add(validate.Required(path.Field("actions"), "S3 actions", "such as s3:GetObject"))
	}
	for i, a := range p.Actions {
		if !actionForm.MatchString(a) || (p.Effect == Allow && strings.Contains(a, "*")) {
			ps.Add(validate.Invalid(path.Field("actions").Index(i), a, "an S3 action, without wildcards in Allow",
				"such as s3:GetObject").By("policy-actions"))
		}
	}
	if !p.OnBucket && len(p.OnObjects) == 0 {
		ps.Add(validate.Required(path.Field("onObjects"), "what the statement is about", "set onBucket or onObjects"))
	}
	for i, c := range p.Conditions {
		ps.Add(c.check(path.Field("conditions").Index(i))...)
	}
	return ps
}

// checkPrincipals reports statements that would let in everybody, and principals that are none.
func (p PolicyStatement) checkPrincipals(path validate.Path) validate.Problems {
	var ps validate.Problems
	if p.Effect == Allow && len(p.Services)+len(p.Principals) == 0 {
		ps.Add(validate.Required(path.Field("principals"), "whom the statement lets in",
			"name services or principals: a bucket is never open to everybody").By("policy-principals"))
	}
	for i, principal := range p.Principals {
		ps.Add(validate.PolicyPrincipal(path.Field("principals").Index(i), principal)...)
	}
	for i, service := range p.Services {
		ps.Add(validate.ServicePrincipal(path.Field("services").Index(i), service)...)
	}
	return ps
}

func (c PolicyCondition) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	if c.Operator == "" {
		ps.Add(validate.Required(path.Field("operator"), "an IAM operator", "such as StringEquals"))
	}
	if c.Key == "" {
		ps.Add(validate.Required(path.Field("key"), "a condition key", "such as aws:SourceArn"))
	}
	if c.Values == nil {
		ps.Add(validate.Required(path.Field("values"), "what the key is compared with", "give at least one value"))
	}
	return ps
}
