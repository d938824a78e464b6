// Package audit has the rules about trails, and about the services that watch an account: Config, GuardDuty, Inspector,
// Security Hub.
package audit
