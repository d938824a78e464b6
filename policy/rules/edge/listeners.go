package edge

import "github.com/bulwark-iac/bulwark/policy/rule"

// protocol is what a listener speaks, as the provider sends it: in upper case, and HTTP when the program leaves it out,
// which only application load balancers allow.
func protocol(listener *rule.Resource) rule.Value { return listener.Get("protocol").Upper().Or("HTTP") }
