package componenttest

import (
	"errors"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// What there is in the recorder's network before a program runs.
const (
	// SmallRegion has the zones a and c only, no endpoint for X-Ray, one for SQS in c only and without
	// policies, and one for SNS in neither.
	SmallRegion = "xx-small-1"
	// ExistingSubnet begins the ids of the four subnets of every VPC; a digit of 0 to 3 ends them.
	ExistingSubnet = "subnet-0000000000000000"
)

func init() {
	service(map[string]awsType{
		"aws:ec2/vpc:Vpc": {computed: func(r registered) map[string]any {
			out := map[string]any{
				"arn": arn("ec2", "vpc/"+r.name+"-id"), "defaultNetworkAclId": r.name + "-default-acl",
				"defaultRouteTableId": r.name + "-default-table", "defaultSecurityGroupId": r.name + "-default-group",
			}
			if v, ok := r.inputs["assignGeneratedIpv6CidrBlock"]; ok && v.BoolValue() {
				out["ipv6CidrBlock"] = "2a05:d018:1234:5600::/56"
			}
			return out
		}},
		"aws:ec2/securityGroup:SecurityGroup": {computed: func(r registered) map[string]any {
			return map[string]any{"arn": arn("ec2", "security-group/"+r.name+"-id")}
		}},
		"aws:ec2/eip:Eip": {computed: func(r registered) map[string]any {
			return map[string]any{"allocationId": r.name + "-allocation", "publicIp": "192.0.2.1"}
		}},
		"aws:ec2/vpcEndpoint:VpcEndpoint": {computed: func(r registered) map[string]any {
			return map[string]any{"prefixListId": r.name + "-prefixes"}
		}},
		"aws:ec2/route:Route": {untaggable: true},
		"aws:ec2/routeTableAssociation:RouteTableAssociation": {untaggable: true},
		// A component of awsx, whose plugin makes a VPC with a public and a private subnet in each of two zones.
		"awsx:ec2:Vpc": {untaggable: true, computed: func(registered) map[string]any {
			return map[string]any{
				"vpcId":            "vpc-0123456789abcdef0",
				"publicSubnetIds":  []any{ExistingSubnet + "0", ExistingSubnet + "1"},
				"privateSubnetIds": []any{ExistingSubnet + "2", ExistingSubnet + "3"}, "isolatedSubnetIds": []any{},
			}
		}},
	}, map[string]awsFunction{
		"aws:ec2/getVpcEndpointService:getVpcEndpointService": endpointService,
		"aws:ec2/getVpc:getVpc": func(_ *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			return map[string]any{"id": plain(args.Args["id"]), "cidrBlock": "172.31.0.0/16"}, nil
		},
		"aws:ec2/getSubnets:getSubnets": func(*Recorder, pulumi.MockCallArgs) (map[string]any, error) {
			return map[string]any{"id": "subnets", "ids": []any{ExistingSubnet + "0", ExistingSubnet + "1", ExistingSubnet + "2", ExistingSubnet + "3"}}, nil
		},
		"aws:ec2/getSubnet:getSubnet": func(r *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			id := plain(args.Args["id"]).(string)
			return map[string]any{"id": id, "availabilityZone": r.region(args.Provider) + subnetZone(id)}, nil
		},
		"aws:ec2/getManagedPrefixList:getManagedPrefixList": func(_ *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			return map[string]any{"id": "pl-0123456789abcdef0", "name": plain(args.Args["name"])}, nil
		},
	})
}

func endpointService(r *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
	name := plain(args.Args["filters"].ArrayValue()[0].ObjectValue()["values"].ArrayValue()[0]).(string)
	if strings.HasSuffix(name, ".xray") && r.region(args.Provider) == SmallRegion {
		return nil, errors.New("no matching EC2 VPC Endpoint Service found")
	}
	zones, policies := r.zones(args.Provider), true
	switch name {
	case "com.amazonaws." + SmallRegion + ".sqs":
		zones, policies = zones[1:], false
	case "com.amazonaws." + SmallRegion + ".sns":
		zones = []any{SmallRegion + "d"}
	}
	return map[string]any{"id": name, "serviceName": name, "availabilityZones": zones, "vpcEndpointPolicySupported": policies}, nil
}

// subnetZone is the letter of a subnet's zone: that in the name of one that a program made, and a, b, c and again a for
// the existing ones.
func subnetZone(id string) string {
	if digit, existing := strings.CutPrefix(id, ExistingSubnet); existing {
		return map[string]string{"0": "a", "1": "b", "2": "c", "3": "a"}[digit]
	}
	name := strings.TrimSuffix(id, "-id")
	return name[len(name)-1:]
}

// zones are the names of the availability zones where a provider works.
func (r *Recorder) zones(provider string) []any {
	region := r.region(provider)
	if region == SmallRegion {
		return []any{region + "a", region + "c"}
	}
	return []any{region + "a", region + "b", region + "c"}
}
