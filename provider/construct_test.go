package provider

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/status"

	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

type object = map[string]any

// construct asks the provider for a component, as the engine does in an update.
func construct(t *testing.T, token string, inputs object) (*componenttest.Recorder, p.ConstructResponse, error) {
	t.Helper()
	return ask(t, p.ConstructRequest{
		Urn: resource.NewURN(componenttest.Stack, componenttest.Project, "", tokens.Type(token), "it"), Inputs: values(t, inputs),
	})
}

func ask(t *testing.T, request p.ConstructRequest) (*componenttest.Recorder, p.ConstructResponse, error) {
	t.Helper()
	recorder := &componenttest.Recorder{DryRun: request.DryRun}
	server, err := integration.NewServer(t.Context(), Name, semver.MustParse(Version), integration.WithProvider(New()), integration.WithMocks(cloud{recorder}))
	require.NoError(t, err)
	response, err := server.Construct(request)
	return recorder, response, err
}

// cloud is the recorder with an output that is a list.
type cloud struct{ *componenttest.Recorder }

func (c cloud) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	id, state, err := c.Recorder.NewResource(args)
	if args.TypeToken == "aws:route53/zone:Zone" && !c.DryRun {
		state["nameServers"] = resource.NewPropertyValue([]string{"ns-1.awsdns-01.org", "ns-2.awsdns-02.com"})
	}
	return id, state, err
}

// values are Go values as the protocol has them; property.Value stands for itself.
func values(t *testing.T, inputs object) property.Map {
	t.Helper()
	m := make(map[string]property.Value, len(inputs))
	for name, v := range inputs {
		m[name] = value(t, v)
	}
	return property.NewMap(m)
}

func value(t *testing.T, v any) property.Value {
	t.Helper()
	switch v := v.(type) {
	case property.Value:
		return v
	case object:
		return property.New(values(t, v))
	case []any:
		list := make([]property.Value, len(v))
		for i, e := range v {
			list[i] = value(t, e)
		}
		return property.New(property.NewArray(list))
	default:
		out, err := property.Any(v)
		require.NoError(t, err)
		return out
	}
}

func served(t *testing.T) schema.PackageSpec {
	t.Helper()
	var spec schema.PackageSpec
	require.NoError(t, json.Unmarshal([]byte(schemaJSON), &spec))
	return spec
}

// In another language a component registers what it registers in Go, and returns every output that the schema promises.
func TestConstruct(t *testing.T) {
	for token, r := range served(t).Resources {
		t.Run(token, func(t *testing.T) {
			twin, ok := twins[token]
			require.True(t, ok, "add %s to twins", token)

			inGo := componenttest.Run(t, twin.program)
			recorder, response, err := construct(t, token, twin.inputs)
			require.NoError(t, err)
			require.NotEmpty(t, graph(inGo))
			assert.Equal(t, graph(inGo), graph(recorder))

			for _, name := range r.Required {
				output, ok := response.State.GetOk(name)
				assert.True(t, ok && !output.IsNull(), "no output %s", name)
			}
			assert.Equal(t, len(r.Properties), response.State.Len(), "outputs that the schema does not know")
		})
	}
}

// A component under a provider gives it to every child, and asks it every question, those before it exists too: nothing
// is made or looked up in the default region. Reports of components that do otherwise: pulumi/pulumi#10640,
// pulumi/pulumi-awsx#887, pulumi/pulumi-yaml#955.
func TestConstructUnderAProvider(t *testing.T) {
	provider := p.ProviderReference{
		Urn: resource.NewURN(componenttest.Stack, componenttest.Project, "", "pulumi:providers:aws", "second"), ID: "its-id",
	}
	reference := string(provider.Urn) + "::" + string(provider.ID)
	for token := range served(t).Resources {
		t.Run(token, func(t *testing.T) {
			recorder, _, err := ask(t, p.ConstructRequest{
				Urn:    resource.NewURN(componenttest.Stack, componenttest.Project, "", tokens.Type(token), "it"),
				Inputs: values(t, twins[token].inputs), Providers: map[tokens.Package]p.ProviderReference{"aws": provider},
			})
			require.NoError(t, err)
			for _, r := range recorder.Registrations() {
				if r.Custom {
					assert.Equal(t, reference, r.Provider, "%s %s", r.Type, r.Name)
				}
			}
			for _, invoke := range recorder.Invokes() {
				if invoke.Token == "pulumi:pulumi:getResource" {
					continue // the SDK's own question, for the provider itself
				}
				assert.Equal(t, reference, invoke.Provider, invoke.Token)
			}
		})
	}
}

type registration struct {
	Type, Name, Parent      string
	Protect, RetainOnDelete bool
	Inputs                  object
}

func graph(r *componenttest.Recorder) []registration {
	var out []registration
	for _, reg := range r.Registrations() {
		if reg.Type == "pulumi:pulumi:Stack" {
			continue
		}
		n := registration{Type: reg.Type, Name: reg.Name, Protect: reg.Protect, RetainOnDelete: reg.RetainOnDelete, Inputs: object{}}
		if reg.Parent != "" {
			n.Parent = string(resource.URN(reg.Parent).Type()) + "::" + resource.URN(reg.Parent).Name()
		}
		for key := range reg.Inputs {
			n.Inputs[string(key)] = reg.Input(string(key))
		}
		out = append(out, n)
	}
	return out
}

// What the component itself refuses reaches the engine property by property.
func TestConstructReportsEveryProblem(t *testing.T) {
	recorder, _, err := construct(t, storage.BucketType, object{"labels": object{"project": "acme"}, "abortMultipartDays": 400.0})
	found := problems(t, err)
	for _, path := range []string{"labels.owner", "labels.dataClass", "logBucketName", "abortMultipartDays"} {
		assert.Contains(t, found, path)
	}
	assert.Empty(t, recorder.Registrations())
}

func TestConstructRefusesWhatItDoesNotKnow(t *testing.T) {
	recorder, _, err := construct(t, storage.BucketType, object{
		"labels": labelsObject, "accessLogs": "disabled", "retention": object{"expiryDay": 30.0}, "logBucket": "acme-logs", "eventBridge": "yes",
	})
	found := problems(t, err)
	require.Len(t, found, 3)
	assert.Equal(t, "unknown property: expected a property of Retention; fix: did you mean expiryDays?", found["retention.expiryDay"])
	assert.Equal(t, "unknown property: expected a property of Bucket; fix: use logBucketName", found["logBucket"])
	assert.Equal(t, "a string: expected true or false", found["eventBridge"])
	assert.Empty(t, recorder.Registrations())
}

// problems are the properties that an error of the protocol names, with the reasons.
func problems(t *testing.T, err error) map[string]string {
	t.Helper()
	require.Error(t, err)
	s, ok := status.FromError(err)
	require.True(t, ok, "not an error of the protocol: %v", err)
	found := map[string]string{}
	for _, d := range s.Details() {
		if properties, ok := d.(*pulumirpc.InputPropertiesError); ok {
			for _, e := range properties.GetErrors() {
				found[e.GetPropertyPath()] = strings.TrimSpace(e.GetReason())
			}
		}
	}
	require.NotEmpty(t, found, "the error names no properties: %v", err)
	return found
}
