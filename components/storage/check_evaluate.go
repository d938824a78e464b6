package storage

import (
	"strings"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// anyBucket stands for the bucket, whose name the checks need not know.
var anyBucket = policyTarget{arn: "arn:aws:s3:::bucket"}

// evaluate holds a statement that is complete against what AWS knows: the form of policies, actions with their
// resources and condition keys, and whom the statement lets in. Conditions whose values are known late are left to
// checkConfined.
func (p PolicyStatement) evaluate(path validate.Path) validate.Problems {
	values := make([]any, len(p.Conditions))
	whole := true
	for i, c := range p.Conditions {
		texts, known := component.Literals(c.Values)
		list := make([]string, len(texts))
		for j := range list {
			list[j] = texts[j]
		}
		if !known {
			list, whole = []string{"late"}, false
		}
		values[i] = list
	}
	s := p.statement(anyBucket, values)
	d := iampolicy.Document{Statements: []iampolicy.Statement{s}}
	ps := d.Check(iampolicy.BucketPolicy)
	for i, c := range p.Conditions {
		if _, ok := iampolicy.ParseOperator(c.Operator); !ok {
			ps.Add(validate.Invalid(validate.Path("Statement[0].Condition").Index(i).Field("operator"), c.Operator,
				"an operator of IAM", "such as StringEquals or ArnLike").By("policy-operator"))
		}
	}
	if len(ps) == 0 && whole {
		if text, err := d.Render(); err == nil {
			_, found := iampolicy.ParseAs(iampolicy.BucketPolicy, text)
			ps.Add(found...)
		}
	}
	if len(ps) == 0 {
		ps.Add(iamref.Check(d)...)
	}
	for _, f := range d.DenyAll() {
		ps.Add(validate.Forbidden(validate.Path(f.Path), f.Value,
			"conditions, or principals: it denies everything to everybody, whoever deploys included",
			"add what it spares, such as a condition on aws:PrincipalArn").By("policy-lockout"))
	}
	if len(ps) == 0 && whole {
		return checkConfined(path, s)
	}
	for i := range ps {
		ps[i].Path = path.Field(strings.TrimPrefix(fieldNames.Replace(string(ps[i].Path)), "Statement[0]."))
	}
	return ps
}

// checkConfined reports a service that a statement lets in on behalf of any account. The values of its conditions have
// to be known.
func checkConfined(path validate.Path, s iampolicy.Statement) validate.Problems {
	if d := (iampolicy.Document{Statements: []iampolicy.Statement{s}}); len(d.ConfusedDeputy()) == 0 {
		return nil
	}
	return validate.Problems{validate.Required(path.Field("conditions"),
		"a condition that fixes aws:SourceArn, aws:SourceAccount or aws:SourceOrgID: "+
			"otherwise the service can be used from any account",
		"add one with an operator such as StringEquals and a value without wildcards").By("policy-confused-deputy")}
}

// fieldNames are what the elements of a policy are called in the arguments.
var fieldNames = strings.NewReplacer(
	"Action", "actions", "Resource", "onObjects", "Condition", "conditions", "Principal", "principals", "Sid", "sid",
)
