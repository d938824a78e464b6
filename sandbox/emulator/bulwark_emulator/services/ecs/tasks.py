"""Tasks: those of services, and those that are run by themselves."""

from __future__ import annotations

from typing import Any

from ...registry import operation
from ...route import Call
from . import launch, lifecycle, tags
from .arns import (
    DEFAULT_CLUSTER,
    arn,
    client,
    cluster_of,
    definition_of,
    failures,
    find_cluster,
    find_task,
    hexadecimal,
    invalid,
    last,
    page,
    service_of,
)
from .outcomes import take
from .services import check_network
from .world import Task, now, tasks

_LIMIT = 100


@operation("ecs", "RunTask")
def run_task(call: Call) -> dict[str, Any]:
    """A task that runs by itself ends with exit code 0, unless an outcome of its family says otherwise.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
    """
    cluster, params = cluster_of(call), call.params
    definition = definition_of(call, params["taskDefinition"])
    count = params.get("count", 1)
    if not 1 <= count <= 10:
        raise invalid("Count must be between 1 and 10.")
    if params.get("launchType", "FARGATE") != "FARGATE":
        missing = {"arn": cluster["clusterArn"], "reason": "RESOURCE:FARGATE"}
        return {"tasks": [], "failures": [missing]}
    if "FARGATE" not in definition["compatibilities"]:
        raise invalid("Task definition does not support launch_type FARGATE.")
    check_network(call, definition, params.get("networkConfiguration"))
    outcome = take(call.account, cluster["clusterName"], definition["family"])
    started = []
    for _ in range(count):
        task_arn = arn(call, "task", cluster["clusterName"], hexadecimal())
        reason = launch.untrusted_role(call.account, definition, task_arn)
        if reason:
            raise client(reason)
        task = lifecycle.start(
            call.account,
            call.region,
            task_arn,
            definition,
            params.get("networkConfiguration", {}),
            now(),
            outcome,
            _given(call, cluster, definition),
            _tags(call, cluster, definition),
        )
        started.append(_shown(call, task, ["TAGS"]))
    return {"tasks": started, "failures": []}


def _given(call: Call, cluster: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any]:
    params = call.params
    overrides = {"containerOverrides": [], "inferenceAcceleratorOverrides": [], **params.get("overrides", {})}
    return {
        "clusterArn": cluster["clusterArn"],
        "group": params.get("group") or f"family:{definition['family']}",
        "startedBy": params.get("startedBy"),
        "enableExecuteCommand": params.get("enableExecuteCommand", False),
        "launchType": "FARGATE",
        "platformVersion": lifecycle.PLATFORM_VERSION,
        "overrides": overrides,
    }


def _tags(call: Call, cluster: dict[str, Any], definition: dict[str, Any]) -> dict[str, str]:
    given = tags.as_map(call.params.get("tags", []))
    if call.params.get("propagateTags") == "TASK_DEFINITION":
        given = {**tags.as_map(tags.shown(call, definition["taskDefinitionArn"])), **given}
    if call.params.get("enableECSManagedTags"):
        given["aws:ecs:clusterName"] = cluster["clusterName"]
    return given


@operation("ecs", "StopTask")
def stop_task(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html"""
    task = find_task(call, cluster_of(call), call.params["task"])
    if task is None:
        raise invalid("The referenced task was not found.")
    lifecycle.stop(task, "UserInitiated", call.params.get("reason") or "Task stopped by user", now())
    return {"task": _shown(call, task, ["TAGS"])}


@operation("ecs", "ListTasks")
def list_tasks(call: Call) -> dict[str, Any]:
    """The tasks that are to run, unless those that are to stop are asked for.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
    """
    cluster, params = cluster_of(call), call.params
    group = ""
    if params.get("serviceName"):
        group = f"service:{service_of(call, 'serviceName').name}"
    wanted = params.get("desiredStatus", "RUNNING")
    found = [
        task.shown["taskArn"]
        for task in reversed(tasks(call.account, call.region).values())
        if task.shown["clusterArn"] == cluster["clusterArn"]
        and task.shown["desiredStatus"] == wanted
        and group in ("", task.shown["group"])
        and params.get("family") in (None, task.definition["family"])
        and params.get("startedBy") in (None, task.shown.get("startedBy"))
        and params.get("launchType") in (None, task.shown["launchType"])
    ]
    shown, rest = page(call, found)
    return {"taskArns": shown, **rest}


@operation("ecs", "DescribeTasks")
def describe_tasks(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html"""
    name = call.params.get("cluster") or DEFAULT_CLUSTER
    cluster = find_cluster(call, name) or cluster_of(call)
    wanted = call.params["tasks"]
    if len(wanted) > _LIMIT:
        raise invalid(f"Tasks can not be more than {_LIMIT}.")
    found = {one: find_task(call, cluster, one) for one in wanted}
    missing = [
        one if one.startswith("arn:") else arn(call, "task", cluster["clusterName"], last(one))
        for one, task in found.items()
        if task is None
    ]
    include = call.params.get("include", [])
    shown = [_shown(call, task, include) for task in found.values() if task is not None]
    return {"tasks": shown, "failures": failures(missing)}


def _shown(call: Call, task: Task, include: list[str]) -> dict[str, Any]:
    return {**task.shown, "tags": tags.shown(call, task.shown["taskArn"]) if "TAGS" in include else []}
