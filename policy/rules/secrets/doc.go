// Package secrets has the rules about secrets in Secrets Manager and keys in KMS.
package secrets
