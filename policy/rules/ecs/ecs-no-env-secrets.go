package ecs

import (
	"slices"

	"github.com/bulwark-iac/bulwark/internal/secretwords"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsNoEnvSecrets = rule.Rule{
	ID:       "ecs-no-env-secrets",
	Title:    "No secrets in plain environment variables",
	Why:      "What is in a container's environment stands in clear in the task definition: everybody who may describe one reads it, in every old revision too, and it cannot be rotated without a deployment.",
	Severity: rule.High,
	References: rule.References{
		FSBP:   []string{"ECS.8"},
		Trivy:  []string{"AWS-0036"},
		CDKNag: []string{"AwsSolutions-ECS2"},
	},
	Source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8",
	Fix: rule.Fix{
		Bulwark: "name it in service.Container.Secrets, from where the task reads it when it starts; for AWS itself, WebServiceArgs.Grants",
		Plain:   `"secrets": [{"name": "DB_PASSWORD", "valueFrom": secret ARN}] in the container; for AWS itself a task role`,
	},
	Types: []string{taskDefinition},
	Params: []rule.Param{{
		Name: "allowed", Default: []string{}, Description: "Variables that hold no secret although their names sound like it.",
	}},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(containers(r), func(container rule.Value) {
			f.Each(field(container, "environment"), func(variable rule.Value) {
				name, value := field(variable, "name"), field(variable, "value")
				if slices.Contains(f.Texts("allowed"), name.Text()) {
					return
				}
				// The value stays out of the message: it is a secret.
				switch kind := secretwords.Kind(value.Text()); {
				case kind != "":
					f.Fail(value, "the value of %s is %s in clear: expected it under secrets, by valueFrom", name, kind)
				case secretwords.Named(name.Text(), value.Text()):
					f.Fail(value, "%s sounds like a secret, and is in clear: expected it under secrets, by valueFrom", name)
				}
			})
		})
	},
	Good: []rule.Example{{YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON:
        - name: api
          image: api:1.4
          environment: [{name: PORT, value: "8080"}, {name: DB_HOST, value: db.internal}]
          secrets: [{name: DB_PASSWORD, valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"}]
`}, {Name: "names that only sound like it", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON:
        - name: api
          image: api:1.4
          environment:
            - {name: JWT_SECRET, value: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:jwt-AbCdEf"}
            - {name: TOKEN_TTL, value: 15m}
            - {name: REQUIRE_TOKEN, value: "true"}
            - {name: DB_PASSWORD, value: ""}
            - {name: PARTITION_KEY, value: tenant}
            - {name: DATABASE_URL, value: "postgres://app@db.internal:5432/acme"}
`}, {Name: "allowed by the stack", Params: map[string]any{"allowed": []any{"DEMO_PASSWORD"}}, YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", environment: [{name: DEMO_PASSWORD, value: demonstration}]}]}
`}},
	Bad: []rule.Example{{Name: "AWS keys", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", environment: [{name: AWS_ACCESS_KEY_ID, value: from-somewhere}]}]}
`}, {Name: "a password", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", environment: [{name: dbPassword, value: correct horse}]}]}
`}, {Name: "a password in an address", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "api:1.4", environment: [{name: DATABASE_URL, value: "postgres://app:horse@db.internal/acme"}]}]}
`}, {Name: "a private key under a harmless name, in the names that CloudFormation uses", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: '[{"Name":"api","Environment":[{"Name":"SIGNER","Value":"-----BEGIN RSA PRIVATE KEY-----"}]}]'
`}},
}
