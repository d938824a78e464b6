"""ECS's scheduler: time passes in steps, and every step moves tasks, services and deployments on.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from ...errors import NotEmulated
from ...registry import before, handler_for
from ...route import Call
from ...store import table
from . import launch, lifecycle, outcomes, rollout as rollouts
from .arns import hexadecimal
from .world import (
    Rollout,
    Service,
    Task,
    definitions,
    forget_deployments,
    forget_stopped,
    now,
    services,
    tags,
    tasks,
    tasks_of,
)

# More than this is never caught up on: a service that fails for ever would take ever longer.
_CATCH_UP = 300
_STOPPED_FOR_DEPLOYMENT = "Scaling activity initiated by (deployment {id})"
_NO_CAPACITY = (
    "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a"
    " different availability zone."
)
_NO_INSTANCES = (
    "was unable to place a task because no container instance met all of its requirements. Reason: No Container"
    " Instances were found in your cluster."
)


@before("ecs")
def pass_time(call: Call) -> None:
    """Every call sees ECS as it is by then. What the layer does not have, moto's own ECS does not have either."""
    if handler_for("ecs", call.name) is None:
        raise NotEmulated("ecs", call.name)
    advance(call.account, call.region, poll=True)


def advance(account: str, region: str, poll: bool) -> None:
    """Takes the steps that are due. Without a pace, each poll is a step."""
    clock = table("ecs clock", account, region)
    seconds, at = outcomes.pace(account), now()
    if seconds == 0:
        clock["last"] = at
        if poll:
            step(account, region, at)
        return
    last: datetime = clock.setdefault("last", at)
    due = int((at - last).total_seconds() / seconds)
    clock["last"] = last + timedelta(seconds=due * seconds)
    if due > _CATCH_UP:
        last, due = at - timedelta(seconds=_CATCH_UP * seconds), _CATCH_UP
    for number in range(due):
        step(account, region, last + timedelta(seconds=(number + 1) * seconds))


def step(account: str, region: str, at: datetime) -> None:
    known = [service for service in services(account, region).values() if service.shown["status"] != "INACTIVE"]
    for service in known:
        _step_service(service, at)
    for task in list(tasks(account, region).values()):
        if not task.shown["group"].startswith("service:") and not task.stopped:
            lifecycle.step(account, region, task, None, at)


def _step_service(service: Service, at: datetime) -> None:
    for task in tasks_of(service):
        if not task.stopped:
            lifecycle.step(service.account, service.region, task, service, at)
            _account_for(service, task, at)
    if service.shown["status"] == "DRAINING":
        _drain(service, at)
        return
    rollouts.settle_stops(service, at)
    rollouts.request(service, at)
    _start_deployment(service.primary, at)
    rollouts.watch_alarms(service, service.primary, at)
    _reconcile(service, at)
    forget_stopped(service)


def _start_deployment(rollout: Rollout, at: datetime) -> None:
    if rollout.deployment["status"] == "PENDING":
        rollout.deployment |= {"status": "IN_PROGRESS", "startedAt": at, "updatedAt": at}


def _account_for(service: Service, task: Task, at: datetime) -> None:
    """Counts a task that has just failed."""
    if not task.stopped:
        return
    unhealthy = task.healthy is False
    by_itself = task.shown.get("stopCode") in ("TaskFailedToStart", "EssentialContainerExited")
    if not by_itself and not unhealthy:
        return
    if task.shown["stopCode"] == "TaskFailedToStart":
        service.tell(f"was unable to place a task. Reason: {task.shown['stoppedReason']}.", at)
    rollout = lifecycle.rollout_of(service, task)
    service.steady = False
    if rollout is not None:
        rollouts.count_failure(service, rollout, at)
        rollout.wait = min(max(rollout.consecutive - 9, 0) * 5, 50)


def _drain(service: Service, at: datetime) -> None:
    """A service that was deleted is gone with its last task, and its service deployments with it.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
    """
    left = [task for task in tasks_of(service) if not task.stopped]
    rollouts.stop_tasks(service, [task for task in left if task.going], at, "Service was deleted")
    if not left:
        service.shown["status"] = "INACTIVE"
        service.rollouts.clear()
        forget_deployments(service)


def _reconcile(service: Service, at: datetime) -> None:
    primary, desired = service.primary, service.shown["desiredCount"]
    for other in service.rollouts[1:]:
        if other.state == "FAILED":
            reason = _STOPPED_FOR_DEPLOYMENT.format(id=other.id)
            rollouts.stop_tasks(service, [task for task in tasks_of(service, other) if task.going], at, reason)
    if primary.state == "FAILED":
        _scale_in(service, at)
        return
    _scale_out(service, primary, desired, at)
    _scale_in(service, at)
    own = [task for task in tasks_of(service, primary) if task.going]
    others = [task for task in tasks_of(service) if not task.stopped and task not in own]
    settled = len(own) == desired and all(task.healthy for task in own)
    if not settled or others:
        return
    if primary.state == "IN_PROGRESS":
        rollouts.complete(service, primary, at)
    elif not service.steady:
        service.steady = True
        service.tell("has reached a steady state.", at)


