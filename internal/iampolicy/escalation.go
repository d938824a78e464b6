package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Escalation is a known way from some permissions to more of them.
type Escalation struct {
	// ID names it for good, such as pass-role-ec2.
	ID string
	// Actions are all needed.
	Actions []string
	// Explanation says how it goes, in a sentence.
	Explanation string
}

// EscalationFinding is an escalation that documents allow.
type EscalationFinding struct {
	Escalation
	// Grants are the statements that allow its actions, in their order.
	Grants []EscalationGrant
	// Conditional says that at least one of them has conditions, which may or may not stand in the way.
	Conditional bool
}

// EscalationGrant is the statement that allows one action.
type EscalationGrant struct {
	Action string
	// Document and Statement are the indexes of the statement, Sid its Sid.
	Document, Statement int
	Sid                 string
}

// Escalations lists all ways that FindEscalations knows.
func Escalations() []Escalation {
	all := make([]Escalation, len(escalations))
	for i, way := range escalations {
		all[i] = way.escalation()
	}
	return all
}

// FindEscalations finds the escalations that the policies of one identity allow together, in the order of Escalations.
//
// What the escalation is aimed at has to be broad: any role to pass, any user to get a key for, "*". Permissions on named
// resources are taken for meant; so are those that a condition keeps to tagged resources, to attached policies that are
// named, or to roles and users with a permissions boundary. What a user may do to itself (user/${aws:username}) counts
// where it suffices. Denials count if they hold for certain. A condition on iam:PassedToService decides which services a
// role can be passed to.
func FindEscalations(documents ...Document) []EscalationFinding {
	var found []EscalationFinding
	for _, way := range escalations {
		if f, ok := way.find(documents); ok {
			found = append(found, f)
		}
	}
	return found
}

// way is an escalation with what it needs in detail.
type way struct {
	id          string
	needs       []step
	explanation string
}

// step is one permission that is needed.
type step struct {
	action string
	// on is the beginning of the resources that it is aimed at, behind the account, such as "role/". Empty if any resource
	// will do, because what matters is another step's.
	on string
	// self says that a user's permission on itself will do.
	self bool
	// passedTo are the services that a role is passed to.
	passedTo string
}

func (w way) escalation() Escalation {
	e := Escalation{ID: w.id, Explanation: w.explanation}
	for _, s := range w.needs {
		e.Actions = append(e.Actions, s.action)
	}
	return e
}

func (w way) find(documents []Document) (EscalationFinding, bool) {
	found := EscalationFinding{}
	for _, s := range w.needs {
		g, conditional, ok := s.allowed(documents)
		if !ok {
			return found, false
		}
		found.Grants = append(found.Grants, g)
		found.Conditional = found.Conditional || conditional
	}
	found.Escalation = w.escalation()
	return found, true
}

// allowed finds the statement that allows a step, one without conditions if there is one.
func (n step) allowed(documents []Document) (grant EscalationGrant, conditional, ok bool) {
	denials := n.denials(documents)
	for i, d := range documents {
		for j, s := range d.Statements {
			if s.Effect != Allow || !s.AboutAction(n.action) || !n.aims(s) {
				continue
			}
			conditions := n.conditions(s, d)
			if conditions == no || ok && (conditions == maybe || !conditional) || n.denied(s, denials) {
				continue
			}
			grant = EscalationGrant{Action: n.action, Document: i, Statement: j, Sid: s.Sid}
			conditional, ok = conditions == maybe, true
		}
	}
	return grant, conditional, ok
}

// aims says whether a statement is about the resources in general that a step is aimed at.
func (n step) aims(s Statement) bool {
	switch {
	case n.on == "":
		return len(s.Resources)+len(s.NotResources) > 0
	case len(s.NotResources) > 0:
		return !slices.ContainsFunc(s.NotResources, n.broad)
	default:
		return slices.ContainsFunc(s.Resources, n.broad)
	}
}

// broad says whether a resource pattern takes in all resources that a step can be aimed at, of one account or region at
// least.
func (n step) broad(pattern string) bool {
	if n.self {
		pattern = strings.ReplaceAll(pattern, "${aws:username}", "*")
	}
	arn, ok := validate.SplitARN(pattern)
	if !ok {
		// An ARN that breaks off at a star, such as arn:aws:iam::*.
		parts := strings.Split(pattern, ":")
		return everyResource(pattern) || len(parts) > 2 && matchText(parts[2], n.service()) && parts[len(parts)-1] == "*"
	}
	return matchText(arn.Service, n.service()) && covers(arn.Resource, n.on+"*", false)
}

// service is the service in the ARNs that a step is aimed at.
func (n step) service() string {
	service, _, _ := strings.Cut(n.action, ":")
	if service == "sts" {
		return "iam"
	}
	return service
}

// conditions says whether the conditions of a statement hold for a step: no if they keep it to what is meant.
func (n step) conditions(s Statement, d Document) truth {
	result := yes
	f := n.facts()
	for _, c := range s.Conditions {
		if c.keepsToMeant() {
			return no
		}
		result = min(result, c.holds(f, d.version() == Version2012))
	}
	return result
}

// facts are what is known of a request that takes a step: whom a role is passed to, if one is.
func (n step) facts() *facts {
	f := &facts{values: map[string][]string{}, unknown: []string{"*"}}
	if n.passedTo != "" {
		f.values["iam:passedtoservice"] = []string{n.passedTo}
	}
	return f
}

// denied says whether one of the denials takes the step back wherever s allows it.
func (n step) denied(s Statement, denials []Statement) bool {
	if n.on != "" {
		return len(denials) > 0
	}
	return slices.ContainsFunc(denials[:min(len(denials), maxDenials)], func(deny Statement) bool { return deny.coversResources(s) })
}

// denials are the statements that deny the step for certain, on the resources that they are about.
func (n step) denials(documents []Document) []Statement {
	var found []Statement
	for _, d := range documents {
		for _, deny := range d.Statements {
			if deny.Effect != Deny || !deny.AboutAction(n.action) || n.on != "" && !n.aims(deny) {
				continue
			}
			certain := yes
			f := n.facts()
			for _, c := range deny.Conditions {
				if !c.requiresMeant() {
					certain = min(certain, c.holds(f, d.version() == Version2012))
				}
			}
			if certain == yes {
				found = append(found, deny)
			}
		}
	}
	return found
}

// keepsToMeant says whether a condition of a statement that allows something keeps it to what somebody meant: resources
// with a tag, policies by name, identities with a boundary.
func (c Condition) keepsToMeant() bool {
	o, ok := ParseOperator(c.Operator)
	wide := func(value string) bool {
		return onlyStars(value) || c.On("iam:PolicyARN") && matchARN(value, "arn:aws:iam::aws:policy/AdministratorAccess")
	}
	return ok && !o.Negated() && !o.HoldsWithoutKey() && o.Base != "Null" && c.onMeantKey() && !slices.ContainsFunc(c.Values, wide)
}

// requiresMeant says whether a condition of a statement that denies something leaves through only what somebody meant.
func (c Condition) requiresMeant() bool {
	o, ok := ParseOperator(c.Operator)
	return ok && o.Negated() && o.Quantifier != ForAnyValue && c.onMeantKey()
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
func (c Condition) onMeantKey() bool {
	key := strings.ToLower(c.Key)
	return key == "iam:permissionsboundary" || key == "iam:policyarn" || key == "iam:associatedresourcearn" || strings.Contains(key, ":resourcetag/")
}
