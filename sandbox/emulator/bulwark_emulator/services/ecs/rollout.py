"""What becomes of a deployment: completed, or failed by circuit breaker or alarm, rolled back or stalled.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from moto.cloudwatch.models import cloudwatch_backends

from . import lifecycle
from .outcomes import Outcome
from .world import Rollout, Service, tasks_of

ONGOING = ("PENDING", "IN_PROGRESS", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "STOP_REQUESTED")
# How many steps alarms are watched after all tasks of a deployment are healthy.
_BAKE = 2
_NO_CANDIDATE = "No rollback candidate was found to run the rollback."

_BREAKER_REASON = "the circuit breaker threshold was exceeded"
_ALARM_REASON = "an alarm was detected"


def threshold(desired: int) -> int:
    """Half of the tasks, but no fewer than 3 and no more than 200."""
    return min(max(math.ceil(desired / 2), 3), 200)


def settings(service: Service) -> tuple[dict[str, Any], dict[str, Any]]:
    """Circuit breaker and alarms of a service."""
    configuration = service.shown["deploymentConfiguration"]
    return configuration["deploymentCircuitBreaker"], configuration["alarms"]


def _alarms_on(service: Service) -> list[str]:
    """The alarms of the service that are in ALARM."""
    alarms = settings(service)[1]
    if not alarms["enable"]:
        return []
    known = cloudwatch_backends[service.account][service.region].alarms
    return [name for name in alarms["alarmNames"] if name in known and known[name].state_value == "ALARM"]


def begin(service: Service, rollout: Rollout) -> None:
    """A deployment that begins while an alarm is on does not watch the alarms."""
    rollout.monitors_alarms = settings(service)[1]["enable"] and not _alarms_on(service)


def count_failure(service: Service, rollout: Rollout, at: datetime) -> None:
    """A task of a deployment failed; enough of them fail the deployment."""
    rollout.consecutive += 1
    if rollout.state != "IN_PROGRESS":
        return
    rollout.failures += 1
    rollout.shown |= {"failedTasks": rollout.failures, "updatedAt": at}
    if rollout.deployment["status"] == "IN_PROGRESS":
        rollout.deployment["failures"] = rollout.failures
    breaker = settings(service)[0]
    if breaker["enable"] and rollout.failures >= threshold(service.shown["desiredCount"]):
        fail(service, rollout, at, breaker["rollback"])
    elif rollout.consecutive == 10:
        service.tell("is unable to consistently start tasks successfully.", at)


def watch_alarms(service: Service, rollout: Rollout, at: datetime) -> None:
    """Alarms of the service fail its deployment while it goes on."""
    if rollout.state != "IN_PROGRESS" or not rollout.monitors_alarms:
        return
    if rollout.outcome.kind == "alarm-triggered" and rollout.baked:
        _raise_alarm(service)
    found = _alarms_on(service)
    if found:
        alarms = settings(service)[1]
        rollout.deployment["triggered"] = found
        fail(service, rollout, at, alarms["rollback"], alarm=True)


def _raise_alarm(service: Service) -> None:
    known = cloudwatch_backends[service.account][service.region].alarms
    for name in settings(service)[1]["alarmNames"][:1]:
        if name in known:
            known[name].update_state("the sandbox plays an alarm", "{}", "ALARM")


def fail(service: Service, rollout: Rollout, at: datetime, rollback: bool, alarm: bool = False) -> None:
    """Marks a deployment as failed; with ``rollback``, the last completed one takes over, if there is one."""
    event = "alarm detected." if alarm else "tasks failed to start."
    why = _ALARM_REASON if alarm else _BREAKER_REASON
    by = "ECS deployment failed" if alarm else "ECS deployment circuit breaker"
    rollout.shown |= {"rolloutState": "FAILED", "rolloutStateReason": f"{by}: {event}", "updatedAt": at}
    service.tell(f"(deployment {rollout.id}) deployment failed: {event}", at)
    deployment = rollout.deployment
    deployment["updatedAt"] = at
    deployment["monitors"] = "alarms" if alarm else "breaker"
    if deployment["status"] == "ROLLBACK_IN_PROGRESS":
        _finish(deployment, "ROLLBACK_FAILED", f"Service deployment rollback failed because {why}.", at)
    elif not rollback:
        _ask_to_stop(deployment, f"Service deployment stopped because {why}.", at)
    else:
        roll_back(service, at, f"Service deployment rolled back because {why}.", by)


def roll_back(service: Service, at: datetime, reason: str, by: str) -> None:
    """Makes the last completed deployment the primary one again. Without one, the deployment is stalled."""
    failed = service.primary
    deployment = failed.deployment
    candidate = next((rollout for rollout in service.rollouts[1:] if rollout.state == "COMPLETED"), None)
    if candidate is None:
        _finish(deployment, "ROLLBACK_FAILED", _NO_CANDIDATE, at)
        return
    deployment |= {
        "status": "ROLLBACK_IN_PROGRESS",
        "statusReason": reason,
        "updatedAt": at,
        "rollback": {"reason": reason, "startedAt": at, "serviceRevisionArn": candidate.revision["serviceRevisionArn"]},
    }
    failed.shown |= {"status": "ACTIVE", "updatedAt": at}
    candidate.shown |= {
        "status": "PRIMARY",
        "rolloutState": "IN_PROGRESS",
        "rolloutStateReason": f"{by}: rolling back to deploymentId {candidate.id}.",
        "updatedAt": at,
        "failedTasks": 0,
    }
    candidate.failures = candidate.consecutive = candidate.wait = candidate.baked = 0
    candidate.deployment, candidate.outcome = deployment, Outcome()
    candidate.monitors_alarms = False
    if failed.outcome.kind == "rollback-failed":
        _break(service, candidate, failed.outcome)
    service.rollouts.remove(candidate)
    service.rollouts.insert(0, candidate)
    service.tell(f"rolling back to deployment {candidate.id}.", at)
    adopt(service, candidate)


def _break(service: Service, candidate: Rollout, outcome: Outcome) -> None:
    """The tasks that were fine fail as well now, those that still run too."""
    candidate.outcome = outcome
    for task in tasks_of(service, candidate):
        task.outcome, task.healthy = outcome, None


def adopt(service: Service, rollout: Rollout) -> None:
    """The service is what its primary deployment says."""
    for name in ("taskDefinition", "networkConfiguration", "loadBalancers", "platformVersion"):
        if name in rollout.revision:
            service.shown[name] = rollout.revision[name]


def _finish(deployment: dict[str, Any], status: str, reason: str, at: datetime) -> None:
    deployment |= {"status": status, "statusReason": reason, "updatedAt": at, "finishedAt": at}


def _ask_to_stop(deployment: dict[str, Any], reason: str, at: datetime) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html"""
    deployment |= {"status": "STOP_REQUESTED", "statusReason": reason, "updatedAt": at}


