package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsNonDefaultPort = rule.Rule{
	ID:         "rds-non-default-port",
	Title:      "Engine default port not used",
	Why:        "Scanners try the engine's own port first; a database on another one is not found by those that try nothing else.",
	Severity:   rule.Low,
	References: rule.References{FSBP: []string{"RDS.23"}, CDKNag: []string{"AwsSolutions-RDS11"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-23",
	Fix: rule.Fix{
		Bulwark: "set Port where the program makes the instance, and the same port in network.Allow",
		Plain:   "rds.InstanceArgs{Port: pulumi.Int(15432)}",
	},
	OptIn: "a closed security group protects the port; another number hides it from nobody who gets that far",
	Types: []string{instance, cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		usual := defaultPort(r.Get("engine").Text())
		if usual == 0 {
			f.NotApplicable("the engine has no port of its own")
			return
		}
		if port := r.Get("port"); port.IntOr(usual) == usual {
			f.Fail(port, "%s: expected another port than the engine's own, %d", port, usual)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, port: 15432}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql, port: 13306}
`}},
	Bad: []rule.Example{{Name: "left out", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "written down", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: sqlserver-se, port: 1433}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, port: 5432}
`}},
}
