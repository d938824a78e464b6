package identity

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkStatements reports all that is wrong with statements, as far as the program wrote them down. The path is that of
// the list.
func checkStatements(path validate.Path, statements []Statement) validate.Problems {
	var ps validate.Problems
	for i, s := range statements {
		ps.Add(s.check(path.Index(i))...)
	}
	return ps
}

func (s Statement) check(path validate.Path) validate.Problems {
	var ps validate.Problems
	if s.Sid != "" {
		ps.Add(validate.Sid(path.Field("sid"), s.Sid)...)
	}
	ps.Add(s.checkActions(path.Field("actions"))...)
	ps.Add(s.checkConditions(path.Field("conditions"))...)
	if len(ps) == 0 { // else what AWS's reference says of it would be noise
		ps.Add(s.translate(path, iamref.Check(iampolicy.Document{Statements: []iampolicy.Statement{s.policyStatement()}}))...)
	}
	ps.Add(s.checkResources(path.Field("resourceArns"))...)
	if s.ResourceAccountId != "" {
		ps.Add(validate.AccountID(path.Field("resourceAccountId"), s.ResourceAccountId)...)
	}
	return ps
}

func (s Statement) checkActions(path validate.Path) validate.Problems {
	var ps validate.Problems
	if len(s.Actions) == 0 {
		ps.Add(validate.Required(path, "the actions that are allowed", "such as sqs:SendMessage"))
	}
	for i, action := range s.Actions {
		ps.Add(validate.ExactAction(path.Index(i), action)...)
		if escalates(action) {
			ps.Add(validate.Forbidden(path.Index(i), action, "no action that hands out permissions or credentials",
				"let the stack that deploys do it, or let the other account's policies name this role").By("statement-escalation"))
		}
	}
	return append(ps, validate.Distinct(path, s.Actions)...)
}

// escalates says whether an action is one of those that no application needs: with them it could give itself more.
func escalates(action string) bool {
	return slices.ContainsFunc(escalating, func(pattern string) bool {
		return strings.EqualFold(pattern, action) ||
			strings.HasSuffix(pattern, "*") && strings.HasPrefix(strings.ToLower(action), strings.TrimSuffix(pattern, "*"))
	})
}

func (s Statement) checkConditions(path validate.Path) validate.Problems {
	var ps validate.Problems
	seen := map[string]bool{}
	for i, c := range s.Conditions {
		at := path.Index(i)
		if c.Operator == "" {
			ps.Add(validate.Required(at.Field("operator"), "how key and values are compared", "such as StringEquals"))
		}
		ps.Add(validate.Enum(at.Field("operator"), c.Operator)...)
		if c.Key == "" {
			ps.Add(validate.Required(at.Field("key"), "a condition key", "such as aws:ResourceTag/Team"))
		}
		if texts, whole := component.Literals(c.Values); c.Values == nil || whole && len(texts) == 0 {
			ps.Add(validate.Required(at.Field("values"), "what the key is compared with", "give at least one value"))
		}
		pair := string(c.Operator) + " " + strings.ToLower(c.Key)
		if seen[pair] {
			ps.Add(validate.Conflict(at, pair, "each operator once for a key", "put the values into one condition").
				By(validate.RuleDuplicate))
		}
		seen[pair] = true
	}
	return ps
}

// checkResources reports resources that are missing, and each that reaches too far.
func (s Statement) checkResources(path validate.Path) validate.Problems {
	var ps validate.Problems
	if s.ResourceArns == nil {
		if named := s.actionsWithResources(); len(named) > 0 {
			ps.Add(validate.Required(path, "the ARNs of what "+strings.Join(named, ", ")+" is allowed on",
				"name the resources; actions that know none need a statement of their own").By("statement-resource"))
		}
		return ps
	}
	texts, whole := component.Literals(s.ResourceArns)
	if whole && len(texts) == 0 {
		ps.Add(validate.Required(path, "at least one ARN", "name the resources, or leave resourceArns out").
			By("statement-resource"))
	}
	for _, i := range slices.Sorted(maps.Keys(texts)) {
		ps.Add(s.checkResource(path.Index(i), texts[i])...)
	}
	return ps
}

