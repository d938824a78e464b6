// Package policies asks the policy documents in properties what they allow, for the rules of all domains. What a document
// means is for internal/iampolicy to say.
package policies

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Read is the document in a property, a text or an object; false when there is none.
func Read(v rule.Value) (iampolicy.Document, bool) {
	return rule.Parsed(v, "a policy document", func(text string) (iampolicy.Document, error) {
		d, problems := iampolicy.Parse(text)
		return d, iampolicy.Err(problems)
	})
}

// Report turns what a question found into failures of the property. Expected completes "expected ...".
func Report(f *rule.Findings, at rule.Value, found []iampolicy.Finding, expected string) {
	for _, x := range found {
		f.Fail(at, "%s: %s: expected %s", x.Path, x.Reason, expected)
	}
}

// ServiceSources is a rule about the property policy of a resource: it reports every service that the policy lets in
// without saying for whom it acts. none says what a resource without a policy is.
func ServiceSources(none string) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		policy := r.Get("policy")
		d, ok := Read(policy)
		if !ok {
			f.NotApplicable(none)
			return
		}
		wantSources(f, policy, d)
	}
}

// wantSources reports services without a source. A statement whose resources have the account in the path of what AWS
// delivers (AWSLogs/111122223333/) says it by that.
func wantSources(f *rule.Findings, at rule.Value, d iampolicy.Document) {
	for _, x := range d.ConfusedDeputy() {
		resources := d.Statements[x.Statement].Resources
		if len(resources) == 0 || slices.ContainsFunc(resources, func(r string) bool { return !deliveredTo.MatchString(r) }) {
			f.Fail(at, "%s: %s: expected a condition on aws:SourceAccount or aws:SourceArn", x.Path, x.Reason)
		}
	}
}

// deliveredTo is where AWS delivers the logs of one account.
var deliveredTo = regexp.MustCompile(`/AWSLogs/[0-9]{12}/`)

// Grant is a statement that allows something on resources that nobody named.
type Grant struct {
	iampolicy.Statement
	// Path leads to Resource, the first pattern that is too wide.
	Path, Resource string

	patterns []string // all that are too wide
	denied   *denied
}

// Wide are the statements which allow something on everything, on all of a service (arn:aws:s3:::*) or on all of a type
// (arn:aws:kms:*:*:key/*), unless a condition keeps them to some of it.
func Wide(d iampolicy.Document) []Grant { return wide(d, true) }

// Unbounded is Wide without what names at least the type.
func Unbounded(d iampolicy.Document) []Grant { return wide(d, false) }

func wide(d iampolicy.Document, types bool) []Grant {
	found := make([]Grant, len(d.Statements))
	takenBack := deniedBy(d)
	add := func(statement int, path, resource, pattern string) {
		g := &found[statement]
		if len(g.patterns) == 0 {
			*g = Grant{Statement: d.Statements[statement], Path: path, Resource: resource, denied: takenBack}
		}
		g.patterns = append(g.patterns, pattern)
	}
	for _, x := range d.WildcardResources() {
		add(x.Statement, x.Path, x.Value, x.Value)
	}
	for _, x := range d.AllowNotResource() {
		add(x.Statement, x.Path, "all but "+x.Value, "*")
	}
	for i, s := range d.Statements {
		for j, resource := range s.Resources {
			if types && s.Effect == iampolicy.Allow && wholeType(resource) {
				add(i, fmt.Sprintf("Statement[%d].Resource[%d]", i, j), resource, resource)
			}
		}
	}
	return slices.DeleteFunc(found, func(g Grant) bool { return len(g.patterns) == 0 || Narrowed(g.Statement) })
}

// wholeType tells whether an ARN means all resources of a type: key/*, secret:*, and all objects of all buckets.
func wholeType(pattern string) bool {
	arn, ok := validate.SplitARN(pattern)
	if !ok {
		return false
	}
	typ, rest, ok := strings.Cut(strings.Replace(arn.Resource, ":", "/", 1), "/")
	switch {
	case !ok || rest == "" || strings.Trim(rest, "*/:") != "":
		return false
	case arn.Service == "s3":
		return strings.Trim(typ, "*") == ""
	case arn.Service == "execute-api":
		return false // what stands first is the id of one API
	}
	return !strings.ContainsAny(typ, "*?")
}

// Allows tells whether the grant allows an action, and nothing in its document takes it back.
func (g Grant) Allows(action string) bool {
	return g.AboutAction(action) && slices.ContainsFunc(g.patterns, func(pattern string) bool { return Fits(pattern, action) }) &&
		!g.denied.action(action)
}

// denied is what a document denies on all resources, without conditions. Each action is looked for once, however many
// grants the document has.
type denied struct {
	statements []iampolicy.Statement
	known      map[string]bool
}

func deniedBy(d iampolicy.Document) *denied {
	out := &denied{known: map[string]bool{}}
	for _, s := range d.Statements {
		if s.Effect == iampolicy.Deny && len(s.Conditions) == 0 && slices.Contains(s.Resources, "*") {
			out.statements = append(out.statements, s)
		}
	}
	return out
}

func (d *denied) action(action string) bool {
	is, ok := d.known[action]
	if !ok {
		is = slices.ContainsFunc(d.statements, func(s iampolicy.Statement) bool { return s.AboutAction(action) })
		d.known[action] = is
	}
	return is
}

// Fits tells whether a resource pattern can mean something that an action is about: an ARN of S3 is no role to pass.
func Fits(pattern, action string) bool {
	a, known := iamref.Lookup(action)
	return !known || a.Takes(pattern)
}

// AnyOf are the actions of the list that the grant allows.
func (g Grant) AnyOf(actions []string) []string {
	var allowed []string
	for _, action := range actions {
		if g.Allows(action) {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// Brief names the first few actions of a list.
func Brief(actions []string) string {
	const most = 3
	if len(actions) > most {
		return strings.Join(actions[:most], ", ") + ", ..."
	}
	return strings.Join(actions, ", ")
}

// narrowing are condition keys that keep a statement to some resources although its ARN does not.
var narrowing = []string{
	"aws:requesttag/", "cloudwatch:namespace", "dynamodb:leadingkeys", "ec2:subnet", "ec2:vpc", "ecs:cluster", "ecs:service",
	"iam:associatedresourcearn", "iam:permissionsboundary", "iam:policyarn", "kms:encryptioncontext:",
	"kms:grantisforawsresource", "kms:requestalias", "kms:resourcealiases", "rds:db-tag/", "s3:dataaccesspointarn",
	"s3:existingobjecttag/", "secretsmanager:secretid",
}

// Narrowed tells whether a condition keeps a statement to some resources: those with a tag, an alias, in a cluster.
func Narrowed(s iampolicy.Statement) bool {
	return slices.ContainsFunc(s.Conditions, func(c iampolicy.Condition) bool {
		key := strings.ToLower(c.Key)
		return (strings.Contains(key, ":resourcetag/") || slices.ContainsFunc(narrowing, func(n string) bool { return strings.HasPrefix(key, n) })) && Fixed(c)
	})
}

// Fixed tells whether a condition holds for the values that it names only, and fails without the key.
func Fixed(c iampolicy.Condition) bool {
	o, ok := iampolicy.ParseOperator(c.Operator)
	return ok && !o.Negated() && !o.HoldsWithoutKey() && o.Base != "Null" && len(c.Values) > 0 &&
		!slices.ContainsFunc(c.Values, func(v string) bool { return strings.Trim(v, "*") == "" })
}
