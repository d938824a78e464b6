// Package trial judges small stacks that are written down, without an engine: the examples of the rules, and files that a
// user tries a rule with.
//
// The notation is that of resources in Pulumi YAML, a map from logical names to resources, or a whole Pulumi YAML program
// of which the resources count:
//
//	audio:
//	  type: aws:s3/bucketV2:BucketV2
//	block:
//	  type: aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock
//	  properties: {bucket: "${audio.id}", blockPublicAcls: true}
package trial

import (
	"errors"
	"fmt"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/planned"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Mode is the run of which a stack is judged.
type Mode = example.Mode

// The modes: a preview in which the resources do not exist yet, and an update, in which everything is known.
const (
	Preview = example.Preview
	Update  = example.Update
)

// Stack is what has been read.
type Stack struct {
	example *example.Stack
	// deployed says that a preview knows what AWS has answered.
	deployed bool
}

// Parse reads resources. The error names everything that is wrong with the notation and, of resources of pulumi-aws that
// the rules know, the properties that there are not.
func Parse(text string) (*Stack, error) {
	parsed, err := example.Parse(text)
	if err != nil {
		return nil, err
	}
	s := &Stack{example: parsed}
	raws, err := s.Inputs(Update)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, raw := range raws {
		if !schema.Has(raw.Type) {
			continue // a type that no rule looks at
		}
		for _, problem := range schema.Check(raw.Type, raw.Properties) {
			problems = append(problems, errors.New(raw.Name+"."+problem))
		}
	}
	return s, errors.Join(problems...)
}

// Of reads an example of a rule.
func Of(e rule.Example) (*Stack, error) {
	parsed, err := example.Parse(e.YAML)
	if err != nil {
		return nil, fmt.Errorf("the example cannot be read: %w", err)
	}
	return &Stack{example: parsed, deployed: e.Deployed}, nil
}

// Inputs are the resources as a rule of single resources sees them, the stack's own first.
func (s *Stack) Inputs(mode Mode) ([]rule.Raw, error) {
	built, err := s.build(mode)
	if err != nil {
		return nil, err
	}
	if mode == Preview {
		for i := range built.Inputs {
			built.Inputs[i].Inputs = built.Inputs[i].Properties
		}
	}
	return built.Inputs, nil
}

// Outputs are the resources as a rule of the whole stack sees them.
func (s *Stack) Outputs(mode Mode) ([]rule.Raw, error) {
	built, err := s.build(mode)
	if err != nil {
		return nil, err
	}
	if mode == Preview {
		for i := range built.Outputs {
			built.Outputs[i] = planned.Resource(built.Outputs[i], built.Inputs[i].Properties)
		}
	}
	return built.Outputs, nil
}

func (s *Stack) build(mode Mode) (*example.Built, error) {
	if s.deployed {
		mode = Update
	}
	built, err := s.example.Build(mode, schema.Computed)
	if err != nil {
		return nil, fmt.Errorf("the resources cannot be put together: %w", err)
	}
	return built, nil
}

// For are the resources as the rule sees them.
func (s *Stack) For(r *rule.Rule, mode Mode) ([]rule.Raw, error) {
	if r.Stack != nil {
		return s.Outputs(mode)
	}
	return s.Inputs(mode)
}

// Outcome is what a rule says about a resource, or about the stack when there is none.
type Outcome struct {
	Resource *rule.Resource
	rule.Outcome
}

// Judge runs a rule over resources.
func Judge(r *rule.Rule, ctx *rule.Context, params map[string]any, raws []rule.Raw) []Outcome {
	resources := make([]*rule.Resource, len(raws))
	for i, raw := range raws {
		resources[i] = rule.NewResource(raw)
	}
	if r.Stack != nil {
		return []Outcome{{Outcome: r.JudgeStack(params, rule.NewStack(ctx, resources))}}
	}
	var out []Outcome
	for _, resource := range resources {
		if r.Looks(resource.Type) {
			out = append(out, Outcome{resource, r.JudgeResource(ctx, params, resource)})
		}
	}
	return out
}
