package analyzer

import (
	"fmt"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/bulwark-iac/bulwark/policy/config"
)

// usage is what became of an exemption in this run.
type usage struct {
	// urns are the resources whose failures it covered.
	urns []string
	// undecided is true when something that it may cover is not yet known.
	undecided bool
}

// exemption returns the one that covers a failure, and whether it has expired. One in force goes before an expired one.
func (r *run) exemption(control, urn string) (*config.Exemption, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var old *config.Exemption
	for i := range r.policy.Exemptions {
		e := &r.policy.Exemptions[i]
		if !e.Covers(control, urn) {
			continue
		}
		r.seen[i].urns = append(r.seen[i].urns, urn)
		if !e.Expired(r.now()) {
			return e, false
		}
		old = e
	}
	return old, old != nil
}

// undecided notes that a rule has not come to a verdict, so that an exemption which waits for it does not count as unused.
func (r *run) undecided(control, urn string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.policy.Exemptions {
		if e := &r.policy.Exemptions[i]; e.Control == control && (urn == "" || e.URN.Match(urn)) {
			r.seen[i].undecided = true
		}
	}
}

// ownDiagnostics report on the exemptions: expired ones fail, unused ones warn, those in force are listed.
func (r *run) ownDiagnostics() []*pulumirpc.AnalyzeDiagnostic {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*pulumirpc.AnalyzeDiagnostic
	report := func(level pulumirpc.EnforcementLevel, format string, args ...any) {
		out = append(out, r.own(level, "", fmt.Sprintf(format, args...)))
	}
	for i := range r.policy.Exemptions {
		e, u := &r.policy.Exemptions[i], r.seen[i]
		switch {
		case e.Expired(r.now()):
			report(pulumirpc.EnforcementLevel_MANDATORY,
				"Exemption has expired: %s. Fix what it covers, or let its owner decide on a new date", e)
		case len(u.urns) > 0:
			report(pulumirpc.EnforcementLevel_ADVISORY, "Exemption in force for %s: %s", count(len(u.urns), "resource"), e)
		case !u.undecided:
			report(pulumirpc.EnforcementLevel_ADVISORY, "Exemption is not needed: nothing that it covers fails: %s. Remove it", e)
		}
	}
	return out
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
