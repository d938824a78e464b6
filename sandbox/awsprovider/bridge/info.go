//go:build provider

// Package bridge turns the Terraform AWS provider into a Pulumi provider that speaks as the official one does: its
// tokens, its property names and shapes, its automatic names.
package bridge

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-provider-aws/xpprovider"
	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/names"
)

// Version is the version of the official provider that the Go SDK asks for. Reporting another one makes the engine warn
// at every run. What is inside is Terraform AWS 6.13 where the official one has 5.100.
const Version = "6.83.2"

// MetadataPath is the file name of the metadata that the build computes and the provider embeds.
const MetadataPath = "metadata.json"

// Upstream returns the Terraform AWS provider: the older SDK's resources and the plugin framework's behind one interface.
func Upstream(ctx context.Context) (shim.Provider, error) {
	framework, sdk, err := xpprovider.GetProvider(ctx)
	if err != nil {
		return nil, fmt.Errorf("the Terraform AWS provider does not start: %w", err)
	}
	if err := restoreArguments(sdk); err != nil {
		return nil, err
	}
	return pfbridge.MuxShimWithPF(ctx, sdkv2.NewProvider(sdk), framework), nil
}

// Info describes the Pulumi provider. Metadata is what the build computed, or {} while it computes it.
func Info(upstream shim.Provider, metadata []byte) (tfbridge.ProviderInfo, error) {
	table, err := names.Official()
	if err != nil {
		return tfbridge.ProviderInfo{}, err
	}
	info := tfbridge.ProviderInfo{
		P:                upstream,
		Name:             "aws",
		Version:          Version,
		GitHubOrg:        "hashicorp",
		UpstreamRepoPath: ".",
		Config:           fields(upstream.Schema(), table.Config),
		Resources:        map[string]*tfbridge.ResourceInfo{},
		DataSources:      map[string]*tfbridge.DataSourceInfo{},
		ExtraTypes:       extraTypes,

		EnableZeroDefaultSchemaVersion:               true,
		SkipValidateProviderConfigForPluginFramework: true,
	}
	info.MetadataInfo = tfbridge.NewProviderMetadata(metadata)
	configDefaults(info.Config)
	upstream.ResourcesMap().Range(func(kind string, upstream shim.Resource) bool {
		item := table.Resources[kind]
		if item == nil {
			info.IgnoreMappings = append(info.IgnoreMappings, kind)
			return true
		}
		info.Resources[kind] = resourceInfo(kind, upstream, item)
		if rule, ok := table.AutoNameOf(kind); ok {
			autoname(info.Resources[kind], rule)
		}
		return true
	})
	upstream.DataSourcesMap().Range(func(kind string, upstream shim.Resource) bool {
		item := table.DataSources[kind]
		if item == nil {
			info.IgnoreMappings = append(info.IgnoreMappings, kind)
			return true
		}
		info.DataSources[kind] = &tfbridge.DataSourceInfo{
			Tok:  tokens.ModuleMember(item.Token),
			Docs: &tfbridge.DocInfo{AllowMissing: true},
		}
		if len(item.Fields) > 0 {
			info.DataSources[kind].Fields = fields(upstream.Schema(), item.Fields)
		}
		return true
	})
	return info, nil
}

func resourceInfo(kind string, upstream shim.Resource, item *names.Item) *tfbridge.ResourceInfo {
	info := &tfbridge.ResourceInfo{
		Tok:                 tokens.Type(item.Token),
		Docs:                &tfbridge.DocInfo{AllowMissing: true},
		DeleteBeforeReplace: deleteBeforeReplace[kind],
		ComputeID:           computedIDs[kind],
	}
	if len(item.Fields) > 0 {
		info.Fields = fields(upstream.Schema(), item.Fields)
	}
	info.PreCheckCallback = checkInputs(kind, item)
	info.TransformOutputs = transformOutputs(kind, findNumbers(upstream.Schema(), info.Fields))
	return info
}

// configDefaults adds what the table cannot hold: the official provider takes the region from these variables.
func configDefaults(config map[string]*tfbridge.SchemaInfo) {
	region := config["region"]
	if region == nil {
		region = &tfbridge.SchemaInfo{}
		config["region"] = region
	}
	region.Default = &tfbridge.DefaultInfo{EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}}
	region.ForcesProviderReplace = tfbridge.True()
}
