// Package cli holds what every command of cmd/bulwark shares: the streams, the progress of steps, and the exit codes.
//
// Results go to standard output, and nothing else does; progress, notices and errors go to standard error. So
// `bulwark status --json | jq .endpoint` and `bulwark up >result.txt` work while one watches.
package cli
