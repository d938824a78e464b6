package componenttest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Where the recorder says that it is.
const (
	Project   = "bulwark"
	Stack     = "test"
	AccountID = "123456789012"
	Region    = "eu-west-1"
)

// What there is in the recorder's AWS before a program runs.
const (
	// SmallRegion has the zones a and c only, no endpoint for X-Ray, one for SQS in c only and without
	// policies, and one for SNS in neither.
	SmallRegion = "xx-small-1"
	// ExistingSubnet begins the ids of the four subnets of every VPC; a digit of 0 to 3 ends them.
	ExistingSubnet = "subnet-0000000000000000"
	// PrivateZone is a hosted zone that the internet does not see. All zones are named acme.example.
	PrivateZone = "Z0PRIVATE0ZONE"
)

// Registration is one resource as it was registered.
type Registration struct {
	Type, Name string
	URN        string
	// Parent is the URN of the parent; empty for those without one besides the stack.
	Parent string
	// Provider is the reference of the provider (urn::id); empty for the default one.
	Provider string
	// Custom is false for components.
	Custom                  bool
	Protect, RetainOnDelete bool
	// DeletedWith is the URN of the resource whose deletion takes this one along.
	DeletedWith string
	Aliases     []string
	// Inputs as the program gave them.
	Inputs resource.PropertyMap
}

// Input is the value of one input as plain Go: string, float64, bool, []any, map[string]any; nil when absent, and the
// text "<unknown>" when unknown.
func (r Registration) Input(name string) any {
	v, ok := r.Inputs[resource.PropertyKey(name)]
	if !ok {
		return nil
	}
	return plain(v)
}

func plain(v resource.PropertyValue) any {
	switch {
	case v.IsComputed(), v.IsOutput() && !v.OutputValue().Known:
		return Unknown
	case v.IsOutput():
		return plain(v.OutputValue().Element)
	case v.IsSecret():
		return map[string]any{"secret": plain(v.SecretValue().Element)}
	case v.IsArray():
		out := make([]any, len(v.ArrayValue()))
		for i, e := range v.ArrayValue() {
			out[i] = plain(e)
		}
		return out
	case v.IsObject():
		out := map[string]any{}
		for k, e := range v.ObjectValue() {
			out[string(k)] = plain(e)
		}
		return out
	case v.IsResourceReference():
		return string(v.ResourceReferenceValue().URN)
	default:
		return v.V
	}
}

// Unknown stands for a value that is not known.
const Unknown = "<unknown>"

// Recorder answers for the engine and the provider, and remembers everything. It is safe for concurrent use, as the SDK
// requires.
type Recorder struct {
	// DryRun makes it behave as in a preview: no ids, no computed outputs.
	DryRun bool
	// InStack is the name of the stack; empty means Stack.
	InStack string

	mu            sync.Mutex
	registrations []Registration
	invokes       []pulumi.MockCallArgs
	outputs       int
}

// NewResource implements pulumi.MockResourceMonitor.
func (r *Recorder) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	reg := Registration{
		Type: args.TypeToken, Name: args.Name, Custom: args.Custom, Provider: args.Provider, Inputs: args.Inputs,
	}
	if rpc := args.RegisterRPC; rpc != nil {
		// The SDK's own decoding drops what is unknown.
		inputs, err := plugin.UnmarshalProperties(rpc.GetObject(), plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true})
		if err != nil {
			return "", nil, err
		}
		reg.Inputs = inputs
		reg.Parent, reg.Protect, reg.RetainOnDelete, reg.DeletedWith = rpc.GetParent(), rpc.GetProtect(), rpc.GetRetainOnDelete(), rpc.GetDeletedWith()
		for _, a := range rpc.GetAliases() {
			reg.Aliases = append(reg.Aliases, aliasText(a))
		}
	}
	if strings.Contains(reg.Parent, "pulumi:pulumi:Stack") {
		reg.Parent = ""
	}
	reg.URN = r.urn(reg.Parent, reg.Type, reg.Name)

	r.mu.Lock()
	r.registrations = append(r.registrations, reg)
	r.mu.Unlock()

	if !reg.Custom {
		return "", resource.PropertyMap{}, nil
	}
	state := args.Inputs.Copy()
	if r.DryRun {
		return "", state, nil
	}
	id := args.Name + "-id"
	for key, value := range computed(args.TypeToken, args.Name, args.Inputs) {
		if key == "id" {
			id = value
			continue
		}
		if _, given := state[resource.PropertyKey(key)]; !given {
			state[resource.PropertyKey(key)] = resource.NewProperty(value)
		}
	}
	if args.TypeToken == "aws:acm/certificate:Certificate" {
		state["domainValidationOptions"] = validationOptions(args.Inputs)
	}
	return id, state, nil
}

