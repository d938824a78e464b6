package deploypolicy

import (
	"fmt"
	"slices"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/iamref"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Policy is one customer managed policy.
type Policy struct {
	// Name says what it is about; it is not the name of the policy at AWS.
	Name     string
	Document iampolicy.Document
}

// MaxPolicies is how many managed policies a role can have attached.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const MaxPolicies = 10

// The names of the policies. Each service has its place, so that a new call changes one of them.
const (
	networkDocument  = "network"
	edgeDocument     = "edge"
	dataDocument     = "data"
	serviceDocument  = "service"
	identityDocument = "identity"
	guardDocument    = "guard-rails"
)

var documents = []string{networkDocument, edgeDocument, dataDocument, serviceDocument, identityDocument, guardDocument}

// documentOf is the policy that the actions of a service stand in.
func documentOf(service string) string {
	switch service {
	case "ec2":
		return networkDocument
	case "acm", "elasticloadbalancing", "route53", "wafv2":
		return edgeDocument
	case "backup", "cloudtrail", "cloudwatch", "dynamodb", "kms", "logs", "rds", "s3", "secretsmanager", "sns", "sqs", "ssm":
		return dataDocument
	case "iam", "sts":
		return identityDocument
	}
	return serviceDocument
}

// Policies are the policies of the role that deploys the stack. Their names and their number depend on the calls that were
// recorded, on AllowDestroy, Boundary and the length of names only: a scope whose account is not known yet has as many.
func Policies(s Scope) ([]Policy, error) {
	calls := slices.DeleteFunc(Calls(), func(c Call) bool { return !s.allows(c) })
	return s.policies(calls, s.guards())
}

// ReadOnly are the policies of the role that previews the stack: what previews and refreshes look at, and nothing that
// changes anything.
func ReadOnly(s Scope) ([]Policy, error) {
	calls := slices.DeleteFunc(Calls(), func(c Call) bool { return !c.looks() })
	return s.policies(calls, nil)
}

// Documents are Policies without their names.
func Documents(s Scope) ([]iampolicy.Document, error) {
	policies, err := Policies(s)
	if err != nil {
		return nil, err
	}
	list := make([]iampolicy.Document, len(policies))
	for i, p := range policies {
		list[i] = p.Document
	}
	return list, nil
}

// allows tells whether the scope lets the deployment make a call.
func (s Scope) allows(c Call) bool {
	needs, err := c.needs()
	return err != nil || !slices.ContainsFunc(needs, func(n need) bool { return s.keepsData(n.action) })
}

// policies renders the needs of calls, and adds the guard rails.
func (s Scope) policies(calls []Call, guards []iampolicy.Statement) ([]Policy, error) {
	if err := s.Check().Err("deploy policy", ""); err != nil {
		return nil, err
	}
	var needs []need
	for _, call := range calls {
		asked, err := call.needs()
		if err != nil {
			return nil, err
		}
		needs = append(needs, asked...)
	}
	if guards == nil {
		needs = slices.DeleteFunc(needs, func(n need) bool { return !reads(n.action) })
	}
	statements := s.statements(needs)
	statements[guardDocument] = guards
	var policies []Policy
	for _, name := range documents {
		parts, err := split(statements[name])
		if err != nil {
			return nil, fmt.Errorf("deploy policy: %s: %w", name, err)
		}
		for i, part := range parts {
			p := Policy{Name: name, Document: part}
			if i > 0 {
				p.Name = fmt.Sprintf("%s-%d", name, i+1)
			}
			policies = append(policies, p)
		}
	}
	if len(policies) > MaxPolicies {
		return nil, validate.Problems{{
			Rule: "deploy-policy-count", Value: fmt.Sprintf("%d policies", len(policies)), Expected: fmt.Sprintf("at most %d", MaxPolicies),
			Fix: "deploy parts of the project with roles of their own",
		}}.Err("deploy policy", "")
	}
	return policies, nil
}

// reads tells whether an action changes nothing.
func reads(action string) bool {
	a, ok := iamref.Lookup(action)
	return ok && (a.Level == iamref.Read || a.Level == iamref.List)
}

// split puts statements into as few documents as their size asks for, in their order.
func split(statements []iampolicy.Statement) ([]iampolicy.Document, error) {
	var parts []iampolicy.Document
	for _, statement := range statements {
		if last := len(parts) - 1; last >= 0 {
			longer := iampolicy.Document{Statements: append(slices.Clone(parts[last].Statements), statement)}
			fits, err := fits(longer)
			if err != nil {
				return nil, err
			}
			if fits {
				parts[last] = longer
				continue
			}
		}
		parts = append(parts, iampolicy.Document{Statements: []iampolicy.Statement{statement}})
	}
	for _, part := range parts {
		text, err := part.Render()
		if err != nil {
			return nil, err
		}
		if err := iampolicy.Err(iampolicy.ManagedPolicy.CheckSize(text)); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

func fits(d iampolicy.Document) (bool, error) {
	text, err := d.Render()
	return len(iampolicy.ManagedPolicy.CheckSize(text)) == 0, err
}
