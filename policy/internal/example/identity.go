package example

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

const hash = "-0a1b2c3"

// identity is what AWS calls a resource, in the shape that its real ids and ARNs have.
func identity(r *Resource, inputs map[string]*structpb.Value) map[string]string {
	module, class := split(r.Type)
	name := r.Name + hash
	for _, key := range []string{"bucket", "name", "identifier", "clusterIdentifier"} {
		if given := inputs[key].GetStringValue(); given != "" && given != Unknown {
			name = given
			break
		}
	}
	regional := func(service, rest string) string {
		return "arn:aws:" + service + ":" + region + ":" + account + ":" + rest
	}
	id := map[string]string{"id": name, "name": name}
	switch r.Type {
	case "aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket":
		return map[string]string{"id": name, "bucket": name, "arn": "arn:aws:s3:::" + name}
	case "aws:kms/key:Key":
		key := "1234abcd-12ab-34cd-56ef-" + (r.Name + "000000000000")[:12]
		return map[string]string{"id": key, "keyId": key, "arn": regional("kms", "key/"+key)}
	case "aws:kms/alias:Alias":
		id["arn"] = regional("kms", name)
	case "aws:iam/role:Role", "aws:iam/user:User", "aws:iam/group:Group", "aws:iam/policy:Policy":
		id["arn"] = "arn:aws:iam::" + account + ":" + strings.ToLower(class) + "/" + name
		if class == "Policy" {
			id["id"] = id["arn"]
		}
	case "aws:sns/topic:Topic", "aws:secretsmanager/secret:Secret", "aws:lb/loadBalancer:LoadBalancer",
		"aws:lb/listener:Listener", "aws:lb/targetGroup:TargetGroup", "aws:ecs/cluster:Cluster", "aws:ecs/service:Service":
		id["arn"] = regional(module, strings.ToLower(class)+"/"+name)
		id["id"] = id["arn"]
	case "aws:cloudwatch/logGroup:LogGroup":
		id["arn"] = regional("logs", "log-group:"+name)
	case "aws:lambda/function:Function":
		id["arn"] = regional("lambda", "function:"+name)
	case "aws:sqs/queue:Queue":
		id["arn"] = regional("sqs", name)
		id["url"] = "https://sqs." + region + ".amazonaws.com/" + account + "/" + name
		id["id"] = id["url"]
	case "aws:rds/instance:Instance":
		return map[string]string{"id": "db-" + strings.ToUpper(r.Name), "identifier": name, "arn": regional("rds", "db:"+name)}
	case "aws:rds/cluster:Cluster":
		return map[string]string{"id": name, "clusterIdentifier": name, "arn": regional("rds", "cluster:"+name)}
	default:
		if module == "ec2" || module == "vpc" {
			id["id"] = strings.ToLower(class) + "-" + r.Name
			delete(id, "name")
		}
		id["arn"] = regional(module, strings.ToLower(class)+"/"+name)
	}
	return id
}

// split takes module and class out of a type token.
func split(typ string) (module, class string) {
	parts := strings.Split(typ, ":")
	module, _, _ = strings.Cut(parts[1], "/")
	return module, parts[2]
}
