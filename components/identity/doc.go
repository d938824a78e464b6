// Package identity makes the roles of applications and pipelines: what each may do comes from typed grants.
package identity
