package inputs

import (
	"reflect"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestRestoredArguments(t *testing.T) {
	for _, test := range []struct {
		name, kind  string
		given, want map[string]any
	}{
		{"an address in a VPC", "aws_eip", map[string]any{"vpc": true}, map[string]any{"vpc": true, "domain": "vpc"}},
		{"an address outside", "aws_eip", map[string]any{"vpc": false}, map[string]any{"vpc": false}},
		{"an address with its domain", "aws_eip", map[string]any{"vpc": true, "domain": "standard"}, map[string]any{"vpc": true, "domain": "standard"}},
		{
			"processors", "aws_instance",
			map[string]any{"cpuCoreCount": 2.0, "cpuThreadsPerCore": 1.0},
			map[string]any{"cpuCoreCount": 2.0, "cpuThreadsPerCore": 1.0, "cpuOptions": map[string]any{"coreCount": 2.0, "threadsPerCore": 1.0}},
		},
		{"no processors", "aws_instance", map[string]any{"ami": "ami-1"}, map[string]any{"ami": "ami-1"}},
		{
			"an instance to manage", "aws_ssm_association",
			map[string]any{"instanceId": "i-1"},
			map[string]any{"instanceId": "i-1", "targets": []any{map[string]any{"key": "InstanceIds", "values": []any{"i-1"}}}},
		},
		{
			"new members", "aws_guardduty_organization_configuration",
			map[string]any{"autoEnable": true},
			map[string]any{"autoEnable": true, "autoEnableOrganizationMembers": "NEW"},
		},
		{
			"no members", "aws_guardduty_organization_configuration",
			map[string]any{"autoEnable": false},
			map[string]any{"autoEnable": false, "autoEnableOrganizationMembers": "NONE"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			inputs := properties(test.given)
			Version5[test.kind].Give(inputs)
			if got := inputs.Mappable(); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestRestoredOutputs(t *testing.T) {
	address := properties(map[string]any{"domain": "vpc"})
	Version5["aws_eip"].Take(address)
	if !reflect.DeepEqual(address["vpc"], resource.NewBoolProperty(true)) {
		t.Errorf("vpc: %v", address["vpc"])
	}
	instance := properties(map[string]any{"cpuOptions": map[string]any{"coreCount": 4.0}})
	Version5["aws_instance"].Take(instance)
	if got := instance["cpuCoreCount"]; !got.IsNumber() || got.NumberValue() != 4 || instance.HasValue("cpuThreadsPerCore") {
		t.Errorf("outputs: %v", instance.Mappable())
	}
}

func TestRefuse(t *testing.T) {
	removed := []string{"logGroupName", "other", "third"}
	if err := Refuse("aws:ec2/flowLog:FlowLog", removed, properties(map[string]any{"logDestination": "arn"})); err != nil {
		t.Errorf("what is there was refused: %v", err)
	}
	err := Refuse("aws:ec2/flowLog:FlowLog", removed, properties(map[string]any{"third": "x", "logGroupName": "secret"}))
	want := "aws:ec2/flowLog:FlowLog: logGroupName, third cannot be set in the sandbox: the provider built from source has no such argument " +
		"(docs/sandbox.md lists what it lacks); leave it out, or use the official provider (PROVIDER=official)"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
