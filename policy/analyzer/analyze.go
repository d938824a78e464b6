package analyzer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/internal/planned"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// plan is what there is to do for the resources of one type.
type plan struct {
	judge     []*rule.Rule
	remediate []*rule.Rule
	// others are the rules that do not look at the type, as a part of a response: the engine would count them as passed.
	others, othersRemediate others
}

// plan returns the plan of a resource type.
func (r *run) plan(typ string) *plan {
	if p, ok := r.plans.Load(typ); ok {
		return p.(*plan)
	}
	p := &plan{}
	for _, rule := range r.rules {
		setting := r.policy.Setting(rule.ID)
		if rule.Resource == nil || setting.Level == config.Disabled {
			continue
		}
		looks := rule.Looks(typ)
		if looks {
			p.judge = append(p.judge, rule)
		} else {
			p.others.add(rule.ID, &pulumirpc.AnalyzeResponse{})
		}
		if looks && setting.Remediate {
			p.remediate = append(p.remediate, rule)
		} else {
			p.othersRemediate.add(rule.ID, &pulumirpc.RemediateResponse{})
		}
	}
	r.plans.Store(typ, p)
	return p
}

// Analyze judges one resource by its inputs.
func (s *Server) Analyze(ctx context.Context, req *pulumirpc.AnalyzeRequest) (*pulumirpc.AnalyzeResponse, error) {
	run := s.run.Load()
	p := run.plan(req.GetType())
	a := &answer{run: run, others: p.others}
	raw := inputs(req)
	if run.ctx.DryRun {
		raw.Inputs = req.GetProperties()
		run.inputs.Store(raw.URN, raw.Inputs)
	}
	resource := rule.NewResource(raw)
	for _, r := range p.judge {
		if err := s.goOn(ctx); err != nil {
			return nil, err
		}
		outcome := r.JudgeResource(run.ctx, run.policy.Setting(r.ID).Params, resource)
		a.take(r, resource.URN, outcome, resource.Scrub)
	}
	for _, change := range run.changes(resource.URN) {
		a.tell(run.own(pulumirpc.EnforcementLevel_ADVISORY, resource.URN, change+". Change the program too: it says otherwise"))
	}
	return a.response()
}

// AnalyzeStack judges the whole stack by the outputs of its resources, and in a preview by their inputs where the outputs
// are not known yet.
func (s *Server) AnalyzeStack(ctx context.Context, req *pulumirpc.AnalyzeStackRequest) (*pulumirpc.AnalyzeResponse, error) {
	run := s.run.Load()
	resources := make([]*rule.Resource, len(req.GetResources()))
	for i, r := range req.GetResources() {
		raw := outputs(r)
		if inputs, ok := run.inputs.Load(raw.URN); ok {
			raw = planned.Resource(raw, inputs.(*structpb.Struct))
		}
		resources[i] = rule.NewResource(raw)
	}
	// The engine sends them in no order; messages should not change from run to run.
	slices.SortFunc(resources, func(a, b *rule.Resource) int { return cmp.Compare(a.URN, b.URN) })
	stack := rule.NewStack(run.ctx, resources)
	a := &answer{run: run}
	for _, r := range run.stack {
		if err := s.goOn(ctx); err != nil {
			return nil, err
		}
		a.take(r, "", r.JudgeStack(run.policy.Setting(r.ID).Params, stack), stack.Scrub)
	}
	for _, d := range run.ownDiagnostics() {
		a.tell(d)
	}
	return a.response()
}

// answer collects what the engine is told.
type answer struct {
	run           *run
	diagnostics   []*pulumirpc.AnalyzeDiagnostic
	notApplicable []*pulumirpc.PolicyNotApplicable
	others        others
	verdicts      []Verdict // for the record
}

func (a *answer) response() (*pulumirpc.AnalyzeResponse, error) {
	response := &pulumirpc.AnalyzeResponse{Diagnostics: a.diagnostics, NotApplicable: a.notApplicable}
	a.others.addTo(response)
	return response, a.run.write(a.verdicts)
}

// take turns an outcome into what the protocol has for it. The URN is that of the resource; empty for the stack.
func (a *answer) take(r *rule.Rule, urn string, o rule.Outcome, scrub func(string) string) {
	switch o.Verdict {
	case rule.Pass:
		a.note(r, urn, "pass", "")
	case rule.NotYetKnown:
		a.run.undecided(r.ID, urn)
		a.skip(r, o.Reason)
		a.note(r, urn, "not-yet-known", o.Reason)
	case rule.NotApplicable:
		a.skip(r, o.Reason)
		if o.Panic != nil {
			a.broken(r, urn, o, scrub)
		}
		a.note(r, urn, "not-applicable", o.Reason)
	case rule.Fail:
		a.fail(r, o.Findings)
	}
}

