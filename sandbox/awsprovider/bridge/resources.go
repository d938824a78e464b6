//go:build provider

package bridge

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// deleteBeforeReplace holds the resources of which AWS keeps one at a time, or whose replacement would be taken away
// again with the original because both are the same attachment.
var deleteBeforeReplace = map[string]bool{
	"aws_cloudwatch_log_subscription_filter": true,
	"aws_ec2_transit_gateway_vpc_attachment": true,
	"aws_ecr_lifecycle_policy":               true,
	"aws_iam_account_alias":                  true,
	"aws_iam_group_policy_attachment":        true,
	"aws_iam_policy_attachment":              true,
	"aws_iam_role_policy_attachment":         true,
	"aws_iam_user_policy_attachment":         true,
	"aws_security_group_rule":                true,
}

// computedIDs holds the resources that Terraform knows without an id of their own.
var computedIDs = map[string]tfbridge.ComputeID{
	"aws_lambda_runtime_management_config":              joined("functionName", "qualifier"),
	"aws_vpc_endpoint_private_dns":                      joined("vpcEndpointId"),
	"aws_vpc_endpoint_service_private_dns_verification": joined("serviceId"),
}

func joined(properties ...resource.PropertyKey) tfbridge.ComputeID {
	return func(_ context.Context, state resource.PropertyMap) (resource.ID, error) {
		var parts []string
		for _, property := range properties {
			if value := state[property]; value.IsString() && value.StringValue() != "" {
				parts = append(parts, value.StringValue())
			}
		}
		return resource.ID(strings.Join(parts, "__")), nil
	}
}