// actionsWithResources are the actions that AWS can keep to resources.
func (s Statement) actionsWithResources() []string {
	var named []string
	for _, name := range s.Actions {
		if a, ok := iamref.Lookup(name); ok && len(a.Types) > 0 {
			named = append(named, name)
		}
	}
	return named
}

// checkResource reports a resource that reaches further than a name: "*", every resource of a type, of any region or
// account, or whatever a policy variable stands for.
func (s Statement) checkResource(path validate.Path, text string) validate.Problems {
	named := s.actionsWithResources()
	if text == "*" && len(named) == 0 {
		return nil
	}
	refuse := func(expected, fix string) validate.Problems {
		return validate.Problems{validate.Forbidden(path, text, expected, fix).By("statement-resource")}
	}
	arn, ok := validate.ParseARN(text)
	head, wild := wildcardAt(arn.Resource)
	bucket, _, objects := strings.Cut(arn.Resource, "/")
	_, wildBucket := wildcardAt(bucket)
	switch {
	case strings.Contains(text, "${"):
		return refuse("an ARN without policy variables", "write the value, or a condition")
	case text == "*":
		return refuse("the ARNs of what "+strings.Join(named, ", ")+" is allowed on", "name the resources")
	case !ok:
		return refuse("a complete ARN, such as arn:aws:sqs:eu-west-1:123456789012:orders", "give the ARN of the resource")
	case strings.ContainsAny(arn.Partition+arn.Service+arn.Region+arn.Account, "*?"):
		return refuse("an ARN of one service, region and account", "write them out: one ARN for each")
	case wild && (head == "" || s.beginsNoName(head)):
		return refuse("a resource with a name", "begin the name before the wildcard, such as table/acme-*")
	case arn.Service == "s3" && wildBucket:
		return refuse("an exact bucket: strangers own buckets with names that begin alike", "name the bucket; "+
			map[bool]string{true: "a wildcard may stand behind the /", false: "leave the wildcard out"}[objects])
	}
	return nil
}

// wildcardAt is the text before the first wildcard, and whether there is one.
func wildcardAt(resource string) (head string, found bool) {
	i := strings.IndexAny(resource, "*?")
	if i < 0 {
		return resource, false
	}
	return resource[:i], true
}

// beginsNoName says whether the text before a wildcard ends before the name of a resource begins: table/.
func (s Statement) beginsNoName(head string) bool {
	for _, name := range s.Actions {
		a, _ := iamref.Lookup(name)
		for _, t := range a.Types {
			form, _ := validate.SplitARN(t.ARN)
			fixed, _, _ := strings.Cut(form.Resource, "${")
			if strings.HasPrefix(fixed, head) {
				return true
			}
		}
	}
	return false
}

// checkKnown is what can be said once all values are known.
func (s Statement) checkKnown(path validate.Path, made iampolicy.Statement) validate.Problems {
	var ps validate.Problems
	for i, resource := range made.Resources {
		ps.Add(s.checkResource(path.Field("resourceArns").Index(i), resource)...)
	}
	if len(ps) > 0 {
		return ps
	}
	d := iampolicy.Document{Statements: []iampolicy.Statement{made}}
	text, err := d.Render()
	if err != nil {
		return validate.Problems{validate.Invalid(path, err.Error(), "a statement that JSON can express", "")}
	}
	_, problems := iampolicy.ParseAs(iampolicy.RolePolicy, text)
	return s.translate(path, append(problems, iamref.Check(d)...))
}

// translate turns the paths of a policy document into those of the arguments.
func (s Statement) translate(path validate.Path, problems validate.Problems) validate.Problems {
	for i, p := range problems {
		at := strings.TrimPrefix(string(p.Path), "Statement[0].")
		for from, to := range map[string]string{"Action": "actions", "Resource": "resourceArns", "Sid": "sid"} {
			if rest, ok := strings.CutPrefix(at, from); ok {
				at = to + rest
				break
			}
		}
		for j, c := range s.Conditions {
			if strings.HasPrefix(at, fmt.Sprintf("Condition.%s[%q]", c.Operator, c.Key)) {
				at = fmt.Sprintf("conditions[%d]", j)
			}
		}
		problems[i].Path = path.Field(at)
	}
	return problems
}
