// Package encryption makes KMS keys that rotate, and that only their declared uses can use.
//
// A key with its policy, its alias and its rotation is one call:
//
//	key, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{
//		Labels: labels,
//		Uses:   []encryption.Use{encryption.UseS3},
//	})
//
// # What it decides
//
// The key policy lets the account's IAM policies decide who administers the key, or only KeyArgs.Administrators. It
// does not, as KMS does by default, also let them decide on every use: a role may decrypt through the services of
// KeyArgs.Uses only (kms:ViaService), so that leaked credentials that can read a bucket cannot decrypt a database
// snapshot. UseDirect lifts that. Service principals (CloudWatch Logs, CloudTrail, log delivery, alarms) are let in
// with the conditions that AWS documents, each tied to this account, and to the exact trail, log group or cluster where
// one is named. No principal is "*".
//
// Rotation is on, once a year. A deleted key can be brought back for 30 days, or 7 when disposable. The alias is
// alias/<project>-<environment>-<name>.
//
// Keys are single-Region. KeyArgs.SecondRegion makes a second key with the same policy there, instead of a multi-Region
// key: S3, RDS, Secrets Manager and AWS Backup re-encrypt when they copy, a breach of one key does not open the other
// region, and it can be added to a key that exists, whereas KMS would have to replace that key to make it multi-Region.
//
// # Grants
//
// Decrypt and EncryptDecrypt return statements for the IAM policy of a role. Components that own both the data and the
// key, such as storage.Bucket, hand out grants for the two together.
//
// # What it does not do
//
// No imported key material, no custom key stores, no asymmetric or HMAC keys, no access from other accounts.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias. No upgrade replaces a key. The policy can become narrower
// in a release with a new major version only.
package encryption
