//go:build provider

package bridge

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/inputs"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/names"
)

// restoreArguments declares the arguments that Terraform AWS 6 has removed and that internal/inputs turns into others.
// Terraform's own code does not look at them.
func restoreArguments(provider *schema.Provider) error {
	for kind, arguments := range map[string]map[string]*schema.Schema{
		"aws_eip": {
			"vpc": {Type: schema.TypeBool, Optional: true, Computed: true, ForceNew: true},
		},
		"aws_guardduty_organization_configuration": {
			"auto_enable": {Type: schema.TypeBool, Optional: true},
		},
		"aws_instance": {
			"cpu_core_count":       {Type: schema.TypeInt, Optional: true, Computed: true, ForceNew: true},
			"cpu_threads_per_core": {Type: schema.TypeInt, Optional: true, Computed: true, ForceNew: true},
		},
		"aws_spot_instance_request": {
			"cpu_core_count":       {Type: schema.TypeInt, Optional: true, Computed: true, ForceNew: true},
			"cpu_threads_per_core": {Type: schema.TypeInt, Optional: true, Computed: true, ForceNew: true},
		},
		"aws_ssm_association": {
			"instance_id": {Type: schema.TypeString, Optional: true, ForceNew: true},
		},
	} {
		restored := provider.ResourcesMap[kind]
		if restored == nil || restored.Schema == nil {
			return fmt.Errorf("%s is not there or keeps its schema elsewhere: upstream has changed, look at restoreArguments anew", kind)
		}
		for name, argument := range arguments {
			restored.Schema[name] = argument
		}
	}
	return nil
}

// checkInputs looks at what a program gives before Terraform does.
func checkInputs(kind string, item *names.Item) tfbridge.PreCheckCallback {
	restored := inputs.Version5[kind]
	return func(ctx context.Context, given, config resource.PropertyMap) (resource.PropertyMap, error) {
		if err := inputs.Refuse(item.Token, item.Lacks, given); err != nil {
			return nil, err
		}
		if restored.Give != nil {
			given = given.Copy()
			restored.Give(given)
		}
		if item.Tagged {
			return inputs.MergeTags(ctx, given, config)
		}
		return given, nil
	}
}

// transformOutputs is the last look at what goes to the program; nil if there is nothing to do.
func transformOutputs(kind string, numbers *inputs.Numbers) tfbridge.PropertyTransform {
	take := inputs.Version5[kind].Take
	if numbers == nil && take == nil {
		return nil
	}
	return func(ctx context.Context, outputs resource.PropertyMap) (resource.PropertyMap, error) {
		outputs = outputs.Copy()
		if take != nil {
			take(outputs)
		}
		if numbers == nil {
			return outputs, nil
		}
		return numbers.DropEmpty(ctx, outputs)
	}
}
