package provider

import (
	"context"
	_ "embed"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi-go-provider/middleware/schema"
)

const (
	// Name is the name of the package: the first part of every type token.
	Name = "bulwark"
	// Version is the version of the package, and of the libraries that are generated for it.
	Version = "0.1.0"

	repository = "https://github.com/bulwark-iac/bulwark"
	// awsVersion is the version of pulumi-aws that the components create resources with. A generated library that has an
	// older one would not know the children.
	awsVersion = "6.83.2"
)

//go:embed schema.json
var schemaJSON string

// New returns the provider: it constructs the components, and serves schema.json.
func New() p.Provider {
	provider := infer.Provider(options())
	provider.GetSchema = func(context.Context, p.GetSchemaRequest) (p.GetSchemaResponse, error) {
		return p.GetSchemaResponse{Schema: schemaJSON}, nil
	}
	return provider
}

// Run serves the provider on the protocol of Pulumi's plugins, until the engine ends it.
func Run(ctx context.Context) error {
	return p.RunProvider(ctx, Name, Version, New())
}

func options() infer.Options {
	served := make([]infer.InferredComponent, len(components))
	for i, c := range components {
		served[i] = c
	}
	return infer.Options{
		Components: served,
		Metadata: schema.Metadata{
			DisplayName: "Bulwark",
			Description: "AWS components that a small company can trust on the day it installs them: encrypted, least privilege, versioned and logged unless the program says otherwise.",
			Keywords:    []string{"pulumi", "bulwark", "aws", "security", "kind/component", "category/infrastructure"},
			Homepage:    repository,
			Repository:  repository,
			Publisher:   "Bulwark",
			License:     "Apache-2.0",
			Namespace:   "bulwark-iac",
			LanguageMap: map[string]any{
				"nodejs": map[string]any{
					"packageName":          "@bulwark-iac/bulwark",
					"respectSchemaVersion": true,
					"dependencies":         map[string]string{"@pulumi/aws": "^" + awsVersion},
				},
				"python": map[string]any{
					"packageName":          "bulwark_iac_bulwark",
					"respectSchemaVersion": true,
					"pyproject":            map[string]bool{"enabled": true},
					"requires":             map[string]string{"pulumi-aws": ">=" + awsVersion + ",<7.0.0"},
				},
				"go": map[string]any{
					"importBasePath":                 "github.com/bulwark-iac/bulwark/sdk/go/bulwark",
					"generateResourceContainerTypes": true,
					"respectSchemaVersion":           true,
				},
				"csharp": map[string]any{
					"rootNamespace":        "BulwarkIac",
					"respectSchemaVersion": true,
					"packageReferences":    map[string]string{"Pulumi.Aws": "6.83.*"},
				},
			},
		},
	}
}
