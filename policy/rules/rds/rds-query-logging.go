package rds

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var rdsQueryLogging = rule.Rule{
	ID:         "rds-query-logging",
	Title:      "PostgreSQL query logging",
	Why:        "After an incident the question is which statements ran and what they changed; by default PostgreSQL logs none of them.",
	Severity:   rule.Low,
	References: rule.References{Checkov: []string{"CKV2_AWS_30", "CKV2_AWS_27"}},
	Source:     "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.Query_Logging.html",
	Fix: rule.Fix{
		Bulwark: "set the two parameters in the parameter group of the database",
		Plain:   "rds.ParameterGroupArgs{Parameters: ...} with log_statement = ddl and log_min_duration_statement = 1000",
	},
	Types: []string{instance, cluster, parameterGroup, clusterParameterGroup},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(instance, cluster), func(db *rule.Resource) {
			switch family(db.Get("engine").Text()) {
			case postgres, auroraPostgres:
			default:
				f.NotApplicable("it is not PostgreSQL")
				return
			}
			group, name := parameterGroupOf(s, db)
			switch {
			case group == nil && (name.Text() == "" || strings.HasPrefix(name.Text(), "default.")):
				f.Fail(name, "%s: expected a parameter group that logs statements, which the default one does not", name)
				return
			case group == nil:
				f.NotApplicable("its parameter group is not in the stack")
				return
			}
			if statements, ok := parameter(group, "log_statement"); ok {
				f.WantOneOf(statements, "ddl", "mod", "all")
			} else {
				f.Fail(group.Get("parameters"), "log_statement is not set: expected ddl, mod or all")
			}
			if slow, ok := parameter(group, "log_min_duration_statement"); !ok {
				f.Fail(group.Get("parameters"), "log_min_duration_statement is not set: expected a number of milliseconds")
			} else if slow.IntOr(-1) < 0 {
				f.Fail(slow, "%s: expected a number of milliseconds", slow)
			}
		})
	},
	Good: []rule.Example{{YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties:
    family: postgres17
    parameters: [{name: log_statement, value: ddl}, {name: log_min_duration_statement, value: "1000"}]
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}, {Name: "Aurora", YAML: `
group:
  type: aws:rds/clusterParameterGroup:ClusterParameterGroup
  properties:
    family: aurora-postgresql16
    parameters: [{name: log_statement, value: all}, {name: log_min_duration_statement, value: "0"}]
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, dbClusterParameterGroupName: "${group.name}"}
`}},
	Bad: []rule.Example{{Name: "the default group", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "the default group by name", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: default.postgres17}
`}, {Name: "a group that sets neither", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties: {family: postgres17, parameters: []}
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}, {Name: "no statements", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties:
    family: postgres17
    parameters: [{name: log_statement, value: none}, {name: log_min_duration_statement, value: "1000"}]
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}, {Name: "no slow ones", YAML: `
group:
  type: aws:rds/parameterGroup:ParameterGroup
  properties:
    family: postgres17
    parameters: [{name: log_statement, value: ddl}, {name: log_min_duration_statement, value: "-1"}]
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, parameterGroupName: "${group.name}"}
`}},
}
