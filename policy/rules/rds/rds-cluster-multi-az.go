package rds

import (
	"slices"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var rdsClusterMultiAz = rule.Rule{
	ID:         "rds-cluster-multi-az",
	Title:      "Aurora cluster spans AZs",
	Why:        "Aurora's data survives the loss of a zone, its only instance does not: until RDS has made another one, the database is down.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"RDS.15"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-15",
	Fix: rule.Fix{
		Plain: "two rds.NewClusterInstance with ClusterIdentifier: cluster.ID()",
	},
	Types: []string{cluster, clusterInstance},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(cluster), func(r *rule.Resource) {
			switch {
			case !f.Prod():
				f.NotApplicable("a development database may be gone for a while")
				return
			case serverlessV1(r):
				f.NotApplicable("Aurora Serverless v1 moves to another zone by itself")
				return
			case r.Get("dbClusterInstanceClass").Text() != "":
				return // a Multi-AZ cluster: always three instances in three zones
			}
			// One by one, so that a member whose cluster is not yet known is not taken for a stranger.
			var members []*rule.Resource
			for _, member := range s.Of(clusterInstance) {
				if slices.Contains(s.Referred(member, "clusterIdentifier", cluster), r) {
					members = append(members, member)
				}
			}
			if len(members) == 0 && r.Get("globalClusterIdentifier").Text() != "" {
				f.NotApplicable("a secondary cluster may be without instances")
				return
			}
			if len(members) < 2 {
				f.Fail(r, "instances of the cluster: %d; expected at least 2", len(members))
				return
			}
			first := members[0].Get("availabilityZone")
			if first.Text() == "" {
				return // AWS spreads what it places
			}
			for _, member := range members[1:] {
				if !member.Get("availabilityZone").Is(first.Text()) {
					return
				}
			}
			f.Fail(r, "all its instances are in %s: expected at least two zones", first)
		})
	},
	Good: []rule.Example{{Name: "two instances", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
one:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: "${db.id}"}
two:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: "${db.id}"}
`}, {Name: "in two zones", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-mysql}
one:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-mysql, clusterIdentifier: "${db.id}", availabilityZone: eu-west-1a}
two:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-mysql, clusterIdentifier: "${db.id}", availabilityZone: eu-west-1b}
`}, {Name: "a Multi-AZ cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: postgres, dbClusterInstanceClass: db.m6gd.large}
`}},
	Bad: []rule.Example{{Name: "one instance", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
one:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: "${db.id}"}
`}, {Name: "in one zone", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql}
one:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: "${db.id}", availabilityZone: eu-west-1a}
two:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, clusterIdentifier: "${db.id}", availabilityZone: eu-west-1a}
`}},
}
