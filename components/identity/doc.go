// Package identity makes the roles of applications and of pipelines, so that neither has an access key.
//
// An application gets what the components that it works with grant, and nothing else:
//
//	task, err := identity.NewTaskRole(ctx, "api", &identity.TaskRoleArgs{
//		Labels: labels,
//		Grants: []identity.Grant{audio.ReadWrite("uploads/")},
//	})
//
// # Roles
//
// A TaskRole is what the application may do, an ExecutionRole what ECS needs to start it: pull these images, open these
// logs, read these secrets. Both trust ECS for tasks of their own account and region only. What is given the ARN of
// such a role waits for its policy too: no task starts before its permissions are there.
//
// A DeployRole is what a pipeline of GitHub Actions deploys with, a PreviewRole what it previews with. They trust jobs
// of one repository that run in one environment, by both forms of the subject that GitHub uses. A GitHubProvider makes
// the account trust GitHub at all; there can be one in an account.
//
// Every role has one name, known before it exists, and takes a permissions boundary. Its permissions are inline
// policies, or managed policies of its own that are attached one by one: what somebody attaches by hand is left alone.
//
// # Grants
//
// Components hand grants out as values. A role composes them into one policy: statements that differ in a list are
// merged, in an order that does not depend on that of the grants. Refused, with all problems at once, are a grant that
// is broken or there twice, one of a component in another account, one that hands out permissions, and a policy longer
// than AWS accepts; the last message says by how much, and which grants take most of it.
//
// A Statement is a permission of your own: exact actions, on resources with a name, with conditions that the actions
// know. NewGrant makes a grant of statements, for a component of yours to hand out.
//
// A task role with any permission also denies itself IAM and the assumption of other roles, whatever is attached to it
// later.
//
// # What it does not do
//
// No users, groups or access keys. No roles for people. No identity providers but GitHub. A task role assumes no other
// role: let the policies of the other account name it instead. ECS Exec and EC2 container instances need permissions
// that are for others to grant.
//
// # Upgrades
//
// Names, tokens and outputs do not change without an alias, and no upgrade replaces a role. The policies of DeployRole
// and PreviewRole follow the calls that Bulwark's components make: a release that makes new ones changes them in place.
// Deploy the stack with the roles before the one that they deploy.
package identity
