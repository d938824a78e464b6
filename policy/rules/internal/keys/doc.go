// Package keys checks references to KMS keys, for the rules of all domains.
package keys
