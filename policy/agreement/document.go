package agreement

import (
	"fmt"
	"maps"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// policyDocument is the JSON that the data source aws_iam_policy_document writes.
//
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func (p *program) policyDocument(body *hclsyntax.Body) (any, error) {
	document, err := p.body(body)
	if err != nil {
		return nil, err
	}
	statements := []any{}
	blocks, _ := document["statement"].([]any)
	for _, raw := range blocks {
		statements = append(statements, statement(raw.(map[string]any)))
	}
	version := document["version"]
	if version == nil {
		version = "2012-10-17"
	}
	return map[string]any{toJSON: map[string]any{"Version": version, "Statement": statements}}, nil
}

// statement renames what stands in a block.
func statement(block map[string]any) map[string]any {
	out := map[string]any{"Effect": "Allow"}
	for from, to := range map[string]string{
		"sid": "Sid", "effect": "Effect", "actions": "Action", "not_actions": "NotAction", "resources": "Resource",
		"not_resources": "NotResource",
	} {
		if value := block[from]; value != nil {
			out[to] = value
		}
	}
	for from, to := range map[string]string{"principals": "Principal", "not_principals": "NotPrincipal"} {
		principals := map[string]any{}
		blocks, _ := block[from].([]any)
		for _, raw := range blocks {
			one := raw.(map[string]any)
			principals[fmt.Sprint(one["type"])] = one["identifiers"]
		}
		if _, everyone := principals["*"]; everyone {
			out[to] = "*"
		} else if len(principals) > 0 {
			out[to] = principals
		}
	}
	conditions := map[string]map[string]any{}
	blocks, _ := block["condition"].([]any)
	for _, raw := range blocks {
		one := raw.(map[string]any)
		operator := fmt.Sprint(one["test"])
		if conditions[operator] == nil {
			conditions[operator] = map[string]any{}
		}
		maps.Copy(conditions[operator], map[string]any{fmt.Sprint(one["variable"]): one["values"]})
	}
	if len(conditions) > 0 {
		out["Condition"] = conditions
	}
	return out
}
