package config

import "github.com/bulwark-iac/bulwark/policy/rule"

// Level is what happens when a rule fails.
type Level string

// The levels, in Pulumi's words.
const (
	// Disabled: the rule does not run.
	Disabled Level = "disabled"
	// Advisory: a failure is shown.
	Advisory Level = "advisory"
	// Mandatory: a failure stops the deployment.
	Mandatory Level = "mandatory"
	// Remediate: what the rule can fix is fixed; what is left is checked at the level of the profile.
	Remediate Level = "remediate"
)

// Levels are all levels.
var Levels = []Level{Disabled, Advisory, Mandatory, Remediate}

// Default is the level of a rule to which nothing is configured. Opt-in rules are off.
func Default(r *rule.Rule, profile rule.Profile) Level {
	if r.OptIn != "" {
		return Disabled
	}
	return bySeverity(r, profile)
}

func bySeverity(r *rule.Rule, profile rule.Profile) Level {
	least := rule.Medium
	if profile == rule.Dev {
		least = rule.High
	}
	if r.Severity >= least {
		return Mandatory
	}
	return Advisory
}
