// Package rollout follows deployments of ECS services to their end, and says in one paragraph what went wrong.
//
// ECS takes a change of a service at once and deploys it afterwards; when that fails, the circuit breaker or an alarm may
// bring the earlier revision back. Whoever only waits for the service to be stable then sees a success: the right number of
// tasks, all healthy, of the wrong revision. So a change is followed by the identity of its own deployment:
//
//	before, err := rollout.Look(ctx, clients, request)  // before the change; optional
//	...                                                 // the change
//	request.Before = &before
//	result, err := rollout.Follow(ctx, clients, request)
//
// # What counts
//
// The history of service deployments decides, because it gives each deployment a final state that a rollback cannot hide.
// Where it cannot be read (the permission is missing, or the partition does not have it), the deployments that
// DescribeServices shows are used, which lack words but no verdict. One look never decides: reads lag behind writes, a
// deployment is in progress right after the service is stable, and a rollback may fail.
//
// A change that starts no deployment, such as one of tags or of the desired count, succeeds at once if the service runs
// what the program wants. A deployment that another one of the same revision replaces is followed on.
//
// # After a failure
//
// The state of a program says what ECS was asked for, not what runs. [Ensure] is for the run after a failed one: it deploys
// the revision again that the program still wants.
//
// # Errors
//
// A deployment that did not do what it should is a [Failure] with an [Outcome]. A [DeniedError] names the permission that
// is missing. Busy or unreachable services are asked again until the time is up. Whatever else cannot be read, such as logs
// or target health, makes the paragraph shorter and says so, and never hides the failure.
//
// What others wrote, such as lines of logs, is quoted without what may be a secret.
//
// # Old revisions
//
// [PruneRevisions] deregisters old revisions of a task definition, as many as are safe to.
package rollout
