package rds

import "github.com/bulwark-iac/bulwark/policy/rule"

// isReplica tells whether an instance or cluster copies another one, from which it has its encryption, its
// administrator and its backups.
func isReplica(r *rule.Resource) bool {
	return r.Get("replicateSourceDb").Text() != "" || r.Get("replicationSourceIdentifier").Text() != ""
}

// restored tells whether an instance or cluster begins as a snapshot or an earlier state of another one. For the inputs
// of a resource: in the outputs of a preview the snapshot is unknown where there is none.
func restored(r *rule.Resource) bool {
	return r.Get("snapshotIdentifier").Text() != "" || !r.Get("restoreToPointInTime").Empty()
}

// serverlessV1 tells whether a cluster is of Aurora's first serverless kind, which decides many things by itself.
func serverlessV1(r *rule.Resource) bool { return r.Get("engineMode").Is("serverless") }
