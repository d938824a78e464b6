package iampolicy

import (
	"fmt"
	"slices"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Request is one call of the AWS API.
type Request struct {
	// Caller makes the call.
	Caller Caller
	// Action is what it calls, such as s3:GetObject.
	Action string
	// Resource is the ARN of what it is about. Empty for actions that know no resource.
	Resource string
	// ResourceAccount is the id of the account that owns the resource. If it is empty, the ARN tells it; if that does not
	// either (the ARNs of buckets), it is taken for the caller's.
	ResourceAccount string
	// Context is what else the request says. What follows from the caller and the resource need not be in it:
	// aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType, aws:PrincipalIsAWSService, aws:PrincipalServiceName,
	// aws:username, aws:ResourceAccount, kms:CallerAccount.
	Context Context
	// Unknown are the keys of which it is not known whether the request has them, and which values. They may have
	// wildcards: "*" is every key that is not in Context.
	Unknown []string
}

func (r Request) resourceAccount() string {
	if r.ResourceAccount != "" {
		return r.ResourceAccount
	}
	if arn, ok := validate.SplitARN(r.Resource); ok && isAccountID(arn.Account) {
		return arn.Account
	}
	return r.Caller.Account()
}

// Policies are all that apply to a request.
type Policies struct {
	// Identity are the policies of the caller: managed and inline, and those of its groups.
	Identity []Document
	// Resource is the policy of the resource: of a bucket, a key, a role's trust. Nil if there is none.
	Resource *Document
	// Boundary is the caller's permissions boundary. Nil if there is none.
	Boundary *Document
	// Session are the policies that were passed when the session began. Nil if there were none.
	Session []Document
	// ServiceControl are the policies of the caller's organization, level by level: the root's, those of each unit, the
	// account's. Every level has to allow the request. Nil outside of organizations, and for the management account.
	ServiceControl [][]Document
	// ResourceControl are the policies of the organization that owns the resource. They can only deny, because
	// RCPFullAWSAccess is attached everywhere.
	ResourceControl []Document
	// Endpoint is the policy of the VPC endpoint that the request comes through. Nil if it comes another way.
	Endpoint *Document
}

// Decision is what AWS does with a request.
type Decision string

// The decisions.
const (
	// Allowed: some policy allows it, no policy denies it, and no limit stands against it.
	Allowed Decision = "allowed"
	// ImplicitDeny: nothing allows it, or a limit does not.
	ImplicitDeny Decision = "implicitly denied"
	// ExplicitDeny: a statement denies it.
	ExplicitDeny Decision = "explicitly denied"
	// Undetermined: it depends on something that is not known.
	Undetermined Decision = "undetermined"
)

// PolicyType is which of the Policies a document is one of.
type PolicyType string

// The types of policies.
const (
	IdentityType        PolicyType = "identity policy"
	ResourceType        PolicyType = "resource policy"
	BoundaryType        PolicyType = "permissions boundary"
	SessionType         PolicyType = "session policy"
	ServiceControlType  PolicyType = "service control policy"
	ResourceControlType PolicyType = "resource control policy"
	EndpointType        PolicyType = "endpoint policy"
)

// Result is the decision on a request, and why.
type Result struct {
	Decision Decision
	// Type is which policies decided: those that allow the request, that deny it, or whose silence denies it. It is empty
	// where none decides: nobody needs a permission for sts:GetCallerIdentity, and no root user can assume a role.
	Type PolicyType
	// Document and Statement are the indexes of the statement that decided, Sid its Sid. Both are -1 if none did. Service
	// control policies are counted through all levels.
	Document, Statement int
	Sid                 string
	// Reason says the same in a sentence.
	Reason string
	// Unknown are the keys that an undetermined decision depends on, sorted.
	Unknown []string
}

// answer is the best that some documents say, and the statement that gave it.
type answer struct {
	truth    truth
	typ      PolicyType
	document int
	at       int
	sid      string
}

func silent(typ PolicyType) answer { return answer{typ: typ, document: -1, at: -1} }

// better is the answer that is more certain to be yes.
func better(a, b answer) answer {
	if b.truth > a.truth {
		return b
	}
	return a
}

// worse is the answer that is less certain to be yes.
func worse(a, b answer) answer {
	if b.truth < a.truth {
		return b
	}
	return a
}

// Evaluate decides on a request as AWS does: an explicit denial anywhere wins; then the organization, the endpoint, the
// resource's policy, the identity's policies, its boundary and its session policies have their say. How far the resource's
// policy suffices depends on whom it names, and on whether caller and resource are in the same account. The policies of
// KMS keys and the trust policies of roles have to let the caller in, whatever the identity's policies say.
//
// What the request leaves open makes the decision Undetermined only if it could change it. Conditions are judged one by
// one, so that two of them on the same unknown key may leave open what together they would settle.
//
// Not considered: KMS grants, S3 ACLs and access points, service-linked roles, and what services add of their own.
//
// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
func Evaluate(r Request, p Policies) Result {
	if r.needsNoPermission() {
		return Result{Decision: Allowed, Document: -1, Statement: -1, Reason: "allowed, because it needs no permission, and no policy can deny it"}
	}
	e := evaluation{request: r, policies: p, facts: newFacts(r)}
	return e.result()
}

type evaluation struct {
	request  Request
	policies Policies
	facts    *facts
}

func (e *evaluation) result() Result {
	denied := e.denied()
	if denied.truth == yes {
		return e.conclude(ExplicitDeny, denied, "denied by ")
	}
	if reason := e.request.impossible(); reason != "" {
		return Result{Decision: ImplicitDeny, Document: -1, Statement: -1, Reason: reason}
	}
	allowed := e.allowed()
	switch {
	case allowed.truth == no:
		return e.conclude(ImplicitDeny, allowed, "")
	case denied.truth == maybe:
		return e.conclude(Undetermined, denied, "perhaps denied by ")
	case allowed.truth == maybe:
		return e.conclude(Undetermined, allowed, "perhaps allowed by ")
	default:
		return e.conclude(Allowed, allowed, "allowed by ")
	}
}

func (e *evaluation) conclude(d Decision, a answer, verb string) Result {
	out := Result{Decision: d, Type: a.typ, Document: a.document, Statement: a.at, Sid: a.sid}
	switch {
	case d == ImplicitDeny:
		out.Reason = e.why(a)
	case a.at < 0 && d == Allowed:
		out.Reason = "allowed, because the root user may do everything in its account"
	case a.at < 0:
		out.Reason = verb + "the " + string(a.typ) + ", which is not known"
	case a.sid != "":
		out.Reason = fmt.Sprintf("%sstatement %s of the %s", verb, a.sid, a.typ)
	default:
		out.Reason = fmt.Sprintf("%sstatement %d of the %s", verb, a.at, a.typ)
	}
	if d == Undetermined {
		out.Unknown = set(e.facts.asked)
	}
	return out
}

// why says whose silence denies a request.
func (e *evaluation) why(a answer) string {
	switch {
	case a.typ == ResourceType && e.crossAccount():
		return "the policy of the resource lets no such caller of another account in"
	case a.typ == ResourceType && e.mustNameCaller():
		return "the policy of the resource does not let the caller in, which identity policies cannot make up for"
	case a.typ == ResourceType:
		return "the policy of the resource does not let the caller in"
	case a.typ == IdentityType && e.crossAccount():
		return "no identity policy allows it, which a caller of another account needs besides the policy of the resource"
	case a.typ == IdentityType:
		return "no identity policy allows it"
	default:
		return "the " + string(a.typ) + " does not allow it"
	}
}

// denied finds a statement that denies the request.
func (e *evaluation) denied() answer {
	best := silent("")
	consider := func(typ PolicyType, documents []Document) {
		for i, d := range documents {
			a := e.search(Deny, typ, d)
			a.document = i
			best = better(best, a)
		}
	}
	if e.request.Caller.limited() {
		consider(ServiceControlType, slices.Concat(e.policies.ServiceControl...))
	}
	consider(ResourceControlType, e.policies.ResourceControl)
	consider(ResourceType, documents(e.policies.Resource))
	consider(EndpointType, documents(e.policies.Endpoint))
	if e.request.Caller.limited() {
		consider(IdentityType, e.policies.Identity)
		consider(BoundaryType, documents(e.policies.Boundary))
		consider(SessionType, e.sessionPolicies())
	}
	return best
}

// limited says whether the caller is an identity of an account, which identity policies and the organization are about.
func (c Caller) limited() bool { return c.Account() != "" }

func documents(d *Document) []Document {
	if d == nil {
		return nil
	}
	return []Document{*d}
}

// crossAccount says whether the caller belongs to another account than the resource.
func (e *evaluation) crossAccount() bool {
	own := e.request.Caller.Account()
	return own != "" && own != e.request.resourceAccount()
}

// allowed follows the limits in AWS's order, and then asks who grants the permission.
func (e *evaluation) allowed() answer {
	gate := answer{truth: yes}
	if e.request.Caller.limited() && e.policies.ServiceControl != nil {
		gate = worse(gate, e.serviceControl())
	}
	if e.policies.Endpoint != nil {
		gate = worse(gate, e.search(Allow, EndpointType, *e.policies.Endpoint))
	}
	granted := e.granted()
	if gate.truth < granted.truth {
		return gate
	}
	return granted
}

// serviceControl asks every level of the organization.
func (e *evaluation) serviceControl() answer {
	all := answer{truth: yes}
	offset := 0
	for _, level := range e.policies.ServiceControl {
		best := silent(ServiceControlType)
		for i, d := range level {
			a := e.search(Allow, ServiceControlType, d)
			a.document = offset + i
			best = better(best, a)
		}
		offset += len(level)
		all = worse(all, best)
	}
	return all
}

// granted asks the policies that grant permissions, and those that limit them.
func (e *evaluation) granted() answer {
	resource := e.resourceGrants()
	if !e.request.Caller.limited() {
		return resource[grantDirect]
	}
	identity, limits := e.identityGrant(), e.limits()
	if e.crossAccount() {
		named := better(better(resource[grantDirect], resource[grantRole]), resource[grantAccount])
		return worse(named, worse(identity, limits))
	}
	byIdentity := worse(identity, limits)
	if e.mustNameCaller() {
		byIdentity = worse(resource[grantAccount], byIdentity)
	}
	best := better(byIdentity, better(resource[grantDirect], worse(resource[grantRole], limits)))
	if best.truth == no && limits.truth == no && resource[grantRole].truth > no {
		return limits
	}
	return best
}

// identityGrant is what the caller's own policies allow. The root user may do everything.
func (e *evaluation) identityGrant() answer {
	if e.request.Caller.Kind == CallerRoot {
		return answer{truth: yes, typ: IdentityType, document: -1, at: -1}
	}
	best := silent(IdentityType)
	for i, d := range e.policies.Identity {
		a := e.search(Allow, IdentityType, d)
		a.document = i
		best = better(best, a)
	}
	return best
}

// limits are boundary and session policies. A federated user may do nothing but what session policies allow.
func (e *evaluation) limits() answer {
	all := answer{truth: yes}
	if e.policies.Boundary != nil {
		all = worse(all, e.search(Allow, BoundaryType, *e.policies.Boundary))
	}
	if session := e.sessionPolicies(); session != nil || e.request.Caller.Kind == CallerFederatedUser {
		best := silent(SessionType)
		for i, d := range session {
			a := e.search(Allow, SessionType, d)
			a.document = i
			best = better(best, a)
		}
		all = worse(all, best)
	}
	return all
}

// sessionPolicies are those of a session. Users and root users have none.
func (e *evaluation) sessionPolicies() []Document {
	if e.request.Caller.Kind == CallerRole || e.request.Caller.Kind == CallerFederatedUser {
		return e.policies.Session
	}
	return nil
}

// resourceGrants is what the resource's policy allows, by how it names the caller.
func (e *evaluation) resourceGrants() [grantDirect + 1]answer {
	var grants [grantDirect + 1]answer
	for g := range grants {
		grants[g] = silent(ResourceType)
		if e.policies.Resource == nil && e.isKey() {
			grants[g].truth = maybe // every key has a policy
		}
	}
	if e.policies.Resource == nil {
		return grants
	}
	for i, s := range e.policies.Resource.Statements {
		if s.Effect != Allow {
			continue
		}
		named := s.grants(e.request.Caller)
		if named.any() == no {
			continue
		}
		applies := e.applies(s, e.policies.Resource.version())
		if applies != no {
			e.askForSession(named[grantDirect])
		}
		for g := range grants {
			grants[g] = better(grants[g], answer{truth: min(named[g], applies), typ: ResourceType, at: i, sid: s.Sid})
		}
	}
	return grants
}

// search finds the statement with an effect that is most certain to apply.
func (e *evaluation) search(effect Effect, typ PolicyType, d Document) answer {
	best := silent(typ)
	before := len(e.facts.asked)
	for i, s := range d.Statements {
		if s.Effect != effect {
			continue
		}
		about := yes
		switch typ {
		case ResourceType, EndpointType:
			if about = s.about(e.request.Caller); e.deniedByBoundary(s) {
				about = yes
			}
			e.askForSession(about)
		}
		if about == no {
			continue
		}
		best = better(best, answer{truth: min(about, e.applies(s, d.version())), typ: typ, at: i, sid: s.Sid})
		if best.truth == yes {
			// Whatever other statements depend on does not matter any more.
			e.facts.asked = e.facts.asked[:before]
			break
		}
	}
	return best
}
