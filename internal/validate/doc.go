// Package validate collects problems in arguments, settings and documents, and turns them into one error.
//
// Whoever takes input checks all of it before anything is created:
//
//	var ps validate.Problems
//	if args.Owner == "" {
//		ps.Add(validate.Required("labels.owner", "the team that answers for it", "set Labels.Owner"))
//	}
//	ps.Add(validate.OptionalRange("abortMultipartDays", args.AbortMultipartDays, 1, 365, "days")...)
//	return ps.Err("bulwark:storage:Bucket", name)
//
// Err returns nil when nothing was found; otherwise an *Error whose text lists every problem on a line of its own:
//
//	bulwark:storage:Bucket "audio": 2 problems:
//	  - labels.owner: missing: expected the team that answers for it; fix: set Labels.Owner
//	  - abortMultipartDays: -1: expected 1 to 365 days; fix: use at least 1
//
// # Checks
//
// The package also holds the checks of plain values: enumerations and ranges, alternatives and duplicates, names, ids and
// ARNs, blocks of addresses, tags, browser origins, the day counts of S3 lifecycle rules. They know no resource class, so
// that components, policies and the command line share them. Each gives its problems an id (Problem.Rule), which tests
// compare instead of the wording.
//
// # Secrets
//
// Problems quote the value that was found, unless it looks like a secret (package secretwords): that is described by its
// length and kind. A field into which people paste secrets that have no form, such as passwords, must not be quoted at
// all: pass a description instead of the value.
//
// # What it does not import
//
// Nothing but the standard library and secretwords. Package inputerror turns an *Error into the one that Pulumi's engine
// shows property by property.
package validate
