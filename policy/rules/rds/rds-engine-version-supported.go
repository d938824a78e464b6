package rds

import (
	"strconv"
	"strings"
	"time"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/supported"
)

var rdsEngineVersionSupported = rule.Rule{
	ID:       "rds-engine-version-supported",
	Title:    "Engine version is in standard support",
	Why:      "After the end of standard support AWS charges for every core by the hour, and after that of extended support it upgrades by itself, on a day that it chooses.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html",
	Fix: rule.Fix{
		Plain: `rds.InstanceArgs{EngineVersion: pulumi.String("18")}, after a test of the upgrade on a copy`,
	},
	Types: []string{instance, cluster, clusterInstance, globalCluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		engine, version := family(r.Get("engine").Text()), r.Get("engineVersion")
		if version.Text() == "" {
			f.NotApplicable("AWS takes a version that it supports")
			return
		}
		until, known := supportedUntil(engine, version.Text())
		if !known {
			f.NotApplicable("it is not known until when AWS supports this version")
			return
		}
		if f.Today().After(until) {
			f.Fail(version, "%s: standard support has ended on %s: expected a later major version", version, until.Format(time.DateOnly))
		}
	},
	Good: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "17.2"}
`}, {Name: "a major version", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: mysql, engineVersion: "8.4"}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, engineVersion: "12.19"}
`}, {Name: "Aurora", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, engineVersion: "11.21"}
`}, {Name: "of a global cluster", YAML: `
all:
  type: aws:rds/globalCluster:GlobalCluster
  properties: {globalClusterIdentifier: all, engine: aurora-postgresql, engineVersion: "12.9"}
`}, {Name: "MySQL", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: mysql, engineVersion: 5.7.44}
`}},
}

// supportedUntil is the end of the standard support of a version: of its first number, or its first two, as the engine
// counts major versions.
func supportedUntil(engine, version string) (time.Time, bool) {
	var parts []string
	for _, n := range numbers(version) {
		parts = append(parts, strconv.Itoa(n))
	}
	for major := min(2, len(parts)); major > 0; major-- {
		if until, known := supported.Until(engine, strings.Join(parts[:major], ".")); known {
			return until, true
		}
	}
	return time.Time{}, false
}