// elbARN is the ARN of a part of a load balancer.
func elbARN(resource string) string {
	return "arn:aws:elasticloadbalancing:" + Region + ":" + AccountID + ":" + resource
}

// validationOptions are the records by which ACM recognises the owner of each name. A wildcard has that of its domain.
func validationOptions(inputs resource.PropertyMap) resource.PropertyValue {
	names, _ := plain(inputs["subjectAlternativeNames"]).([]any)
	var options []any
	for _, name := range append([]any{plain(inputs["domainName"])}, names...) {
		domain := strings.TrimPrefix(name.(string), "*.")
		options = append(options, map[string]any{
			"domainName": name, "resourceRecordName": "_x." + domain + ".", "resourceRecordType": "CNAME",
			"resourceRecordValue": "_y." + domain + ".acm-validations.aws.",
		})
	}
	return resource.NewPropertyValue(options)
}

// aliasText is an alias as a golden file shows it. Protobuf's own text changes from build to build.
func aliasText(a *pulumirpc.Alias) string {
	if a.GetUrn() != "" {
		return a.GetUrn()
	}
	spec := a.GetSpec()
	parts := []string{}
	for _, part := range [][2]string{
		{"type", spec.GetType()}, {"name", spec.GetName()}, {"parent", spec.GetParentUrn()}, {"project", spec.GetProject()}, {"stack", spec.GetStack()},
	} {
		if part[1] != "" {
			parts = append(parts, part[0]+" "+part[1])
		}
	}
	if spec.GetNoParent() {
		parts = append(parts, "no parent")
	}
	return strings.Join(parts, ", ")
}

// urn is the name that the SDK's mock monitor gives a resource.
func (r *Recorder) urn(parent, typ, name string) string {
	parentType := ""
	if parent != "" {
		parentType = string(resource.URN(parent).QualifiedType()) + "$"
	}
	return fmt.Sprintf("urn:pulumi:%s::%s::%s%s::%s", cmp.Or(r.InStack, Stack), Project, parentType, typ, name)
}

