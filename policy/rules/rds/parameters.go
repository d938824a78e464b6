package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

// parameterGroupOf is the parameter group of an instance or cluster; nil when it is not in the stack. Name is what the
// program says of it.
func parameterGroupOf(s *rule.Stack, db *rule.Resource) (group *rule.Resource, name rule.Value) {
	property, typ := "parameterGroupName", parameterGroup
	if db.Is(cluster) {
		property, typ = "dbClusterParameterGroupName", clusterParameterGroup
	}
	name = db.Get(property)
	for _, group := range s.Referred(db, property, typ) {
		return group, name
	}
	return nil, name
}

// parameter is what a parameter group sets a parameter to; false when it leaves the default.
func parameter(group *rule.Resource, name string) (rule.Value, bool) {
	for _, p := range group.Get("parameters").List() {
		if p.Get("name").Is(name) {
			return p.Get("value"), true
		}
	}
	return rule.Value{}, false
}
