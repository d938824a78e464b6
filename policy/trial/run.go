package trial

import (
	"time"

	"github.com/bulwark-iac/bulwark/policy/analyzer"
	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Run checks the stack by every rule that the policy has not disabled, and returns what a record of a real run has.
// Exemptions do not count.
func (s *Stack) Run(rules []*rule.Rule, policy *config.Policy, mode Mode) (analyzer.Run, []analyzer.Verdict, error) {
	header := analyzer.Run{Pack: config.OwnName, Project: "test", Stack: "test", Profile: string(policy.Profile), DryRun: mode == Preview, Levels: map[string]string{}}
	ctx := &rule.Context{Project: header.Project, Stack: header.Stack, Profile: policy.Profile, DryRun: header.DryRun, Today: time.Now()}
	inputs, err := s.Inputs(mode)
	if err != nil {
		return header, nil, err
	}
	outputs, err := s.Outputs(mode)
	if err != nil {
		return header, nil, err
	}
	var verdicts []analyzer.Verdict
	for _, r := range rules {
		setting := policy.Setting(r.ID)
		header.Levels[r.ID] = string(setting.Level)
		if setting.Level == config.Disabled {
			continue
		}
		raws := inputs
		if r.Stack != nil {
			raws = outputs
		}
		for _, o := range Evaluate(r, ctx, setting.Params, raws) {
			verdicts = append(verdicts, verdictsOf(r, o)...)
		}
	}
	return header, verdicts, nil
}

// verdictsOf are the lines of an outcome: one for each resource that fails, else one.
func verdictsOf(r *rule.Rule, o Outcome) []analyzer.Verdict {
	line := analyzer.Verdict{Rule: r.ID, Reason: o.Reason}
	if o.Resource != nil {
		line.URN = o.Resource.URN
	}
	switch o.Verdict {
	case rule.Pass:
		line.Verdict = "pass"
	case rule.NotYetKnown:
		line.Verdict = "not-yet-known"
	case rule.NotApplicable:
		line.Verdict = "not-applicable"
	case rule.Fail:
		var lines []analyzer.Verdict
		at := map[string]int{}
		for _, f := range o.Findings {
			i, ok := at[f.URN]
			if !ok {
				i = len(lines)
				at[f.URN] = i
				lines = append(lines, analyzer.Verdict{Rule: r.ID, URN: f.URN, Verdict: "fail"})
			}
			lines[i].Findings = append(lines[i].Findings, f.String())
		}
		return lines
	}
	return []analyzer.Verdict{line}
}
