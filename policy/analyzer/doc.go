// Package analyzer serves rules to the Pulumi engine over its Analyzer protocol.
//
// It does so itself instead of through the SDK's policyx, because it must
//   - decode a resource once, not once per rule, and ask only the rules that look at its type;
//   - give a third verdict, not yet known, where a preview has no value to check;
//   - survive a rule that breaks down, and say which one it was;
//   - tell the engine severity, framework and remediation;
//   - answer GetAnalyzerInfo before it knows a stack.
//
// The engine calls Handshake, ConfigureStack, GetAnalyzerInfo and Configure once, then for every resource Remediate and
// Analyze with its inputs, and at the end AnalyzeStack with the outputs of all. In an update it does not get to
// AnalyzeStack when a mandatory rule has failed before.
//
// Protocol: github.com/pulumi/pulumi/sdk/v3/proto/go, analyzer.proto.
package analyzer
