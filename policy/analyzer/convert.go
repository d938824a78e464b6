package analyzer

import (
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// inputs is the resource of an Analyze or Remediate call.
func inputs(req *pulumirpc.AnalyzeRequest) rule.Raw {
	raw := rule.Raw{
		Type: req.GetType(), Name: req.GetName(), URN: req.GetUrn(), Properties: req.GetProperties(),
		Options: options(req.GetOptions()), Parent: req.GetOptions().GetParent(),
	}
	provider(&raw, req.GetProvider())
	return raw
}

// outputs is a resource of an AnalyzeStack call.
func outputs(r *pulumirpc.AnalyzerResource) rule.Raw {
	raw := rule.Raw{
		Type: r.GetType(), Name: r.GetName(), URN: r.GetUrn(), Properties: r.GetProperties(),
		Options: options(r.GetOptions()), Parent: r.GetParent(), Dependencies: r.GetDependencies(),
		PropertyDependencies: make(map[string][]string, len(r.GetPropertyDependencies())),
	}
	for property, deps := range r.GetPropertyDependencies() {
		raw.PropertyDependencies[property] = deps.GetUrns()
	}
	provider(&raw, r.GetProvider())
	return raw
}

func provider(raw *rule.Raw, p *pulumirpc.AnalyzerProviderResource) {
	raw.ProviderType, raw.ProviderName, raw.ProviderURN = p.GetType(), p.GetName(), p.GetUrn()
	raw.ProviderProperties = p.GetProperties()
}

func options(o *pulumirpc.AnalyzerResourceOptions) rule.Options {
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	return rule.Options{
		Protect: o.GetProtect(), IgnoreChanges: o.GetIgnoreChanges(), DeleteBeforeReplace: o.GetDeleteBeforeReplace(),
		AdditionalSecretOutputs: o.GetAdditionalSecretOutputs(), Aliases: o.GetAliases(),
		Create: seconds(o.GetCustomTimeouts().GetCreate()), Update: seconds(o.GetCustomTimeouts().GetUpdate()),
		Delete: seconds(o.GetCustomTimeouts().GetDelete()),
	}
}
