package ecs

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsOtelSidecar = rule.Rule{
	ID:       "ecs-otel-sidecar",
	Title:    "Task carries the tracing sidecar",
	Why:      "A request that crosses services leaves a line in each log and a trace in none: where the second went that users wait for stays a guess.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/trace-data.html",
	Fix: rule.Fix{
		Bulwark: "put the collector among service.TaskDefinition.Sidecars, and xray:PutTraceSegments into an identity.NewGrant of WebServiceArgs.Grants",
		Plain:   "a container with an OpenTelemetry collector image, and AWSXRayDaemonWriteAccess or xray:PutTraceSegments on the task role",
	},
	OptIn: "not every task serves requests, and traces are paid by the million",
	Types: []string{taskDefinition, role, rolePolicy, rolePolicyAttachment, policyAttachment, managedPolicy},
	Params: []rule.Param{{
		Name: "images", Default: []string{"opentelemetry-collector", "otel-collector", "cloudwatch-agent"},
		Description: "What the image of a collector has in its name.",
	}},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(taskDefinition), func(task *rule.Resource) {
			collects := slices.ContainsFunc(containers(task).List(), func(container rule.Value) bool {
				image := field(container, "image").Text()
				return slices.ContainsFunc(f.Texts("images"), func(name string) bool { return strings.Contains(image, name) })
			})
			if !collects {
				f.Fail(task, "no container collects traces: expected an OpenTelemetry collector")
				return
			}
			roleARN := task.Get("taskRoleArn")
			roles := s.Referred(task, "taskRoleArn", role)
			switch {
			case len(roles) > 0:
				if !slices.ContainsFunc(roles, func(r *rule.Resource) bool { return sendsTraces(s, r) }) {
					f.Fail(roleARN, "the task role %s may not send traces: expected xray:PutTraceSegments", roles[0])
				}
			case roleARN.Text() == "":
				f.Fail(roleARN, "%s: expected a task role that may send traces", roleARN)
			}
		})
	},
	Good: []rule.Example{{Name: "a managed policy", YAML: `
role:
  type: aws:iam/role:Role
traces:
  type: aws:iam/rolePolicyAttachment:RolePolicyAttachment
  properties: {role: "${role.name}", policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"}
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    taskRoleArn: ${role.arn}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}, {name: otel, image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"}]}
`}, {Name: "a policy of its own", YAML: `
role:
  type: aws:iam/role:Role
traces:
  type: aws:iam/rolePolicy:RolePolicy
  properties:
    role: ${role.id}
    policy:
      fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "xray:Put*", Resource: "*"}]}
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    taskRoleArn: ${role.arn}
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}, {name: otel, image: "otel/opentelemetry-collector-contrib:0.119.0"}]}
`}, {Name: "a customer managed policy", YAML: `
role:
  type: aws:iam/role:Role
policy:
  type: aws:iam/policy:Policy
  properties:
    policy:
      fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: ["xray:PutTraceSegments"], Resource: "*"}]}
traces:
  type: aws:iam/policyAttachment:PolicyAttachment
  properties: {roles: ["${role.name}"], policyArn: "${policy.arn}"}
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    taskRoleArn: ${role.arn}
    containerDefinitions: {"fn::toJSON": [{name: otel, image: "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.3"}]}
`}, {Name: "a role that somebody else made", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    taskRoleArn: arn:aws:iam::111122223333:role/api
    containerDefinitions: {"fn::toJSON": [{name: otel, image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"}]}
`}},
	Bad: []rule.Example{{Name: "no collector", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties: {family: api, containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4"}]}}
`}, {Name: "no role", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: otel, image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"}]}
`}, {Name: "a role that may not", YAML: `
role:
  type: aws:iam/role:Role
  properties:
    inlinePolicies:
      - name: logs
        policy:
          fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "logs:PutLogEvents", Resource: "*"}]}
    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    taskRoleArn: ${role.arn}
    containerDefinitions: {"fn::toJSON": [{name: otel, image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"}]}
`}},
}
