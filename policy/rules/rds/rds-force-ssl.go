package rds

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var rdsForceSSL = rule.Rule{
	ID:         "rds-force-ssl",
	Title:      "PostgreSQL requires TLS",
	Why:        "Unless the server insists, a client that was set up carelessly sends its password and every row in clear, and nobody notices.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"RDS.38*"}, Checkov: []string{"CKV2_AWS_69"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-38",
	Fix: rule.Fix{
		Plain: `rds.ParameterGroupArgs{Parameters: rds.ParameterGroupParameterArray{{Name: pulumi.String("rds.force_ssl"), Value: pulumi.String("1")}}}`,
	},
	Types: []string{instance, cluster, parameterGroup, clusterParameterGroup},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(instance, cluster), func(db *rule.Resource) {
			// RDS requires TLS by itself from these versions on.
			since := map[string]int{postgres: 15, auroraPostgres: 17}[family(db.Get("engine").Text())]
			if since == 0 {
				f.NotApplicable("it is not PostgreSQL")
				return
			}
			group, name := parameterGroupOf(s, db)
			version := db.Get("engineVersion")
			switch {
			case group != nil:
				if force, ok := parameter(group, "rds.force_ssl"); ok {
					f.WantOneOf(force, "1")
					return
				}
				version = group.Get("family")
			case name.Text() == "":
			case strings.HasPrefix(name.Text(), "default."):
				version = name
			default:
				f.NotApplicable("its parameter group is not in the stack")
				return
			}
			switch major := majorOf(version.Text()); {
			case major == 0:
				f.NotApplicable("AWS chooses the version")
			case major < since:
				f.Fail(version, "%s does not require TLS unless a parameter group says rds.force_ssl = 1: expected one that does", version)
			}
		})
	},
	Good: []rule.Example{{YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres14, parameters: [{name: rds.force_ssl, value: "1"}]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "14.12", parameterGroupName: "${group.name}"}
`}, {Name: "a version that requires it by default", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "17.2"}
`}, {Name: "a group that leaves the default", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres17, parameters: [{name: log_statement, value: ddl}]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}, {Name: "the default group", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: default.postgres16}
`}, {Name: "Aurora", YAML: `
group:
  type: aws:rds/clusterParameterGroup:ClusterParameterGroup
  properties: {family: aurora-postgresql16, parameters: [{name: rds.force_ssl, value: "1"}]}
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, dbClusterParameterGroupName: "${group.name}"}
`}},
	Bad: []rule.Example{{Name: "switched off", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres17, parameters: [{name: rds.force_ssl, value: "0"}]}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}, {Name: "an old default", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "14.12"}
`}, {Name: "an old default group", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: default.postgres13}
`}, {Name: "an old group that leaves the default", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres14}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}, {Name: "Aurora", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, engineVersion: "16.4"}
`}},
}

// majorOf is the major version in the name of a version (16.4), a family (postgres16) or a default parameter group
// (default.postgres16); 0 when there is none.
func majorOf(name string) int {
	major, _ := strconv.Atoi(firstNumber.FindString(name))
	return major
}

var firstNumber = regexp.MustCompile(`\d+`)
