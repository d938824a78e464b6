package provider

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

var (
	labels = tagging.Labels{
		Project: "acme-audio", Environment: "test", Owner: "platform@acme.example", CostCenter: "1000",
		DataClass: tagging.Confidential, Repository: "github.com/acme/infra", Extra: map[string]string{"Purpose": "test"},
	}
	labelsObject = object{
		"project": "acme-audio", "environment": "test", "owner": "platform@acme.example", "costCenter": "1000",
		"dataClass": "confidential", "repository": "github.com/acme/infra", "extra": object{"Purpose": "test"},
	}
)

const (
	someKey          = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	someVPC          = "vpc-0123456789abcdef0"
	someGroup        = "sg-0123456789abcdef0"
	someTable        = "rtb-0123456789abcdef0"
	someZone         = "Z0123456789ABCDEFGHIJ"
	someCertificate  = "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
	someLoadBalancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/50dc6c495c0c9188"
	someRuleGroup    = "arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/acme/1234abcd-12ab-34cd-56ef-1234567890ab"
	someTopic        = "arn:aws:sns:eu-west-1:123456789012:alarms"

	subnet0 = componenttest.ExistingSubnet + "0"
	subnet1 = componenttest.ExistingSubnet + "1"
)

// twin is the same component in both forms. Together the twins use every kind of value: strings, numbers, enumerations,
// lists, maps, nested objects, inputs.
type twin struct {
	inputs  object
	program pulumi.RunFunc
}

// twins are those of all components by their tokens; each package has a file of its own, twins_<package>_test.go.
var twins = map[string]twin{}

func addTwins(more map[string]twin) struct{} {
	maps.Copy(twins, more)
	return struct{}{}
}
