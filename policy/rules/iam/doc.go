// Package iam has the rules about IAM: policies of identities, trust of roles, users, the account's password policy, and
// Access Analyzer.
package iam