def settle_stops(service: Service, at: datetime) -> None:
    """Deployments that were asked to stop have stopped by now."""
    for rollout in service.rollouts:
        deployment = rollout.deployment
        if deployment["status"] == "STOP_REQUESTED":
            deployment["stoppedAt"] = at
            _finish(deployment, "STOPPED", deployment["statusReason"], at)


def complete(service: Service, rollout: Rollout, at: datetime) -> None:
    """All tasks of the primary deployment are healthy, and no others are left."""
    if rollout.monitors_alarms and rollout.baked < _BAKE:
        rollout.baked += 1
        return
    rollout.shown |= {
        "rolloutState": "COMPLETED",
        "rolloutStateReason": f"ECS deployment {rollout.id} completed.",
        "updatedAt": at,
    }
    rollout.consecutive = rollout.failures = 0
    rollout.shown["failedTasks"] = 0
    service.rollouts[:] = [rollout]
    deployment = rollout.deployment
    if deployment["status"] == "ROLLBACK_IN_PROGRESS":
        _finish(deployment, "ROLLBACK_SUCCESSFUL", deployment["statusReason"], at)
    else:
        deployment |= {"status": "SUCCESSFUL", "updatedAt": at, "finishedAt": at}
    service.tell(f"(deployment {rollout.id}) deployment completed.", at)
    service.tell("has reached a steady state.", at)
    service.steady = True


def supersede(service: Service, at: datetime) -> None:
    """A deployment that another one follows before it is done is given up."""
    for rollout in service.rollouts:
        rollout.shown |= {"status": "ACTIVE", "updatedAt": at}
        if rollout.deployment["status"] in ONGOING:
            reason = "Service deployment stopped because a new service deployment was started."
            _ask_to_stop(rollout.deployment, reason, at)


def request(service: Service, at: datetime) -> None:
    """A rollback that somebody asked for begins.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
    """
    rollout = service.primary
    if rollout.deployment["status"] != "ROLLBACK_REQUESTED":
        return
    rollout.shown |= {
        "rolloutState": "FAILED",
        "rolloutStateReason": "ECS deployment stopped: a rollback was requested.",
        "updatedAt": at,
    }
    roll_back(service, at, "Service deployment rolled back because of a stop request.", "ECS deployment stopped")


def stop_tasks(service: Service, found: list[Any], at: datetime, reason: str) -> None:
    """The scheduler stops tasks of the service."""
    running = [task for task in found if task.status == "RUNNING"]
    pending = [task for task in found if task.status != "RUNNING"]
    for task in found:
        lifecycle.stop(task, "ServiceSchedulerInitiated", reason, at)
    if running:
        listed = " ".join(f"(task {task.id})" for task in running)
        service.tell(f"has stopped {len(running)} running tasks: {listed}.", at)
    if pending:
        service.tell(f"stopped {len(pending)} pending tasks.", at)
