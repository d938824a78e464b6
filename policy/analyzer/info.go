package analyzer

import (
	"context"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// GetAnalyzerInfo describes pack and rules. The levels and defaults are those of the stack's own configuration, because
// the engine hands them back in Configure.
func (s *Server) GetAnalyzerInfo(context.Context, *emptypb.Empty) (*pulumirpc.AnalyzerInfo, error) {
	policy := s.run.Load().policy
	info := &pulumirpc.AnalyzerInfo{
		Name: s.pack.Name, DisplayName: s.pack.DisplayName, Version: s.pack.Version, Description: s.pack.Description,
		Repository: s.pack.Repository, Provider: "aws", SupportsConfig: true, Tags: []string{"aws", "security"},
	}
	for _, r := range s.rules {
		described, err := describe(r, policy.Setting(r.ID))
		if err != nil {
			return nil, err
		}
		info.Policies = append(info.Policies, described)
	}
	own, err := describeOwn()
	info.Policies = append(info.Policies, own)
	return info, err
}

func describe(r *rule.Rule, setting *config.Setting) (*pulumirpc.PolicyInfo, error) {
	policyType := pulumirpc.PolicyType_POLICY_TYPE_RESOURCE
	if r.Stack != nil {
		policyType = pulumirpc.PolicyType_POLICY_TYPE_STACK
	}
	info := &pulumirpc.PolicyInfo{
		Name: r.ID, DisplayName: r.Title, Description: r.Title, Message: r.Why,
		EnforcementLevel: levels[setting.Reported()], PolicyType: policyType, Severity: severities[r.Severity],
		Framework: framework(r.References), Tags: tags(r.References), RemediationSteps: strings.Join(r.Fix.Lines(), "\n"), Url: r.Source,
	}
	if len(r.Params) == 0 {
		return info, nil
	}
	properties := map[string]any{}
	for _, p := range r.Params {
		properties[p.Name] = schemaOf(p, setting.Params[p.Name])
	}
	schema, err := structpb.NewStruct(properties)
	info.ConfigSchema = &pulumirpc.PolicyConfigSchema{Properties: schema}
	return info, err
}

// schemaOf is the JSON schema of a parameter, with what counts when the user sets nothing else.
func schemaOf(p rule.Param, configured any) map[string]any {
	schema := map[string]any{"type": p.Kind(), "description": p.Description, "default": p.Default}
	if configured != nil {
		schema["default"] = configured
	}
	if p.Min != 0 || p.Max != 0 {
		schema["minimum"], schema["maximum"] = p.Min, p.Max
	}
	allowed := make([]any, len(p.OneOf))
	for i, text := range p.OneOf {
		allowed[i] = text
	}
	switch p.Kind() {
	case "array":
		items := map[string]any{"type": "string"}
		if len(allowed) > 0 {
			items["enum"] = allowed
		}
		schema["items"] = items
		list := []any{}
		for _, text := range schema["default"].([]string) {
			list = append(list, text)
		}
		schema["default"] = list
	case "string":
		if len(allowed) > 0 {
			schema["enum"] = allowed
		}
	}
	return schema
}

// describeOwn is the policy under which the pack reports on itself.
func describeOwn() (*pulumirpc.PolicyInfo, error) {
	schema, err := structpb.NewStruct(map[string]any{
		"exemptions": map[string]any{
			"type":        "array",
			"description": "What may fail for a while: control, urn (a pattern), reason, owner, expires (the last day).",
		},
	})
	return &pulumirpc.PolicyInfo{
		Name: config.OwnName, DisplayName: "The pack itself", Description: "Exemptions are in force, used and not expired",
		EnforcementLevel: pulumirpc.EnforcementLevel_MANDATORY, PolicyType: pulumirpc.PolicyType_POLICY_TYPE_STACK,
		Severity:     pulumirpc.PolicySeverity_POLICY_SEVERITY_MEDIUM,
		ConfigSchema: &pulumirpc.PolicyConfigSchema{Properties: schema},
	}, err
}

// framework is the first catalogue that knows the control; the protocol has room for one.
func framework(refs rule.References) *pulumirpc.PolicyComplianceFramework {
	switch {
	case len(refs.FSBP) > 0:
		return &pulumirpc.PolicyComplianceFramework{
			Name: "AWS Foundational Security Best Practices", Version: "1.0.0", Reference: refs.FSBP[0],
			Specification: "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html",
		}
	case len(refs.CIS) > 0:
		return &pulumirpc.PolicyComplianceFramework{
			Name: "CIS AWS Foundations Benchmark", Reference: refs.CIS[0],
			Specification: "https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html",
		}
	}
	return nil
}

// tags are all references, so that a console can search for them.
func tags(refs rule.References) []string {
	var tags []string
	for _, catalogue := range []struct {
		name string
		ids  []string
	}{
		{"fsbp", refs.FSBP}, {"cis", refs.CIS}, {"checkov", refs.Checkov}, {"trivy", refs.Trivy}, {"cdk-nag", refs.CDKNag},
	} {
		for _, id := range catalogue.ids {
			tags = append(tags, catalogue.name+":"+id)
		}
	}
	return tags
}
