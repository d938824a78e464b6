package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsEngineVersionSafe = rule.Rule{
	ID:         "rds-engine-version-safe",
	Title:      "Engine version has no known log_fdw / file-read hole",
	Why:        "In these versions a database user can read files of the host through the extension log_fdw, and with them the credentials of RDS itself.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_250", "CKV_AWS_388"}},
	Source:     "https://aws.amazon.com/security/security-bulletins/AWS-2022-004/",
	Fix: rule.Fix{
		Plain: `rds.InstanceArgs{EngineVersion: pulumi.String("17")}`,
	},
	Types: []string{instance, cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		engine, version := family(r.Get("engine").Text()), r.Get("engineVersion")
		switch engine {
		case postgres, auroraPostgres:
		default:
			f.NotApplicable("it is not PostgreSQL")
			return
		}
		if readsHostFiles(engine, numbers(version.Text())) {
			f.Fail(version, "%s lets users read files of the host: expected a later version", version)
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "17.2"}
`}, {Name: "the first that is safe", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "13.3"}
`}, {Name: "whatever AWS takes", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
`}, {Name: "the newest of a major version", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "13"}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "13.2"}
`}, {Name: "Aurora", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, engineVersion: "11.8"}
`}, {Name: "with three numbers", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "9.6.21"}
`}, {Name: "before all of them", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "9.4.7"}
`}},
}

// readsHostFiles tells whether a version is older than the first of its major version with the hole closed. A version
// without a minor one is the newest that AWS has.
func readsHostFiles(engine string, version []int) bool {
	if len(version) < 2 {
		return false
	}
	closed := map[int]int{13: 3, 12: 7, 11: 12, 10: 17}
	if engine == auroraPostgres {
		closed = map[int]int{11: 9, 10: 14}
	}
	if version[0] < 10 {
		// 9.6 had three numbers.
		return version[1] < 6 || len(version) > 2 && version[2] < 22
	}
	return version[1] < closed[version[0]]
}
