package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

var rdsSnapshotEncrypted = rule.Rule{
	ID:         "rds-snapshot-encrypted",
	Title:      "Snapshots encrypted",
	Why:        "A snapshot is the database on disk: one in clear can be read, copied and shared by everybody with access to it, without any key.",
	Severity:   rule.Medium,
	References: rule.References{FSBP: []string{"RDS.4"}, Checkov: []string{"CKV_AWS_146", "CKV_AWS_266"}},
	Source:     "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-4",
	Fix: rule.Fix{
		Plain: "rds.InstanceArgs{StorageEncrypted: pulumi.Bool(true)}, rds.SnapshotCopyArgs{KmsKeyId: key.Arn}",
	},
	Types: []string{snapshot, clusterSnapshot, snapshotCopy, clusterSnapshotCopy, instance, cluster},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(snapshot, clusterSnapshot), func(r *rule.Resource) {
			database := snapshotSource(s, r)
			switch {
			case database == nil:
				f.NotApplicable("its database is not in the stack")
			case isReplica(database):
				f.NotApplicable("the database is encrypted as its source is")
			default:
				wantEncrypted(f, database)
			}
		})
		f.EachResource(s.Of(snapshotCopy, clusterSnapshotCopy), func(r *rule.Resource) {
			key := r.Get("kmsKeyId")
			if key.Text() != "" {
				return
			}
			// Within a region a copy has its source's key.
			var database *rule.Resource
			for _, source := range append(s.Referred(r, "sourceDbSnapshotIdentifier", snapshot),
				s.Referred(r, "sourceDbClusterSnapshotIdentifier", clusterSnapshot)...) {
				database = snapshotSource(s, source)
			}
			if database == nil || isReplica(database) {
				f.Fail(key, "%s: expected a KMS key, because nothing in the stack says that the source is encrypted", key)
				return
			}
			wantEncrypted(f, database)
		})
	},
	Good: []rule.Example{{Name: "of an encrypted instance", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, storageEncrypted: true}
before:
  type: aws:rds/snapshot:Snapshot
  properties: {dbInstanceIdentifier: "${db.identifier}", dbSnapshotIdentifier: before}
copy:
  type: aws:rds/snapshotCopy:SnapshotCopy
  properties: {sourceDbSnapshotIdentifier: "${before.dbSnapshotArn}", targetDbSnapshotIdentifier: copy}
`}, {Name: "of an encrypted cluster", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, storageEncrypted: true}
before:
  type: aws:rds/clusterSnapshot:ClusterSnapshot
  properties: {dbClusterIdentifier: "${db.id}", dbClusterSnapshotIdentifier: before}
copy:
  type: aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy
  properties: {sourceDbClusterSnapshotIdentifier: "${before.dbClusterSnapshotArn}"}
`}, {Name: "copied with a key", YAML: `
copy:
  type: aws:rds/snapshotCopy:SnapshotCopy
  properties:
    sourceDbSnapshotIdentifier: arn:aws:rds:us-east-1:111122223333:snapshot:before
    targetDbSnapshotIdentifier: copy
    kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
`}},
	Bad: []rule.Example{{Name: "of an instance in clear", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, identifier: acme}
before:
  type: aws:rds/snapshot:Snapshot
  properties: {dbInstanceIdentifier: acme, dbSnapshotIdentifier: before}
`}, {Name: "of a cluster in clear", YAML: `
db:
  type: aws:rds/cluster:Cluster
  properties: {engine: aurora-postgresql, storageEncrypted: false}
before:
  type: aws:rds/clusterSnapshot:ClusterSnapshot
  properties: {dbClusterIdentifier: "${db.id}", dbClusterSnapshotIdentifier: before}
`}, {Name: "a copy in clear", YAML: `
db:
  type: aws:rds/instance:Instance
  properties: {engine: postgres, storageEncrypted: false}
before:
  type: aws:rds/snapshot:Snapshot
  properties: {dbInstanceIdentifier: "${db.identifier}", dbSnapshotIdentifier: before}
copy:
  type: aws:rds/snapshotCopy:SnapshotCopy
  properties: {sourceDbSnapshotIdentifier: "${before.dbSnapshotArn}", targetDbSnapshotIdentifier: copy}
`}, {Name: "a copy of who knows what", YAML: `
copy:
  type: aws:rds/snapshotCopy:SnapshotCopy
  properties: {sourceDbSnapshotIdentifier: before, targetDbSnapshotIdentifier: copy}
`}},
}

// snapshotSource is the database that a snapshot is of; nil when it is not in the stack.
func snapshotSource(s *rule.Stack, r *rule.Resource) *rule.Resource {
	property, typ, name := "dbInstanceIdentifier", instance, "identifier"
	if r.Is(clusterSnapshot) {
		property, typ, name = "dbClusterIdentifier", cluster, "clusterIdentifier"
	}
	for _, database := range s.Referred(r, property, typ) {
		return database
	}
	// One whose name is not yet known may be meant: reading it says so.
	for _, database := range s.Of(typ) {
		if database.Get(name).Text() == r.Get(property).Text() {
			return database
		}
	}
	return nil
}

// wantEncrypted reports unless the storage of the instance or cluster is encrypted.
func wantEncrypted(f *rule.Findings, database *rule.Resource) {
	if encrypted := database.Get("storageEncrypted"); !encrypted.BoolOr(serverlessV1(database)) {
		f.Fail(encrypted, "%s: expected true, because its snapshots are encrypted as it is", encrypted)
	}
}