// computed are the outputs that AWS would decide on, by resource type.
func computed(typ, name string, inputs resource.PropertyMap) map[string]string {
	text := func(key, otherwise string) string {
		if v, ok := inputs[resource.PropertyKey(key)]; ok && v.IsString() {
			return v.StringValue()
		}
		return otherwise
	}
	switch typ {
	case "aws:s3/bucketV2:BucketV2":
		bucket := text("bucket", name+"-0123456")
		return map[string]string{
			"id": bucket, "bucket": bucket, "arn": "arn:aws:s3:::" + bucket,
			"bucketRegionalDomainName": bucket + ".s3." + Region + ".amazonaws.com",
		}
	case "aws:kms/key:Key":
		id := "00000000-0000-0000-0000-" + name
		return map[string]string{"id": id, "keyId": id, "arn": "arn:aws:kms:" + Region + ":" + AccountID + ":key/" + id}
	case "aws:kms/alias:Alias":
		alias := text("name", "alias/"+name)
		return map[string]string{"id": alias, "name": alias, "arn": "arn:aws:kms:" + Region + ":" + AccountID + ":" + alias}
	case "aws:accessanalyzer/analyzer:Analyzer":
		analyzer := text("analyzerName", name)
		return map[string]string{"id": analyzer, "arn": "arn:aws:access-analyzer:" + Region + ":" + AccountID + ":analyzer/" + analyzer}
	case "aws:cloudtrail/trail:Trail":
		trail := text("name", name+"-0123456")
		arn := "arn:aws:cloudtrail:" + Region + ":" + AccountID + ":trail/" + trail
		return map[string]string{"id": arn, "name": trail, "arn": arn, "homeRegion": Region}
	case "aws:cloudwatch/metricAlarm:MetricAlarm":
		alarm := text("name", name+"-0123456")
		return map[string]string{"id": alarm, "name": alarm, "arn": "arn:aws:cloudwatch:" + Region + ":" + AccountID + ":alarm:" + alarm}
	case "aws:cloudwatch/logGroup:LogGroup":
		group := text("name", name+"-0123456")
		return map[string]string{"id": group, "name": group, "arn": "arn:aws:logs:" + Region + ":" + AccountID + ":log-group:" + group}
	case "aws:iam/role:Role":
		role := text("name", name+"-0123456")
		return map[string]string{"id": role, "name": role, "arn": "arn:aws:iam::" + AccountID + ":role/" + role}
	case "aws:ec2/vpc:Vpc":
		out := map[string]string{
			"arn": "arn:aws:ec2:" + Region + ":" + AccountID + ":vpc/" + name + "-id", "defaultNetworkAclId": name + "-default-acl",
			"defaultRouteTableId": name + "-default-table", "defaultSecurityGroupId": name + "-default-group",
		}
		if v, ok := inputs["assignGeneratedIpv6CidrBlock"]; ok && v.BoolValue() {
			out["ipv6CidrBlock"] = "2a05:d018:1234:5600::/56"
		}
		return out
	case "aws:ec2/securityGroup:SecurityGroup":
		return map[string]string{"arn": "arn:aws:ec2:" + Region + ":" + AccountID + ":security-group/" + name + "-id"}
	case "aws:ec2/eip:Eip":
		return map[string]string{"allocationId": name + "-allocation", "publicIp": "192.0.2.1"}
	case "aws:ec2/vpcEndpoint:VpcEndpoint":
		return map[string]string{"prefixListId": name + "-prefixes"}
	case "aws:lb/loadBalancer:LoadBalancer":
		suffix := "app/" + name + "-0123456/50dc6c495c0c9188"
		return map[string]string{
			"arn": elbARN("loadbalancer/" + suffix), "arnSuffix": suffix, "zoneId": "Z32O12XQLNTSW2",
			"dnsName": name + "-0123456-1234567890." + Region + ".elb.amazonaws.com",
		}
	case "aws:lb/targetGroup:TargetGroup":
		suffix := "targetgroup/" + name + "-0123456/73e2d6bc24d8a067"
		return map[string]string{"arn": elbARN(suffix), "arnSuffix": suffix}
	case "aws:lb/listener:Listener":
		return map[string]string{"arn": elbARN("listener/app/" + name + "/50dc6c495c0c9188/f2f7dc8efc522ab2")}
	case "aws:acm/certificate:Certificate":
		return map[string]string{"arn": "arn:aws:acm:" + Region + ":" + AccountID + ":certificate/" + name}
	case "aws:acm/certificateValidation:CertificateValidation":
		return map[string]string{"certificateArn": text("certificateArn", "")}
	case "aws:route53/zone:Zone":
		return map[string]string{"id": name + "-id", "zoneId": name + "-id", "arn": "arn:aws:route53:::hostedzone/" + name + "-id"}
	case "aws:route53/record:Record":
		return map[string]string{"fqdn": text("name", name)}
	case "aws:wafv2/webAcl:WebAcl", "aws:wafv2/ipSet:IpSet":
		kind := strings.ToLower(typ[strings.LastIndex(typ, ":")+1:])
		id, physical := "11111111-0000-0000-0000-"+name, text("name", name+"-0123456")
		return map[string]string{
			"id": id, "name": physical, "arn": "arn:aws:wafv2:" + Region + ":" + AccountID + ":regional/" + kind + "/" + physical + "/" + id,
		}
	}
	return nil
}

