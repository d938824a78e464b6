// Package rule says what a rule of the policy pack is, and gives rules what they check.
//
// A rule is one value: a stable id, what it asks, why, how to fix it, the resource types it looks at, examples, and one
// pure function that checks either one resource or the whole stack:
//
//	var s3PABBlockPublicAcls = rule.Rule{
//		ID:       "s3-pab-block-public-acls",
//		Title:    "Public access block: blockPublicAcls",
//		Severity: rule.High,
//		Types:    []string{"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"},
//		Resource: func(r *rule.Resource, f *rule.Findings) { f.WantTrue(r.Get("blockPublicAcls")) },
//		...
//	}
//
// Messages, the reference in docs/controls.md and the tests come from that value: its examples are run in preview and in
// update, and with every property of theirs unknown, secret, missing, null and of the wrong type.
//
// # Verdicts
//
// A rule passes unless it reports a failure. It never has to ask whether a value is known: reading one that is not ends
// the rule with the verdict NotYetKnown, and the value is checked when it is known. Reading a value of the wrong type ends
// it with a failure that says what is expected. [Value.Known] is for rules that can decide without the value.
//
// # Secrets
//
// Rules read secret values like others. Nothing they report shows one: a [Value] prints itself as [secret], and what a
// message quotes from a secret text is blotted out before it leaves the package.
package rule
