// Package validate collects problems in component arguments and turns them into one error.
//
// A component checks all of its arguments before it creates anything:
//
//	var ps validate.Problems
//	if args.Owner == "" {
//		ps.Add(validate.Required("labels.owner", "the team that answers for it", "set Labels.Owner"))
//	}
//	ps.Add(validate.Range("abortMultipartDays", args.AbortMultipartDays, 1, 365, "days")...)
//	return ps.Err("bulwark:storage:Bucket", name)
//
// Err returns nil when nothing was found; otherwise an *Error whose text lists every problem on a line of its own:
//
//	bulwark:storage:Bucket "audio": 2 problems:
//	  - labels.owner: missing: expected the team that answers for it; fix: set Labels.Owner
//	  - abortMultipartDays: -1: expected 1 to 365 days; fix: use at least 1
//
// # Rules
//
// The package also holds the rules that judge plain values: names of buckets and aliases, tags, browser origins, ARNs,
// the day counts of S3 lifecycle rules. They know no resource class, so that policies can use them on what they find in
// a stack. Each rule gives its problems an id (Problem.Rule), which tests compare instead of the wording.
//
// # Secrets
//
// Problems quote the value that was found. Never check a secret value with them.
package validate