func (a *answer) skip(r *rule.Rule, reason string) {
	a.notApplicable = append(a.notApplicable, &pulumirpc.PolicyNotApplicable{PolicyName: r.ID, Reason: reason})
}

// fail reports the findings, those about one resource together, unless they are exempt.
func (a *answer) fail(r *rule.Rule, findings []rule.Finding) {
	byURN := map[string][]rule.Finding{}
	var order []string
	for _, f := range findings {
		if byURN[f.URN] == nil {
			order = append(order, f.URN)
		}
		byURN[f.URN] = append(byURN[f.URN], f)
	}
	reported := false
	var exempt string
	for _, urn := range order {
		exemption, expired := a.run.exemption(r.ID, urn)
		if exemption != nil && !expired {
			exempt = "exempt: " + exemption.String()
			a.note(r, urn, "exempt", exemption.String(), byURN[urn]...)
			continue
		}
		reported = true
		message := failureText(r, byURN[urn])
		if expired {
			message += "\nIts exemption has expired: " + exemption.String()
		}
		a.diagnostics = append(a.diagnostics, a.run.diagnostic(r, urn, message))
		a.note(r, urn, "fail", "", byURN[urn]...)
	}
	if !reported {
		a.skip(r, exempt)
	}
}

// maxFindings is how many findings about one resource a message lists.
const maxFindings = 10

// failureText is the message: what is asked, what is wrong, and how to mend it.
func failureText(r *rule.Rule, findings []rule.Finding) string {
	var b strings.Builder
	b.WriteString(r.Title)
	for i, f := range findings {
		if i == maxFindings {
			fmt.Fprintf(&b, "\n- ... and %d more", len(findings)-i)
			break
		}
		b.WriteString("\n- " + f.String())
	}
	b.WriteString("\nFix: ")
	if with := strings.TrimSuffix(r.Fix.Bulwark, "."); with != "" {
		b.WriteString(with + ". In pulumi-aws: ")
	}
	b.WriteString(r.Fix.Plain)
	fmt.Fprintf(&b, "\nWhy: bulwark policy explain %s", r.ID)
	return b.String()
}

func (s *run) diagnostic(r *rule.Rule, urn, message string) *pulumirpc.AnalyzeDiagnostic {
	return &pulumirpc.AnalyzeDiagnostic{
		PolicyName: r.ID, PolicyPackName: s.pack.Name, PolicyPackVersion: s.pack.Version,
		Description: r.Title, Message: message, EnforcementLevel: levels[s.policy.Setting(r.ID).Level],
		Urn: urn, Severity: severities[r.Severity],
	}
}

// broken reports a rule that broke down, as an advisory of the pack itself: nobody's resource is to blame.
func (a *answer) broken(r *rule.Rule, urn string, o rule.Outcome, scrub func(string) string) {
	message := fmt.Sprintf("The rule %s broke down and has not judged this: %s (%s). The deployment goes on. Please report it at %s/issues",
		r.ID, scrub(fmt.Sprint(o.Panic)), where(o.Stack), a.run.pack.Repository)
	a.tell(a.run.own(pulumirpc.EnforcementLevel_ADVISORY, urn, message))
}

// tell reports something of the pack about itself.
func (a *answer) tell(d *pulumirpc.AnalyzeDiagnostic) {
	a.diagnostics = append(a.diagnostics, d)
	if a.run.record != nil {
		a.verdicts = append(a.verdicts, Verdict{Rule: config.OwnName, URN: d.GetUrn(), Verdict: "note", Reason: d.GetMessage()})
	}
}

// where finds the rule's own line in the trace of a panic.
func where(stack []byte) string {
	for line := range strings.Lines(string(stack)) {
		line = strings.TrimSpace(line)
		if i := strings.Index(line, "/policy/rules/"); i >= 0 && strings.Contains(line, ".go:") {
			place, _, _ := strings.Cut(line[i+1:], " ")
			return place
		}
	}
	return "place unknown"
}

// own is a diagnostic of the pack about itself.
func (s *Server) own(level pulumirpc.EnforcementLevel, urn, message string) *pulumirpc.AnalyzeDiagnostic {
	return &pulumirpc.AnalyzeDiagnostic{
		PolicyName: config.OwnName, PolicyPackName: s.pack.Name, PolicyPackVersion: s.pack.Version,
		Description: "The policy pack itself", Message: message, EnforcementLevel: level, Urn: urn,
	}
}