def _scale_out(service: Service, rollout: Rollout, desired: int, at: datetime) -> None:
    """Starts what is missing, as far as the deployment configuration lets it."""
    if rollout.wait > 0:
        rollout.wait -= 1
        return
    going = [task for task in tasks_of(service, rollout) if task.going]
    there = [task for task in tasks_of(service) if not task.stopped]
    most = max(math.floor(desired * service.shown["deploymentConfiguration"]["maximumPercent"] / 100), 1)
    missing = min(desired - len(going), most - len(there))
    if missing <= 0:
        return
    if not _has_capacity(service, rollout, at):
        return
    definition = definitions(service.account, service.region)[rollout.shown["taskDefinition"]]
    cluster = service.shown["clusterArn"].rpartition("/")[2]
    started = []
    for _ in range(missing):
        arn = f"arn:aws:ecs:{service.region}:{service.account}:task/{cluster}/{hexadecimal()}"
        reason = launch.untrusted_role(service.account, definition, arn)
        if reason:
            service.tell(f"failed to launch a task with (error {reason}).", at)
            rollouts.count_failure(service, rollout, at)
            rollout.wait = 2
            break
        started.append(_start(service, rollout, definition, arn, at))
    if started:
        service.steady = False
        listed = " ".join(f"(task {task.id})" for task in started)
        service.tell(f"has started {len(started)} tasks: {listed}.", at)


def _has_capacity(service: Service, rollout: Rollout, at: datetime) -> bool:
    """There are no container instances, and a deployment may be played that finds no room."""
    message = _NO_CAPACITY if rollout.outcome.kind == "stuck" else ""
    if rollout.shown.get("launchType") in ("EC2", "EXTERNAL"):
        message = _NO_INSTANCES
    if message:
        service.tell(message, at)
        rollout.wait = 20
    return not message


def _start(service: Service, rollout: Rollout, definition: dict, arn: str, at: datetime) -> Task:
    given = {
        "clusterArn": service.shown["clusterArn"],
        "group": f"service:{service.name}",
        "startedBy": rollout.id,
        "enableExecuteCommand": service.shown.get("enableExecuteCommand", False),
        "platformVersion": lifecycle.PLATFORM_VERSION,
        "launchType": "FARGATE",
        "capacityProviderName": _provider(rollout),
    }
    network = rollout.shown.get("networkConfiguration", {})
    return lifecycle.start(
        service.account,
        service.region,
        arn,
        definition,
        network,
        at,
        rollout.outcome,
        given,
        _tags(service, definition),
    )


def _provider(rollout: Rollout) -> str | None:
    strategy = rollout.shown.get("capacityProviderStrategy") or []
    return str(strategy[0]["capacityProvider"]) if strategy else None


def _tags(service: Service, definition: dict) -> dict[str, str]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html"""
    known = tags(service.account, service.region)
    source = {"SERVICE": service.arn, "TASK_DEFINITION": definition["taskDefinitionArn"]}
    given = dict(known.get(source.get(service.shown["propagateTags"], ""), {}))
    if service.shown["enableECSManagedTags"]:
        given["aws:ecs:clusterName"] = service.shown["clusterArn"].rpartition("/")[2]
        given["aws:ecs:serviceName"] = service.name
    return given


def _scale_in(service: Service, at: datetime) -> None:
    """Stops what is too much: tasks of earlier deployments as soon as enough others are healthy."""
    desired, primary = service.shown["desiredCount"], service.primary
    own = [task for task in tasks_of(service, primary) if task.going]
    reason = _STOPPED_FOR_DEPLOYMENT.format(id=primary.id)
    if len(own) > desired:
        rollouts.stop_tasks(service, own[desired:], at, reason)
        own = own[:desired]
    others = [task for task in tasks_of(service) if task.going and task not in own]
    if primary.state == "FAILED":
        # A deployment that is stalled starts nothing, and what ran before goes on.
        rollouts.stop_tasks(service, others[desired:], at, reason)
        return
    least = math.ceil(desired * service.shown["deploymentConfiguration"]["minimumHealthyPercent"] / 100)
    useless = [task for task in others if not task.healthy]
    useful = [task for task in others if task.healthy]
    spare = sum(1 for task in [*own, *useful] if task.healthy) - least
    rollouts.stop_tasks(service, useless + useful[: max(min(spare, len(useful)), 0)], at, reason)
