package inputs

import (
	"fmt"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Restored brings arguments back that Terraform AWS 6 has removed because another says the same.
type Restored struct {
	// Give puts what the program says where version 6 looks for it. What the program says there already stays.
	Give func(inputs resource.PropertyMap)
	// Take fills the outputs in that version 5 had; nil if there are none.
	Take func(outputs resource.PropertyMap)
}

// Version5 holds the restored arguments by Terraform type. Their schemas stand in bridge/version5.go.
var Version5 = map[string]Restored{
	"aws_eip": {
		Give: func(inputs resource.PropertyMap) {
			if vpc := plain(inputs["vpc"]); vpc.IsBool() && vpc.BoolValue() {
				giveDefault(inputs, "domain", resource.NewStringProperty("vpc"))
			}
		},
		Take: func(outputs resource.PropertyMap) {
			if domain := plain(outputs["domain"]); domain.IsString() {
				outputs["vpc"] = resource.NewBoolProperty(domain.StringValue() == "vpc")
			}
		},
	},
	"aws_guardduty_organization_configuration": {
		Give: func(inputs resource.PropertyMap) {
			if enable := plain(inputs["autoEnable"]); enable.IsBool() {
				members := "NONE"
				if enable.BoolValue() {
					members = "NEW"
				}
				giveDefault(inputs, "autoEnableOrganizationMembers", resource.NewStringProperty(members))
			}
		},
	},
	"aws_instance":              processors,
	"aws_spot_instance_request": processors,
	"aws_ssm_association": {
		Give: func(inputs resource.PropertyMap) {
			if instance, ok := inputs["instanceId"]; ok {
				giveDefault(inputs, "targets", resource.NewArrayProperty([]resource.PropertyValue{
					resource.NewObjectProperty(resource.PropertyMap{
						"key": resource.NewStringProperty("InstanceIds"), "values": resource.NewArrayProperty([]resource.PropertyValue{instance}),
					}),
				}))
			}
		},
	},
}

// processors are given as options of the processor.
var processors = Restored{
	Give: func(inputs resource.PropertyMap) {
		options := resource.PropertyMap{}
		for from, to := range processorOptions {
			if value, ok := inputs[from]; ok {
				options[to] = value
			}
		}
		if len(options) > 0 {
			giveDefault(inputs, "cpuOptions", resource.NewObjectProperty(options))
		}
	},
	Take: func(outputs resource.PropertyMap) {
		options := plain(outputs["cpuOptions"])
		for from, to := range processorOptions {
			if options.IsObject() && options.ObjectValue().HasValue(to) {
				outputs[from] = options.ObjectValue()[to]
			}
		}
	},
}

var processorOptions = map[resource.PropertyKey]resource.PropertyKey{"cpuCoreCount": "coreCount", "cpuThreadsPerCore": "threadsPerCore"}

func giveDefault(inputs resource.PropertyMap, key resource.PropertyKey, value resource.PropertyValue) {
	if !inputs.HasValue(key) {
		inputs[key] = value
	}
}

// Refuse returns an error for what the program sets although this provider cannot: one for all of it.
func Refuse(token string, removed []string, inputs resource.PropertyMap) error {
	var set []string
	for _, name := range removed {
		if inputs.HasValue(resource.PropertyKey(name)) {
			set = append(set, name)
		}
	}
	if len(set) == 0 {
		return nil
	}
	sort.Strings(set)
	return fmt.Errorf("%s: %s cannot be set in the sandbox: the provider built from source has no such argument "+
		"(docs/sandbox.md lists what it lacks); leave it out, or use the official provider (PROVIDER=official)", token, strings.Join(set, ", "))
}
