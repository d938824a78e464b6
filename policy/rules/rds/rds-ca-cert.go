package rds

import (
	"regexp"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var rdsCaCert = rule.Rule{
	ID:         "rds-ca-cert",
	Title:      "Modern CA certificate",
	Why:        "The certificate authorities of 2015 and 2019 have expired: a client that verifies the server cannot connect, and one that was told not to verify talks to whoever answers.",
	Severity:   rule.Medium,
	References: rule.References{Checkov: []string{"CKV_AWS_211"}},
	Source:     "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
	Fix: rule.Fix{
		Plain: `rds.InstanceArgs{CaCertIdentifier: pulumi.String("rds-ca-rsa2048-g1")}, or leave it out`,
	},
	Types: []string{instance, clusterInstance, cluster},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		authority := r.Get("caCertIdentifier")
		if r.Is(cluster) {
			authority = r.Get("caCertificateIdentifier")
		}
		// Without one AWS takes the newest.
		if name := authority.Text(); name != "" && !modernAuthority.MatchString(name) {
			f.Fail(authority, "%s: expected rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1", authority)
		}
	},
	Good: []rule.Example{{Name: "by default", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres}
`}, {Name: "pinned", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, caCertIdentifier: rds-ca-rsa4096-g1}
`}, {Name: "of a Multi-AZ cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: postgres, caCertificateIdentifier: rds-ca-ecc384-g1}
`}},
	Bad: []rule.Example{{YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, caCertIdentifier: rds-ca-2019}
`}, {Name: "in a cluster", YAML: `
db:
  type: aws:rds/clusterInstance:ClusterInstance
  properties: {engine: aurora-postgresql, caCertIdentifier: rds-ca-2015}
`}, {Name: "of a cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: postgres, caCertificateIdentifier: rds-ca-2019}
`}},
}

// modernAuthority matches later generations too.
var modernAuthority = regexp.MustCompile(`^rds-ca-(rsa2048|rsa4096|ecc384)-g[1-9]\d*$`)
