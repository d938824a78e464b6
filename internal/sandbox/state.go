package sandbox

import (
	"context"
	"encoding/json"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// Resource is one resource in a stack's state.
type Resource struct {
	URN            string         `json:"urn"`
	Type           string         `json:"type"`
	ID             string         `json:"id"`
	Parent         string         `json:"parent"`
	Protect        bool           `json:"protect"`
	RetainOnDelete bool           `json:"retainOnDelete"`
	Inputs         map[string]any `json:"inputs"`
	Outputs        map[string]any `json:"outputs"`
}

// Resources returns the stack's state, in the order of the engine: what others depend on first.
func (s *Stack) Resources(ctx context.Context) ([]Resource, error) {
	state, err := s.auto.Export(ctx)
	if err != nil {
		return nil, engineProblem("reading the state of stack "+s.name, nil, err)
	}
	var deployment struct {
		Resources []Resource `json:"resources"`
	}
	if len(state.Deployment) > 0 {
		err = json.Unmarshal(state.Deployment, &deployment)
	}
	return deployment.Resources, err
}

// Unprotect lifts the protection of every resource in the state.
func (s *Stack) Unprotect(ctx context.Context) error {
	state, err := s.auto.Export(ctx)
	if err != nil {
		return engineProblem("reading the state of stack "+s.name, nil, err)
	}
	var deployment map[string]any
	if err := json.Unmarshal(state.Deployment, &deployment); err != nil {
		return err
	}
	resources, _ := deployment["resources"].([]any)
	for _, r := range resources {
		if resource, ok := r.(map[string]any); ok {
			delete(resource, "protect")
		}
	}
	raw, err := json.Marshal(deployment)
	if err != nil {
		return err
	}
	if err := s.auto.Import(ctx, apitype.UntypedDeployment{Version: state.Version, Deployment: raw}); err != nil {
		return engineProblem("writing the state of stack "+s.name, nil, err)
	}
	return nil
}
