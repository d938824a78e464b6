// Package deploypolicy makes the policies of the roles that deploy and preview a stack, from evidence: the calls that AWS
// sees while both stacks of the project live in the sandbox, from the first preview to the last destroy.
//
//	policies, err := deploypolicy.Policies(deploypolicy.Scope{Account: "123456789012", Project: "acme-audio", Environment: "prod"})
//
// # Evidence
//
// calls.json lists the operations, with the phases of a stack's life in which they are called. The sandbox test of package
// platform sees them again, and fails when a call is missing or no longer made; make evidence records them.
//
// # From an operation to a permission
//
// An operation asks for the action of its name, unless AWS calls it differently (PutBucketEncryption asks for
// s3:PutEncryptionConfiguration), and often for more: what a call creates and what it only uses are authorized one by one,
// tags that are set at creation are an action of their own, a role that is handed to a service has to be passed. These
// exceptions are the rules_*.go files, each with AWS's document. Everything else follows from AWS's Service Authorization
// Reference (package iamref): whether an action takes resources, and which condition keys it knows.
//
// # What the policies are kept to
//
// In this order: names that begin with project and environment, the tags Project and Environment of the resource, the tags
// that a call sets on what it creates. "*" without any of them is what is left; Figures lists these actions with the reason
// for each. Statements that deny stand as guard rails beside other policies that somebody may attach: the deployment changes
// neither its own role nor a boundary, and works in its regions only.
//
// # What it does not do
//
// The state of Pulumi lies in a bucket, and its secrets are encrypted with a key: the sandbox keeps them in files, so that
// the access to both is for whoever makes the role to add.
package deploypolicy
