package config

import (
	"fmt"
	"time"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Exemption lets resources fail a control for a while, for a reason that somebody answers for.
type Exemption struct {
	// Control is the id of a rule.
	Control string
	// URN says which resources.
	URN Glob
	// Reason says why it is all right, Owner who answers for it.
	Reason, Owner string
	// Expires is the last day, in UTC.
	Expires time.Time
}

// Covers tells whether the exemption is about this failure, expired or not. A failure of the stack as a whole has the URN
// of the stack's own resource, pulumi:pulumi:Stack.
func (e *Exemption) Covers(control, urn string) bool {
	return e.Control == control && e.URN.Match(urn)
}

// Expired tells whether the last day is over.
func (e *Exemption) Expired(now time.Time) bool {
	return !now.UTC().Before(e.Expires.AddDate(0, 0, 1))
}

// String is the exemption on one line.
func (e *Exemption) String() string {
	return fmt.Sprintf("%s for %s until %s: %s (%s)", e.Control, e.URN, e.Expires.Format(time.DateOnly), e.Reason, e.Owner)
}

var exemptionFields = []string{"control", "urn", "reason", "owner", "expires"}

// exemptions reads a list of them.
func (p *parser) exemptions(path validate.Path, raw any) []Exemption {
	list, ok := raw.([]any)
	if !ok {
		p.Add(validate.Invalid(path, brief(raw), "a list of exemptions", "begin each with a hyphen"))
		return nil
	}
	var out []Exemption
	for i, element := range list {
		at := path.Index(i)
		fields, ok := element.(map[string]any)
		if !ok {
			p.Add(validate.Invalid(at, brief(element), "control, urn, reason, owner and expires", "write the five fields"))
			continue
		}
		if e, ok := p.exemption(at, fields); ok {
			out = append(out, e)
		}
	}
	return out
}

func (p *parser) exemption(at validate.Path, fields map[string]any) (Exemption, bool) {
	before := len(p.Problems)
	p.known(at, fields, exemptionFields)
	var e Exemption
	e.Control = p.text(at, fields, "control", "the id of a control", "bulwark policy list shows them")
	if e.Control != "" && p.rules[e.Control] == nil {
		p.Add(p.unknownControl(at.Field("control"), e.Control))
	}
	e.URN = Glob(p.text(at, fields, "urn", "the URN of the resource, or a pattern", "copy it from pulumi stack --show-urns"))
	if e.URN != "" {
		p.Add(e.URN.check(at.Field("urn"))...)
	}
	e.Reason = p.text(at, fields, "reason", "why it is all right", "say it to whoever reads it next year")
	e.Owner = p.text(at, fields, "owner", "who answers for it", "name a team or an address")
	e.Expires = p.date(at, fields)
	return e, len(p.Problems) == before
}

func (p *parser) date(at validate.Path, fields map[string]any) time.Time {
	const expected, fix = "a date such as 2027-03-31", "exemptions end; write the last day"
	raw, ok := fields["expires"]
	if !ok {
		p.Add(validate.Required(at.Field("expires"), expected, fix))
		return time.Time{}
	}
	switch raw := raw.(type) {
	case time.Time:
		// YAML knows dates.
		return raw.UTC().Truncate(24 * time.Hour)
	case string:
		if t, err := time.Parse(time.DateOnly, raw); err == nil {
			return t
		}
	}
	p.Add(validate.Invalid(at.Field("expires"), brief(raw), expected, fix).By("exemption-expires"))
	return time.Time{}
}

// unknownControl is the problem of a name that no rule has.
func (p *parser) unknownControl(path validate.Path, id string) validate.Problem {
	problem := validate.Invalid(path, id, "the id of a control", "bulwark policy list shows them").By("control")
	if nearest, ok := validate.Nearest(id, p.ids); ok {
		problem.Fix = fmt.Sprintf("did you mean %q?", nearest)
	}
	return problem
}

// index makes rules findable.
func index(rules []*rule.Rule) (byID map[string]*rule.Rule, ids []string) {
	byID = make(map[string]*rule.Rule, len(rules))
	for _, r := range rules {
		byID[r.ID] = r
		ids = append(ids, r.ID)
	}
	return byID, ids
}
