package componenttest

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// What the recorder knows of AWS stands in a table for each service, in aws_<service>.go: a component that uses a new
// type of resource, or asks a new question, adds a row there.

// awsType is what there is to know of a type of resource. A type without a row has tags, holds no data, and gets no
// outputs but its id and its inputs.
type awsType struct {
	// computed are the outputs that AWS decides on, by their names; "id" is the id.
	computed func(registered) map[string]any
	// untaggable types get no tags at AWS. Every other type has to carry tags, so that a new one cannot be forgotten.
	untaggable bool
	// stateful types hold data, or data cannot be read without them.
	stateful bool
}

// awsFunction answers a question of a program.
type awsFunction func(*Recorder, pulumi.MockCallArgs) (map[string]any, error)

var (
	types     = map[string]awsType{"pulumi:providers:aws": {untaggable: true}, "pulumi:index:Stash": {untaggable: true}}
	functions = map[string]awsFunction{}
)

// service adds the tables of a service.
func service(rows map[string]awsType, questions map[string]awsFunction) {
	maps.Copy(types, rows)
	maps.Copy(functions, questions)
}

// registered is a resource for which outputs are computed.
type registered struct {
	name   string
	inputs resource.PropertyMap
}

// text is the value of an input, or a default where it is not given or not known.
func (r registered) text(key, byDefault string) string {
	if v, ok := r.inputs[resource.PropertyKey(key)]; ok && v.IsString() {
		return v.StringValue()
	}
	return byDefault
}

// generated is the physical name: that of the input, or the name with an ending as the provider generates it.
func (r registered) generated(key string) string { return r.text(key, r.name+"-0123456") }

// arn is the ARN of a resource in the recorder's region.
func arn(service, resource string) string {
	return "arn:aws:" + service + ":" + Region + ":" + AccountID + ":" + resource
}

// Types of resources without tags or outputs worth a table.
func init() {
	service(map[string]awsType{
		"aws:accessanalyzer/analyzer:Analyzer": {computed: func(r registered) map[string]any {
			name := r.text("analyzerName", r.name)
			return map[string]any{"id": name, "arn": arn("access-analyzer", "analyzer/"+name)}
		}},
		"aws:cloudtrail/trail:Trail": {computed: func(r registered) map[string]any {
			name := r.generated("name")
			return map[string]any{"id": arn("cloudtrail", "trail/"+name), "name": name, "arn": arn("cloudtrail", "trail/"+name), "homeRegion": Region}
		}},
		"aws:ebs/encryptionByDefault:EncryptionByDefault": {untaggable: true},
	}, map[string]awsFunction{
		// The SDK asks for a provider that it is given by reference, as a component of another language is.
		"pulumi:pulumi:getResource": func(_ *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			return map[string]any{"urn": plain(args.Args["urn"]), "id": "its-id", "state": map[string]any{}}, nil
		},
		"aws:index/getCallerIdentity:getCallerIdentity": func(r *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			id := r.account(args.Provider)
			return map[string]any{"accountId": id, "arn": "arn:aws:iam::" + id + ":user/test", "id": id, "userId": "AIDATEST"}, nil
		},
		"aws:index/getRegion:getRegion": func(r *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			region := r.region(args.Provider)
			return map[string]any{"name": region, "id": region, "description": region, "endpoint": "ec2." + region + ".amazonaws.com"}, nil
		},
		"aws:index/getPartition:getPartition": func(*Recorder, pulumi.MockCallArgs) (map[string]any, error) {
			return map[string]any{"partition": "aws", "id": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}, nil
		},
		"aws:index/getAvailabilityZones:getAvailabilityZones": func(r *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			return map[string]any{"id": "zones", "names": r.zones(args.Provider)}, nil
		},
	})
}
