// Package report makes reports of what the policy pack found in a run: for a terminal, a pull request (Markdown), code
// scanning (SARIF), a test page (JUnit) and programs (JSON). It also renders the reference of the rules themselves.
//
// A run is read from the pack's own record (BULWARK_POLICY_RECORD), which has every verdict and its reason, or from the
// engine's events, which know failures and passes only.
package report
