package secrets

import (
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/keys"
)

var secretsReplica = rule.Rule{
	ID:       "secrets-replica",
	Title:    "Secrets replicated to the recovery region",
	Why:      "When the region is gone, so are its secrets: the database comes up from its copy elsewhere, and no service can sign in to it.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html",
	Fix: rule.Fix{
		Bulwark: "set Replicas with the key that encryption.KeyArgs.SecondRegion makes there",
		Plain:   `secretsmanager.SecretArgs{Replicas: secretsmanager.SecretReplicaArray{&secretsmanager.SecretReplicaArgs{Region: pulumi.String("eu-central-1"), KmsKeyId: keyThere.Arn}}}`,
	},
	OptIn: "a replica is paid like a secret, and only a stack with a second region needs it",
	Types: []string{secret},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		if !f.Prod() {
			f.NotApplicable("only in prod")
			return
		}
		replicas := r.Get("replicas")
		f.WantSome(replicas, "a replica in the recovery region")
		f.Each(replicas, func(replica rule.Value) {
			f.WantSet(replica.Get("region"), "the recovery region")
			keys.WantOwn(f, replica.Get("kmsKeyId"))
		})
	},
	Good: []rule.Example{{YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {replicas: [{region: eu-central-1, kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}]}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {name: jwt}
`}, {Name: "with AWS's key", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {replicas: [{region: eu-central-1}]}
`}, {Name: "without a region", YAML: `
jwt:
  type: aws:secretsmanager/secret:Secret
  properties: {replicas: [{kmsKeyId: alias/acme}]}
`}},
}