// Call implements pulumi.MockResourceMonitor: it answers the questions where the program runs.
func (r *Recorder) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	r.mu.Lock()
	r.invokes = append(r.invokes, args)
	r.mu.Unlock()

	var answer map[string]any
	switch args.Token {
	case "aws:index/getCallerIdentity:getCallerIdentity":
		answer = map[string]any{"accountId": AccountID, "arn": "arn:aws:iam::" + AccountID + ":user/test", "id": AccountID, "userId": "AIDATEST"}
	case "aws:index/getRegion:getRegion":
		region := r.region(args.Provider)
		answer = map[string]any{"name": region, "id": region, "description": region, "endpoint": "ec2." + region + ".amazonaws.com"}
	case "aws:index/getPartition:getPartition":
		answer = map[string]any{"partition": "aws", "id": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}
	case "aws:index/getAvailabilityZones:getAvailabilityZones":
		answer = map[string]any{"id": "zones", "names": r.zones(args.Provider)}
	case "aws:ec2/getVpcEndpointService:getVpcEndpointService":
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
		answer = map[string]any{"id": name, "serviceName": name, "availabilityZones": zones, "vpcEndpointPolicySupported": policies}
	case "aws:ec2/getVpc:getVpc":
		answer = map[string]any{"id": plain(args.Args["id"]), "cidrBlock": "172.31.0.0/16"}
	case "aws:ec2/getSubnets:getSubnets":
		answer = map[string]any{"id": "subnets", "ids": []any{ExistingSubnet + "0", ExistingSubnet + "1", ExistingSubnet + "2", ExistingSubnet + "3"}}
	case "aws:ec2/getSubnet:getSubnet":
		id := plain(args.Args["id"]).(string)
		answer = map[string]any{"id": id, "availabilityZone": r.region(args.Provider) + subnetZone(id)}
	case "aws:route53/getZone:getZone":
		id := plain(args.Args["zoneId"]).(string)
		answer = map[string]any{"id": id, "zoneId": id, "name": "acme.example", "privateZone": id == PrivateZone}
	case "aws:ec2/getManagedPrefixList:getManagedPrefixList":
		answer = map[string]any{"id": "pl-0123456789abcdef0", "name": plain(args.Args["name"])}
	default:
		return nil, fmt.Errorf("componenttest: no answer for %s: add one to Recorder.Call", args.Token)
	}
	return resource.NewPropertyMapFromMap(answer), nil
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

// region is where a provider works: what it was told, or Region.
func (r *Recorder) region(provider string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, reg := range r.registrations {
		if reg.Type == "pulumi:providers:aws" && strings.HasPrefix(provider, reg.URN+"::") {
			if region, ok := reg.Input("region").(string); ok {
				return region
			}
		}
	}
	return Region
}

// zones are the names of the availability zones where a provider works.
func (r *Recorder) zones(provider string) []any {
	region := r.region(provider)
	if region == SmallRegion {
		return []any{region + "a", region + "c"}
	}
	return []any{region + "a", region + "b", region + "c"}
}

// RegisterResourceOutputs counts registrations of outputs.
func (r *Recorder) RegisterResourceOutputs() (*emptypb.Empty, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outputs++
	return &emptypb.Empty{}, nil
}

// Registrations returns every resource but the stack, by type and name.
func (r *Recorder) Registrations() []Registration {
	r.mu.Lock()
	defer r.mu.Unlock()
	sorted := slices.Clone(r.registrations)
	slices.SortFunc(sorted, func(a, b Registration) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.URN, b.URN)) })
	return sorted
}

// Invokes returns the calls of provider functions.
func (r *Recorder) Invokes() []pulumi.MockCallArgs {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.invokes)
}

// OutputRegistrations is how often outputs were registered, the stack's own included.
func (r *Recorder) OutputRegistrations() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.outputs
}

// Find returns the registrations of a type, by name.
func (r *Recorder) Find(typ string) []Registration {
	var found []Registration
	for _, reg := range r.Registrations() {
		if reg.Type == typ {
			found = append(found, reg)
		}
	}
	return found
}
