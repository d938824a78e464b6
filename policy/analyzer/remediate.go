package analyzer

import (
	"context"
	"fmt"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Remediate lets the rules that are configured to mend a resource before it is judged. What a rule changes, the next one
// sees.
func (s *Server) Remediate(ctx context.Context, req *pulumirpc.AnalyzeRequest) (*pulumirpc.RemediateResponse, error) {
	run := s.run.Load()
	p := run.plan(req.GetType())
	response := &pulumirpc.RemediateResponse{}
	p.othersRemediate.addTo(response)
	raw := inputs(req)
	for _, r := range p.remediate {
		if err := s.goOn(ctx); err != nil {
			return nil, err
		}
		if e, expired := run.exemption(r.ID, raw.URN); e != nil && !expired {
			continue
		}
		resource := rule.NewResource(raw)
		m := r.Mend(run.ctx, run.policy.Setting(r.ID).Params, resource)
		remediation := &pulumirpc.Remediation{
			PolicyName: r.ID, PolicyPackName: s.pack.Name, PolicyPackVersion: s.pack.Version, Description: r.Title,
		}
		switch {
		case m.Panic != nil:
			// The engine shows the diagnostic and takes the properties from no remediation that has one.
			remediation.Diagnostic = fmt.Sprintf("The remediation of %s broke down and has changed nothing: %s (%s). Please report it at %s/issues",
				r.ID, resource.Scrub(fmt.Sprint(m.Panic)), where(m.Stack), s.pack.Repository)
		case m.Properties != nil:
			raw.Properties = m.Properties
			remediation.Properties = m.Properties
			changes := make([]string, len(m.Changes))
			for i, c := range m.Changes {
				changes[i] = c.String()
			}
			remediation.Description = r.Title + ": " + strings.Join(changes, "; ")
			run.mend(raw.URN, r.ID+" has changed "+strings.Join(changes, "; "))
			if err := run.write([]Verdict{{
				Rule: r.ID, URN: raw.URN, Verdict: "remediated", Reason: strings.Join(changes, "; "),
			}}); err != nil {
				return nil, err
			}
		default:
			continue
		}
		response.Remediations = append(response.Remediations, remediation)
	}
	return response, nil
}

// mend keeps what a remediation has changed until the resource is judged. The engine itself shows only that there was one.
func (r *run) mend(urn, change string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mended[urn] = append(r.mended[urn], change)
}

// changes takes what remediations have changed in a resource.
func (r *run) changes(urn string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	changes := r.mended[urn]
	delete(r.mended, urn)
	return changes
}
